"""Wholes: the territory that a figure is a share or a part of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.reading.asides import aside_at
from geo.reading.joins import of_something_else
from geo.reading.lexicon import Entry
from geo.reading.narrator import narrator
from geo.reading.page import Finding, Page
from geo.reading.scan import Word

_FILLER_REACH = 9  # words between "of" and the territory
_RELATIVE_REACH = 8  # words from "of which" back to what it refers to
_COUNTRY_REACH = 150  # words back to the country that "the country" refers to
_SKIPPED = frozenset({",", '"', "\u201d", "\u201c", "'", ")", "]", "-"})
_PLACES = ("admin-unit", "group", "group-of-oblasts", "salient", "bank-of-river", "direction", "city", "macro-region")
_HELD_BEFORE = ("control-share", "bank-of-river")
_BEFORE = ("admin-unit", "group", "group-of-oblasts", *_HELD_BEFORE)
_UKRAINE = 'country("ukraine")'
_MEASURED = ("percent", "square kilometre", "square mile", "hectare", "acre", "kilometre", "mile", "metre")
_FOREIGN = frozenset({"other-country", "foreign-actor", "foreign-place"})
_TABLE = 40  # words around a figure in which others of its list stand
_PAIR = 7  # words in which two figures stand side by side
_GROUND = frozenset({"territory", "land", "ground", "soil"})
_ENDING = frozenset(
    {"", ".", ",", ";", ")", "in", "since", "last", "this", "during", "over", "between", "by", "from", "and"}
)
_LINKING = frozenset(
    {
        "in total",
        "in all",
        "altogether",
        "together",
        "combined",
        "|",
        "-",
        ":",
        "(",
        "was",
        "is",
        "are",
        "were",
        "at",
        "to",
        "now",
        ",",
        "by",
        "with",
        "its",
    }
)
_WHOLES = (
    "anaphora",
    "admin-unit",
    "group-of-oblasts",
    "group",
    "salient",
    "country",
    "denominator",
    "control-share",
    "macro-region",
    "bank-of-river",
)


@dataclass(frozen=True)
class Whole:
    """What a figure is a share of: the expression, the words it ends at, and the entry if it is one.

    ``loose`` where the figure stands *in* it rather than being one *of* it; ``assumed`` where the text does not say it.
    """

    expression: str | None
    last: int
    entry: Entry | None = None
    note: str = ""
    kind: str = ""
    loose: bool = False
    assumed: bool = False


def called_now(whole: Whole, day: str | None) -> Whole:
    """*79 % of the Donetsk People's Republic*, said after the annexation: of all that the name is used for since."""
    entry = whole.entry
    if entry is None or "called_now" not in entry.extra or (day or "") < str(entry.extra["called_since"]):
        return whole
    note = f"the name is taken as in use since {entry.extra['called_since']}: of the whole oblast"
    return replace(whole, expression=str(entry.extra["called_now"]), note=note)


def covering(page: Page, index: int) -> Finding | None:
    """The finding that word ``index`` belongs to."""
    known = next(page.before(index + 1), None)
    return known if known is not None and known.first <= index < known.last else None


def whole_after(page: Page, last: int) -> Whole | None:
    """The territory after *of*; a Whole without expression where something else stands there; None without *of*."""
    words = page.scan.words
    at = last
    while at < len(words) and words[at].norm in _SKIPPED:
        at += 1
    at = _past_count(words, at)
    at += at + 1 < len(words) and words[at].norm == "each" and words[at + 1].norm == "of"
    if at + 1 >= len(words) or words[at].norm not in ("of", "in"):
        return None
    if words[at - 1].norm == "," and words[at].norm == "of" and _opens_next(page, at):
        return None  # "Of one region it holds 75 percent, of another 76"
    if words[at].norm == "in" and _in_a_time(words, at + 1):
        return None
    if (aside := aside_at(page, at)) is not None and aside.first == at:
        return None  # "700 sq km, of which half was in Donetsk oblast"
    if words[at + 1].norm in ("which", "whom"):
        return _named_before(page, last)
    loose = words[at].norm == "in"
    if not loose and _only_ground(words, at + 1):
        return None
    if not loose and (taken := _what_was_taken(words, at + 1)) is not None:
        return taken
    if (loose and words[at - 1].norm == ",") or words[at + 1].number or "hedge" in words[at + 1].term.classes:
        return None
    _, end = page.sentence(at)
    reference: Whole | None = None
    for i in range(at + 1, min(end, at + 1 + _FILLER_REACH)):
        named = _named(page, i, loose)
        if named is not None and named.kind in ("anaphora", "control-share"):
            # "the territory" alone refers back, "the territory lost in Kursk Region" goes on to say where.
            reference = named
        elif named is not None:
            return named
        elif "filler" not in words[i].term.classes and not _passed_over(words, i, reference):
            break
    if loose or reference is not None:
        return reference
    return _referred(page, at, end)


def each_of(page: Page, last: int, whole: Whole | None) -> list[Whole | None]:
    """*75 % of each of the Zaporizhzhia and Kherson regions*: every one of them; else the whole as it is."""
    words = page.scan.words
    known = covering(page, whole.last - 1) if whole and whole.expression else None
    if whole is None or known is None or len(known.members) < 2:
        return [whole]
    if "each" not in [word.norm for word in words[last : known.first]]:
        return [whole]
    return [Whole(each.expression, whole.last, each, each.note, each.kind) for each in known.members]


def _opens_next(page: Page, at: int) -> bool:
    """Whether a unit behind *of* has a figure of its own right behind it."""
    known = next(iter(page.within(at + 1, at + 3)), None)
    return known is not None and known.last < len(page.scan.words) and page.scan.words[known.last].number


def _in_a_time(words: Sequence[Word], at: int) -> bool:
    """*In the whole of September*: a time, no ground."""
    while at + 1 < len(words) and words[at].norm in ("the", "whole", "of", "all", "course", "entire", "month"):
        at += 1
    return "month" in words[at].term.classes


def _past_count(words: Sequence[Word], at: int) -> int:
    """*1,150 sq km and 82 settlements in Kursk region*: the word behind what is counted in the same place."""
    said = words[at : at + 5]
    if len(said) < 5 or said[0].norm not in ("and", "with", "including") or not _counting(said[1]):
        return at
    for k in (3, 4):
        if said[k].norm in ("of", "in") and said[k - 1].norm.endswith("s"):
            return at if any(w.term.values.get("unit") in _MEASURED for w in said[2:k]) else at + k
    return at


def _counting(word: Word) -> bool:
    return word.number or "number-word" in word.term.classes


def _what_was_taken(words: Sequence[Word], i: int) -> Whole | None:
    """*Half of what Russia took after 24 February*: of what one side took or holds, not of a territory."""
    behind = words[i : i + 6]
    if behind[0].norm not in ("what", "everything", "whatever") or len(behind) < 3:
        return None
    once = behind[0].norm == "what" and behind[1].norm in ("was", "were", "used", "had")
    if once and not any("deed" in word.term.classes for word in behind):
        return Whole(None, i + 1, note="of ground as it was at another time, which is not measured apart", kind="timed")
    acting = next((k for k, word in enumerate(behind[:4]) if "actor" in word.term.classes), 0)
    if not acting or not any("deed" in word.term.classes for word in behind[acting:]):
        return None
    return Whole(None, i + 1, note="of what one side took or holds, which is not measured apart", kind="timed")


def _only_ground(words: Sequence[Word], i: int) -> bool:
    """*725 square km of territory in November*: *territory* says no more than the unit does."""
    following = words[i + 1].norm if i + 1 < len(words) else ""
    return words[i].norm in _GROUND and following in _ENDING


def _named_before(page: Page, last: int) -> Whole:
    """*Luhansk oblast, 99 % of which Russia holds*: what stands before the figure."""
    words = page.scan.words
    commas = [i for i in range(max(0, last - _RELATIVE_REACH), last) if words[i].norm == ","]
    known = covering(page, commas[-1] - 1) if commas and commas[-1] else None
    if known is None or known.mention.kind not in _WHOLES:
        return Whole(None, last + 2)
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, last + 2, entry, known.mention.note, known.mention.kind)


def _named(page: Page, i: int, loose: bool) -> Whole | None:
    """The territory named at word ``i``; without expression where the name only tells whose thing is meant."""
    words = page.scan.words
    if _possesses_unit(words, i):
        return None
    known = covering(page, i)
    entry = words[i].term.entry
    if known is not None and known.mention.kind in _WHOLES:
        entry = known.members[0] if len(known.members) == 1 else None
        found = Whole(known.mention.territory, known.last, entry, known.mention.note, known.mention.kind, loose)
    elif known is not None and known.mention.kind == "city":
        note = f"{known.mention.text!r} is a point in the atlas: how much of it is held cannot be measured"
        found = Whole(None, known.last, note=note, kind="city", loose=loose)
    elif entry is not None and entry.kind in _WHOLES:
        found = Whole(entry.expression, i + 1, entry, entry.note, entry.kind, loose)
    elif "demonym" in words[i].term.classes and "ground" in words[i + 1].term.classes:
        found = Whole(f'country("{words[i].term.values["demonym"]}")', i + 2, kind="country", loose=loose)
    else:
        return None
    if found.last < len(words) and "operation" in words[found.last].term.classes and loose:
        return Whole(None, found.last + 1, note="on which days that operation was is not said", kind="timed")
    if of_something_else(words, found.last) and not _owns_area(words, found.last):
        return Whole(None, found.last, loose=loose)
    return found


def _owns_area(words: Sequence[Word], at: int) -> bool:
    """*6,600 sq km of Donetsk region's 26,500 sq km*: the area that a unit has is the unit."""
    behind = words[at : at + 3]
    if len(behind) < 3 or "possessive" not in behind[0].term.classes or not behind[1].number:
        return False
    return behind[2].term.values.get("unit") in _MEASURED


def _passed_over(words: Sequence[Word], i: int, reference: Whole | None) -> bool:
    if words[i].norm == "," and words[i - 1].norm in ("neighbour", "neighbor"):
        return True
    return (reference is not None and "deed" in words[i].term.classes) or _possesses_unit(words, i)


def _referred(page: Page, at: int, end: int) -> Whole:
    """*Of its territory*, *of what was initially occupied*, *of the country*."""
    said = page.scan.words[at + 1 : min(end, at + 1 + _FILLER_REACH)]
    filling = next((n for n, word in enumerate(said) if "filler" not in word.term.classes), len(said))
    classes = {each for word in said[: filling + 1] for each in word.term.classes}
    norms = {word.norm for word in said[: filling + 1]}
    if "country" in norms:
        return _country_named(page, at)
    of_ground = any("ground" in word.term.classes for word in said[:filling])
    if norms & {"its", "their"} and not of_ground:
        return Whole(None, at + 1)
    if "our" in norms:
        side = narrator(page, at)
        return Whole(
            f'country("{side}")' if side else None, at + 1, note="our land is taken as the teller's own", kind="country"
        )
    if norms & {"its", "their"} and (own := _own_country(page, at)) is not None:
        return own
    if _of_the_figure(page, at, said):
        return Whole(None, at + 1)
    refers = classes & {"anaphor", "anaphoric-noun"} or ("what" in norms and "deed" in classes)
    return last_named(page, at) if refers else Whole(None, at + 1)


def _of_the_figure(page: Page, at: int, said: Sequence[Word]) -> bool:
    """*1,150 sq km, but fully holds two-thirds of that*: of the area before it, not of what it lies in."""
    if not said or said[0].norm not in ("that", "this", "it") or (len(said) > 1 and "ground" in said[1].term.classes):
        return False
    begin = max(page.sentence(at)[0], at - _TABLE)
    return any(word.term.values.get("unit", "").startswith("square") for word in page.scan.words[begin:at])


def _own_country(page: Page, at: int) -> Whole | None:
    """*Its territory*, where the sentence names Ukraine: Ukraine's, unless a unit named beside it may be meant."""
    begin, end = page.sentence(at)
    words = page.scan.words[begin:at]
    if not any(w.term.values.get("actor") == "ukraine" and "adjective" not in w.term.classes for w in words):
        return None
    if foreign(page.scan.words, begin, end):
        return Whole(None, at + 1)
    if any(k.mention.kind in _PLACES for k in page.within(begin, at)):
        return Whole(None, at + 1)
    return Whole(_UKRAINE, at + 1, note="its territory is taken as Ukraine's", kind="country")


def _possesses_unit(words: Sequence[Word], i: int) -> bool:
    """*Russia's Kursk region*: the unit is meant, not the country."""
    if i + 2 >= len(words) or words[i + 1].norm != "'s" or "country" not in words[i].term.classes:
        return False
    return "admin-unit" in words[i + 2].term.classes


def _country_named(page: Page, index: int) -> Whole:
    """*The country*: Ukraine where it or the party that fights it is spoken of, and no country besides."""
    words = page.scan.words
    begin, end = page.sentence(index)
    if foreign(words, begin, end):
        return Whole(None, index + 1)
    for word in reversed(words[max(0, index - _COUNTRY_REACH) : end]):
        if word.term.classes & _FOREIGN:
            break
        if word.term.values.get("actor") or (word.term.entry and word.term.entry.expression == _UKRAINE):
            return Whole(_UKRAINE, index + 1, note="the country is taken as Ukraine", kind="country")
    return Whole(None, index + 1)


def foreign(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a place or party of another war is named from word ``first`` up to ``last``, and not to compare sizes."""
    return any(
        words[i].term.classes & _FOREIGN
        and not any("sizing" in word.term.classes for word in words[max(first, i - 4) : i])
        for i in range(first, last)
    )


def last_named(page: Page, index: int) -> Whole:
    """The unit or country last named before word ``index``, within two sentences."""
    here = page.scan.sentence_at(index)
    begin, end = page.sentence(index)
    if foreign(page.scan.words, begin, end):
        return Whole(None, index + 1)
    for known in page.before(index):
        if here - page.scan.sentence_at(known.first) > 2:
            break
        if known.mention.kind == "control-share" and (ground := ground_of(known)):
            return Whole(ground, index + 1, None, f"refers back to {known.mention.text!r}")
        if known.mention.kind in ("admin-unit", "group-of-oblasts", "group", "city", "country", "salient"):
            entry = known.members[0] if len(known.members) == 1 else None
            expression = entry.expression if entry and known.mention.kind == "city" else known.mention.territory
            return Whole(expression, index + 1, entry, f"refers back to {known.mention.text!r}")
    return Whole(None, index + 1)


def ground_of(known: Finding) -> str | None:
    """The ground of which a control share is the part that is held; None where it is not known."""
    terms = [entry.expression for entry in known.members if entry.expression]
    return " | ".join(dict.fromkeys(terms)) or None


def whole_before(page: Page, first: int) -> Whole | None:
    """The unit in *Kharkiv - 4.7 %*, *Sumy was 0 %*, *Donetsk (78 %)*."""
    words = page.scan.words
    at = first - 1
    while at >= 0 and first - at <= 3 and words[at].norm in _LINKING:
        at -= 1
    if at > 2 and words[at].norm == "and" and words[at - 1].norm.endswith("s") and _counting(words[at - 2]):
        at -= 3  # "Sumy region: 13 villages and 200 sq km"
        at -= words[at].norm in (":", "-")
    elliptic = _tabled(page, first) or any(
        word.term.values.get("unit") == "percent" for word in words[page.sentence(first)[0] : first]
    )
    known = covering(page, at) if 0 <= at < first - (not elliptic) else None
    if known is None or known.mention.kind not in _BEFORE:
        return None
    if known.mention.kind in _HELD_BEFORE:
        area = elliptic or any(word.term.values.get("unit") == "percent" for word in words[first : first + _PAIR])
        area = area and words[first - 1].norm not in (":", "=")  # "area under occupation: 45,020 square miles (19 %)"
        return (
            None
            if area or known.mention.territory is None
            else Whole(known.mention.territory, first, note=known.mention.note, kind=known.mention.kind)
        )
    near = words[first : min(page.sentence(first)[1], first + _PAIR)]
    if len(known.members) > 1 and sum(word.term.values.get("unit") == "percent" for word in near) > 1:
        return None  # "Kherson and Zaporizhzhia (72 % and 74 %)": one each
    return Whole(known.mention.territory, first, known.members[0] if len(known.members) == 1 else None)


def _tabled(page: Page, first: int) -> bool:
    """*Occupied: Donetsk 76 %, Luhansk 99 %*: a list of shares behind a colon."""
    begin, end = page.sentence(first)
    begin, end = max(begin, first - _TABLE), min(end, first + _TABLE)
    words = page.scan.words
    shares = sum(word.term.values.get("unit") == "percent" for word in words[begin:end])
    return shares > 1 and any(word.norm == ":" for word in words[begin:first])


def whole_of_which(page: Page, first: int) -> Whole | None:
    """The territory in *Ukraine, of which a fifth is occupied*."""
    words = page.scan.words
    if first < 3 or words[first - 1].norm != "which" or words[first - 2].norm not in ("of", "in"):
        return None
    at = first - 3 - (words[first - 3].norm == ",")
    known, entry = covering(page, at), words[at].term.entry
    if known is not None and known.mention.kind in _WHOLES:
        entry = known.members[0] if len(known.members) == 1 else None
        return Whole(known.mention.territory, first, entry, known.mention.note, known.mention.kind)
    if entry is not None and entry.kind == "country":
        return Whole(entry.expression, first, entry, entry.note, entry.kind)
    return None


def whole_fronted(page: Page, first: int) -> Whole | None:
    """The unit in *Of Zaporizhzhia region Russia holds 75 percent*, where no other is named before the figure."""
    begin, _ = page.sentence(first)
    if page.scan.words[begin].norm != "of" or first - begin > _TABLE:
        return None
    named = page.within(begin, first)
    if len(named) != 1 or named[0].first > begin + 2:
        return None
    known = named[0]
    if known.mention.kind not in _BEFORE:
        return None
    entry = known.members[0] if len(known.members) == 1 else None
    return Whole(known.mention.territory, first, entry, known.mention.note, known.mention.kind)


def whole_of_share(page: Page, first: int) -> Whole | None:
    """The territory in *its share of the Donetsk region has risen to 76 %*, where nothing else is counted before."""
    begin, _ = page.sentence(first)
    named = [i for i in page.scan.having("share-noun", begin, first) if page.scan.words[i + 1].norm == "of"]
    if not named or any("unit" in word.term.classes for word in page.scan.words[begin : named[-1]]):
        return None
    found = whole_after(page, named[-1] + 1)
    return None if found is None or found.expression is None or found.loose else found
