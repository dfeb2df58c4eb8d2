"""Any file of polygons, read by its ending: GeoJSON, KML, ArcGIS JSON, and what GDAL and pandas read for us."""

from __future__ import annotations

import csv
import math
import struct
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.atlas.control.arcgis import arcgis_shapes, is_arcgis
from geo.atlas.control.archive import checked, is_zip, member
from geo.atlas.control.kml import read_kml
from geo.atlas.control.reference import agreed, crs_named, in_lonlat
from geo.atlas.control.shapes import Shape, read_json, shape_of, shapes_of
from geo.errors import InputError

if TYPE_CHECKING:
    from pyproj import CRS

_GDAL = {".gpkg": b"SQLite format 3\x00", ".fgb": b"fgb\x03", ".shp": b"\x00\x00\x27\x0a"}
"""What files of these endings begin with. GDAL goes by content: one that begins otherwise could be of any driver."""
_JSON, _KML, _PARQUET, _CSV = (".geojson", ".json", ".gz"), (".kml", ".kmz"), (".parquet", ".geoparquet"), (".csv",)
ENDINGS = (*_JSON, *_KML, *_GDAL, ".zip", *_PARQUET, *_CSV)


def read_vectors(path: Path, *, layer: str = "", crs: str = "", geometry: str = "") -> tuple[Shape, ...]:
    """The features of a file, in lon, lat on WGS84; those of a layer carry its name as ``layer``, where they have none.

    ``layer`` picks one where the file has several; ``crs`` says the reference system where the file does not;
    ``geometry`` is the column of a table that holds WKT. Raises :class:`InputError` for endings that are not read, for
    a reference system missing or said twice, and naming the feature that cannot be read.
    """
    given = crs_named(crs, path.name) if crs else None
    ending = path.suffix.lower()
    if not path.is_file():
        raise InputError(f"{path}: no such file.")
    if ending in _KML:
        _refuse_crs(given, path, "KML is in lon, lat on WGS84")
        return read_kml(path)
    if ending in _JSON:
        return _from_json(path, given)
    if ending in _CSV:
        return _from_csv(path, geometry, given)
    if ending in _PARQUET:
        return _from_parquet(path, given)
    if ending in _GDAL or ending == ".zip":
        return tuple(shape for name in _chosen(path, layer) for shape in _from_gdal(path, name, given))
    raise InputError(f"{path.name}: no ending of a map that is read. Read are: {', '.join(ENDINGS)}.")


def shapes_in_json(content: Any, source: str) -> tuple[Shape, ...]:
    """The features of a JSON document, GeoJSON or an ArcGIS answer."""
    return arcgis_shapes(content, source) if is_arcgis(content) else shapes_of(content, source)


def _from_json(path: Path, given: CRS | None) -> tuple[Shape, ...]:
    content = _collected(read_json(path))
    if given is not None and isinstance(content, dict) and not is_arcgis(content):
        if content.get("crs"):
            raise InputError(f"{path.name}: names its reference system itself. Take crs out of the mapping.")
        content = {**content, "crs": {"type": "name", "properties": {"name": given.to_wkt()}}}
    elif given is not None:
        _refuse_crs(given, path, "an ArcGIS answer names its reference system")
    return shapes_in_json(content, path.name)


def _collected(content: Any) -> Any:
    """A collection, also where the file is a single feature or geometry."""
    match content.get("type") if isinstance(content, dict) else None:
        case "Feature":
            return {"type": "FeatureCollection", "features": [content]}
        case "Polygon" | "MultiPolygon" | "GeometryCollection":
            return {"type": "FeatureCollection", "features": [{"properties": {}, "geometry": content}]}
    return content


def _from_csv(path: Path, column: str, given: CRS | None) -> tuple[Shape, ...]:
    if not column:
        raise InputError(f'{path.name}: which column holds the polygons as WKT? Say it: geometry = "wkt".')
    crs = agreed(None, given, path.name)
    try:
        csv.field_size_limit(1 << 30)
        table = csv.DictReader(StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        columns, rows = list(table.fieldnames or ()), list(table)
    except (OSError, ValueError, csv.Error) as error:
        raise InputError(f"{path.name}: cannot be read as CSV in UTF-8 ({error}).") from error
    if column not in columns:
        raise InputError(f"{path.name}: no column {column!r}. Its columns: {', '.join(columns) or 'none'}.")
    wkt = [(row.pop(column) or "").strip() for row in rows]
    shapes: list[Any] = []
    for number, text in enumerate(wkt, start=1):
        try:
            shapes.append(shapely.from_wkt(text) if text else None)
        except (TypeError, shapely.GEOSException) as error:
            raise InputError(f"{path.name}: row {number} is not WKT ({error}).") from error
    return _brought(shapes, rows, crs, path.name, "row")


def _from_parquet(path: Path, given: CRS | None) -> tuple[Shape, ...]:
    try:
        import geopandas
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise InputError(f"{path.name}: GeoParquet needs pyarrow: pip install pyarrow.") from error
    with _reading(path):
        frame = geopandas.read_parquet(path)
        crs = agreed(frame.crs, given, path.name)
        table = frame.drop(columns=frame.geometry.name).to_dict("records")
        rows = [{str(name): _value(value) for name, value in row.items()} for row in table] or [{} for _ in frame.index]
        geometries = list(frame.geometry)
    return _brought(geometries, rows, crs, path.name, "row")


def _from_gdal(path: Path, layer: str, given: CRS | None) -> list[Shape]:
    from pyogrio import raw, read_info

    where = f"{path.name}, layer {layer}"
    with _reading(path):
        meta, _, geometries, columns = raw.read(_opened(path, layer), layer=_inside(layer), datetime_as_string=True)
        read = [None if wkb is None else shapely.from_wkb(wkb) for wkb in geometries] if geometries is not None else []
        stated = read_info(_opened(path, layer), layer=_inside(layer))["features"]
    if stated > len(read):
        raise InputError(f"{where}: cut short, {len(read)} of {stated} features are there. Fetch it again.")
    if not read:
        return []
    crs = agreed(crs_named(meta["crs"], where) if meta["crs"] else None, given, where)
    rows = [
        {"layer": _inside(layer), **{n: _value(c[i]) for n, c in zip(meta["fields"], columns, strict=True)}}
        for i in range(len(read))
    ]
    return list(_brought(read, rows, crs, where, "feature"))


def _chosen(path: Path, layer: str) -> tuple[str, ...]:
    """The layers to read: the one asked for, else all; of a ZIP the shapefiles in it, by their paths."""
    if is_zip(path):
        names = tuple(name for name in checked(path) if name.lower().endswith(".shp"))
        if not names:
            raise InputError(f"{path.name}: no shapefile in it.")
        for name in names:
            _refuse_cut_shapefile(member(path, name), f"{path.name}, {name}")
    elif path.suffix.lower() == ".zip":
        raise InputError(f"{path.name}: not a ZIP archive, or cut short. Fetch it again.")
    else:
        _refuse_stranger(path)
        with _reading(path):
            from pyogrio import list_layers

            names = tuple(str(name) for name, kind in list_layers(path) if kind is not None)
        if not names:
            raise InputError(f"{path.name}: no layer of geometries in it.")
    if not layer:
        return names
    if layer not in map(_inside, names):
        raise InputError(f"{path.name}: no layer {layer!r}. Its layers: {', '.join(map(_inside, names))}.")
    return tuple(name for name in names if _inside(name) == layer)


def _opened(path: Path, layer: str) -> str:
    return f"/vsizip/{path.resolve()}/{layer}" if layer.lower().endswith(".shp") else str(path)


def _inside(layer: str) -> str:
    return Path(layer).stem if layer.lower().endswith(".shp") else layer


def _refuse_stranger(path: Path) -> None:
    mark = _GDAL[path.suffix.lower()]
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(mark):
        raise InputError(f"{path.name}: does not begin as a {path.suffix} file does. Fetch it again.")
    if path.suffix.lower() == ".shp":
        _refuse_cut_shapefile(path.read_bytes(), path.name)
    elif path.suffix.lower() == ".gpkg":  # page size and count stand in the header of a SQLite file
        size, pages = struct.unpack(">H", head[16:18])[0], struct.unpack(">I", head[28:32])[0]
        if path.stat().st_size < (65536 if size == 1 else size) * pages:
            raise InputError(f"{path.name}: cut short. Fetch it again.")


def _refuse_cut_shapefile(content: bytes, where: str) -> None:
    """A shapefile's header says its length in 16-bit words; GDAL reads what is left of one cut short without a word."""
    if len(content) < 100 or len(content) < 2 * struct.unpack(">i", content[24:28])[0]:
        raise InputError(f"{where}: cut short. Fetch it again.")


def _brought(
    geometries: Sequence[Any], rows: Sequence[Mapping[str, Any]], crs: CRS, where: str, unit: str
) -> tuple[Shape, ...]:
    lonlat = in_lonlat(geometries, crs, where)
    return tuple(
        shape_of(geometry, row, f"{where}: {unit} {number}")
        for number, (geometry, row) in enumerate(zip(lonlat, rows, strict=True), start=1)
    )


def _refuse_crs(given: CRS | None, path: Path, why: str) -> None:
    if given is not None:
        raise InputError(f"{path.name}: {why}. Take crs out of the mapping.")


def _value(value: Any) -> Any:
    """A cell as Python has it; missing ones are None."""
    plain = value.item() if hasattr(value, "item") else value
    if hasattr(plain, "isoformat"):
        return plain.isoformat()
    return None if isinstance(plain, float) and math.isnan(plain) else plain


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Whatever a reader of others throws at a broken file, as an InputError; its warnings are not ours."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"{path.name}: cannot be read ({error}). Is it whole, and what its ending says?") from error
