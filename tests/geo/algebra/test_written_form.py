"""The written form: text and expression are each other's inverse, and errors point at what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.algebra import nodes, parse
from geo.algebra.nodes import Territory, members
from geo.errors import ExpressionError

leaves = st.sampled_from(
    [
        nodes.Unit("Donetsk", oblast=True),
        nodes.Unit("Crimea"),
        nodes.Country("ukraine"),
        nodes.Controlled("russia"),
        nodes.Contested(),
        nodes.Bank("dnipro", "left"),
        nodes.Line("mdl"),
        nodes.ContactLine(),
        nodes.Parallel(38.0),
        nodes.Parallel(-12.5),
        nodes.Border("ukraine", "russia"),
        nodes.Lost("ukraine", date(2024, 8, 6)),
        nodes.Gained("russia", date(2025, 1, 1)),
        nodes.Sea("black sea"),
        nodes.Water("sivash"),
        nodes.Place("Bakhmut"),
    ]
)


def grown(inner: st.SearchStrategy[Territory]) -> st.SearchStrategy[Territory]:
    return st.one_of(
        st.builds(nodes.Either, inner, inner),
        st.builds(nodes.Both, inner, inner),
        st.builds(nodes.Without, inner, inner),
        st.builds(nodes.Land, inner),
        st.builds(nodes.Peak, inner),
        st.builds(nodes.On, inner, st.just(date(2022, 2, 23))),
        st.builds(nodes.Band, inner, st.sampled_from([2000.0, 15000.0, 250.0]), st.sampled_from([2000.0, 30000.0])),
    )


@given(st.recursive(leaves, grown, max_leaves=12))
def test_reading_what_was_written_gives_the_same_expression(territory: Territory) -> None:
    assert parse(str(territory)) == territory


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "does not parse"),
        ('oblast("Kherson"', "does not parse"),
        ('oblats("Kherson")', "oblast"),
        ("oblast(3)", "neither a territory"),
        ("oblast()", 'write oblast("Donetsk")'),
        ('bank("dnipro", "up")', "left"),
        ('band("a", "2 km")', "expression is needed"),
        ('band(line("contact"))', "both sides"),
        ('band(line("contact"), "2 furlongs")', "length"),
        ('on(line("contact"), "yesterday")', "YYYY-MM-DD"),
        ('on(line("contact"), "2025-02-30")', "February 2025 has 28 days"),
        ('parallel("100N")', "latitude"),
        ('controlled("wagner")', "'russia' or 'ukraine'"),
        ('oblast("A") + oblast("B")', "neither a territory"),
        ('__import__("os").system("true")', "neither a territory"),
        ("(" * 5000 + ")" * 5000, "does not parse"),
        ("\x00", "does not parse"),
    ],
)
def test_what_is_wrong_is_said(text: str, told: str) -> None:
    with pytest.raises(ExpressionError, match=told.replace("(", r"\(").replace(")", r"\)")):
        parse(text)


def test_miles_and_metres() -> None:
    assert parse('band(line("mdl"), "1 mile")') == nodes.Band(nodes.Line("mdl"), 1609.344, 1609.344)
    assert parse('band(line("mdl"), left="500 m", right="1 km")') == nodes.Band(nodes.Line("mdl"), 500.0, 1000.0)


def test_members_of_a_group_are_its_terms() -> None:
    group = parse('oblast("A") | oblast("B") | unit("C")')
    assert [str(m) for m in members(group)] == ['oblast("A")', 'oblast("B")', 'unit("C")']
