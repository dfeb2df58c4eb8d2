"""Verdicts: what two intervals say of each other, and the reason given."""

from __future__ import annotations

from datetime import date

import pytest

from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.intervals import VERDICTS
from geo.reading import read
from geo.survey import Survey
from geo.verdict import Checked, check


def checked(text: str, at: str = "2025-01-20") -> list[Checked]:
    survey = Survey(embedded(), date.fromisoformat(at), (control_source("settlements", embedded()),))
    return [check(claim, survey) for claim in read(text).claims]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Russia holds roughly 20 percent of Ukraine.", "holds as rounded"),
        ("Russia holds 20 % of Ukraine.", "holds as rounded"),
        ("Russia controls at least 20% of Ukraine.", "overstated"),
        ("Russia controls at least 10% of Ukraine.", "holds"),
        ("Russia controls at most 30% of Ukraine.", "holds"),
        ("Russia controls less than 10% of Ukraine.", "understated"),
        ("Russia controls 90% of Ukraine.", "wrong"),
        ("Russia controls 99% of Luhansk oblast.", "holds"),
        ("The DMZ in Korea is about 160 miles long and 2.5 miles wide.", "holds as rounded"),
    ],
)
def test_verdicts_of_plain_sentences(sentence: str, verdict: str) -> None:
    first = checked(sentence)[0]
    assert first.verdict == verdict or (verdict == "holds" and first.verdict == "holds as rounded"), first.why
    assert first.measured is not None
    assert first.measured.basis.as_of in first.why


def test_a_definition_that_would_make_it_true_is_named() -> None:
    found = checked("Russia controls 14.8% of Ukraine.", "2026-02-24")[0]
    assert found.verdict == "understated"
    assert "Crimea" in found.why


def test_every_verdict_gives_a_reason_in_words() -> None:
    text = "Russia holds 20 % of Ukraine and 90% of Kherson oblast, an area of 907 km2 (305 square miles)."
    for one in checked(text):
        assert one.verdict in VERDICTS
        assert one.why.endswith(".")


def test_a_wrong_conversion_is_inconsistent() -> None:
    verdicts = {c.claim.kind: c.verdict for c in checked("The zone in Korea covers 907 km2 (305 square miles).")}
    assert verdicts.get("conversion") == "inconsistent"


def test_a_right_conversion_is_not_flagged() -> None:
    verdicts = [
        c.verdict for c in checked("Russia holds 114,500 square km (44,600 square miles) of Ukraine.", "2025-08-12")
    ]
    assert "inconsistent" not in verdicts
    assert "wrong" not in verdicts


def test_what_cannot_be_measured_says_why() -> None:
    outside = checked("Russia holds 20 % of Ukraine.", "2013-05-01")[0]
    assert outside.verdict == "not checkable"
    assert "2014-02-27" in outside.why


def test_what_has_no_geometry_is_held_against_what_is_published() -> None:
    (right,) = checked("The UN buffer zone in Cyprus is 180 km long.")
    assert right.verdict == "holds"
    assert right.measured is not None
    assert right.measured.basis.sources[0].name in right.why
    assert "no geometry" in right.measured.basis.method
    (far,) = checked("The Green Line in Cyprus runs for 250 km.")
    assert far.verdict == "overstated"
