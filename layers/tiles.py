"""Online map tiles, only for those who ask: the one thing on a page that sends requests, and says so."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

from geo.errors import UnknownNameError, UsageError


@dataclass(frozen=True)
class Tiles:
    """A tile provider: its Leaflet address template, the attribution that must stand, and where requests go."""

    name: str
    url: str
    attribution: str
    max_zoom: int
    origins: tuple[str, ...]


def tiles(name: str) -> Tiles:
    """A provider of xyzservices by name, in any spelling it knows ("CartoDB Positron", "openstreetmap.mapnik").

    Raises :class:`UnknownNameError` where there is none, :class:`UsageError` where it asks for a key or has no https.
    """
    from xyzservices import providers  # type: ignore[import-untyped]

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of keys: said below, as an error
        try:
            found = providers.query_name(name)
        except ValueError:
            raise UnknownNameError(f"No tiles are called {name!r}; {_nearest(name)}.") from None
    if found.requires_token():
        raise UsageError(
            f"{found.name} asks for a key of your own, which a published page would give away; take another."
        )
    url = found.build_url(x="{x}", y="{y}", z="{z}", scale_factor="", fill_subdomain=False)
    hosts = _hosts(url, str(found.get("subdomains", "abc")))
    if not all(host.startswith("https://") for host in hosts):
        raise UsageError(f"{found.name} is not served over https; take another provider.")
    return Tiles(str(found.name), url, str(found.attribution), int(found.get("max_zoom", 18)), hosts)


def _hosts(url: str, subdomains: str) -> tuple[str, ...]:
    """The origins a template sends to: one for each subdomain, where it has them."""
    origin = re.match(r"\w+://[^/]+", url)
    if origin is None:
        return ("",)
    return tuple(origin[0].replace("{s}", letter) for letter in (subdomains if "{s}" in origin[0] else "-"))


def _nearest(name: str) -> str:
    from rapidfuzz import process
    from xyzservices import providers

    known = [one for one, row in providers.flatten().items() if not row.requires_token()]
    return "nearest are: " + ", ".join(found for found, *_ in process.extract(name, known, limit=3))
