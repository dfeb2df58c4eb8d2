"""What changes in each unit from one extent to the next, measured ring by ring, and by overlay only near a border."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from geo.measure.history.crossings import crossings
from geo.measure.history.drawing import Changes, changes, closed
from geo.measure.history.extent import Areas, Extent, Units, drawn
from geo.measure.history.outline import Indices, Mask, Outline, outlines
from geo.measure.history.rings import Boxes, Rings, boxes_of, drawn_boxes, hulls, neighbourhoods, of_each
from geo.measure.history.steps import Standing, of_borders, of_edges
from geo.measure.history.terms import Numbers, edge_m2, edge_metres

_MARGIN_DEG = 1.37e-6
"""How far a frame reaches beyond what changes in it, so that no changed edge runs along it; nor do others, whose
vertices are mostly given to six or seven decimals."""

_DRAWN_AT_ONCE = 32

GAINED, LOST, FINELY_GAINED, FINELY_LOST, NET = range(5)


def tally(extents: Sequence[Extent], units: Units, sliver_m: float | None, standing: Standing) -> Numbers:
    """For each step from one extent to the next: gained, lost, both again in slivers, and net, by unit, in m².

    Without a width of slivers only the net is measured. Steps at which an edge comes to touch a border are left to
    overlay: only that tells threads from ground.
    """
    found = np.zeros((len(extents) - 1, 5, len(units.areas)))
    rings = _changed(extents)
    if not len(rings.edges):
        return found
    if sliver_m is not None:
        _add_by_frames(found, extents, rings, units, sliver_m)
        return found
    touched = _add_by_edges(found, rings, units, standing)
    if touched.any():
        found[touched] = 0
        _add_by_frames(found, extents, rings.taken(touched[rings.step]), units, None)
    return found


def _changed(extents: Sequence[Extent]) -> Rings:
    """Rings around what changes from one extent to the next; so many are drawn at a time as stay near the CPU."""
    begin = range(0, len(extents) - 1, _DRAWN_AT_ONCE)
    found = [changes(drawn(extents[at : at + _DRAWN_AT_ONCE + 1])) for at in begin]
    return closed(Changes.joined(found, begin))


def _add_by_edges(found: Numbers, rings: Rings, units: Units, standing: Standing) -> Mask:
    """Count net changes, edge by edge; hands back the steps at which an edge touches a border."""
    edges, borders, m2 = rings.edges, units.borders, edge_m2(rings.edges)
    boxes, corner = boxes_of(edges, rings.first), edges.starts[rings.first]
    near = np.flatnonzero(units.raster(boxes).may_meet(edges.boxes()))
    met, touching = crossings(rings.as_drawn(), near, borders, units.thread_deg)
    starts = units.around(corner.real, corner.imag)
    unit = borders.unit[borders.ring[met.border]]
    for step, place, some in (
        of_edges(rings, m2, starts, met, unit, len(units.areas)),
        of_borders(rings, boxes, borders, met, standing),
    ):
        where: Any = (step, NET, place)
        np.add.at(found, where, some)
    touched = np.zeros(len(found), bool)
    touched[rings.step[rings.ring[touching]]] = True
    return touched


def _add_by_frames(
    found: Numbers, extents: Sequence[Extent], rings: Rings, units: Units, sliver_m: float | None
) -> None:
    """Count changes ring by ring, and by overlay within frames where rings come near a border."""
    edges, first, step = rings.edges, rings.first, rings.step
    count = len(first)
    boxes = boxes_of(edges, first)
    ring, border = units.borders.tree.query(drawn_boxes(boxes), predicate="intersects")
    reached = np.concatenate([np.arange(count), ring])
    reach = hulls(np.concatenate([boxes, units.borders.boxes[border]]), reached, count)
    group = neighbourhoods(reach, step)
    near = np.zeros(count, bool)
    near[ring] = True
    plain = ~(np.bincount(group, near) > 0)[group]
    if sliver_m is not None:
        plain &= (np.bincount(group) == 1)[group] & _simple(edges, first)
    _add_rings(found, edges, first, step, plain, units, sliver_m)
    if not plain.all():
        label = np.unique(group[~plain], return_inverse=True)[1]
        windows = hulls(reach[~plain], label, int(label.max()) + 1)
        frames = drawn_boxes(windows + _MARGIN_DEG * np.array([-1, -1, 1, 1]))
        ring, unit = units.tree.query(drawn_boxes(boxes[~plain]), predicate="intersects")
        both = label[ring] * len(units.areas) + unit
        # asked for nothing beside the values, numpy.unique loads masked arrays first: a twentieth of a second
        pairs = np.divmod(np.unique(both, return_index=True)[0], len(units.areas))
        _add_windows(found, extents, frames, of_each(step[~plain], label, len(windows)), pairs, units, sliver_m)


def _simple(edges: Outline, first: Indices) -> Mask:
    """Whether each ring neither crosses nor touches itself: then all in it is gained, or all lost.

    A ring of two edges there and back encloses nothing, and GEOS would refuse it: it is not simple.
    """
    sizes = np.diff(first, append=len(edges))
    simple = sizes > 2
    kept = np.repeat(simple, sizes)
    ring = np.repeat(np.arange(int(simple.sum())), sizes[simple])
    lines = shapely.linearrings(edges.starts.view(float).reshape(-1, 2)[kept], indices=ring)
    simple[simple] = shapely.is_simple(lines)
    return simple


def _add_rings(
    found: Numbers, edges: Outline, first: Indices, step: Indices, plain: Mask, units: Units, sliver_m: float | None
) -> None:
    """Count rings that lie alone, away from all borders: each is a patch wholly in the units its first point is in."""
    m2 = np.add.reduceat(edge_m2(edges), first)
    corner = edges.starts[first[plain]]
    place, unit = units.around(corner.real, corner.imag)
    ring = np.flatnonzero(plain)[place]
    where: Any = (step[ring], NET, unit)
    np.add.at(found, where, m2[ring])
    if sliver_m is not None:
        outline_m = np.add.reduceat(edge_metres(edges), first)
        _add_patches(found, step[ring], unit, m2[ring], outline_m[ring], sliver_m)


def _add_windows(
    found: Numbers,
    extents: Sequence[Extent],
    frames: Areas,
    step: Indices,
    pairs: tuple[Indices, Indices],
    units: Units,
    sliver_m: float | None,
) -> None:
    """Count what changes within frames, each cut with units where something changes, before and after.

    Pairs of a frame and a unit say which. Edges that cross a frame do so before and after alike, and
    so do borders: what they add cancels.
    """
    frame, unit = pairs
    shown, view = _shown(extents, step, frames)
    pair = np.concatenate([view[0, frame], view[1, frame]]) * len(units.areas) + np.tile(unit, 2)
    _, first, which = np.unique(pair, return_index=True, return_inverse=True)
    panes = _panes(units.areas[unit], frames[frame])
    seen = _seen(shown[pair[first] // len(units.areas)], panes[first % len(frame)], units.thread_deg)
    m2 = areas_m2(seen)[which]
    where: Any = (step[frame], NET, unit)
    np.add.at(found, where, m2[len(frame) :] - m2[: len(frame)])
    if sliver_m is None:
        return
    before, after = seen[which[: len(frame)]], seen[which[len(frame) :]]
    for sign, one, other in ((1, after, before), (-1, before, after)):
        patches, pair = shapely.get_parts(_areal(shapely.difference(one, other)), return_index=True)
        edges, patch = outlines(patches)
        m2, outline_m = (np.bincount(patch, of(edges), len(patches)).astype(float) for of in (edge_m2, edge_metres))
        _add_patches(found, step[frame][pair], unit[pair], sign * m2, outline_m, sliver_m)


def _add_patches(
    found: Numbers, step: Indices, unit: Indices, m2: Numbers, outline_m: Numbers, sliver_m: float
) -> None:
    """Count patches as gained (positive) or lost, those apart whose mean width is below that of a sliver.

    The mean width is twice the area by the length of the outline: that of a strip, whatever its bends.
    """
    fine = 2 * np.abs(m2) < sliver_m * outline_m
    what = np.where(m2 > 0, np.where(fine, FINELY_GAINED, GAINED), np.where(fine, FINELY_LOST, LOST))
    np.add.at(found, (step, what, unit), np.abs(m2))


def _shown(extents: Sequence[Extent], step: Indices, frames: Areas) -> tuple[Areas, Indices]:
    """What frames show of extents; and which of that each frame shows before its step, then what each shows after.

    A line published anew is often taken back the day after: what is shown twice stands there once.
    """
    states = np.stack([step, step + 1], axis=1).ravel().tolist()
    near = np.array([extents[i].near(box) for i, box in zip(states, np.repeat(frames, 2), strict=True)], dtype=object)
    boxes = np.repeat(shapely.bounds(frames), 2, axis=0)
    clipped = _clipped(near, boxes)
    numbers: dict[tuple[bytes, bytes], int] = {}
    view = [
        numbers.setdefault((drawn, box.tobytes()), len(numbers))
        for drawn, box in zip(shapely.to_wkb(clipped), boxes, strict=True)
    ]
    first = np.unique(view, return_index=True)[1]
    return _sound(clipped[first], near[first], boxes[first]), np.array(view, np.intp).reshape(-1, 2).T


def _panes(areas: Areas, frames: Areas) -> Areas:
    """What frames show of units; None where that is all the frame."""
    panes = np.full(len(areas), None, dtype=object)
    cut = ~shapely.contains_properly(areas, frames)
    boxes = shapely.bounds(frames[cut])
    panes[cut] = _sound(_clipped(areas[cut], boxes), areas[cut], boxes)
    return panes


def _seen(shown: Areas, panes: Areas, thread_deg: float) -> Areas:
    """What is shown, as much of it as lies in each pane."""
    cut = shapely.is_geometry(panes)
    seen = shown.copy()
    (west, south, east, north), (left, bottom, right, top) = shapely.bounds(shown[cut]).T, shapely.bounds(panes[cut]).T
    meet = (west < right) & (left < east) & (south < top) & (bottom < north)
    seen[cut] = shapely.Polygon()
    cut[cut] = meet
    seen[cut] = _areal(shapely.intersection(shown[cut], panes[cut]), thread_deg)
    return seen


def _clipped(areas: Areas, boxes: Boxes) -> Areas:
    """Areas cut to their boxes the fast way; those that lie within are themselves."""
    bounds = shapely.bounds(areas)
    within = (bounds[:, :2] >= boxes[:, :2]).all(axis=1) & (bounds[:, 2:] <= boxes[:, 2:]).all(axis=1)
    clipped = areas.copy()
    beyond = np.flatnonzero(~within)
    fresh = np.flatnonzero(np.any(np.diff(boxes[beyond], axis=0, prepend=np.inf) != 0, axis=1))
    for some in np.split(beyond, fresh[1:]) if len(beyond) else ():
        clipped[some] = shapely.clip_by_rect(areas[some], *boxes[some[0]].tolist())
    return clipped


def _sound(clipped: Areas, areas: Areas, boxes: Boxes) -> Areas:
    """What was cut the fast way, and where that left something invalid cut the sure way."""
    broken = ~shapely.is_valid(clipped)
    clipped[broken] = shapely.intersection(areas[broken], drawn_boxes(boxes[broken]))
    return _areal(clipped)


def _areal(geometries: Areas, thread_deg: float = 0.0) -> Areas:
    """Geometries without the points and lines that areas share where they only touch, and without threads of no width.

    Where two areas share a border, and one has a vertex more on it, a thread of no width is left between them; but the
    two sides of it are different geodesics, and would enclose an area.
    """
    parts, owner = shapely.get_parts(geometries, return_index=True)
    sound = shapely.area(parts) > thread_deg * shapely.length(parts)
    if sound.all():
        return geometries
    found = np.full(len(geometries), shapely.MultiPolygon(), dtype=object)
    if sound.any():
        shapely.multipolygons(parts[sound], indices=owner[sound], out=found)
    return found


def areas_m2(geometries: Areas) -> Numbers:
    """The area of each geometry in m², by its edges."""
    edges, owner = outlines(geometries)
    return np.asarray(np.bincount(owner, edge_m2(edges), len(geometries)), dtype=np.float64)
