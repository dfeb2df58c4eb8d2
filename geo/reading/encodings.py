"""From bytes to text: UTF-8, UTF-16, what a page declares, and the older Cyrillic and Western code pages."""

from __future__ import annotations

import re

from geo.errors import InputError

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)  # fmt: skip
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_USUAL = re.compile(r"[\s!-~\u00a0-\u024f\u0400-\u04ff\u2000-\u206f\u20ac\u2116]")
_SNIFFED = 2000
_SEARCHED = 64 * 1024
_CODE_PAGES = {
    "cp1251": "Windows-1251", "koi8_u": "KOI8-U", "koi8_r": "KOI8-R", "cp866": "CP866", "mac_cyrillic": "MacCyrillic",
    "cp1252": "Windows-1252", "iso8859_5": "ISO-8859-5", "cp1250": "Windows-1250", "iso8859_2": "ISO-8859-2",
}  # fmt: skip
"""What texts about Ukraine were written in before UTF-8."""


def decoded(raw: bytes, path: str) -> tuple[str, str]:
    """The text of a file, its line ends as ``\\n``, and a note where its encoding was told by its letters alone.

    Raises :class:`InputError` naming the file where it is binary, or in no encoding that can be told.
    """
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    note = ""
    if encoding == "utf-8" and b"\x00" in raw[:_SEARCHED]:
        text = _wide(raw)
        if text is None:
            raise InputError(f"{path} is a binary file; text, HTML, PDF and .docx can be read.")
    else:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            text, note = _declared(raw) or _told_by_letters(raw) or _refused(path, encoding, error)
    if len(_CONTROL.findall(text[:_SNIFFED])) > 3:
        raise InputError(f"{path} is a binary file; text, HTML, PDF and .docx can be read.")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text, note


def _wide(raw: bytes) -> str | None:
    """A text in UTF-16 without its mark; None where it is none."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        start = text[:_SNIFFED]
        if len(_USUAL.findall(start)) > 0.95 * len(start):
            return text
    return None


def _declared(raw: bytes) -> tuple[str, str] | None:
    """A page that is no UTF-8, in the encoding that it says it is in; None where it says none or not the truth."""
    said = _CHARSET.search(raw[:_SNIFFED])
    try:
        return (raw.decode(said[1].decode("ascii")), "") if said else None
    except (LookupError, UnicodeDecodeError):
        return None


def _told_by_letters(raw: bytes) -> tuple[str, str] | None:
    """A text in one of the older code pages, told by how often its letters stand where; None where none fits."""
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SEARCHED], cp_isolation=list(_CODE_PAGES)).best()
    if best is None or best.encoding not in _CODE_PAGES:
        return None
    try:
        text = raw.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return text, f"read as {_CODE_PAGES[best.encoding]}, told by its letters: save it as UTF-8 where that is wrong"


def _refused(path: str, encoding: str, error: UnicodeDecodeError) -> tuple[str, str]:
    raise InputError(
        f"{path} is not readable as {encoding.upper()}: byte {error.start} does not fit. "
        "Save it as UTF-8, e.g. with iconv -f WINDOWS-1251 -t UTF-8."
    ) from error
