"""What a template cannot say: mentions whose territory depends on the words around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from geo.reading.lexicon import Entry
from geo.reading.page import Finding, Match, Page
from geo.reading.scan import Word
from geo.reading.templates import expression, value
from geo.reading.tokens import words as normal_words

_OFFICIAL = 7  # words behind a capital in which those who speak from it are named
_SENTENCES_BACK = 4  # to what "these regions" may refer
_LISTS = 100  # findings looked at for what a count or "these regions" refers to


def entries(words: Iterable[Word], *kinds: str) -> tuple[Entry, ...]:
    """The territories the words name, those of ``kinds`` if any are given."""
    return tuple(w.term.entry for w in words if w.term.entry and (not kinds or w.term.entry.kind in kinds))


def odd_pair(page: Page, match: Match) -> Finding | None:
    """*Russia-Uzbekistan negotiations* where the article's own pair is another: a slip, never a map."""
    pair = [match.spans[name][0] for name in ("one", "other")]
    stranger = next((i for i in pair if "other-country" in page.scan.words[i].term.classes), None)
    if stranger is None or page.scan.says("other-country", {page.scan.words[stranger].norm}) > 1:
        return None
    start, end = page.scan.span(stranger, stranger + 1)
    note = f"{page.scan.text[start:end]} is named nowhere else here: taken as a slip of translation, nothing is drawn"
    return page.finding(match, None, note)


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
    begin, end = page.scan.starts[near[0][0]], page.scan.ends[near[-1][1]]
    folded = page.scan.text[begin:end].casefold()
    if not any(normal_words(cue)[0] in folded for entry in meant for cue in entry.extra["cues"]):
        return None
    said = " ".join(w.norm for first, last in near for w in page.scan.words[first:last])
    return next((e for e in meant if any(f" {cue} " in f" {said} " for cue in e.extra["cues"])), None)


def counted_group(page: Page, match: Match) -> Finding | None:
    """*The four provinces*: the four the article lists, or those everybody means where it speaks of annexation."""
    count = int(value(page.words(match, "count"), "count") or 0)
    listed = [known for known in page.listed[:_LISTS] if len(known.members) == count]
    if listed:
        known = min(listed, key=lambda f: (f.first > match.first, abs(f.first - match.first)))
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
        if not _follows_locative(page, match.first) or _told_from(page, match):
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


def _told_from(page: Page, match: Match) -> bool:
    """*In Kyiv, officials said*, *the government in Moscow*: where a government speaks, no ground."""
    words = page.scan.words
    begin, end = page.sentence(match.first)
    before = words[max(begin, match.first - 2) : match.first]
    behind = words[match.last : min(end, match.last + _OFFICIAL)]
    if any("officials" in word.term.classes for word in before):
        return True
    if not behind or behind[0].norm != ",":
        return False
    return any("speaking" in w.term.classes for w in behind) or any("officials" in w.term.classes for w in behind[:4])


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
    reach = page.scan.firsts[max(0, page.scan.sentence_at(match.first) - _SENTENCES_BACK)]
    for known in islice(page.before(match.first), _LISTS):
        if known.first < reach:
            break
        one_unit = singular and len(known.members) == 1 and known.members[0].kind == "admin-unit"
        if one_unit or known.mention.kind in wanted:
            territory = known.mention.territory if known.mention.kind in wanted else known.members[0].expression
            note = f"refers back to {known.mention.text!r}".replace("\n", " ")
            return page.finding(match, territory, note, members=known.members)
    if not page.findings:
        return None  # "the front two controlled the area": no territory is spoken of
    return page.finding(match, None, "what it refers back to is not named as a territory")


def _guesses(words: Iterable[Word]) -> str:
    read = [f"{w.norm.title()} read as {w.term.entry.id}" for w in words if w.term.entry and w.term.values.get("guess")]
    return ", ".join(read)
