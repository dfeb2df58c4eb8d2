"""The years before the invasion: Crimea from its occupation on, the Donbas from the line of Minsk on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from settlements_history import OTHER, Interval, merged
from settlements_places import Place

Fact = tuple[date, str, str]


def with_early_years(
    place: Place, spans: Sequence[Interval], facts: Sequence[Fact], rules: Mapping[str, Any]
) -> tuple[Interval, ...]:
    """The intervals of a place from ``span.first`` on; ``spans`` are those from the eve of the invasion on.

    Outside the units of the war of 2014-15 the state of the eve holds from the first day. Within them every place is
    Ukraine's until the war begins, unknown until the line of Minsk, then in the state of the eve; ``facts`` (day,
    holder, reference) of changes that were published say more: each holds until the next, and one after Minsk says
    that the place was the other side's until then.
    """
    early, first, eve = rules["early"], rules["span"]["first"], spans[0]
    if place.unit in rules["span"]["annexed"]:
        return merged([Interval(first, eve.holder, eve.cls, early["annexed"]), *spans])
    if place.unit not in early["units"]:
        return merged([Interval(first, eve.holder, eve.cls, early["elsewhere"]), *spans])
    late = sorted((day, holder) for day, holder, _ in facts if early["minsk"] < day < eve.first)
    minsk = OTHER[late[0][1]] if late else eve.holder
    states = {
        first: Interval(first, place.country, "assessed", early["elsewhere"]),
        early["war"]: Interval(early["war"], eve.holder, "unknown", early["undated"]),
        early["minsk"]: Interval(early["minsk"], minsk, "assessed", early["line"]),
    }
    states |= {day: Interval(day, holder, "assessed", said) for day, holder, said in facts if day < eve.first}
    return merged([*(states[day] for day in sorted(states)), *spans])
