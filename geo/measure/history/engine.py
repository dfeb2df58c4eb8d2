"""The area an extent has in each of many units, state by state: only what changes is measured anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Generic, TypeVar

import numpy as np
import shapely

from geo.measure.history.changes import tally
from geo.measure.history.extent import Area, Extent, Units, sound
from geo.measure.history.steps import Standing
from geo.measure.history.terms import Numbers

T = TypeVar("T")

_STATES_AT_ONCE = (16, 64, 256)
"""Few at first, so that something is seen to happen; then as many as it takes for arrays to be worth their while."""
_NOTHING = Area(shapely.Polygon(), sound=True)


@dataclass(frozen=True)
class Row(Generic[T]):
    """One state: areas in km² by unit, and what changed since the state before, which of the first is nothing.

    ``gained`` and ``lost`` are changed patches as wide as a real change; narrower ones are ``redrawn``, gained and lost
    apart. The value less the one before is gained + redrawn_gained - lost - redrawn_lost, but for what geodesics differ
    where a patch cuts an edge in two: some 1,000 m² for an edge of 5 km.
    """

    key: T
    value: Numbers
    gained: Numbers
    lost: Numbers
    redrawn_gained: Numbers
    redrawn_lost: Numbers


def history(states: Iterable[tuple[T, Extent]], units: Units, sliver_m: float | None = None) -> Iterator[Row[T]]:
    """A row for each state, in order; some hundreds of states are held at a time, never all.

    Patches narrower than ``sliver_m`` metres in the mean count as redrawn. Ground that parts of one area share counts
    once. Raises :class:`InputError` where an extent that is said to be sound is not, and edges are left open.
    """
    following = iter(states)
    before: Extent = _NOTHING
    value = np.zeros(len(units.areas))
    standing = Standing()
    sizes = chain(_STATES_AT_ONCE, repeat(_STATES_AT_ONCE[-1]))
    while some := list(islice(following, next(sizes))):
        extents = [before, *sound([extent for _, extent in some])]
        for (key, _), (*changed, net) in zip(some, tally(extents, units, sliver_m, standing), strict=True):
            value = value + net
            yield Row(key, value / 1e6, *(m2 / 1e6 for m2 in changed))
        before = extents[-1]
