"""Gets the text of an article: plain text, HTML or PDF from a file or standard input."""

from __future__ import annotations

import io
import logging
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputError
from geo.reading.dateline import dateline

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|article|main|div|section|p|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF = b"%PDF-"
_SNIFFED = 2000
_SEARCHED = 64 * 1024
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Article:
    """A text to read, where it came from, its title and its own date (ISO) if it carries one."""

    text: str
    path: str
    title: str = ""
    dated: str | None = None


def load(source: str | Path) -> Article:
    """The article in a file, or on standard input for ``-``.

    Raises :class:`InputError` naming the file where it is missing, empty, binary, or not in a readable encoding.
    """
    path = str(source)
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder; give the article file itself.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    return from_bytes(raw, "standard input" if path == "-" else path)


def from_text(text: str, path: str = "text") -> Article:
    """An article from a text as it stands."""
    if not text.strip():
        raise InputError(f"{path} is empty; there is nothing to read.")
    title = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return Article(text, path, title if len(title) <= 200 else "", dateline(text))


def from_bytes(raw: bytes, path: str) -> Article:
    """An article from the bytes of a text, HTML or PDF file."""
    if not raw.strip():
        raise InputError(f"{path} is empty; there is nothing to read.")
    if raw.startswith(_PDF):
        return _pdf(raw, path)
    text = _decoded(raw, path)
    return _html(text, path) if _HTML.match(text[:_SNIFFED]) else from_text(text, path)


def _decoded(raw: bytes, path: str) -> str:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\x00" in raw[:_SEARCHED]:
        raise InputError(f"{path} is a binary file; text, HTML and PDF can be read.")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        declared = _in_declared(raw)
        if declared is None:
            raise InputError(
                f"{path} is not readable as {encoding.upper()}: byte {error.start} does not fit. "
                "Save it as UTF-8, e.g. with iconv."
            ) from error
        text = declared
    if len(_CONTROL.findall(text[:_SNIFFED])) > 3:
        raise InputError(f"{path} is a binary file; text, HTML and PDF can be read.")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _in_declared(raw: bytes) -> str | None:
    """A page that is no UTF-8, in the encoding that it says it is in; None where it says none or not the truth."""
    said = _CHARSET.search(raw[:_SNIFFED])
    try:
        return raw.decode(said[1].decode("ascii")) if said else None
    except (LookupError, UnicodeDecodeError):
        return None


def _html(markup: str, path: str) -> Article:
    import trafilatura

    text = trafilatura.extract(markup, include_comments=False, include_tables=True) or ""
    if not text.strip():
        raise InputError(f"{path} is HTML without an article text in it.")
    page = trafilatura.extract_metadata(markup, extensive=False)
    return Article(text, path, page.title or "", _day(page.date) or dateline(text))


def _pdf(raw: bytes, path: str) -> Article:
    from pypdf import PdfReader
    from pypdf.errors import PdfReadError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # what it mends in a faulty file is no news
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted:
            raise InputError(f"{path} is an encrypted PDF; save a copy without a password.")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = (reader.metadata.title or "") if reader.metadata else ""
    except (PdfReadError, PyPdfError, ValueError, KeyError, TypeError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path} is not a readable PDF: {error}.") from error
    if not text.strip():
        raise InputError(f"{path} is a PDF without text (a scan?); run text recognition on it first.")
    return Article(text, path, title, dateline(text))


def _day(written: object) -> str | None:
    return written if isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
