"""The article against itself: conversions, parts and totals, shares and areas, one fact told twice."""

from __future__ import annotations

from geo.definitions import rules
from geo.quantity import Interval, Quantity
from geo.reading.types import Claim, Figure
from geo.wording import amount, digits


def agree(one: Figure, other: Figure, within: float | None = None) -> bool:
    """Whether two figures of one kind can be the same fact.

    Rounding, or the looseness of common conversions, may part them; what readers take a hedged figure to mean may
    too; a bound is kept by whatever lies beyond it.
    """
    other = other.to(one.unit)
    margin, apart = _margin(one, other, within), other.value - one.value
    too_low = apart < -margin and one.bound != "max" and other.bound != "min"
    too_high = apart > margin and one.bound != "min" and other.bound != "max"
    return not (too_low or too_high)


def _margin(one: Figure, other: Figure, within: float | None = None) -> float:
    """How far apart two figures of one unit may be and still be the same number."""
    margin = (rules().same_within if within is None else within) * max(abs(one.value), abs(other.value))
    return max(margin, half_width(one), half_width(other)) if one.hedge or other.hedge else margin


def half_width(figure: Figure) -> float:
    """How far from its value readers take a figure to reach."""
    return max(figure.high - figure.value, figure.value - figure.low)


def comparable(claim: Claim) -> list[Figure]:
    """The other figures of a claim that are of its kind: a share says nothing against an area."""
    if claim.figure is None:
        return []
    return [other for other in claim.others if other.to(claim.figure.unit).unit == claim.figure.unit]


def told_twice(claim: Claim) -> list[str]:
    """What the article's own other numbers for the same fact say."""
    if claim.figure is None:
        return []
    return [
        f"The article itself also says {other.text!r}{_beside(claim.figure, other)}." for other in comparable(claim)
    ]


def _beside(one: Figure, other: Figure) -> str:
    """How another telling lies to a figure: *more than 4,300* does not exclude *nearly 5,000*."""
    if not agree(one, other):
        return ", which disagrees"
    same = abs(other.to(one.unit).value - one.value) <= _margin(one, other.to(one.unit))
    return ", which agrees" if same else ": the two figures differ, but do not exclude each other"


def disagrees(claim: Claim) -> bool:
    """Whether the article gives another number for the same fact that cannot be the same."""
    figure = claim.figure
    return figure is not None and any(not agree(figure, other) for other in comparable(claim))


def conversion(first: Figure, second: Figure) -> tuple[bool, str]:
    """Whether both halves of a conversion agree, and the sentence that says so."""
    second = second.to(first.unit)
    off = 100 * (second.value - first.value) / first.value if first.value else 0.0
    sentence = (
        f"{first.text!r} is {amount(first.value, first.unit)}, {second.text!r} is {amount(second.value, second.unit)}"
    )
    if agree(first, second):
        return True, f"{sentence}: {off:+.1f} %, within rounding."
    return False, f"{sentence}: {off:+.1f} %, more than rounding explains."


def total(stated: Figure, parts: tuple[Figure, ...]) -> tuple[bool, str]:
    """Whether the parts of a total add up to it, each taken as widely as its readers do."""
    summed = sum(part.value for part in parts)
    slack = half_width(stated) + sum(half_width(part) for part in parts)
    listed = " + ".join(digits(part.value, stated.unit) for part in parts)
    sentence = f"{listed} make {amount(summed, stated.unit)}; the total is given as {amount(stated.value, stated.unit)}"
    good = abs(summed - stated.value) <= slack
    return good, f"{sentence}{'.' if good else ', more than rounding explains.'}"


def strip(area: Figure, width: Figure, length: Figure) -> tuple[bool, str]:
    """Whether the area of a zone goes with its width and length, each taken as widely as its readers do."""
    width, length = width.to("km"), length.to("km")
    product, within = width.value * length.value, rules().same_within
    meant = Interval(width.low * length.low, width.high * length.high)
    good = abs(product - area.value) <= within * area.value or meant.overlaps(Interval(area.low, area.high))
    sums = f"{amount(width.value, 'km')} by {amount(length.value, 'km')} make {amount(product, 'km2')}"
    return good, f"{sums}; the article says {area.text!r}{'.' if good else ', more than rounding explains.'}"


def ratio(area: Figure, share: Figure, whole: Quantity) -> tuple[bool, str]:
    """Whether an area and the share it is said to be go together, for any whole in use.

    A share may be cut off rather than rounded, so it is taken to one step of its last digit on either side.
    """
    step = 10.0 ** -_decimals(share)
    low, high = (100 * km2 / bound for km2, bound in ((area.low, whole.high), (area.high, whole.low)))
    meant = Interval(min(share.low, share.value - step), max(share.high, share.value + step))
    good = Interval(low, high).overlaps(meant) or (share.bound == "max" and low <= share.value) or (
        share.bound == "min" and high >= share.value
    )  # fmt: skip
    places = _decimals(share) + 1
    implied = f"{100 * area.value / whole.value:.{places}f} %"
    of = f"{area.text!r} is {implied} of {amount(whole.value, 'km2')}; the article says {share.text!r}"
    return good, f"{of}{'.' if good else ', more than rounding or another whole explains.'}"


def _decimals(figure: Figure) -> int:
    return len(f"{figure.printed:g}".partition(".")[2]) if figure.printed else 0
