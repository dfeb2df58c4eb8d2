"""Who held what, when, and according to whom: one file a source, all giving the same snapshots."""

from __future__ import annotations

from pathlib import Path

from geo.atlas.atlas import Atlas
from geo.atlas.control.deepstate_daily import DeepStateDaily
from geo.atlas.control.deepstate_raw import DeepStateRaw
from geo.atlas.control.isw import Isw
from geo.atlas.control.mapped import Mapped
from geo.atlas.control.nzz import Nzz
from geo.atlas.control.series import Series
from geo.atlas.control.settlements import Settlements
from geo.atlas.control.store import Stored, is_stored, stored, stored_names
from geo.atlas.control.types import ControlClass, ControlSource, Holding, Side, Snapshot
from geo.atlas.control.uacontrolmap import UaControlMap
from geo.atlas.control.viina import Viina
from geo.errors import InputError, UnknownNameError

DEFAULT = "settlements"

FORMATS: tuple[type[Series], ...] = (Mapped, DeepStateDaily, DeepStateRaw, Nzz, UaControlMap, Viina, Isw)
"""The formats of other people's files, told by the names of the files; the first that knows a path reads it.

A mapping file goes before all: who wrote one means it."""

__all__ = [
    "DEFAULT",
    "FORMATS",
    "ControlClass",
    "ControlSource",
    "Holding",
    "Side",
    "Snapshot",
    "Stored",
    "control_source",
    "file_source",
]


def control_source(spec: str, atlas: Atlas) -> ControlSource:
    """The control source a name or a path stands for; the name of an imported series goes before a path.

    Raises :class:`UnknownNameError` for neither, :class:`InputError` for a path in no format that is read.
    """
    if spec == DEFAULT:
        return Settlements()
    if is_stored(spec):
        return stored(spec, atlas)
    path = Path(spec)
    if not path.exists():
        raise UnknownNameError(
            f"{spec!r} is neither a control source nor a file or folder.", [DEFAULT, *stored_names()]
        )
    return file_source(path, atlas)


def file_source(path: Path, atlas: Atlas) -> Series:
    """The control source in a file or folder; raises :class:`InputError` for a format that is not read."""
    found = [known for known in FORMATS if known.recognises(path)]
    if found:
        source = found[0](path, atlas)
        source.beside = () if isinstance(source, Mapped) else tuple(known.name for known in found[1:])
        return source
    names = "; ".join(f"{known.pattern} ({known.name})" for known in FORMATS)
    raise InputError(
        f"{path}: not a control format that is read. Known: the embedded 'settlements'; a file or folder of {names}."
    )
