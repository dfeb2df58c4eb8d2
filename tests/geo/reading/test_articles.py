"""Articles: files in, and whole texts read through."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.data import data_path
from geo.errors import InputError
from geo.reading import load, read
from geo.reading.article import from_bytes
from geo.reading.dateline import dateline

EXPECTED = Path(__file__).with_name("seed_expected.csv")
HTML = """<!doctype html><html><head><title>Truce</title><meta property="article:published_time"
content="2025-01-20T10:00:00Z"></head><body><nav>Home</nav><article><h1>Truce</h1>
<p>Russia holds roughly 20 percent of Ukraine, and the four annexed provinces remain in dispute after long talks.</p>
<p>Diplomats said the contact line would be frozen, and nobody expects the armies to move before the spring.</p>
</article></body></html>"""


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    shown = "".join(f"BT /F1 12 Tf 72 {720 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 5\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def test_the_example_has_what_the_five_articles_have() -> None:
    article = load(data_path("examples/armistice.txt"))
    reading = read(article.text)
    assert article.dated == reading.dated == "2025-01-22"
    assert 400 <= len(article.text.split()) <= 600
    kinds = {claim.kind for claim in reading.claims}
    assert {"share", "area", "width", "length", "universal", "conversion", "change"} <= kinds
    assert {mention.kind for mention in reading.mentions} >= {"bank-of-river", "salient", "group-of-oblasts", "buffer"}


def test_every_marked_span_of_the_seeds_is_found(shared: Path) -> None:
    with (shared / "claims" / "seed-mentions.csv").open(encoding="utf-8", newline="") as file:
        spans = list(csv.DictReader(file))
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = {(row["seed"], row["start"]): row["kinds"].split() for row in csv.DictReader(file)}
    found = kinds = 0
    for seed in sorted({span["seed"] for span in spans}):
        reading = read((shared / "articles" / f"seed-{seed}.txt").read_text(encoding="utf-8"))
        named = [(each.start, each.end, each.kind) for each in reading.mentions]
        named += [(each.start, each.end, f"claim:{each.kind}") for each in reading.claims]
        for span in (span for span in spans if span["seed"] == seed):
            hits = [kind for start, end, kind in named if start < int(span["end"]) and end > int(span["start"])]
            found += bool(hits)
            kinds += bool(set(hits) & set(expected[seed, span["start"]]))
    assert found == len(spans) == 73
    assert kinds >= 68


def test_nothing_laughable_in_the_seeds(shared: Path) -> None:
    for path in sorted((shared / "articles").glob("seed-*.txt")):
        for mention in read(path.read_text(encoding="utf-8")).mentions:
            assert not {"Lucas", "Most", "March", "Uzbekistan", "Caen"} & {mention.text}
            assert "uzbek" not in (mention.territory or "").lower()


def test_html_gives_text_title_and_date(tmp_path: Path) -> None:
    path = tmp_path / "truce.html"
    path.write_text(HTML, encoding="utf-8")
    article = load(path)
    assert (article.title, article.dated) == ("Truce", "2025-01-20")
    assert "20 percent" in article.text
    assert "Home" not in article.text


def test_pdf_gives_its_text(tmp_path: Path) -> None:
    path = tmp_path / "truce.pdf"
    path.write_bytes(pdf("2025-01-20", "Russia holds 20 percent of Ukraine"))
    article = load(path)
    assert article.dated == "2025-01-20"
    assert [claim.kind for claim in read(article.text).claims] == ["share"]


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf())
    with pytest.raises(InputError, match="scan"):
        load(path)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe:
        buffer = io.BytesIO(b"2025-01-20\n\nRussia holds 20 % of Ukraine")

    monkeypatch.setattr(sys, "stdin", Pipe())
    article = load("-")
    assert (article.path, article.dated) == ("standard input", "2025-01-20")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "binary"),
        (b"PK\x03\x04\x14\x00\x08\x00rest", "damaged zip"),
        (b"\x81\x8d\x8f" * 9, "UTF-8"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"%PDF-1.4\nnot really", "PDF"),
        (b"<html><body></body></html>", "HTML"),
    ],
)
def test_bad_files_are_named(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=complaint) as caught:
        load(path)
    assert "article.txt" in str(caught.value)


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_missing_files_and_folders(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"cannot be read|folder"):
        load(tmp_path / name)


def test_utf16_with_a_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Росія тримає Крим", encoding="utf-16")
    assert load(path).text == "Росія тримає Крим"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Title\n\n2023-02-15T05:28:59.693Z\n\nText", "2023-02-15"),
        ("Title\nJanuary 22, 2025\nText", "2025-01-22"),
        ("Title\nPublished: Wed, 22 Jan 2025\nText", "2025-01-22"),
        ("Title\n2025-02-31\nText", None),
        ("By a staff reporter, Kyiv, August 14, 2025\n", "2025-08-14"),
        ("Jane Doe | 14 Aug 2025 | 5 min read\n", "2025-08-14"),
        ("By Jane Doe\nAug. 14, 2025 at 6:00 a.m. EDT\n", "2025-08-14"),
        ("Updated 3:05 PM EDT, Thu August 14, 2025\n", "2025-08-14"),
        ("What happened in Kyiv on August 14, 2025\n", None),
        ("In Alaska, August 14, 2025, leaders met\n", None),
        ("The front collapsed, August 14, 2025\n", None),
        ("On January 22, 2025 the talks began.", None),
        ("10 DAYS LEFT UNTIL THE END OF JANUARY", None),
        ("x\n" * 2000 + "2025-01-22\n", None),
    ],
)
def test_an_article_says_its_own_date_or_none(text: str, day: str | None) -> None:
    assert dateline(text) == day


@pytest.mark.parametrize("unit", ["the DMZ ", "1,111,", "Donetsk and ", "Russia does not fully control any of "])
def test_a_megabyte_of_it_ends(unit: str) -> None:
    reading = read((unit * (1_000_000 // len(unit) + 1))[:1_000_000])
    assert len(reading.text) == 1_000_000


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(
                ["Donetsk", "oblast", "20", "%", "of", "Ukraine", "the", "four", "(", ")", "km", "wide", "DMZ", "38th",
                 "parallel", "West", "Bank", "Dnipro", "right", "bank", ",", "and", "Russia", "holds", ".", "2", "½",
                 "million", "a", "fifth", "all", "but", "these", "regions", "May", "2025", "since", "in", "-", "\n\n"]
            ),
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_text_is_read_and_offsets_hold(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading = read(text)
    for each in (*reading.mentions, *reading.claims, *reading.figures):
        assert text[each.start : each.end] == each.text
        assert each.start < each.end


PARAGRAPH = "<p>" + "Russia holds roughly 20 percent of Ukraine, the institute said in its report. " * 4 + "</p>"


@pytest.mark.parametrize(
    ("raw", "title", "dated"),
    [
        (f'<html><head><meta charset="iso-8859-1"><title>Caf\xe9</title><meta property="article:published_time" '
         f'content="2025-08-20T10:00:00Z"></head><body><article>{PARAGRAPH}<p>\xe9</p></article></body></html>'
         .encode("latin-1"), "Caf\xe9", "2025-08-20"),
        (f"<article><h1>A heading</h1>{PARAGRAPH}</article>".encode(), "A heading", None),
        (f"<html><body><article>{PARAGRAPH}</article></body></html>".encode("utf-16"), "", None),
        (f'<html><head><meta charset="ascii"><title>Zażółć</title></head><body><article>{PARAGRAPH}</article></body>'
         .encode(), "Zażółć", None),
        (f'<html><head><script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"2025-03-04"}}'
         f"</script></head><body><article>{PARAGRAPH}</article></body></html>".encode(), "", "2025-03-04"),
    ],
)  # fmt: skip
def test_odd_pages(raw: bytes, title: str, dated: str | None) -> None:
    article = from_bytes(raw, "page.html")
    assert (article.title, article.dated) == (title, dated)
    (first, *_) = read(article.text).claims
    assert article.text[first.start : first.end] == first.text


def test_a_page_in_an_encoding_nobody_knows_is_refused() -> None:
    body = b"\x81\x8d\x8f" * 30  # letters of no code page
    with pytest.raises(InputError, match="UTF-8"):
        from_bytes(b'<html><meta charset="foo-9"><body><p>' + body + b"</p></body></html>", "page.html")
