"""References: which territory *its territory*, *the country*, *of that* or *the region* goes back to."""

from __future__ import annotations

from collections.abc import Sequence

from geo.reading.narrator import narrator
from geo.reading.page import Page
from geo.reading.scan import Word
from geo.reading.wholes import Whole, ground_of

_AREA_REACH = 40  # words back from *that* to the area it may be
FILLER_REACH = 9  # words between "of" and the territory
_COUNTRY_REACH = 150  # words back to the country that "the country" refers to
_PLACES = ("admin-unit", "group", "group-of-oblasts", "salient", "bank-of-river", "direction", "city", "macro-region")
_UKRAINE = 'country("ukraine")'
_FOREIGN = frozenset({"other-country", "foreign-actor", "foreign-place"})


def referred(page: Page, at: int, end: int) -> Whole:
    """*Of its territory*, *of what was initially occupied*, *of the country*."""
    said = page.scan.words[at + 1 : min(end, at + 1 + FILLER_REACH)]
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
    begin = max(page.sentence(at)[0], at - _AREA_REACH)
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
