"""The one room that speaks to the network: published control sources fetched from known addresses, on stated terms."""

from __future__ import annotations

from geo.atlas.pull.addresses import Address, File, address, addresses
from geo.atlas.pull.fetch import Limits
from geo.atlas.pull.pulling import Pulled, newest_known, pull
from geo.atlas.pull.terms import accept_terms, terms_accepted

__all__ = [
    "Address",
    "File",
    "Limits",
    "Pulled",
    "accept_terms",
    "address",
    "addresses",
    "newest_known",
    "pull",
    "terms_accepted",
]
