"""Rows of a comparison on screen, in a table, and as a plot."""

from __future__ import annotations

import csv
import importlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One engine on one task: seconds and ratio to ours (min, median, max over rounds), error against the truth."""

    task: str
    engine: str
    size: int
    seconds_min: float
    seconds_median: float
    seconds_max: float
    ratio_min: float
    ratio_median: float
    ratio_max: float
    error: float
    error_unit: str

    def __str__(self) -> str:
        ratios = (self.ratio_min, self.ratio_median, self.ratio_max)
        spread = " " * 25 if math.isnan(self.ratio_median) else "x " + " ".join(f"{ratio:7.2f}" for ratio in ratios)
        error = f"{self.error:12.3g} {self.error_unit}" if self.error_unit else ""
        return f"{self.task:22s} {self.engine:36s} {self.seconds_median:10.5f} s   {spread}   {error}"


HEAD = f"{'task':22s} {'engine':36s} {'median':>10s}     ratio to contactline: min, median, max    worst error"


def write_table(rows: Sequence[Row], file: Path) -> None:
    """All rows as CSV."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, [field.name for field in fields(Row)], lineterminator="\n")
        table.writeheader()
        table.writerows(asdict(row) for row in rows)


def write_markdown(rows: Sequence[Row], file: Path) -> None:
    """All rows as a table to read."""
    lines = [
        "| task | engine | size | CPU s: min | median | max | times ours: min | median | max | worst error |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        numbers = (row.seconds_min, row.seconds_median, row.seconds_max)
        ratios = (row.ratio_min, row.ratio_median, row.ratio_max)
        cells = [row.task, row.engine, f"{row.size:,}", *(_told(n, ".4g") for n in numbers)]
        cells += [*(_told(n, ".2f") for n in ratios), f"{row.error:.3g} {row.error_unit}" if row.error_unit else ""]
        lines.append(f"| {' | '.join(cells)} |")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _told(number: float, form: str) -> str:
    return "" if math.isnan(number) else format(number, form)


def write_plot(growth: Mapping[str, Iterable[Row]], file: Path, measured: str) -> bool:
    """Time against size on logarithmic axes, one panel a title; False where matplotlib is not installed."""
    try:
        importlib.import_module("matplotlib").use("Agg")
    except ImportError:
        return False
    plt = importlib.import_module("matplotlib.pyplot")
    figure, panels = plt.subplots(1, len(growth), figsize=(6 * len(growth), 5), squeeze=False)
    for panel, (title, rows) in zip(panels[0], growth.items(), strict=True):
        series: dict[str, list[Row]] = {}
        for row in rows:
            series.setdefault(row.engine, []).append(row)
        for engine, points in series.items():
            panel.loglog([p.size for p in points], [p.seconds_median for p in points], marker="o", label=engine)
        panel.set(xlabel=title, ylabel="seconds of CPU time", title=f"{measured}, by {title}")
        panel.grid(True, which="both", alpha=0.3)
        panel.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(file, dpi=130)
    return True
