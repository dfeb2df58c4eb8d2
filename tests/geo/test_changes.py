"""Changes of hands, distances and statements, on the data that ship."""

from __future__ import annotations

from datetime import date

import pytest

from geo import changes, relations
from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import UsageError
from geo.reading import read
from geo.survey import Survey
from geo.survey import share as geo_share
from geo.verdict import Checked, check


@pytest.fixture(scope="module")
def survey() -> Survey:
    atlas = embedded()
    return Survey(atlas, date(2025, 12, 31), (control_source("settlements", atlas),))


def verdicts(text: str, survey: Survey) -> list[Checked]:
    return [check(claim, survey) for claim in read(text, dated=str(survey.at)).claims]


def test_the_gain_of_2025_is_what_deepstate_published(survey: Survey) -> None:
    gained = changes.change(parse('gained("russia", since="2024-12-31") & country("ukraine")'), survey)
    assert gained.low <= 4336 <= gained.high  # DeepState's figure for the year
    assert gained.unit == "km2"


def test_a_rate_is_the_change_over_its_days(survey: Survey) -> None:
    expression = parse('gained("russia", since="2024-12-31") & country("ukraine")')
    rate = changes.rate(expression, survey)
    assert rate.value == pytest.approx(changes.change(expression, survey).value / 365)


def test_a_change_needs_days_in_order(survey: Survey) -> None:
    with pytest.raises(UsageError, match="not before"):
        changes.change(parse('gained("russia", since="2026-02-01")'), survey)
    with pytest.raises(UsageError, match="no change"):
        changes.change(parse('controlled("russia")'), survey)


def test_distances_between_towns(survey: Survey) -> None:
    apart = relations.distance(parse('place("Kherson")'), parse('place("Mykolaiv")'), survey)
    assert apart.value == pytest.approx(58, abs=4)
    assert apart.low < apart.value < apart.high


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Russia gained 4,400 sq km of Ukraine in 2025.", "holds"),
        ("Russia gained 12,000 sq km of Ukraine in 2025.", "wrong"),
        ("In 2025 Russia took 125 square kilometres of Ukraine a day.", "wrong"),
        ("Russia occupies an area of Ukraine about the size of Pennsylvania.", "holds as rounded"),
        ("Moscow controls a swathe of Ukraine twice the size of Texas.", "wrong"),
        ("The Korean DMZ does not extend to the Yellow Sea.", "holds"),
        ("Parts of the Korean DMZ follow the 38th parallel.", "holds"),
        ("Russian troops have surrounded Kyiv.", "wrong"),
        ("Russian forces have reached the border of Dnipropetrovsk oblast.", "holds"),
        ("Russian forces have reached the border of Poltava oblast.", "wrong"),
        ("Ukrainian forces control 3 square miles in the Kursk region.", "not checkable"),
        ("Russia holds 7,463 square km, or 1.28 %, of Ukraine.", "inconsistent"),
        ("Ukraine holds 28% of Kherson oblast.", "overstated"),
        ("Sumy is about 300 km from the Russian border.", "wrong"),
    ],
)
def test_verdicts(text: str, verdict: str, survey: Survey) -> None:
    assert verdict in {checked.verdict for checked in verdicts(text, survey)}


def test_the_complement_of_the_other_side_is_a_definition_and_is_named(survey: Survey) -> None:
    """Maps draw one side and leave the other the rest: what nobody is shown to hold is in neither side's measure."""
    (checked,) = verdicts("Ukraine holds 28% of Kherson oblast.", survey)
    assert "if all ground and water that Russia does not hold is counted as Ukrainian-held" in checked.why
    russian = geo_share(parse('controlled("russia") & oblast("Kherson")'), parse('oblast("Kherson")'), survey)
    ukrainian = geo_share(parse('controlled("ukraine") & oblast("Kherson")'), parse('oblast("Kherson")'), survey)
    assert russian.high + ukrainian.high < 100


def test_what_is_not_known_to_the_day_is_not_called_wrong() -> None:
    atlas = embedded()
    then = Survey(atlas, date(2022, 9, 14), (control_source("settlements", atlas),))
    (checked,) = verdicts("Since the start of September, Kyiv's forces have liberated some 6,000 sq km.", then)
    assert checked.verdict in ("holds", "holds as rounded")
