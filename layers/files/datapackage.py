"""A data package beside a file: what is in it, whose it is and under which licence, for machines.

The format: https://datapackage.org/standard/data-package/ (version 2.0).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from geo.data import data_path
from layers.credits import ALWAYS
from layers.files.fields import text
from layers.files.guard import JSON_MARK, write_whole
from layers.files.provenance import about
from layers.layer import Layer
from layers.naming import slug

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


def licences(words: Iterable[str]) -> list[dict[str, str]]:
    """Licences as a data package has them, one an id: its text where it has an address, and what was said of it."""
    said: dict[str, dict[str, None]] = {}
    for clauses in (text(one).split("; ") for one in words if one):
        pairs = [(known["name"], clause) for known in _known() for clause in clauses if known["words"] in clause]
        for name, clause in pairs or [("notspecified", "; ".join(clauses))]:
            said.setdefault(name, {})[clause] = None
    paths = {known["name"]: {"path": known["path"]} for known in _known() if "path" in known}
    return [{"name": name, **paths.get(name, {}), "title": "; ".join(clauses)} for name, clauses in said.items()]


@cache
def _known() -> list[dict[str, str]]:
    table: list[dict[str, str]] = tomllib.loads(data_path("fields.toml").read_text(encoding="utf-8"))["licence"]
    return table


def describe(layers: Sequence[Layer], path: Path, *, force: bool = False) -> Path:
    """Writes the data package of a file that holds ``layers`` beside it, and returns its path."""
    data = path.read_bytes()
    resource: dict[str, Any] = {
        "name": slug(path.stem),
        "path": path.name,
        "format": path.suffix.lower()[1:],
        "mediatype": _MEDIA[path.suffix.lower()],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "layers": [about(layer) for layer in layers],
    }
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": resource["name"],
        "description": " ".join(ALWAYS),
        "sources": [{"title": source} for source in dict.fromkeys(text(one.source) for one in layers if one.source)],
        "licenses": licences(layer.licence for layer in layers),
        "resources": [resource],
    }
    kept = {key: value for key, value in package.items() if value}  # a list that is there has something in it
    body = json.dumps(kept, ensure_ascii=False, indent=2)
    return write_whole(beside(path), f"{{{JSON_MARK}}},{body[1:]}\n".encode(), force=force)
