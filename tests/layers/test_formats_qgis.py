"""A GeoPackage opened by QGIS itself: layers coloured by their styles, labels in ink that is seen, dates as dates."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import shapely

from layers.files import write
from layers.files.geopackage import table_name
from layers.files.qml import labelled
from layers.layer import Feature, Layer
from layers.palette import palette

from .conftest import HOSTILE

LOOK = """
import json, os, sqlite3, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsRenderContext, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
app = QgsApplication([], False)
app.initQgis()
found = {}
query = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
for (table,) in sqlite3.connect(sys.argv[1]).execute(query).fetchall():
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={table}", table, "ogr")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(240, 240))
    settings.setDestinationCrs(layer.crs())
    extent = layer.extent()
    extent.grow(0.5)
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    colours = {QColor(image.pixel(x, y)).name() for x in range(240) for y in range(240)}
    said = layer.labeling().settings().format() if layer.labelsEnabled() and layer.labeling() else None
    found[table] = {
        "valid": layer.isValid(), "renderer": layer.renderer().type(), "colours": sorted(colours), "title":
        layer.metadata().title(), "weight": said.font().weight() if said else None,
        "date": [f.typeName() for f in layer.fields() if f.name() == "date"],
    }
    del layer
print("LOOKED" + json.dumps(found))
os._exit(0)
"""


@pytest.fixture(scope="module")
def interpreter() -> str:
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if (
        python is None
        or subprocess.run([python, "-c", "import qgis.core"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no QGIS with its Python here (Debian: python3-qgis)")
    return python


def looked_at(path: Path, python: str) -> dict[str, Any]:
    run = subprocess.run([python, "-c", LOOK, str(path)], capture_output=True, check=True, text=True, timeout=120)
    (line,) = [line for line in run.stdout.splitlines() if line.startswith("LOOKED")]
    found: dict[str, Any] = json.loads(line.removeprefix("LOOKED"))
    return found


def test_qgis_opens_every_layer_coloured_and_labelled(
    layers: tuple[Layer, ...], interpreter: str, tmp_path: Path
) -> None:
    words = " ".join(HOSTILE)
    row = Feature(shapely.box(30, 50, 31, 51), words)
    named = Layer("named", words, "mention", (row,), words, "l", "2025-01-20")
    (path,) = write((*layers, named), tmp_path / "Мапа 1.gpkg")
    found = looked_at(path, interpreter)
    assert set(found) == {table_name(layer) for layer in (*layers, named)}
    for layer in (*layers, named):
        seen = found[table_name(layer)]
        assert seen["valid"]
        assert seen["date"] == ["Date"]
        assert len(seen["colours"]) > 1, "something is drawn"
        assert (seen["weight"] == 50) == labelled(layer), "50 is the regular weight"
    held = next(layer for layer in layers if layer.role == "control-assessed")
    assert found[table_name(held)]["renderer"] == "categorizedSymbol"
    assert palette().sides["russia"].light in found[table_name(held)]["colours"]
    assert found["named"]["title"] == words
