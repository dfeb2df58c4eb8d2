"""Series of control kept in the user's data folder: imported once, read back in a moment, exact to the last bit.

::

    stored("deepstate-daily", atlas)           -> Stored, a control source like any other
    Stored.states()                            -> (day, holdings), every day in order, some at a time in memory
    Stored.states(("russia", "assessed"))      -> the same with the holdings of these classes alone: much faster
    Stored.snapshot(at), .changes(within)      -> as in geo/atlas/control/types.py; changes tells where, by bounding box
    import_series(path, atlas, name=None)      -> Imported: reads a file or folder with its adapter and keeps it
    catalogue()                                -> the headers of all that is kept, without reading the rest

An unchanged holding of the day before is the same object again, so that ``is`` tells what did not change.
The layout of a file is written down in ``container.py``, that of its arrays in ``track.py``.
"""

from __future__ import annotations

from geo.atlas.control.store.container import Header
from geo.atlas.control.store.importing import Imported, import_series, is_current
from geo.atlas.control.store.place import catalogue, data_folder, is_stored, path_of, stored_names
from geo.atlas.control.store.stored import Stored, stored

__all__ = [
    "Header",
    "Imported",
    "Stored",
    "catalogue",
    "data_folder",
    "import_series",
    "is_current",
    "is_stored",
    "path_of",
    "stored",
    "stored_names",
]
