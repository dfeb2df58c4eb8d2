"""datapackage.json (Frictionless Data Package): every shipped file with its sources, licence, checksum and accuracy."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from fetch import Package, packages, sha256

RESOURCES = Path(__file__).with_name("resources.toml")
FORMATS = {".geojson": ("geojson", "application/geo+json"), ".csv": ("csv", "text/csv")}


def write_datapackage(out: Path) -> None:
    """Describe the files under `out`; the control table is made by a script of its own and may not be there yet."""
    pinned = packages()
    rows = tomllib.loads(RESOURCES.read_text(encoding="utf-8"))["resource"]
    document = {
        "name": "contactline-data",
        "title": "Data embedded in contactline",
        "profile": "data-package",
        "resources": [_resource(row, out / row["path"], pinned) for row in rows if (out / row["path"]).exists()],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    (out / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def _resource(row: dict[str, Any], path: Path, pinned: dict[str, Package]) -> dict[str, Any]:
    kind, media = FORMATS[path.suffix]
    return {
        "name": path.stem.replace("_", "-"),
        "path": row["path"],
        "title": row["title"],
        "format": kind,
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "licenses": [{"name": row["licence"]}],
        "sources": [_source(pinned[key]) for key in row["packages"]],
        "method": row["method"],
        "accuracy": row["accuracy"],
    }


def _source(package: Package) -> dict[str, str]:
    return {
        "title": f"{package.name} {package.version} ({package.registry})",
        "version": package.version,
        "hash": f"sha256:{package.sha256}",
        "licence": package.licence,
        "attribution": package.attribution,
        "vintage": package.vintage,
    }
