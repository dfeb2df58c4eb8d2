"""Timing side by side: every engine runs once a round, so that a busy machine slows them alike; seconds of CPU time."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_servers: list[Path] = []


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


def watch(process: int) -> None:
    """Counts the CPU time of a server's process, by its id, with our own."""
    _servers.append(Path(f"/proc/{process}/stat"))


def cpu_seconds() -> float:
    """CPU time of this process and of the servers it is served by, in seconds; of these to a hundredth."""
    ticks = sum(sum(map(int, stat.read_text().rpartition(")")[2].split()[11:13])) for stat in _servers if stat.exists())
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def took(run: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of CPU time a call takes, and what it gives."""
    gc.collect()
    start = cpu_seconds()
    result = run()
    return cpu_seconds() - start, result


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
            spent, results[name] = took(run)
            seconds[name].append(spent)
    return {name: Timed(tuple(times), results[name]) for name, times in seconds.items()}
