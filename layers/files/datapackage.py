"""A data package beside a file: what is in it, whose it is and under which licence, for machines.

The format: https://datapackage.org/standard/data-package/ (version 2.0).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from layers.credits import ALWAYS
from layers.files.guard import JSON_MARK, write_whole
from layers.files.provenance import about
from layers.layer import Layer

_MEDIA = {
    ".geojson": "application/geo+json",
    ".json": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".fgb": "application/vnd.flatgeobuf",
    ".parquet": "application/vnd.apache.parquet",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".kmz": "application/vnd.google-earth.kmz",
    ".zip": "application/zip",
    ".topojson": "application/topo+json",
    ".csv": "text/csv",
}


def beside(path: Path) -> Path:
    """Where the description of a file lies: ``map.gpkg`` has ``map.gpkg.datapackage.json``."""
    return path.with_name(f"{path.name}.datapackage.json")


def describe(layers: Sequence[Layer], path: Path, *, force: bool = False) -> Path:
    """Writes the data package of a file that holds ``layers`` beside it, and returns its path."""
    data = path.read_bytes()
    resource: dict[str, Any] = {
        "name": path.stem.lower().replace(" ", "-"),
        "path": path.name,
        "mediatype": _MEDIA[path.suffix.lower()],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "layers": [about(layer) for layer in layers],
    }
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": resource["name"],
        "description": " ".join(ALWAYS),
        "sources": [{"title": source} for source in dict.fromkeys(layer.source for layer in layers if layer.source)],
        "licenses": [{"title": words} for words in dict.fromkeys(layer.licence for layer in layers if layer.licence)],
        "resources": [resource],
    }
    body = json.dumps(package, ensure_ascii=False, indent=2)
    return write_whole(beside(path), f"{{{JSON_MARK}}},{body[1:]}\n".encode(), force=force)
