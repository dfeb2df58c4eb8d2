"""Narrators: whose account a sentence is, which says who *the enemy* is, whose *our troops* are, who *liberates*."""

from __future__ import annotations

from geo.reading.page import Page

_OTHER = {"russia": "ukraine", "ukraine": "russia"}
_BACK = 8  # sentences back to who tells it


def narrator(page: Page, index: int) -> str | None:
    """The side that tells the sentence of word ``index``; None where nobody or more than one is named as telling it."""
    number = page.scan.sentence_at(index)
    for first, last in reversed(page.scan.sentences[max(0, number - _BACK) : number + 1]):
        telling = page.scan.having("narrator", first, last)
        sides = {page.scan.words[i].term.values["narrator"] for i in telling}
        if sides:
            return sides.pop() if len(sides) == 1 else None
        if page.scan.having("hostile", first, last):
            return "ukraine"  # who speaks of *the occupiers* and *our land*
    return None


def told_of(page: Page, begin: int, deed: int) -> str | None:
    """Who does the deed at word ``deed`` where the teller's own word says it: *the enemy took*, *our troops freed*.

    None where no such word stands nearest before it in its clause; "" where one does and whose it is is not known.
    """
    words = page.scan.words
    for i in range(deed - 1, begin - 1, -1):
        classes = words[i].term.classes
        if "actor" in classes and "adjective" not in classes:
            return None
        if "enemy" in classes and words[i - 1].norm in ("its", "their"):
            owners = [w.term.values["actor"] for w in words[begin:i] if "actor" in w.term.classes]
            return _OTHER.get(owners[-1], "") if owners else ""
        if "enemy" in classes:
            return _OTHER.get(narrator(page, i) or "", "")
        if "our" in classes and (words[i].norm == "we" or any("forces" in w.term.classes for w in words[i + 1 : deed])):
            return narrator(page, i) or ""
    return None
