"""What every source said of every place on its days, as runs: labels only, the polygons end here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from settlements_history import Seen, runs
from settlements_places import Place
from settlements_sources import View
from shapely.geometry.base import BaseGeometry

Labels = NDArray[np.str_]
DAILY = "deepstate-daily"


@dataclass
class Record:
    """One place's words: ``said`` per source, and the days of liberation that a source's own names carry."""

    said: dict[str, dict[date, str]] = field(default_factory=lambda: defaultdict(dict))
    liberations: set[date] = field(default_factory=set)

    def runs(self) -> dict[str, tuple[Seen, ...]]:
        """The words of each source as runs in order of date."""
        return {source: runs(sorted(words.items())) for source, words in self.said.items()}


def records(places: Sequence[Place], views: Iterable[View], rules: Mapping[str, Any]) -> list[Record]:
    """A record for each place, in the order of ``places``."""
    found = [Record() for _ in places]
    points = Points(places)
    seen = list(views)
    early = points.inside(before_2022(seen)) | points.of(rules["span"]["annexed"])
    for view in seen:
        for record, word in zip(found, label(view, points, early), strict=True):
            if word:
                record.said[view.source][view.day] = str(word)
    broken(found, rules)
    freed(seen, points, found, rules)
    for place, record, word in zip(places, found, np.where(early, "russia", points.own), strict=True):
        join_daily(record, rules)
        for source in (rules["rule"]["primary"], "nzz"):
            record.said[source][rules["span"]["eve"]] = str(word)
        if place.unit in rules["span"]["annexed"]:
            record.said = defaultdict(dict, {rules["rule"]["primary"]: {rules["span"]["eve"]: "russia"}})
    return found


class Points:
    """Places as arrays, asked together."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.lon = np.array([place.lon for place in places])
        self.lat = np.array([place.lat for place in places])
        self.own: Labels = np.array([place.country for place in places], dtype="U10")
        self.units = np.array([place.unit for place in places])

    def inside(self, area: BaseGeometry) -> NDArray[np.bool_]:
        """Which places lie in an area (lon, lat)."""
        shapely.prepare(area)
        return np.asarray(shapely.intersects_xy(area, self.lon, self.lat))

    def of(self, units: Iterable[str]) -> NDArray[np.bool_]:
        """Which places lie in one of the units named."""
        return np.isin(self.units, sorted(units))


def before_2022(seen: Sequence[View]) -> BaseGeometry:
    """What Russia held before the invasion, as the last snapshot that sets it apart has it."""
    return max((view for view in seen if not view.before_2022.is_empty), key=lambda view: view.day).before_2022


def label(view: View, points: Points, early: NDArray[np.bool_]) -> Labels:
    """russia, ukraine, contested, or nothing where the source is silent."""
    home = points.own == "ukraine"
    words = points.own.copy()
    words[points.inside(view.unknown)] = "contested"
    words[home & points.inside(view.russia)] = "russia"
    words[~home & points.inside(view.liberated)] = "ukraine"
    words[points.of(view.silent_units)] = ""
    if view.silent_before_2022:
        words[early] = ""
    if view.source == DAILY:
        words[~home] = ""
    return words


def broken(found: Sequence[Record], rules: Mapping[str, Any]) -> None:
    """What Liveuamap stopped showing at its break is silence, not a loss: the pre-2022 area as it draws it itself."""
    cut = rules["nzz"]["without_before_2022"]
    eve = cut - timedelta(days=1)  # a piece of it is missing in the file of the day before already
    for words in (record.said["nzz"] for record in found):
        before, after = [day for day in words if day < eve], sorted(day for day in words if day >= eve)
        if before and words[max(before)] == "russia":
            for day in after:
                if words[day] == "ukraine":
                    del words[day]
                elif day >= cut:
                    break


def freed(seen: Sequence[View], points: Points, found: Sequence[Record], rules: Mapping[str, Any]) -> None:
    """Places liberated before the first full snapshot: the primary source's later record that they had been held.

    A dated name gives the last day before; an undated one the days on which another source saw them held, else
    the day the rules give.
    """
    primary = rules["rule"]["primary"]
    first_year = [view for view in seen if view.source == primary and view.day.year == 2022]
    opening = first_year[0].day
    was_freed = np.zeros(len(found), bool)
    for view in first_year:
        if view.day <= rules["liberated"]["until"]:
            was_freed |= points.inside(view.liberated)
        for day, area in view.dated:
            for index in np.flatnonzero(points.inside(area)).tolist():
                found[index].liberations.add(day)
    for index in np.flatnonzero(was_freed & (points.own == "ukraine")).tolist():
        record = found[index]
        if record.said[primary].get(opening) != "ukraine":
            continue
        named = sorted(day for day in record.liberations if day <= opening)
        seen_held = [
            day
            for day, word in record.said["nzz"].items()
            if word == "russia" and rules["span"]["invasion"] < day <= opening
        ]
        for day in [named[0] - timedelta(days=1)] if named else seen_held or [rules["liberated"]["undated"]]:
            record.said[primary][day] = "russia"


def join_daily(record: Record, rules: Mapping[str, Any]) -> None:
    """The daily series continues the snapshots; where it says "not held", a snapshot's "unknown" holds to the next."""
    daily = record.said.pop(DAILY, {})
    if not daily:
        return
    primary = record.said[rules["rule"]["primary"]]
    start = min(daily)
    snapshots = sorted(primary.items())
    for day in [day for day in primary if day >= start]:
        del primary[day]
    position = -1
    for day, word in sorted(daily.items()):
        while position + 1 < len(snapshots) and snapshots[position + 1][0] <= day:
            position += 1
        grey = (
            position >= 0
            and snapshots[position][1] == "contested"
            and (day - snapshots[position][0]).days <= rules["rule"]["unknown_days"]
        )
        primary[day] = "contested" if grey and word == "ukraine" else word
