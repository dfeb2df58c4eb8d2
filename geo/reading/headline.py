"""Finds an article's headline as a reader would: by how it is marked, in a plain text only where it is sure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from geo.reading.dateline import dateline

_TOP = 12  # lines with something on them among which a headline stands
_LEAST, _LONGEST = 4, 160  # words and characters of a line that is taken for one
_MARKED_LONGEST = 300
_ADDRESS = re.compile(r"\S+://|www\.")
_BYLINE = re.compile(r"(?:by|from|text|photo|story|words)\b[: ]\s*\S+", re.IGNORECASE)
_LABEL_WORDS = 6  # of a line of section and outlet between bars
_ENDS_A_SENTENCE = (".", ":", ";", ",", ".”", '."', ".’")
_NO_TITLE = re.compile(r"untitled.*|document ?\d*|microsoft (?:word|powerpoint)\b.*|.*\.\w{2,5}|\W*", re.IGNORECASE)
"""What programs write where a title should stand."""
_PLACES = ("//article//h1", "//main//h1", "//*[@itemprop='headline']", "//meta[@property='og:title']/@content",
           "//meta[@name='twitter:title']/@content", "//h1")  # fmt: skip
"""Where pages carry their headline, the surest first."""


def of_page(markup: str, title: str = "") -> str:
    """The headline of an HTML page; ``title`` is what its title says without the outlet's name."""
    from lxml import etree, html

    try:
        tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", markup))
    except (etree.LxmlError, ValueError, TypeError):
        return title
    named = (_plain(one) for one in tree.xpath("//meta[@property='og:site_name']/@content"))
    outlet = next(named, "")
    marked = (_plain(one) for place in _PLACES[:-1] for one in tree.xpath(place))
    found = next((_without(one, outlet) for one in marked if _is_title(one) and one != outlet), "")
    alone = [one for one in map(_plain, tree.xpath(_PLACES[-1])) if _is_title(one) and one != outlet]
    return found or (alone[0] if len(alone) == 1 and not title else "") or title


def of_document(paragraphs: Iterable[tuple[str, str]], title: str = "") -> str:
    """The headline of a document from its paragraphs, each with its style, and what it says its title is."""
    styled = [(style.casefold(), _plain(text)) for style, text in paragraphs if text.strip()]
    for wanted in ("title", "heading 1", "heading 2"):
        for style, text in styled[:_TOP]:
            if style == wanted and _is_title(text):
                return text
    told = _plain(title)
    return told if _is_title(told) else of_text("\n\n".join(text for _, text in styled))


def of_text(text: str) -> str:
    """The headline of a plain text: the one line above it all that reads like one; "" where that is not sure.

    Passed over are dates, bylines, sections, addresses and lines in capitals; a sentence ends the search.
    """
    lines = [line.strip() for line in text[: 20 * _LONGEST].splitlines() if line.strip()][:_TOP]
    for line in lines[:-1]:  # something must stand below a headline
        if _is_passed_over(line):
            continue
        fits = len(line) <= _LONGEST and not line.endswith(_ENDS_A_SENTENCE)
        return line if fits and not line[0].islower() else ""
    return ""


def told(title: str) -> str:
    """What a file says its title is, where that was not put there by a program; else ""."""
    plain = _plain(title)
    return plain if _is_title(plain) else ""


def _is_passed_over(line: str) -> bool:
    """Whether a line above a headline, or instead of one, is something else than a headline or a sentence."""
    words = [word for word in line.split() if any(letter.isalpha() for letter in word)]
    if _ADDRESS.match(line):
        return True
    if len(line) > _LONGEST:
        return False
    if _BYLINE.match(line) or line.isupper() or line.endswith(("...", "…")):
        return True
    label = re.search(r"\s[|•·]\s", line) and len(words) <= _LABEL_WORDS
    return (len(words) < _LEAST and not line.endswith(".")) or bool(label) or dateline(line) is not None


def _is_title(text: str) -> bool:
    return 0 < len(text) <= _MARKED_LONGEST and not _NO_TITLE.fullmatch(text)


def _without(title: str, outlet: str) -> str:
    """A title without the outlet's name behind it."""
    if not outlet:
        return title
    return re.sub(rf"\s*[|•·–—-]\s*{re.escape(outlet)}$", "", title, flags=re.IGNORECASE)


def _plain(found: Any) -> str:
    """The words of an element, an attribute or a text, with single blanks."""
    return " ".join("".join(_texts(found)).split())


def _texts(found: Any) -> Iterator[str]:
    yield from [str(found)] if isinstance(found, str) else found.itertext()
