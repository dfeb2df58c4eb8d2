"""One file from the network: https, known hosts, limits of size and time, resumed where it broke off, looked at after.

urllib3 does the talking: it verifies certificates, tells a body cut short from a whole one, hands over redirects and
compressed bodies as they come, and reads what Retry-After says; nothing is decompressed that was not asked for.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader, NameResolutionError, SSLError
from urllib3.util.retry import Retry

from geo.atlas.pull.looks import Passing, look
from geo.errors import InputError, SourceError

_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})
_MOST_REDIRECTS = 5
_AGENT = "contactline (territorial claims, checked; one file at a time)"


@dataclass(frozen=True)
class Limits:
    """How far a download may go. Times in seconds; ``unpacked`` in bytes, what a packed file may come to.

    ``schemes`` and the waits are there for tests on a server of their own.
    """

    schemes: frozenset[str] = frozenset({"https"})
    connect: float = 15.0
    silence: float = 30.0
    whole: float = 600.0
    tries: int = 5
    first_wait: float = 1.0
    longest_wait: float = 60.0
    unpacked: int = 1 << 30
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Fetched:
    """A file as it arrived: sha256 in hex, bytes, the ETag it came with, and whether it had to be fetched at all."""

    sha256: str
    bytes: int
    etag: str
    fresh: bool = True


class Missing(SourceError):
    """The publisher has no such file."""


class Fetcher:
    """Fetches files from some hosts and no others, one connection kept open a host."""

    def __init__(self, hosts: frozenset[str], limits: Limits) -> None:
        self.hosts, self.limits = hosts, limits
        timeout = urllib3.Timeout(connect=limits.connect, read=limits.silence)
        options: dict[str, Any] = {"timeout": timeout, "retries": False, "headers": {"User-Agent": _AGENT}}
        proxy = getproxies().get("https")  # HTTPS_PROXY, or the system's
        self._pool = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)

    def fetch(self, url: str, target: Path, most: int, known: Fetched | None = None) -> Fetched:
        """Fetches ``url`` to ``target``, of at most so many bytes; with ``known``, only where it has changed since.

        What has arrived of a file is kept beside it (``.part``) and gone on with. Raises :class:`Missing` where there
        is no such file, :class:`SourceError` for all else that keeps it from coming whole.
        """
        wait = self.limits.first_wait
        for left in reversed(range(self.limits.tries)):
            try:
                return self._attempt(url, target, most, known)
            except NameResolutionError as error:
                host = urlsplit(url).hostname
                raise SourceError(
                    f"{url}: out of reach, {host} is not found. Is this machine on the network?"
                ) from error
            except SSLError as error:
                raise SourceError(
                    f"{url}: nobody vouches for who answers there ({_reason(error)}). Nothing was fetched."
                ) from error
            except SourceError:
                raise
            except OSError as error:
                raise InputError(
                    f"cannot write {target.parent}: {error.strerror or error}. Make room, or set CONTACTLINE_DATA."
                ) from error
            except (HTTPError, Passing) as error:
                if not left:
                    raise SourceError(
                        f"{url}: out of reach after {self.limits.tries} tries ({_reason(error)}). Look whether the "
                        "network and the publisher are up, and run it again: what has arrived is kept."
                    ) from error
                asked = error.wait if isinstance(error, Passing) else None
                self.limits.sleep(min(asked or wait * random.uniform(0.75, 1.25), self.limits.longest_wait))
                wait *= 2
        raise AssertionError("tries is at least 1")

    def _attempt(self, url: str, target: Path, most: int, known: Fetched | None) -> Fetched:
        part, mark = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.part-of")
        have = part.stat().st_size if part.is_file() and mark.is_file() else 0
        headers = {"Accept-Encoding": "identity"}
        if have:
            headers |= {"Range": f"bytes={have}-", "If-Range": mark.read_text(encoding="utf-8")}
        elif known and known.etag:
            headers["If-None-Match"] = known.etag
        deadline = time.monotonic() + self.limits.whole
        response = self._open(url, headers)
        try:
            if response.status == 304 and known:
                return Fetched(known.sha256, known.bytes, known.etag, fresh=False)
            self._judge(response, url, part, have)
            start = have if response.status == 206 else 0
            etag = response.headers.get("ETag", "")
            self._receive(response, url, part, mark, start, most, deadline)
        finally:
            response.release_conn() if response.closed else response.close()
        mark.unlink(missing_ok=True)
        try:
            look(part, target.name, response.headers.get("Content-Type", ""), url, self.limits.unpacked)
        except (Passing, SourceError, InputError):
            part.unlink(missing_ok=True)
            raise
        content = part.read_bytes()
        os.replace(part, target)
        return Fetched(hashlib.sha256(content).hexdigest(), len(content), etag)

    def _open(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        """The answer to a request, redirects followed as far as they stay with known hosts."""
        here = url
        for _ in range(_MOST_REDIRECTS + 1):
            self._known(here, url)
            response = self._pool.request(
                "GET", here, headers=headers, preload_content=False, decode_content=False, redirect=False, retries=False
            )
            if response.status not in _REDIRECTS:
                return response
            response.drain_conn() if response.headers.get("Content-Length") == "0" else response.close()
            here = urljoin(here, response.headers.get("Location", ""))
        raise SourceError(f"{url}: redirected more than {_MOST_REDIRECTS} times. Look at the address in a browser.")

    def _known(self, here: str, url: str) -> None:
        parts = urlsplit(here)
        if parts.scheme not in self.limits.schemes:
            raise SourceError(f"{url}: leads to {parts.scheme}, not https. Nothing was fetched.")
        if parts.netloc not in self.hosts:
            raise SourceError(
                f"{url}: leads to {parts.netloc or 'nowhere'}, which is not a host of this source "
                f"({', '.join(sorted(self.hosts))}). Nothing was fetched."
            )

    def _judge(self, response: urllib3.BaseHTTPResponse, url: str, part: Path, have: int) -> None:
        status = response.status
        if status in _GONE:
            raise Missing(f"{url}: there is no such file ({status}).")
        if status in _PASSING:
            raise Passing(f"the publisher answered {status}", _asked_to_wait(response))
        if status == 416 or (status == 206 and not _starts_at(response, have)):
            part.unlink(missing_ok=True)  # what is here is no beginning of what is there
            raise Passing("the publisher's file has become another one")
        if status not in (200, 206):
            raise SourceError(f"{url}: the publisher answered {status}. Look at the address in a browser.")
        if (coding := response.headers.get("Content-Encoding", "identity").lower()) != "identity":
            raise SourceError(f"{url}: came packed as {coding}, which was not asked for. Nothing was kept.")

    def _receive(
        self,
        response: urllib3.BaseHTTPResponse,
        url: str,
        part: Path,
        mark: Path,
        start: int,
        most: int,
        deadline: float,
    ) -> None:
        """Writes the body behind the ``start`` bytes already there."""
        length = response.headers.get("Content-Length", "")
        if length.isdigit() and start + int(length) > most:
            raise SourceError(
                f"{url}: {start + int(length):,} bytes, more than the {most:,} expected. Nothing was kept."
            )
        mark.unlink(missing_ok=True)
        if strong := _strong(response):
            mark.write_text(strong, encoding="utf-8")
        size = start
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            while chunk := response.read1(_CHUNK, decode_content=False):
                size += len(chunk)
                if size > most:
                    break
                file.write(chunk)
                if time.monotonic() > deadline:
                    raise SourceError(
                        f"{url}: not whole after {self.limits.whole:,.0f} s, {size:,} bytes. Run it again to go on."
                    )
        if size > most:
            part.unlink()
            raise SourceError(f"{url}: more than the {most:,} bytes expected. Nothing was kept.")
        if length.isdigit() and size != start + int(length):
            raise Passing(f"the body broke off after {size:,} bytes")


def _starts_at(response: urllib3.BaseHTTPResponse, have: int) -> bool:
    return response.headers.get("Content-Range", "").startswith(f"bytes {have}-")


def _strong(response: urllib3.BaseHTTPResponse) -> str:
    """What tells this file from a later one of the same address, to the byte; weak ETags do not."""
    etag = response.headers.get("ETag", "")
    return etag if etag.startswith('"') else ""


def _asked_to_wait(response: urllib3.BaseHTTPResponse) -> float | None:
    try:
        return Retry().get_retry_after(response)
    except InvalidHeader:
        return None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
