"""Articles as people have them: saved by browsers, from Word, in older encodings; and what they give in their place."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

ENGLISH = "Front line report\n\n20 January 2025\n\nRussia holds roughly 20 percent of Ukraine, a ministry said.\n"
UKRAINIAN = (
    "Сьогодні представники міністерства оборони повідомили, що бої тривають у Донецькій області. "
    "Росія контролює значну частину Луганської області, а також південь Запорізької області. "
    "Мешканці прифронтових сіл просять про допомогу, бо дороги розбиті, а світла немає вже тиждень."
)
PAGE = (
    "<title>Front line report</title></head><body><article><h1>Front line report</h1><p>{text}</p><p>A second paragraph"
    " says that the delegations met again in the capital and will go on talking next week about the details.</p>"
    "</article></body></html>"
)


def _docx() -> bytes:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.core_properties.title = "Front line report"
    document.add_paragraph("20 January 2025")
    document.add_paragraph("Russia holds roughly 20 percent of Ukraine, a ministry said.")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Luhansk oblast", "99%"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def _mhtml() -> bytes:
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8">{PAGE.format(text=ENGLISH)}'
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.ua/a\r\nSubject: Report\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--x--"\r\n\r\n'
        "----x--\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{page}\r\n----x--\r\nContent-Type: text/css\r\n\r\nbody {{}}\r\n----x----\r\n"
    ).encode()


def _pdf(junk: bytes = b"") -> bytes:
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure

    figure = Figure()
    figure.text(0.1, 0.5, "Russia holds roughly 20 percent of Ukraine.")
    out = io.BytesIO()
    with PdfPages(out) as pages:
        pages.savefig(figure)
    return junk + out.getvalue()


READABLE: dict[str, Callable[[], bytes]] = {
    "report.docx": _docx,
    "docx named.txt": _docx,
    "pdf named.txt": _pdf,
    "pdf behind junk.pdf": lambda: _pdf(b"\r\n\r\n"),
    "saved.mhtml": _mhtml,
    "saved by firefox.html": (
        f"<!DOCTYPE html>\n<!-- saved from url=(0019)https://news.ua/a -->\n<html><head>{PAGE.format(text=ENGLISH)}"
    ).encode,
    "page in 1251.html": lambda: (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
        + PAGE.format(text=ENGLISH + " — " + UKRAINIAN)
    ).encode("cp1251"),
    "utf-16.txt": lambda: ENGLISH.encode("utf-16"),
    "utf-16 without mark.txt": lambda: ENGLISH.encode("utf-16-le"),
    "utf-16 big without mark.txt": lambda: ENGLISH.encode("utf-16-be"),
    "utf-32.txt": lambda: ENGLISH.encode("utf-32"),
    "begins like a picture.txt": lambda: b"BM, a ministry, spoke. " + ENGLISH.encode(),
    "page that says 1251 and is not.html": (
        '<html><head><meta charset="windows-1251">' + PAGE.format(text=ENGLISH + " — " + UKRAINIAN)
    ).encode,
    "utf-8 with mark.txt": lambda: ENGLISH.encode("utf-8-sig"),
    "windows-1252.txt": lambda: (ENGLISH + "It said: “that’s – more or less – all”.").encode("cp1252"),
}


@pytest.mark.parametrize("name", READABLE)
def test_what_people_save_is_read(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(READABLE[name]())
    ran = run("check", name, "--json", "--at", "2025-01-20")
    assert ran.code == 0, ran.err
    claims = json.loads(ran.out)["articles"][0]["claims"]
    assert any(claim["quoted"] and claim["quoted"]["value"] == 20 for claim in claims)


def test_a_document_of_words_has_its_tables_and_its_title(run: Run, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(_docx())
    ran = run("check", "report.docx")
    assert "Front line report\nAs of 2025-01-20, the article's own date" in ran.out


@pytest.mark.parametrize(("encoding", "said"), [("cp1251", "Windows-1251"), ("koi8_u", "KOI8-U")])
def test_an_older_code_page_is_told_by_its_letters_and_said(run: Run, tmp_path: Path, encoding: str, said: str) -> None:
    (tmp_path / "old.txt").write_bytes(UKRAINIAN.encode(encoding))
    ran = run("check", "old.txt", "--json", "--at", "2025-01-20")
    assert ran.code == 0
    assert f"read as {said}" in ran.err
    assert {"Донецькій області", "Луганської області"} & {
        m["text"] for m in json.loads(ran.out)["articles"][0]["mentions"]
    }


UNREADABLE = {
    "report.odt": (_zip(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<a/>"}), ".docx"),
    "book.epub": (_zip(mimetype=b"application/epub+zip"), "EPUB"),
    "some.zip": (_zip(**{"a.txt": b"Russia holds 20 percent of Ukraine."}), "zip"),
    "cut.docx": (_zip(word__document__xml=b"x")[:40], "damaged"),
    "empty words.docx": (_zip(**{"word/document.xml": b"<x/>"}), "not a readable .docx"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word"),
    "rich.rtf": (rb"{\rtf1\ansi Russia holds 20 percent of Ukraine.}", "RTF"),
    "page.webarchive": (b"bplist00" + bytes(80), "Safari"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(80), "picture"),
    "error page.pdf": (b"<html><body>Not found</body></html>", "no PDF"),
    "text.docx": (b"Russia holds 20 percent of Ukraine.", "no DOCX"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "PDF"),
    "noise.txt": (bytes(range(128, 256)) * 40, "noise.txt"),
    "noise.docx": (b"\xd2\x13" + random.Random(1).randbytes(900), "it is damaged, or locked"),
    "noise.pdf": (b"\xd2\x13" + random.Random(2).randbytes(900), "it is damaged, or locked"),
    "zeros.docx": (bytes(900), "nothing but zeros"),
    "gone.docx": (b"<!DOCTYPE html><p>404 Not Found</p>", "it is a web page"),
    "plain.docx": (b"Russia holds 20 percent of Ukraine.", "it is plain text"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked with a password"),
    "no words.docx": (_zip(**{"readme.txt": b"hi"}), "a zip file"),
    "sheet.docx": (_zip(**{"xl/workbook.xml": b"<x/>"}), "a spreadsheet"),
    "half.docx": (_zip(word__document__xml=b"x" * 900)[:200], "cut short perhaps"),
    "half.pdf": (_pdf()[:900], "cut short or damaged"),
    "scan.txt": (b"\x89PNG\r\n\x1a\n" + bytes(90), "a picture"),
    "telephone.txt": (b"\0\0\0\x18ftypheic" + bytes(90), "a picture or a film"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_read_is_named_with_the_way_out(run: Run, tmp_path: Path, name: str) -> None:
    content, told = UNREADABLE[name]
    if name == "empty words.docx":
        pytest.importorskip("docx", reason="python-docx is not installed")
    (tmp_path / name).write_bytes(content)
    ran = run("check", name, "--at", "2025-01-20")
    assert (ran.code, ran.out) == (3, "")
    assert name in ran.err
    assert told in ran.err
    assert "Traceback" not in ran.err
    assert not re.search(r"b['\"]|\\x|Error\b|\[Content", ran.err), "bytes and names of errors are no words"


@pytest.mark.parametrize("name", ["report.docx", "pdf behind junk.pdf", "saved.mhtml", "page in 1251.html"])
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    from geo.errors import InputError
    from geo.reading.article import from_bytes

    whole, chance = READABLE[name](), random.Random(name)
    refusals = []
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 5, 40))):
            at, much = chance.randrange(len(damaged)), chance.randrange(1, 60)
            match chance.randrange(3):
                case 0:
                    damaged[at] = chance.randrange(256)
                case 1:
                    del damaged[at : at + much]
                case _:
                    damaged[at:at] = damaged[at : at + much]
        try:
            from_bytes(bytes(damaged), name)
        except InputError as error:
            refusals.append(str(error))
    assert refusals
    assert all(name in words for words in refusals)


@pytest.mark.parametrize("command", [("check",), ("map", "-o", "x.html"), ("layers", "-o", "x.geojson")])
def test_an_address_is_not_fetched(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "https://news.ua/article.html")
    assert ran.code == 2
    assert "save the page, and give the file" in ran.err


@pytest.mark.parametrize("command", [("map", "-o", "x.html"), ("layers", "-o", "x.geojson")])
def test_a_missing_article_is_not_taken_for_a_name(run: Run, command: tuple[str, ...]) -> None:
    ran = run(*command, "artcle.txt")
    assert ran.code == 3
    assert "artcle.txt: no such file" in ran.err


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ENGLISH.encode())))
    article = json.loads(run("check", "-", "--json").out)["articles"][0]
    assert article["path"] == "standard input"
    assert article["as_of"] == "2025-01-20"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    ran = run("check", "-")
    assert ran.code == 3
    assert "standard input is empty" in ran.err


def test_a_sentence_with_letters_that_are_none(run: Run) -> None:
    ran = run("check", "--text", "Russia holds 20 percent of Ukraine \udce9 \ud800.", "--at", "2025-01-20", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["articles"][0]["claims"]
