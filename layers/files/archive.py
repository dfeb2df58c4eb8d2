"""Zip archives that are the same bytes whenever they are written, and carry contactline's mark."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from layers.files.guard import ZIP_MARK

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: no clock


def pack(path: Path, members: Mapping[str, bytes]) -> None:
    """Writes the members in their order, compressed; the mark is the archive's comment."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = ZIP_MARK
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
