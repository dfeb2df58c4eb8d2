"""What cannot be worked out on a date is refused, not worked out backwards."""

from __future__ import annotations

from datetime import date

import pytest

from geo.algebra.evaluate import World, evaluate
from geo.algebra.parse import parse
from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.errors import DateError


@pytest.mark.parametrize("change", ['gained("russia", since="2024-05-09")', 'lost("ukraine", since="2024-05-09")'])
def test_a_change_is_not_looked_at_before_it_begins(change: str) -> None:
    atlas = embedded()
    world = World(atlas, date(2022, 6, 1), control_source("settlements", atlas))
    with pytest.raises(DateError, match="begins on 2024-05-09"):
        evaluate(parse(change), world)
    assert evaluate(parse(change), world.on(date(2025, 6, 1))).area_km2 > 0
