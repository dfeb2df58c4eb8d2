"""Headlines as readers find them: marked in pages and documents, and in a text only where it is sure."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reading.article import from_bytes, from_text
from geo.reading.headline import of_page, of_text, told

TEXT = "Russia holds roughly 20 percent of Ukraine, a ministry said on Friday, and little has moved since."
BODY = f"<p>{TEXT}</p><p>A second paragraph says that the delegations met again and will go on talking next week.</p>"
SAID = "The river that will not freeze"

PAGES = {
    "one heading": f"<h1>{SAID}</h1>{BODY}",
    "heading in the article": f"<h1>Daily Herald</h1><article><h1>{SAID}</h1>{BODY}</article>",
    "heading with marks": "<main><p>OPINION | 12 December 2025</p>"
    f"<h1>The <em>river</em>\n that will&nbsp;not freeze</h1>{BODY}",
    "meta alone": f'<head><meta property="og:title" content="{SAID}"></head><article>{BODY}</article>',
    "meta with outlet": '<head><meta property="og:site_name" content="Daily Herald">'
    f'<meta property="og:title" content="{SAID} - Daily Herald"></head><article>{BODY}</article>',
    "title with outlet": f"<head><title>{SAID} | Daily Herald</title></head><article>{BODY}</article>",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_the_headline_its_readers_see(name: str) -> None:
    page = f"<!DOCTYPE html><html>{PAGES[name]}</html>"
    assert from_bytes(page.encode(), "oped.html").title == SAID


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (f"{SAID}\n\n", SAID),
        (f"OPINION | 12 December 2025\n\n{SAID}\n\nBy Jane Doe\n\n", SAID),
        (f"https://news.ua/{'a' * 200}\nANALYSIS\n12 December 2025\n{SAID}\n", SAID),
        (f"World | Europe\nBy Jane Doe in Kyiv\n{SAID}?\n", f"{SAID}?"),
        ("OPINION | 12 December 2025\n\n", ""),
        ("12 December 2025\n", ""),
        ("", ""),
        ("A short sentence stands here.\n", ""),
        ("and what began before goes on here\n", ""),
    ],
)
def test_a_text_has_one_where_it_is_sure(above: str, title: str) -> None:
    assert from_text(f"{above}{TEXT}\n\n{TEXT}\n", "a.txt").title == title


def test_one_line_alone_is_no_headline() -> None:
    assert of_text("Russia holds 20 percent of Ukraine") == ""


@pytest.mark.parametrize(
    ("style", "core", "title"),
    [
        ("Title", "", SAID),
        ("Heading 1", "Something else", SAID),
        ("Normal", "Word of the river", "Word of the river"),
        ("Normal", "Document1", SAID),
        ("Normal", "Microsoft Word - oped.docx", SAID),
        ("Normal", "oped_final.docx", SAID),
        ("Normal", "", SAID),
    ],
)
def test_a_document_has_it_by_its_style(style: str, core: str, title: str) -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.core_properties.title = core
    document.add_paragraph("OPINION | 12 December 2025")
    document.add_paragraph(SAID, style=style)
    document.add_paragraph(TEXT)
    out = io.BytesIO()
    document.save(out)
    article = from_bytes(out.getvalue(), "oped.docx")
    assert (article.title, article.dated) == (title, "2025-12-12")


def test_what_programs_write_is_no_title() -> None:
    assert [told(t) for t in ("untitled", "Document 1", "a.pdf", "  ", "Microsoft Word - x", "...")] == [""] * 6
    assert told("Who holds  what") == "Who holds what"


def test_the_seeds_have_theirs(shared: Path) -> None:
    from geo.reading.article import load

    found = [load(path).title for path in sorted((shared / "articles").glob("*.txt"))]
    assert sum(map(bool, found)) >= 12
    assert not any("//" in title or title.isupper() for title in found)


@given(st.text(max_size=400))
def test_any_text_gives_one_of_its_own_lines_or_none(text: str) -> None:
    found = of_text(text)
    assert not found or found in [line.strip() for line in text.splitlines()]


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_page_gives_words(markup: str, title: str) -> None:
    assert isinstance(of_page(f"<h1>{markup}", title), str)
