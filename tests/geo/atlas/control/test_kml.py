"""KML as My Maps writes it, and as somebody hostile would."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from geo.atlas.control.kml import plain, read_kml
from geo.errors import InputError
from geo.measure.geodesic import area_km2

HEAD = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
TAIL = "</Document></kml>"
RING = "37,48,0 38,48,0 38,49,0 37,49,0 37,48,0"
HOLE = "37.4,48.4 37.6,48.4 37.6,48.6 37.4,48.6 37.4,48.4"


def polygon(ring: str = RING, hole: str = "") -> str:
    inner = f"<innerBoundaryIs><LinearRing><coordinates>{hole}</coordinates></LinearRing></innerBoundaryIs>"
    outer = f"<outerBoundaryIs><LinearRing><coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs>"
    return f"<Polygon>{outer}{inner if hole else ''}</Polygon>"


def written(path: Path, inside: str) -> Path:
    path.write_text(HEAD + inside + TAIL, encoding="utf-8")
    return path


def test_folders_names_and_colours_are_read_through_maps_of_styles(tmp_path: Path) -> None:
    file = written(
        tmp_path / "a.kml",
        "<Style id='n'><PolyStyle><color>4d1427A5</color></PolyStyle></Style>"
        "<Style id='h'><PolyStyle><color>ff000000</color></PolyStyle></Style>"
        "<StyleMap id='m'><Pair><key>highlight</key><styleUrl>#h</styleUrl></Pair>"
        "<Pair><key>normal</key><styleUrl>#n</styleUrl></Pair></StyleMap>"
        "<Folder><name>Important\u00a0Areas\n</name><Folder><name>East</name><Placemark>"
        "<name>\n Donetsk\u00a0Axis  [Z]</name><description><![CDATA[<script>alert(1)</script>]]></description>"
        "<styleUrl>#m</styleUrl><ExtendedData><Data name='code'><value>7</value></Data>"
        f"<SchemaData><SimpleData name='who'>x</SimpleData></SchemaData></ExtendedData>{polygon(hole=HOLE)}"
        "</Placemark></Folder></Folder>",
    )
    (shape,) = read_kml(file)
    assert shape.properties == {
        "name": "Donetsk Axis [Z]",
        "folder": "Important Areas / East",
        "description": "<script>alert(1)</script>",
        "fill": "#a52714",
        "code": "7",
        "who": "x",
    }
    assert [len(p.interiors) for p in shape.polygons] == [1]


def test_collections_are_opened_and_points_and_lines_leave_no_area(tmp_path: Path) -> None:
    inside = "<MultiGeometry><Point><coordinates>1,2</coordinates></Point><MultiGeometry>"
    other = polygon("35,47 36,47 36,47.5 35, 47.5")
    file = written(
        tmp_path / "a.kml",
        f"<Placemark>{inside}{polygon()}{other}</MultiGeometry></MultiGeometry></Placemark>"
        "<Placemark><Point><coordinates>30,50</coordinates></Point></Placemark><Placemark><name>empty</name></Placemark>"
        f"<Placemark>{polygon('37,48 38,48')}</Placemark>",
    )
    shapes = read_kml(file)
    assert [len(shape.polygons) for shape in shapes] == [2, 0, 0, 0]
    assert [shape.null for shape in shapes] == [False, False, True, False]


def test_a_kmz_is_opened_at_its_document_and_is_the_same(tmp_path: Path) -> None:
    kml = written(tmp_path / "doc.kml", f"<Placemark>{polygon()}</Placemark>")
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("a.kml", "<kml/>")
        archive.write(kml, "doc.kml")
        archive.writestr("images/icon.png", b"")
    packed, loose = read_kml(tmp_path / "a.kmz"), read_kml(kml)
    assert area_km2(packed[0].polygons[0]) == area_km2(loose[0].polygons[0]) > 8_000
    with zipfile.ZipFile(tmp_path / "b.kmz", "w") as archive:
        archive.writestr("readme.txt", "")
    with pytest.raises(InputError, match=r"b\.kmz: a KMZ without a \.kml"):
        read_kml(tmp_path / "b.kmz")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><kml><Document><name>&j;</name></Document></kml>"
)
SECRET = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]><kml><Document><name>&x;</name></Document></kml>'
AFAR = '<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/x.dtd"><kml/>'


@pytest.mark.parametrize("text", [LAUGHS, SECRET, AFAR])
def test_entities_and_document_types_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.kml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.kml: (has a document type|not KML|cut short)"):
        read_kml(file)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<NetworkLink><Link><href>https://example.org</href></Link></NetworkLink>", "only a link to a map"),
        (f"<Placemark><name>Axis</name>{polygon('37,x 38,48 38,49')}</Placemark>", r"placemark 1 \(Axis\) cannot be"),
        (f"<Placemark>{polygon('37 48 38 48 38 49')}</Placemark>", "placemark 1 cannot be read"),
        (f"<Placemark>{polygon('48,37 48,38 49,38 49,37')}</Placemark>", "placemark 1 lies at .* in the other order"),
        (f"<Placemark>{polygon('400000,5e6 400001,5e6 400001,6e6')}</Placemark>", "not longitude and latitude"),
        (f"<Placemark>{polygon('37,48 nan,48 38,49')}</Placemark>", "not a number"),
        ("<Placemark>", "a.kml: not KML"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, inside: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_kml(written(tmp_path / "a.kml", inside))


@pytest.mark.parametrize("text", ["", "<html/>", "{}", "<kml", "\x00\x01"])
def test_what_is_no_kml_is_refused_by_name(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.kml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.kml: (not KML|cut short)"):
        read_kml(tmp_path / "a.kml")


def test_names_have_single_spaces() -> None:
    assert plain(" Crimea\u00a0\n ") == "Crimea"
    assert plain(None) == ""


def test_however_deep_a_folder_lies_it_is_read(tmp_path: Path) -> None:
    deep = 60
    inside = "<Folder><name>f</name>" * deep + f"<Placemark>{polygon()}</Placemark>" + "</Folder>" * deep
    (shape,) = read_kml(written(tmp_path / "a.kml", inside))
    assert len(shape.polygons) == 1
    assert str(shape.properties["folder"]).count("f") == deep
    with pytest.raises(InputError, match=r"a\.kml"):
        read_kml(written(tmp_path / "a.kml", "<Folder>" * 400 + "</Folder>" * 400))
