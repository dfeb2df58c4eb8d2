"""Timing side by side: every engine runs once a round, so that a busy machine slows them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Timed:
    """Seconds of each round, and what the last run gave."""

    seconds: tuple[float, ...]
    result: Any

    @property
    def median(self) -> float:
        """Median of the rounds."""
        return statistics.median(self.seconds)

    def over(self, other: Timed) -> tuple[float, float, float]:
        """How many times as long as another engine: min, median and max of the rounds' own ratios."""
        ratios = [one / two for one, two in zip(self.seconds, other.seconds, strict=True)]
        return min(ratios), statistics.median(ratios), max(ratios)


def rounds(engines: Mapping[str, Callable[[], Any]], count: int) -> dict[str, Timed]:
    """All engines ``count`` times in turn, after one run of each that is not counted; one that fails is left out."""
    results = {}
    for name, run in engines.items():
        try:
            results[name] = run()
        except Exception as error:  # an engine that cannot is left out, and said so; the others go on
            print(f"left out: {name}: {type(error).__name__}: {str(error)[:120]}")
    seconds: dict[str, list[float]] = {name: [] for name in results}
    for _ in range(count):
        for name, run in ((name, engines[name]) for name in results):
            gc.collect()
            start = time.perf_counter()
            results[name] = run()
            seconds[name].append(time.perf_counter() - start)
    return {name: Timed(tuple(times), results[name]) for name, times in seconds.items()}
