"""Fetching from a publisher that misbehaves: the file asked for comes whole, or an error that says what to do."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import publisher as play
import pytest

from geo.atlas.pull import Limits
from geo.atlas.pull.fetch import Fetched, Fetcher, Missing
from geo.errors import InputError, SourceError

BODY = json.dumps({"type": "FeatureCollection", "features": [{"n": n} for n in range(5000)]}).encode()
PATH = "/data/day.geojson"


@pytest.fixture
def get(publisher: Any, limits: Limits, tmp_path: Path) -> Any:
    publisher.files[PATH] = BODY

    def fetch(path: str = PATH, name: str = "day.geojson", most: int = 10**6, **other: Any) -> Fetched:
        fetcher = Fetcher(frozenset({publisher.host}), replace(limits, **other))
        return fetcher.fetch(publisher.base + path, tmp_path / name, most)

    return fetch


def test_a_file_comes_whole_with_its_checksum(get: Any, tmp_path: Path) -> None:
    got = get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY
    assert (got.sha256, got.bytes, got.fresh) == (hashlib.sha256(BODY).hexdigest(), len(BODY), True)
    assert [file.name for file in tmp_path.iterdir()] == ["day.geojson"]


@pytest.mark.parametrize(
    "trouble",
    [
        play.status(500),
        play.status(503),
        play.status(429),
        play.says(b'{"error": {"code": 429, "message": "Too many requests"}}'),
        play.says(b'{"error": {"code": 503, "message": "busy"}}'),
        play.says(b'{"type": "FeatureCollection", "feat'),
        play.says(b""),
        play.slam,
        play.mute,
    ],
    ids=["500", "503", "429", "429 in a 200", "503 in a 200", "cut JSON", "empty", "slammed", "mute"],
)
def test_passing_trouble_is_waited_out(
    get: Any, publisher: Any, waits: list[float], trouble: Any, tmp_path: Path
) -> None:
    publisher.deeds[PATH] = [trouble]
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY
    assert len(waits) == 1


def test_the_wait_doubles_and_ends_in_an_error_that_says_what_to_do(
    get: Any, publisher: Any, waits: list[float]
) -> None:
    publisher.deeds[PATH] = [play.status(500)] * 9
    with pytest.raises(SourceError, match=r"day\.geojson: out of reach after 3 tries .*500.*run it again") as error:
        get()
    assert error.value.exit_code == 5
    assert len(waits) == 2
    assert 0.7 < waits[0] < 1.3 < 1.4 < waits[1] < 2.6


def test_what_the_publisher_asks_to_wait_is_waited_within_reason(get: Any, publisher: Any, waits: list[float]) -> None:
    publisher.deeds[PATH] = [play.status(429, **{"Retry-After": "7"}), play.status(429, **{"Retry-After": "86400"})]
    get()
    assert waits == [7, 60]


def test_half_a_body_is_gone_on_with(get: Any, publisher: Any, tmp_path: Path) -> None:
    publisher.deeds[PATH] = [play.half]
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY
    assert publisher.ranges() == ["", f"bytes={len(BODY) // 2}-"]


def test_a_later_run_goes_on_where_an_earlier_one_broke_off(get: Any, publisher: Any, tmp_path: Path) -> None:
    publisher.deeds[PATH] = [play.half]
    with pytest.raises(SourceError):
        get(tries=1)
    assert not (tmp_path / "day.geojson").exists()
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY
    assert publisher.ranges()[-1].startswith("bytes=")


def test_a_file_that_changed_in_between_is_begun_anew(get: Any, publisher: Any, tmp_path: Path) -> None:
    publisher.deeds[PATH] = [play.half]
    with pytest.raises(SourceError):
        get(tries=1)
    publisher.files[PATH] = other = BODY.replace(b'"n"', b'"m"')
    get()
    assert (tmp_path / "day.geojson").read_bytes() == other


def test_a_beginning_longer_than_the_file_is_begun_anew(get: Any, publisher: Any, tmp_path: Path) -> None:
    (tmp_path / "day.geojson.part").write_bytes(b"x" * 10**6)
    (tmp_path / "day.geojson.part-of").write_text('"old"')
    publisher.deeds[PATH] = [play.status(416)]
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY


@pytest.mark.parametrize("where", ["bytes 0-9/99", "bytes 7-9/99", "", "rubbish"])
def test_another_part_than_the_one_asked_for_is_not_taken_for_it(
    get: Any, publisher: Any, tmp_path: Path, where: str
) -> None:
    wrong = lambda desk, body: desk.answer(206, body[:10], "text/plain", **{"Content-Range": where})  # noqa: E731
    publisher.deeds[PATH] = [play.half, wrong]
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY


def test_a_full_disk_is_said_to_be_full(get: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left on device"):
        get()


def test_a_certificate_nobody_vouches_for_is_refused_at_once(
    publisher: Any, waits: list[float], limits: Limits, tmp_path: Path
) -> None:
    address = publisher.base.replace("http://", "https://") + PATH  # speaks no TLS at all
    fetcher = Fetcher(frozenset({publisher.host}), replace(limits, schemes=frozenset({"https"})))
    with pytest.raises(SourceError, match="nobody vouches"):
        fetcher.fetch(address, tmp_path / "x.json", 100)
    assert waits == []


def test_the_proxy_of_the_house_is_asked(
    publisher: Any, limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", publisher.base)
    fetcher = Fetcher(frozenset({"data.invalid"}), replace(limits, schemes=frozenset({"https"})))
    with pytest.raises(SourceError, match="out of reach after 3 tries"):
        fetcher.fetch("https://data.invalid/x.json", tmp_path / "x.json", 100)
    assert {path for path, _ in publisher.asked} == {"data.invalid:443"}


def test_a_server_that_ignores_the_range_gives_the_file_once(get: Any, publisher: Any, tmp_path: Path) -> None:
    publisher.deeds[PATH] = [play.half, play.says(BODY)]
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY


def test_redirects_stay_with_known_hosts(get: Any, publisher: Any, tmp_path: Path) -> None:
    publisher.files["/moved.geojson"] = BODY
    publisher.deeds[PATH] = [play.status(302, Location="/moved.geojson")]
    get()
    assert (tmp_path / "day.geojson").read_bytes() == BODY
    with play.open_for_business() as stranger:
        stranger.files[PATH] = BODY
        publisher.deeds[PATH] = [play.status(301, Location=stranger.base + PATH)]
        with pytest.raises(SourceError, match="not a host of this source"):
            get()
        assert stranger.asked == []


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/x", "//127.0.0.1:1/x", "http://127.0.0.1@example.org/x", ""],
)
def test_redirects_to_elsewhere_are_refused(get: Any, publisher: Any, location: str) -> None:
    publisher.deeds[PATH] = [play.status(302, Location=location)] * 9
    with pytest.raises(SourceError, match=r"not https|not a host|more than 5 times"):
        get()


def test_only_https_is_spoken_unless_a_test_says_otherwise(publisher: Any, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="leads to http, not https"):
        Fetcher(frozenset({publisher.host}), Limits()).fetch(publisher.base + PATH, tmp_path / "x.json", 100)
    assert publisher.asked == []


def test_a_missing_file_is_told_from_trouble(get: Any) -> None:
    with pytest.raises(Missing):
        get("/data/other.geojson")


@pytest.mark.parametrize("code", [400, 401, 403, 451])
def test_a_refusal_is_final(get: Any, publisher: Any, waits: list[float], code: int) -> None:
    publisher.deeds[PATH] = [play.status(code)]
    with pytest.raises(SourceError, match=f"answered {code}"):
        get()
    assert waits == []


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        (play.says(b"<!DOCTYPE html><title>Sign in</title>", "text/html; charset=utf-8"), "a web page came"),
        (play.says(b"\xef\xbb\xbf <html>", "application/json"), "a web page came"),
        (play.says(BODY, "text/html"), "a web page came"),
        (play.says(b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "text/plain"), "a pointer to data"),
        (play.says(b"not found, sorry", "text/plain"), "no JSON came"),
        (play.says(b'{"error": {"code": 400, "message": "Invalid URL"}}'), "400: Invalid URL"),
        (play.says(b'{"features": [], "properties": {"exceededTransferLimit": true}}'), "only a part"),
        (play.says(gzip.compress(BODY), **{"Content-Encoding": "gzip"}), "packed as gzip"),
    ],
)
def test_what_is_not_the_file_is_refused_and_not_kept(
    get: Any, publisher: Any, tmp_path: Path, deed: Any, message: str
) -> None:
    publisher.deeds[PATH] = [deed]
    with pytest.raises(SourceError, match=message):
        get()
    assert list(tmp_path.iterdir()) == []


def test_a_file_larger_than_expected_is_refused_by_what_it_says_and_by_what_it_sends(
    get: Any, publisher: Any, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="more than the 1,000 expected"):
        get(most=1000)

    def endless(desk: Any, _: bytes) -> None:
        desk.send_response(200)
        desk.send_header("Connection", "close")
        desk.end_headers()
        try:
            for _ in range(1000):
                desk.wfile.write(b"[" * 1000)
        except OSError:
            pass
        desk.close_connection = True

    publisher.deeds[PATH] = [endless]
    with pytest.raises(SourceError, match="more than the 50,000 bytes expected"):
        get(most=50_000)
    assert list(tmp_path.iterdir()) == []


def test_a_body_without_end_is_left_in_time(get: Any, publisher: Any) -> None:
    publisher.deeds[PATH] = [play.drip]
    begun = time.monotonic()
    with pytest.raises(SourceError, match="not whole after"):
        get(most=2 * 10**6, whole=0.5)
    assert time.monotonic() - begun < 3


def test_bombs_are_not_unpacked(get: Any, publisher: Any, tmp_path: Path) -> None:
    bomb = gzip.compress(b"[" * 20_000_000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 20_000_000)
    publisher.files |= {"/bomb.gz": bomb, "/bomb.zip": packed.getvalue()}
    assert len(bomb) < 50_000
    for path, name in (("/bomb.gz", "all.geojson.gz"), ("/bomb.zip", "all.zip")):
        with pytest.raises(SourceError, match="unpacks to more than"):
            get(path, name, unpacked=10_000_000)
    assert list(tmp_path.iterdir()) == []
    get("/bomb.gz", "all.geojson.gz", unpacked=20_000_000)


def test_broken_archives_are_fetched_again(get: Any, publisher: Any, tmp_path: Path) -> None:
    whole = gzip.compress(BODY)
    publisher.files["/all.gz"] = whole
    publisher.deeds["/all.gz"] = [play.says(whole[:-20], "application/gzip")]
    get("/all.gz", "all.geojson.gz")
    assert gzip.decompress((tmp_path / "all.geojson.gz").read_bytes()) == BODY


def test_what_has_not_changed_is_not_sent_again(publisher: Any, limits: Limits, tmp_path: Path) -> None:
    publisher.files[PATH] = BODY
    fetcher = Fetcher(frozenset({publisher.host}), limits)
    first = fetcher.fetch(publisher.base + PATH, tmp_path / "day.geojson", 10**6)
    again = fetcher.fetch(publisher.base + PATH, tmp_path / "day.geojson", 10**6, first)
    assert again == replace(first, fresh=False)
    publisher.files[PATH] = BODY + b" "
    assert fetcher.fetch(publisher.base + PATH, tmp_path / "day.geojson", 10**6, again).fresh


def test_a_publisher_that_is_not_there_is_said_to_be_out_of_reach(limits: Limits, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="out of reach after 3 tries"):
        Fetcher(frozenset({"127.0.0.1:1"}), limits).fetch("http://127.0.0.1:1/x.json", tmp_path / "x.json", 100)
