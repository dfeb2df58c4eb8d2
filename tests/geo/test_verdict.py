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


def only(text: str, at: str = "2025-12-28", kind: str = "") -> Checked:
    (found,) = (one for one in checked(text, at) if not kind or one.claim.kind == kind)
    return found


@pytest.mark.parametrize(
    ("sentence", "verdict", "said"),
    [
        ("Russia does not fully control Luhansk oblast.", "holds", "stays below 100 %"),
        ("Russia fully controls Luhansk oblast.", "holds as rounded", "99.5 %"),
        ("Russia does not fully control Crimea.", "wrong", "held in full"),
        ("Russia fully controls Crimea.", "holds", "Crimea"),
        ("Ukraine does not fully control Odesa oblast.", "wrong", "held in full"),
        ("Russia fully controls Donetsk oblast.", "wrong", "more than 25 %"),
        ("Russia does not fully control Donetsk oblast.", "holds", "Donetsk"),
        ("Ukraine controls no part of Luhansk oblast.", "holds as rounded", "0.5 %"),
        ("Ukraine no longer holds any part of Kursk region.", "holds", "Kursk 0.0 %"),
        ("Russia no longer holds any territory in Kharkiv region.", "wrong", "held in part"),
    ],
)
def test_all_and_not_all_are_judged_by_what_the_interval_says(sentence: str, verdict: str, said: str) -> None:
    found = only(sentence)
    assert (found.verdict, said in found.why) == (verdict, True), found.why


def test_a_wide_interval_is_said_to_be_wide() -> None:
    wide = only("At its height in March 2022 Russia held 29 percent of Ukraine.")
    assert wide.verdict == "holds"
    assert "anything from 20.6 to 29.3 % would hold" in wide.why
    assert "at its largest up to 2025-12-28, on 2022-03-15" in wide.why
    assert "wide" not in only("Russia holds 19 percent of Ukraine.").why
    assert "still lies outside it" in only("The front line is 1,500 km long.").why


def test_what_has_not_changed_is_said_to_be_unchanged() -> None:
    assert "unchanged since 2015-02-18" in only("Russia holds 7 percent of Ukraine.", "2022-02-23").why
    assert "state of 2025-12-28" in only("Russia holds 19 percent of Ukraine.").why


def test_the_rule_behind_wrong_stands_in_the_reason() -> None:
    found = only("Russia controls 90% of Ukraine.")
    assert found.verdict == "wrong"
    assert "off by more than 25 % of what is measured" in found.why


def test_another_whole_is_said_in_plain_words() -> None:
    found = only("Russia controls 72 percent of Kherson oblast.")
    assert "of the land alone, without bays, lagoons and reservoirs (25,407 km²)" in found.why


def test_a_bound_beside_a_figure_is_no_agreement() -> None:
    text = (
        "In 2025, Russia gained more than 4,300 square kilometres. President Vladimir Putin said on Dec. 19 his army"
        " had taken nearly 5,000 square kilometres this year."
    )
    survey = Survey(embedded(), date(2025, 12, 28), (control_source("settlements", embedded()),))
    found = [check(claim, survey) for claim in read(text, dated="2025-12-28").claims]
    assert ["do not exclude each other" in one.why for one in found] == [True, True]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A zone 30 km wide along a 1,000 km line would cover 30,000 sq km.", "holds"),
        ("A zone 30 km wide along a 1,000 km line would cover 60,000 sq km.", "inconsistent"),
        ("The zone would be 40 km wide and 1,200 km long. It would cover 12,000 square miles.", "inconsistent"),
    ],
)
def test_a_proposed_zone_is_held_against_its_own_sums(text: str, verdict: str) -> None:
    found = only(text, kind="parts")
    assert found.verdict == verdict
    assert "Along the line of contact of 2025-12-28" in found.why
