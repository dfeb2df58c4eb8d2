"""Packed files: what comes out is limited, broken ones are named, nothing is taken on the header's word."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from geo.atlas.control.archive import checked, gunzipped, is_gzip, is_zip, member, members
from geo.errors import InputError


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_what_is_packed_is_told_by_its_beginning(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "a.geojson", {"a": b"1"})
    stream = tmp_path / "b.zip"
    stream.write_bytes(gzip.compress(b"1"))
    assert (is_zip(archive), is_gzip(archive)) == (True, False)
    assert (is_zip(stream), is_gzip(stream)) == (False, True)
    assert not is_zip(tmp_path / "none.zip")


def test_a_bomb_does_not_go_off(tmp_path: Path) -> None:
    stream = tmp_path / "bomb.gz"
    stream.write_bytes(gzip.compress(b"0" * 5_000_000))
    with pytest.raises(InputError, match=r"bomb\.gz: unpacks to more than 1 MB"):
        gunzipped(stream, 1_000_000)
    archive = zipped(tmp_path / "bomb.zip", {"a.csv": b"0" * 600_000, "b.csv": b"0" * 600_000})
    with pytest.raises(InputError, match=r"bomb\.zip: unpacks to more than 1 MB"):
        members(archive, 1_000_000)
    with pytest.raises(InputError, match=r"bomb\.zip, a\.csv: unpacks to more"):
        member(archive, "a.csv", 500_000)
    assert checked(archive) == ("a.csv", "b.csv")


def test_a_header_that_understates_its_size_is_not_believed(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "liar.zip", {"a.csv": b"0" * 600_000})
    raw = archive.read_bytes().replace((600_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    archive.write_bytes(raw)
    with pytest.raises(InputError, match=r"liar\.zip"):
        checked(archive, 1_000)


@pytest.mark.parametrize("length", [10, -10, 60])
def test_cut_archives_are_named(tmp_path: Path, length: int) -> None:
    archive = zipped(tmp_path / "cut.zip", {"a.csv": bytes(range(256)) * 40})
    archive.write_bytes(archive.read_bytes()[:length])
    with pytest.raises(InputError, match=r"cut\.zip: cannot be unpacked .*Fetch it again"):
        checked(archive)
    stream = tmp_path / "cut.gz"
    stream.write_bytes(gzip.compress(bytes(range(256)) * 40)[:length])
    with pytest.raises(InputError, match=r"cut\.gz: cannot be unpacked .*Fetch it again"):
        gunzipped(stream)


def test_a_byte_turned_over_is_found_by_the_sum(tmp_path: Path) -> None:
    archive = tmp_path / "stored.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.csv", b"geonameid,date,status")
    archive.write_bytes(archive.read_bytes().replace(b"date", b"dote", 1))
    with pytest.raises(InputError, match="Bad CRC"):
        checked(archive)


def test_what_a_mac_adds_is_no_member(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "mac.zip", {"__MACOSX/._a.shp": b"", "x/._a.shp": b"", "x/a.shp": b"1"})
    assert members(archive) == ("x/a.shp",)
    with pytest.raises(InputError, match="no such file in it"):
        member(archive, "b.shp")


@pytest.mark.parametrize("name", ["../a.shp", "x/../../a.shp", "/a.shp"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="leads out of the archive"):
        members(zipped(tmp_path / "a.zip", {name: b"1"}))
