"""A publisher on this machine that serves files, and misbehaves on purpose."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Deed = Callable[["Desk", bytes], None]


@dataclass
class Publisher:
    """What is served by path, and what is done instead, one deed a request, before a path is served as it should be."""

    files: dict[str, bytes] = field(default_factory=dict)
    deeds: defaultdict[str, list[Deed]] = field(default_factory=lambda: defaultdict(list))
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    base: str = ""
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return self.base.removeprefix("http://")

    def ranges(self) -> list[str]:
        """The Range headers of all requests, empty where a request had none."""
        return [headers.get("range", "") for _, headers in self.asked]


class Desk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    publisher: Publisher

    def do_GET(self) -> None:
        there = self.publisher
        there.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        body = there.files.get(self.path.partition("?")[0])
        if there.deeds[self.path]:
            there.deeds[self.path].pop(0)(self, body or b"")
        elif body is None:
            self.answer(404, b"no such file", "text/plain")
        else:
            self.serve(body)

    def do_CONNECT(self) -> None:
        self.publisher.asked.append((self.path, {}))
        self.answer(403, b"", "text/plain")
        self.close_connection = True

    def serve(self, body: bytes, kind: str = "application/octet-stream") -> None:
        """The file, or what a Range asks for, or 304."""
        etag = etag_of(body)
        if self.headers.get("If-None-Match") == etag:
            self.answer(304, b"", kind, ETag=etag)
            return
        wanted = self.headers.get("Range", "")
        if wanted and self.headers.get("If-Range") == etag:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            where = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.answer(206, body[start:], kind, ETag=etag, **{"Content-Range": where})
        else:
            self.answer(200, body, kind, ETag=etag)

    def answer(self, status: int, body: bytes, kind: str, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
            self.wfile.flush()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def status(code: int, **headers: str) -> Deed:
    return lambda desk, _: desk.answer(code, b"trouble", "text/plain", **headers)


def says(body: bytes, kind: str = "application/json", **headers: str) -> Deed:
    return lambda desk, _: desk.answer(200, body, kind, **headers)


def half(desk: Desk, body: bytes) -> None:
    """Half of the file under the length of the whole, then nothing more."""
    desk.answer(200, body[: len(body) // 2], "application/octet-stream", len(body), ETag=etag_of(body))
    desk.close_connection = True


def drip(desk: Desk, body: bytes) -> None:
    """A byte every now and then, without end."""
    desk.answer(200, b"{", "application/json", 1 << 20)
    while not desk.publisher.closing.wait(0.05):
        try:
            desk.wfile.write(b" ")
            desk.wfile.flush()
        except OSError:
            break
    desk.close_connection = True


def mute(desk: Desk, _: bytes) -> None:
    """Nothing at all, for long."""
    desk.publisher.closing.wait(5)
    desk.close_connection = True


def slam(desk: Desk, _: bytes) -> None:
    """The connection closed without a word."""
    desk.close_connection = True


@contextmanager
def open_for_business() -> Iterator[Publisher]:
    there = Publisher()
    desk = type("OwnDesk", (Desk,), {"publisher": there})
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    there.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        there.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
