"""``doctor``: what this installation runs on; and which version of the program it is."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator

import typer

from layers.commands.options import Json, print_json

app = typer.Typer()
_LIBRARIES = ("shapely", "pyproj", "geopandas", "fiona", "folium", "XStatic-Leaflet", "trafilatura", "pypdf", "typer")
_OPTIONAL = (
    ("pyarrow", "pyarrow", "layers and histories as .parquet", "pip install '.[parquet]' in the clone"),
    ("python-docx", "docx", "articles as .docx", "pip install python-docx"),
)
_FILES = (
    "boundaries/units.geojson",
    "boundaries/countries.geojson",
    "control/holdings.csv",
    "control/cells.geojson",
    "gazetteer.csv",
    "official.csv",
    "territories.toml",
)
Row = tuple[str, str, bool]
"""What, its version or state, and whether it is as it should be."""


@app.command(short_help="Whether all is there that the program needs.", epilog="Example: contactline doctor")
def doctor(as_json: Json = False) -> None:
    """Say which versions and data this installation runs on, and whether anything is missing."""
    from rich.markup import escape
    from rich.table import Table

    from layers.commands.printed import show

    rows = [*_program(), *_data()]
    bad = [what for what, _, well in rows if not well]
    verdict = f"To mend: {', '.join(bad)}." if bad else "All is well."
    if as_json:
        checks = [{"name": what, "state": state, "ok": well} for what, state, well in rows]
        print_json({"schema": "contactline/doctor/1", "ok": not bad, "checks": checks})
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), caption=f"\n{verdict}")
    for name in ("what", "version or state"):
        table.add_column(name, overflow="fold", header_style="bold", vertical="top")
    for what, state, _ in rows:
        table.add_row(escape(what), escape(state))
    show(table)


def version() -> str:
    """The version of the program, of the installed package or of the checkout it runs from."""
    import importlib.metadata
    import tomllib

    try:
        return importlib.metadata.version("contactline")
    except importlib.metadata.PackageNotFoundError:
        from geo.data import data_path

        project = data_path().parent / "pyproject.toml"
        named = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] if project.is_file() else "?"
        return f"{named} (a checkout, not installed)"


def _program() -> Iterator[Row]:
    import importlib.metadata
    import importlib.util

    yield "contactline", version(), True
    yield "Python", f"{platform.python_version()} ({sys.executable})", sys.version_info >= (3, 11)
    for name in _LIBRARIES:
        try:
            yield name, importlib.metadata.version(name), True
        except importlib.metadata.PackageNotFoundError:
            yield name, f"missing: pip install {name}", False
    for name, module, use, remedy in _OPTIONAL:
        there = importlib.util.find_spec(module) is not None
        yield name, f"there, for {use}" if there else f"not installed; {use} need it: {remedy}", True


def _data() -> Iterator[Row]:
    from geo.atlas.control import DEFAULT
    from geo.atlas.control.settlements import Settlements
    from geo.atlas.control.store import catalogue, data_folder
    from geo.data import data_path
    from geo.errors import InputError

    missing = [name for name in _FILES if not data_path(name).is_file()]
    state = f"missing: {', '.join(missing)}; install contactline again" if missing else "complete"
    yield "embedded data", state, not missing
    if not missing:
        control = Settlements()
        yield f"control: {DEFAULT}", f"{control.first} to {control.last}, ships with the program", True
    for name, header in catalogue():
        if isinstance(header, InputError):
            yield f"control: {name}", str(header), False
        else:
            yield f"control: {name}", f"imported, {header.first} to {header.last}", True
    yield "imported series", f"lie in {data_folder() / 'control'} (CONTACTLINE_DATA chooses another folder)", True
