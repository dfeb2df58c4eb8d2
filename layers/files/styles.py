"""The look of each layer inside a GeoPackage, so that QGIS and others open it coloured and labelled.

The table is the one QGIS itself makes (``layer_styles``), registered as attributes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from layers.files.fields import text
from layers.files.qml import qml
from layers.files.sld import sld
from layers.layer import Layer

_TABLE = """CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)"""


def add_styles(path: Path, tables: Mapping[str, Layer], stamp: str) -> None:
    """Adds a default style for each table of the GeoPackage at ``path``; ``stamp`` is the date and time written."""
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(_TABLE)
        for table, layer in tables.items():
            file.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,"
                " styleQML, styleSLD, useAsDefault, description, owner, update_time)"
                " VALUES ('', '', ?, 'geom', ?, ?, ?, 1, ?, 'contactline', ?)",
                (table, table[:30], qml(layer), sld(layer, table), text(layer.title), stamp),
            )
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)",
            (stamp,),
        )
