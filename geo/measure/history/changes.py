"""What changes in each unit from one extent to the next, measured ring by ring, and by overlay only near a border."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely

from geo.measure.history.extent import Areas, Extent, Units
from geo.measure.history.outline import Indices, Mask, Outline, change, joined, outlines
from geo.measure.history.rings import boxes_of, closed, drawn_boxes, hulls, neighbourhoods, of_each
from geo.measure.history.terms import Numbers, edge_m2, edge_metres

_MARGIN_DEG = 1.37e-6
"""How far a frame reaches beyond what changes in it, so that no changed edge runs along it; nor do others, whose
vertices are mostly given to six or seven decimals."""

GAINED, LOST, FINELY_GAINED, FINELY_LOST, NET = range(5)


def tally(extents: Sequence[Extent], shapes: Sequence[Outline], units: Units, sliver_m: float | None) -> Numbers:
    """For each step from one extent to the next: gained, lost, both again in slivers, and net, by unit, in m².

    Without a width of slivers only the net is measured.
    """
    found = np.zeros((len(extents) - 1, 5, len(units.areas)))
    changed = [change(before, after) for before, after in pairwise(shapes)]
    edges, step = joined(changed), np.repeat(np.arange(len(changed)), [len(one) for one in changed])
    if not len(edges):
        return found
    order, first = closed(edges, step)
    edges, step, count = edges.taken(order), step[order][first], len(first)
    boxes = boxes_of(edges, first)
    ring, border = units.borders.query(drawn_boxes(boxes), predicate="intersects")
    reached = np.concatenate([np.arange(count), ring])
    reach = hulls(np.concatenate([boxes, units.border_boxes[border]]), reached, count)
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
        _add_windows(found, extents, frames, of_each(step[~plain], label, len(windows)), units, sliver_m)
    return found


def _simple(edges: Outline, first: Indices) -> Mask:
    """Whether each ring neither crosses nor touches itself: then all in it is gained, or all lost."""
    ring = np.repeat(np.arange(len(first)), np.diff(first, append=len(edges)))
    lines = shapely.linearrings(edges.starts.view(float).reshape(-1, 2), indices=ring)
    return np.asarray(shapely.is_simple(lines))


def _add_rings(
    found: Numbers, edges: Outline, first: Indices, step: Indices, plain: Mask, units: Units, sliver_m: float | None
) -> None:
    """Count rings that lie alone, away from all borders: each is a patch wholly in the units its first point is in."""
    m2, outline_m = np.add.reduceat(edge_m2(edges), first), np.add.reduceat(edge_metres(edges), first)
    corner = edges.starts[first]
    place, unit = units.tree.query(shapely.points(corner.real[plain], corner.imag[plain]), predicate="within")
    ring = np.flatnonzero(plain)[place]
    np.add.at(found, (step[ring], NET, unit), m2[ring])
    if sliver_m is not None:
        _add_patches(found, step[ring], unit, m2[ring], outline_m[ring], sliver_m)


def _add_windows(
    found: Numbers, extents: Sequence[Extent], frames: Areas, step: Indices, units: Units, sliver_m: float | None
) -> None:
    """Count what changes within frames, each cut with the units it shows, before and after.

    Edges that cross a frame do so before and after alike, and so do borders: what they add cancels.
    """
    frame, unit = units.tree.query(frames, predicate="intersects")
    cut = ~shapely.contains_properly(units.areas[unit], frames[frame])
    panes = _clipped(units.areas[unit[cut]], frames[frame[cut]])
    before, after = (_shown(extents, step + later, frames, frame, cut, panes, units.thread_deg) for later in (0, 1))
    np.add.at(found, (step[frame], NET, unit), areas_m2(after) - areas_m2(before))
    if sliver_m is None:
        return
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


def _shown(
    extents: Sequence[Extent],
    which: Indices,
    frames: Areas,
    frame: Indices,
    cut: Mask,
    panes: Areas,
    thread_deg: float,
) -> Areas:
    """What each frame shows of its extent, and where it is cut by a border what the pane of the unit shows."""
    near = np.array([extents[i].near(box) for i, box in zip(which.tolist(), frames, strict=True)], dtype=object)
    shown = _clipped(near, frames)[frame]
    shown[cut] = _areal(shapely.intersection(shown[cut], panes), thread_deg)
    return shown


def _clipped(areas: Areas, frames: Areas) -> Areas:
    """Areas cut to their frames: the fast way, and where that leaves an invalid one the sure way."""
    clipped = np.array(
        [shapely.clip_by_rect(area, *box) for area, box in zip(areas, shapely.bounds(frames).tolist(), strict=True)],
        dtype=object,
    )
    broken = ~shapely.is_valid(clipped)
    clipped[broken] = shapely.intersection(areas[broken], frames[broken])
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
