"""What a template cannot say: mentions whose territory depends on the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Match, Page
from geo.reading.scan import Word
from geo.reading.tables import table
from geo.reading.templates import expression, tidy, value
from geo.reading.tokens import words as normal_words

_LISTS = 100  # findings looked at for what a count or "these regions" refers to
_HELD = 'controlled("{side}")'
_OTHER = {"russia": "ukraine", "ukraine": "russia"}
_SAME_PLACE = 4  # sentences back to the unit that "the right bank" is in


def entries(words: Iterable[Word], *kinds: str) -> tuple[Entry, ...]:
    """The territories the words name, those of ``kinds`` if any are given."""
    return tuple(w.term.entry for w in words if w.term.entry and (not kinds or w.term.entry.kind in kinds))


def odd_pair(page: Page, match: Match) -> Finding | None:
    """*Russia-Uzbekistan negotiations* where the article's own pair is another: a slip, never a map."""
    one, other = page.words(match, "one")[0], page.words(match, "other")[0]
    stranger = next((w for w in (one, other) if "other-country" in w.term.classes), None)
    if stranger is None or page.scan.says("other-country", {stranger.norm}) > 1:
        return None
    start, end = stranger.start, stranger.end
    note = f"{page.scan.text[start:end]} is named nowhere else here: taken as a slip of translation, nothing is drawn"
    return page.finding(match, None, note)


def _spellings(entry: Entry) -> set[str]:
    return {" ".join(normal_words(name)) for name in (entry.id, *entry.names)}


def bank_in_unit(page: Page, match: Match) -> Finding | None:
    """*Left-bank Kherson*: the river is the one the unit lies on."""
    return _bank(page, match, expression(page.words(match, "units")))


def bare_bank(page: Page, match: Match) -> Finding | None:
    """*The right bank*, of the river last named; of none, no mention. Of a unit it divides, where that is spoken of."""
    entry = _divided(page, match.first)
    found = _bank(page, match, entry.expression if entry else None)
    if found is None or entry is None:
        return found
    whole = (found.mention.territory or "").split(" & ")[0]
    note = f"taken as the part of {entry.id} oblast, which is spoken of; it could also be all of {whole}"
    return page.finding(match, found.mention.territory, note, members=(entry,))


def _divided(page: Page, index: int) -> Entry | None:
    """The one unit, of those a river runs through, that is spoken of up to word ``index`` or shortly before."""
    words = page.scan.words
    number = page.scan.sentence_at(index)
    first = page.scan.sentences[max(0, number - _SAME_PLACE)][0]
    named = page.scan.having("admin-unit", first, page.sentence(index)[1])
    units = {entry.id: entry for i in named if (entry := words[i].term.entry)}
    divided = table("rivers")["divides"]
    if len(units) != 1 or not any(unit in each for each in divided.values() for unit in units):
        return None
    return next(iter(units.values()))


def _bank(page: Page, match: Match, units: str | None) -> Finding | None:
    known = page.lexicon.having("banks")
    named = [entry for entry in known if page.scan.says("river-line", _spellings(entry))]
    if not known or not (named or units):
        return None
    river = (named or known)[0]
    side = river.extra["banks"].get(value(page.words(match, "side"), "side"))
    if side is None:
        return None
    bank = f'bank("{river.extra["river"]}", "{side}")'
    note = f"taken as a bank of the {river.id}, which is not named beside it"
    return page.finding(match, tidy(f"{bank} & ({units})") if units else bank, note)


def capital_west_bank(page: Page, match: Match) -> Finding | None:
    """*West Bank* with capitals and no river: the one of the Jordan, which is not ours to draw."""
    start, end = page.scan.span(match.first, match.last)
    return page.finding(match, None, match.rule.note) if page.scan.text[start:end].istitle() else None


def bracketed_group(page: Page, match: Match) -> Finding | None:
    """*The five oblasts (Crimea, Luhansk, ...)*: the names in the brackets are the group."""
    members = entries(page.words(match, "units"), "admin-unit")
    if len(members) < 2:
        return None
    stated = int(value(page.words(match, "count"), "count") or 0)
    note = "" if stated == len(members) else f"{stated} are announced, {len(members)} are named"
    if any("crimea" in entry.classes for entry in members):
        note = "; ".join(filter(None, (note, "Crimea is an autonomous republic, not an oblast")))
    note = "; ".join(filter(None, (note, _guesses(page.words(match, "units")))))
    return page.finding(match, expression(page.words(match, "units")), note, members=members, listed=True)


def unit_list(page: Page, match: Match) -> Finding | None:
    """*Donetsk, Luhansk and Kherson*; of two names with other cues beside them, what those cues say is meant."""
    words = page.words(match, "units")
    members = entries(words)
    instead = _meant_instead(page, match, members)
    if instead is not None:
        return page.finding(match, instead.expression, instead.note, kind=instead.kind, members=members)
    all_units = all(entry.kind == "admin-unit" for entry in members)
    announced = any("oblast-word" in w.term.classes for w in page.scan.words[match.first : match.last])
    kind = "group-of-oblasts" if all_units and (announced or len(members) > 2) else "group"
    return page.finding(match, expression(words), _guesses(words), kind=kind, members=members, listed=True)


def _meant_instead(page: Page, match: Match, members: Sequence[Entry]) -> Entry | None:
    named = {entry.id for entry in members}
    meant = [e for e in page.lexicon.having("instead_of") if set(e.extra["instead_of"]) == named]
    if not meant:
        return None
    here = page.scan.sentence_at(match.first)
    near = page.scan.sentences[max(0, here - 2) : here + 1]
    begin, end = page.scan.words[near[0][0]].start, page.scan.words[near[-1][1]].end
    folded = page.scan.text[begin:end].casefold()
    if not any(normal_words(cue)[0] in folded for entry in meant for cue in entry.extra["cues"]):
        return None
    said = " ".join(w.norm for first, last in near for w in page.scan.words[first:last])
    return next((e for e in meant if any(f" {cue} " in f" {said} " for cue in e.extra["cues"])), None)


def counted_group(page: Page, match: Match) -> Finding | None:
    """*The four provinces*: the four the article lists, or those everybody means where it speaks of annexation."""
    count = int(value(page.words(match, "count"), "count") or 0)
    listed = sorted(page.listed[:_LISTS], key=lambda f: (f.first > match.first, abs(f.first - match.first)))
    for known in listed:
        if len(known.members) == count:
            note = f"the {count} named as {known.mention.text!r}".replace("\n", " ")
            return page.finding(match, known.mention.territory, note, members=known.members)
    group = next((entry for entry in page.lexicon.having("count") if entry.extra["count"] == count), None)
    amounting = page.scan.has("amounting", *page.sentence(match.first)) and page.scan.has("party")
    if group is None or not (amounting or _about_annexation(page.sentence_words(match.first))):
        return None
    members = tuple(page.lexicon.by_id[name] for name in group.extra["members"])
    return page.finding(
        match, group.expression, f"taken as the {group.id}, which the article does not list", members=members
    )


def _about_annexation(words: Sequence[Word]) -> bool:
    sides = {w.term.values["actor"] for w in words if "actor" in w.term.classes}
    return len(sides) > 1 or any(w.term.classes & {"annexing", "taken-adj"} for w in words)


def annexed(page: Page, match: Match) -> Finding | None:
    """*The conquered oblasts*: all that has been declared annexed."""
    group = page.lexicon.by_id["annexed areas"]
    return page.finding(match, group.expression, group.note)


def claimed_ground(page: Page, match: Match) -> Finding | None:
    """*The territory claimed by Ukraine*: the country; of a part of it, the part the other side holds."""
    side = value(page.words(match, "side"), "actor")
    country = f'country("{side}")'
    words = page.scan.words[match.first : match.last]
    if any("piece" in w.term.classes for w in words):
        other = "russia" if side == "ukraine" else "ukraine"
        return page.finding(match, f"{_HELD.format(side=other)} & {country}", "how much is not said")
    return page.finding(
        match,
        country,
        f"'claimed by' is the article's wording: this is {(side or 'it').title()} within its recognised borders",
        kind="denominator",
    )


_FOREIGN = frozenset({"other-country", "foreign-actor", "foreign-place"})


def held_by(page: Page, match: Match) -> Finding | None:
    """*The land occupied by Russia*, *occupied territory*: what a side holds of the other's country."""
    if match.first and "admin-unit" in page.scan.words[match.first - 1].term.classes:
        return None  # "in Kherson region Russia holds": the region is Kherson's
    beside = page.scan.words[max(0, match.first - 2) : match.first] + page.scan.words[match.last : match.last + 3]
    if any(w.term.classes & _FOREIGN for w in beside):
        return None  # "the occupied areas of Georgia", "Israeli-occupied land"
    words = page.scan.words[match.first : match.last]
    took = next((w.term.values["deed"] for w in words if "deed" in w.term.classes), "")
    if "side" not in match.spans and any(w.norm in ("it", "they") for w in words):
        if _subject(page, match) == "ukraine" and took != "lost":
            return page.finding(match, None, "what Ukraine is said to hold or to have taken is not named")
        side = "russia"
    else:
        side = value(page.words(match, "side"), "actor") or "russia"
    other = "ukraine" if side == "russia" else "russia"
    note = match.rule.note
    if "side" not in match.spans:
        note = "; ".join(filter(None, (note, f"whose is not said in these words: taken as held by {side.title()}")))
    return page.finding(match, f'{_HELD.format(side=side)} & country("{other}")', note)


def held_there(page: Page, match: Match) -> Finding | None:
    """*The occupied territories of Donetsk region*, *the ground it once held in Russia's Kursk region*."""
    whole = expression(page.words(match, "whole"))
    side = value(page.words(match, "side"), "actor") or "russia"
    words = page.scan.words[match.first : match.last]
    if "side" not in match.spans and any(word.norm in ("it", "they") for word in words):
        side = _subject(page, match) or ""
    took = next((word.term.values["deed"] for word in words if "deed" in word.term.classes), "holds")
    if whole is None or not side or took not in ("holds", "gained"):
        return None
    if "no" in match.spans:  # "the part it does not control"
        side = _OTHER[side]
    return page.finding(match, tidy(f'controlled("{side}") & ({whole})'), members=entries(page.words(match, "whole")))


def remainder(page: Page, match: Match) -> Finding | None:
    """*The remainder of Donetsk*, of which the sentence says who is to leave it, or who wants or takes it."""
    whole, members = expression(page.words(match, "whole")), entries(page.words(match, "whole"))
    side = _left_with(page, match)
    if whole is None:
        return None
    if side is None:
        return page.finding(match, None, "the rest of a unit, and who holds it is not said", members=members)
    note = f"what is left is taken as what {side.title()} holds"
    return page.finding(match, tidy(f"{_HELD.format(side=side)} & ({whole})"), note, members=members)


def _left_with(page: Page, match: Match) -> str | None:
    """Who holds what is left: who leaves it or is to; else the enemy of the one side that wants or takes it."""
    begin, _ = page.sentence(match.first)
    words = page.scan.words
    acting = [i for i in range(begin, match.first) if "actor" in words[i].term.classes and not _owns(words, i)]
    sides = [words[i].term.values["actor"] for i in acting]
    yielding = page.scan.having("yielding", begin, match.first)
    if yielding:
        asked = acting and page.scan.has("wishing | speaking", acting[-1], yielding[-1])
        return "ukraine" if not sides else _OTHER[sides[-1]] if asked else sides[-1]
    if len(set(sides)) != 1:
        return None
    own = page.scan.has("universal-verb | lasting", begin, match.first)
    return sides[0] if own else _OTHER[sides[0]]


def _owns(words: Sequence[Word], i: int) -> bool:
    """*Ukraine's Donetsk region*: the country a unit is in, no side."""
    return "possessive" in words[i + 1].term.classes and bool(words[i + 2].term.classes & {"admin-unit", "compass"})


def occupied_unit(page: Page, match: Match) -> Finding | None:
    """*Occupied Kherson*."""
    whole = expression(page.words(match, "whole"))
    return page.finding(match, tidy(f'controlled("russia") & ({whole})')) if whole else None


def _subject(page: Page, match: Match) -> str | None:
    """The party named nearest before the words of a match, in their sentence."""
    first, _ = page.sentence(match.first)
    said = [w.term.values["actor"] for w in page.scan.words[first : match.first] if "actor" in w.term.classes]
    return said[-1] if said else None


def near_place(page: Page, match: Match) -> Finding | None:
    """A place as a point; the capital where a unit is named."""
    entry = next(iter(entries(page.words(match, "place"))), None)
    if entry is None:
        return None
    return page.finding(match, entry.extra.get("city", entry.expression), match.rule.note, members=(entry,))


def single_unit(page: Page, match: Match) -> Finding | None:
    """One unit by its name; a government by its capital's name is no mention."""
    word = page.words(match, "unit")[0]
    entry = word.term.entry
    if entry is None:
        return None
    words = page.scan.words[match.first : match.last]
    announced = any("oblast-word" in w.term.classes or "boundary-word" in w.term.classes for w in words)
    city = entry.extra.get("city")
    if not announced and _speaks(page, match) and not _follows_locative(page, match.first):
        return None
    if entry.extra.get("metonym") and not announced:
        if not _follows_locative(page, match.first):
            return None
        return page.finding(match, city, "the city", kind="city", members=(entry,))
    note = entry.note
    if city and not announced:
        note = f"read as the oblast; the city of that name would be {city}"
    note = "; ".join(filter(None, (note, _guesses(words))))
    return page.finding(match, entry.expression, note, members=(entry,))


def _speaks(page: Page, match: Match) -> bool:
    following = page.scan.words[match.last : match.last + 1]
    return bool(following) and "speaking" in following[0].term.classes


def _follows_locative(page: Page, index: int) -> bool:
    return index > 0 and "inner-locative" in page.scan.words[index - 1].term.classes


def inside_country(page: Page, match: Match) -> Finding | None:
    """*In Ukraine*: the country as a place, not as a government."""
    words = page.words(match, "country")
    first, last = match.spans["country"]
    inner = Match(match.rule, first, last, match.spans)
    if page.scan.words[last : last + 1] and "possessive" in page.scan.words[last].term.classes:
        return None
    return page.finding(inner, expression(words), "".join(e.note for e in entries(words)), members=entries(words))


def antecedent_units(page: Page, match: Match) -> Finding | None:
    """*The official oblast boundaries*: those of the units spoken of."""
    known = next((k for k in page.before(match.first) if k.mention.kind == "group-of-oblasts"), None)
    note = match.rule.note
    return page.finding(match, known.mention.territory if known else None, note)


def antecedent(page: Page, match: Match) -> Finding | None:
    """*These territories*, *the region*: what was last named of that kind."""
    if page.scan.words[match.last].norm == "of":
        return None
    singular = page.scan.words[match.last - 1].norm in ("region", "area", "territory", "land")
    wanted = (
        ("admin-unit", "salient", "macro-region", "buffer")
        if singular
        else ("group-of-oblasts", "group", "control-share")
    )
    here = page.scan.sentence_at(match.first)
    for known in islice(page.before(match.first), _LISTS):
        if here - page.scan.sentence_at(known.first) > 4:
            break
        note = f"refers back to {known.mention.text!r}".replace("\n", " ")
        if known.mention.kind in wanted:
            return page.finding(match, known.mention.territory, note, members=known.members)
        if singular and len(known.members) == 1 and known.members[0].kind == "admin-unit":
            return page.finding(match, known.members[0].expression, note, members=known.members)
    if not page.findings:
        return None  # "the front two controlled the area": no territory is spoken of
    return page.finding(match, None, "what it refers back to is not named as a territory")


def _guesses(words: Iterable[Word]) -> str:
    read = [f"{w.norm.title()} read as {w.term.entry.id}" for w in words if w.term.entry and w.term.values.get("guess")]
    return ", ".join(read)
