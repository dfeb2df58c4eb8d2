"""Figures that take their unit or period from elsewhere: *99, 74 and 72 percent*, *125 sq km of Ukraine a day*."""

from __future__ import annotations

from dataclasses import replace

from geo.reading.figures import Measure, Reader
from geo.reading.scan import Scan


def paid_by(scan: Scan, measure: Measure, behind: int) -> Measure:
    """A measure of ground with the period that stands behind its territory: *125 square km of Ukraine a day*."""
    period = Reader(scan).rate(behind) if measure.figure.unit == "km2" else None
    if period is None:
        return measure
    f = measure.figure
    figure = replace(f, value=f.value / period[0], low=f.low / period[0], high=f.high / period[0], unit="km2/day")
    return replace(measure, figure=figure, last=period[1])


def listed_before(scan: Scan, measure: Measure) -> list[Measure]:
    """The bare numbers that share a measure's unit, *99, 74* in *99, 74 and 72 percent*, in order."""
    reader, found, at = Reader(scan), list[Measure](), measure.first
    while at > 1 and scan.words[at - 1].norm in _LISTING:
        while at > 0 and scan.words[at - 1].norm in _LISTING:
            at -= 1
        if at < 1 or not scan.words[at - 1].number:
            break
        at -= 1
        bare = reader.digits(at)
        found.append(reader.measure(bare, bare, measure.figure.printed_unit, bare.last))
        at = found[-1].first
    return found[::-1]


def unitless(scan: Scan, i: int, like: Measure) -> Measure:
    """The bare number at word ``i``, in the unit of another figure."""
    reader = Reader(scan)
    bare = reader.digits(i)
    return reader.measure(bare, bare, like.figure.printed_unit, bare.last)


_LISTING = frozenset({",", "and", ";"})
