"""Imports follow the flow and never turn back."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = [
    {"geo.errors", "geo.quantity", "geo.data", "geo.days", "geo.showing"},
    {"geo.reading", "geo.measure"},
    {"geo.atlas"},
    {"geo.algebra"},
    {"geo.resolve"},
    {"geo.definitions", "geo.published"},
    {"geo.margins"},
    {"geo.bounds"},
    {"geo.survey", "geo.wording", "geo.laid", "geo.zone"},
    {"geo.history", "geo.held"},
    {"geo.changes", "geo.relations", "geo.agreement", "geo.intervals"},
    {"geo.statements", "geo.claimed"},
    {"geo.verdict"},
    {"geo.check"},
    {"geo.library"},
    {"layers"},
]


def rank(module: str) -> int:
    return next((i for i, room in enumerate(ROOMS) if any(module == m or module.startswith(m + ".") for m in room)), -1)


def imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return found + [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]


@pytest.mark.parametrize("path", sorted(p for d in ("geo", "layers") for p in (ROOT / d).rglob("*.py")), ids=str)
def test_no_room_imports_a_later_one(path: Path) -> None:
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    if module == "geo":
        return  # the contents page names them all
    own = rank(module)
    assert own >= 0, f"{module} stands in no room: add it to ROOMS"
    late = [name for name in imports(path) if name.split(".")[0] in ("geo", "layers") and rank(name) > own]
    assert late == []


def test_reading_knows_no_geometry() -> None:
    known = {name for path in (ROOT / "geo" / "reading").rglob("*.py") for name in imports(path)}
    assert not {name for name in known if name.split(".")[0] in ("shapely", "pyproj", "geopandas")}


def test_a_check_in_the_terminal_loads_no_map_and_no_table_library() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['contactline', 'check', '--text', 'Russia holds 20 % of Ukraine', '--at', '2025-01-20']\n"
        "from layers import cli\n"
        "try: cli.main()\n"
        "except SystemExit: print([m for m in ('folium', 'pandas', 'matplotlib', 'fiona') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.splitlines()[-1] == "[]"


def test_the_front_door_loads_nothing_heavy() -> None:
    code = (
        "import layers.cli, sys; print([m for m in ('folium', 'pandas', 'geopandas', 'shapely') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
