"""Gets the text of an article: plain text, HTML, PDF or .docx from a file or standard input."""

from __future__ import annotations

import io
import logging
import re
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from geo.errors import InputError, UsageError
from geo.reading import headline
from geo.reading.dateline import dateline
from geo.reading.encodings import decoded

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|article|main|div|section|p|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_PDF = b"%PDF-"
_SNIFFED = 2000
_PDF_WITHIN = 1024  # bytes: the PDF reference allows that much before the mark
_UNTYPED = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_LARGEST = 200_000_000  # bytes an article may unpack to
_DOCX = "word/document.xml"
_MHTML = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}", re.MULTILINE)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc), or a .docx locked with a password"),
    (b"{\\rtf", "an RTF file"),
    (b"bplist00", "a web archive of Safari"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"ID3", "a recording"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"BZh", "a packed file"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript file"),
)
_ZIPPED = (
    ("opendocument", "an OpenDocument file"),
    ("epub", "an EPUB book"),
    ("xl/workbook", "a spreadsheet"),
    ("ppt/presentation", "a file of slides"),
    (".iwa", "a Pages document"),
    ("doc.kml", "a KMZ map"),
)
"""What zipped files hold, told by a word of their type or the name of a part."""
_FILM = b"ftyp"  # at the fourth byte of what telephones record: films, and pictures as .heic
"""How files begin that hold text in a way that is not read here."""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, RuntimeError, NotImplementedError,
    LookupError, ValueError, SyntaxError, AttributeError, TypeError,
)  # fmt: skip
"""What libraries raise besides their own errors where a byte of a file is wrong."""
_READ = "text, HTML, PDF and .docx can be read"


@dataclass(frozen=True)
class Article:
    """A text to read, where it came from, its title and its own date (ISO) if it carries one.

    ``note`` says how the file was read where that is not certain.
    """

    text: str
    path: str
    title: str = ""
    dated: str | None = None
    note: str = ""


def load(source: str | Path) -> Article:
    """The article in a file, or on standard input for ``-``.

    Raises :class:`InputError` naming the file where it is missing, empty, binary, or not in a readable encoding,
    :class:`UsageError` for the address of a page: nothing is fetched.
    """
    path = str(source)
    if path.lower().startswith(("http://", "https://")):
        raise UsageError(f"{path} is an address, and nothing is fetched: save the page, and give the file.")
    if not path.strip():
        raise UsageError("The name of the article is empty: give that of a file, or - for standard input.")
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder; give the article file itself.") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    return from_bytes(raw, "standard input" if path == "-" else path)


def from_text(text: str, path: str = "text", note: str = "") -> Article:
    """An article from a text as it stands."""
    if not text.strip():
        raise InputError(f"{path} is empty; there is nothing to read.")
    return Article(text, path, headline.of_text(text), dateline(text), note)


def from_bytes(raw: bytes, path: str) -> Article:
    """An article from the bytes of a text, HTML, PDF or .docx file; what it is, its bytes say, not its name.

    Raises :class:`InputError` for what is none of these, and for what is called .pdf or .docx and is something else.
    """
    if not raw.strip():
        raise InputError(f"{path} is empty; there is nothing to read.")
    if _PDF in raw[:_PDF_WITHIN]:
        return _pdf(raw, path)
    if raw.startswith(b"PK\x03\x04"):
        return _zipped(raw, path)
    if kind := _other_kind(raw):
        raise InputError(f"{path} is {kind}; {_READ}. Save it as one of these, or copy its text into a file.")
    if Path(path).suffix.lower() in (".pdf", ".docx"):
        raise InputError(
            f"{path} is no {Path(path).suffix.lower()[1:].upper()}, whatever its name says: {_instead(raw)}"
        )
    if saved := _saved_page(raw, path):
        raw = saved
    text, note = decoded(raw, path)
    return _html(text, path, note) if _HTML.match(text[:_SNIFFED]) else from_text(text, path, note)


def _other_kind(raw: bytes) -> str:
    """What a file is that holds text in a way not read here, or none; "" where its first bytes do not tell."""
    text = raw[:_SNIFFED].isascii() and not _UNTYPED.search(raw[:_SNIFFED])
    if not text or raw.startswith((b"{\\rtf", b"%!PS")):
        if raw[4:8] == _FILM:
            return "a picture or a film"
        return next((kind for mark, kind in _OTHERS if raw.startswith(mark)), "")
    return ""


def _instead(raw: bytes) -> str:
    """What a file called .pdf or .docx holds, in words, and what to do."""
    if not raw.strip(b"\x00"):
        return "it holds nothing but zeros, as after a broken download. Fetch it again."
    head = raw[:_SNIFFED].decode("utf-8", "ignore")
    if _HTML.match(head):
        return "it is a web page, perhaps one that says the file is gone. Fetch it again, or call it .html."
    try:
        decoded(raw, "")
    except InputError:
        return "it is damaged, or locked. Fetch it or save it again."
    return "it is plain text. Call it .txt, or fetch it again."


def _saved_page(raw: bytes, path: str) -> bytes | None:
    """The page in a file that browsers save as one file (MHTML, RFC 2557), as UTF-8; None where it is no such file."""
    if not _MHTML.match(raw[:_SNIFFED]) or b"multipart/related" not in raw[:_SNIFFED].lower():
        return None
    from email import message_from_bytes, policy

    try:
        page = message_from_bytes(raw, policy=policy.default).get_body(("html",))
        return str(page.get_content()).encode("utf-8", "replace") if page is not None else None
    except _DAMAGE as error:
        raise InputError(f"{path} is a damaged web page in one file ({error}); save the page again.") from error


def _zipped(raw: bytes, path: str) -> Article:
    """An article from a .docx file; other zipped files are named and refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            size = sum(member.file_size for member in archive.infolist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except _DAMAGE as error:
        raise InputError(
            f"{path} is a damaged zip or .docx file, cut short perhaps; save or fetch it again."
        ) from error
    if _DOCX in names:
        if size > _LARGEST:
            raise InputError(f"{path} unpacks to {size / 1e6:,.0f} MB, more than an article has; give its text.")
        return _docx(raw, path)
    told = " ".join([kind.decode("ascii", "ignore"), *names])
    what = next((words for mark, words in _ZIPPED if mark in told), "a zip file")
    raise InputError(f"{path} is {what}; {_READ}. Save it as one of these, .docx say.")


def _docx(raw: bytes, path: str) -> Article:
    """Paragraphs and cells of tables in their order, without headers, footers and comments."""
    try:
        from docx import Document
        from docx.table import Table
    except ImportError as error:
        raise InputError(
            f"{path} is a .docx file, and python-docx is not there to read it: pip install python-docx, "
            "or save it as text."
        ) from error
    try:
        document = Document(io.BytesIO(raw))
        blocks = [
            "\n".join("\t".join(cell.text for cell in row.cells) for row in block.rows)
            if isinstance(block, Table)
            else block.text
            for block in document.iter_inner_content()
        ]
        styled = [(paragraph.style.name or "", paragraph.text) for paragraph in document.paragraphs if paragraph.style]
        title = headline.of_document(styled, document.core_properties.title or "")
    except _DAMAGE as error:
        raise InputError(
            f"{path} is not a readable .docx file: parts of it are missing or damaged; save it again, or as text."
        ) from error
    text = "\n\n".join(block for block in blocks if block.strip())
    if not text:
        raise InputError(f"{path} is a .docx file without text in it.")
    return replace(from_text(text, path), title=title)


def _html(markup: str, path: str, note: str = "") -> Article:
    import trafilatura

    text = trafilatura.extract(markup, include_comments=False, include_tables=True) or ""
    if not text.strip():
        raise InputError(f"{path} is HTML without an article text in it.")
    page = trafilatura.extract_metadata(markup, extensive=False)
    return Article(text, path, headline.of_page(markup, page.title or ""), _day(page.date) or dateline(text), note)


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
    except (PdfReadError, PyPdfError, *_DAMAGE) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path} is not a readable PDF: it is cut short or damaged ({str(error).rstrip('.')}). Fetch it again."
        ) from error
    if not text.strip():
        raise InputError(f"{path} is a PDF without text (a scan?); run text recognition on it first.")
    return Article(text, path, headline.told(title), dateline(text))


def _day(written: object) -> str | None:
    return written if isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
