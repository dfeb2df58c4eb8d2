"""What lies in what by the way it is written lies there on the map too."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.algebra import nodes, parse
from geo.algebra.evaluate import World, evaluate
from geo.algebra.nodes import Territory, lies_in
from geo.atlas import embedded
from geo.atlas.control.settlements import Settlements

WORLD = World(embedded(), date(2025, 1, 20), Settlements())
LEAVES = st.sampled_from(
    [
        nodes.Unit("Donetsk", oblast=True),
        nodes.Unit("Luhansk"),
        nodes.Controlled("russia"),
        nodes.Bank("dnipro", "left"),
    ]
)


def grown(inner: st.SearchStrategy[Territory]) -> st.SearchStrategy[Territory]:
    return st.one_of(
        *(st.builds(kind, inner, inner) for kind in (nodes.Either, nodes.Both, nodes.Without)),
        st.builds(nodes.Land, inner),
        st.builds(nodes.On, inner, st.just(date(2022, 4, 10))),
    )


TERRITORIES = st.recursive(LEAVES, grown, max_leaves=4)


@settings(max_examples=150, deadline=None)
@given(TERRITORIES, TERRITORIES)
def test_what_is_written_to_lie_in_a_whole_has_nothing_outside(part: Territory, whole: Territory) -> None:
    for one, other in ((part, whole), (part & whole, whole), (part - whole, part), (whole - part, whole - part)):
        if lies_in(one, other):
            assert evaluate(one - other, WORLD).area_km2 < 1.0


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ('controlled("russia") & country("ukraine")', 'country("ukraine")'),
        ('(controlled("russia") & country("ukraine")) - unit("Crimea")', 'country("ukraine") - unit("Crimea")'),
        ('land(oblast("Kherson") - unit("Crimea")) | oblast("Kherson")', 'oblast("Kherson")'),
        ('peak(controlled("ukraine") & oblast("Kursk")) - controlled("ukraine")', 'oblast("Kursk")'),
        ('on(controlled("russia") & unit("Crimea"), "2022-02-23")', 'unit("Crimea")'),
    ],
)
def test_a_part_is_known_by_the_way_it_is_written(part: str, whole: str) -> None:
    assert lies_in(parse(part), parse(whole))
    assert not lies_in(parse(whole), parse(part))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ('on(controlled("russia"), "2022-03-20")', 'controlled("russia")'),
        ('peak(controlled("ukraine"))', 'controlled("ukraine")'),
        ('country("ukraine")', 'country("ukraine") - unit("Crimea")'),
        ('oblast("Donetsk") | unit("Crimea")', 'oblast("Donetsk")'),
        ('band(line("dnipro"), "2 km")', 'line("dnipro")'),
    ],
)
def test_what_only_the_map_can_tell_is_left_to_it(part: str, whole: str) -> None:
    assert not lies_in(parse(part), parse(whole))
