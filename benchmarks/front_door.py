"""The commands as a user starts them, whole processes: seconds from call to exit, and peak memory.

    python benchmarks/front_door.py [ARTICLE...] [--rounds 5] [--at 2025-01-20]

Without articles the seed articles are checked where ../shared has them, the example that ships otherwise. Every
command runs once uncounted, so that its files are in the system's memory and its modules are compiled, as an
installed package's are ("a warm start"); then the commands run in turn, round by round, so that a busy machine slows
them alike. Articles are looked at on one date inside the data, where every claim is measured. Writes
outputs/front_door.csv.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / ".." / "shared" / "articles"
SHARE = ["share", 'controlled("russia") & country("ukraine")', "--of", "ukraine", "--at", "2025-01-20"]
GOAL_MIB = 300.0
HELP_S, CHECK_S, SHARE_S = 0.25, 1.5, 1.0
BUSY = 1.0


@dataclass(frozen=True)
class Command:
    """What is run, under which name, and the seconds it may take."""

    name: str
    arguments: list[str]
    goal_s: float


@dataclass(frozen=True)
class Run:
    """One process: seconds by the clock, seconds of a processor, and the most memory it held, in MiB."""

    wall_s: float
    cpu_s: float
    peak_mib: float


def main() -> None:
    """Run every command, print the table, write it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("articles", nargs="*", type=Path)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--at", default="2025-01-20")
    chosen = options.parse_args()
    load = os.getloadavg()[0]
    state = "LOADED: times are too long, compare processor seconds" if load > BUSY else "idle"
    print(f"load of the machine at the start {load:.2f} on {os.cpu_count()} processors: {state}")
    commands = [
        Command("--help", ["--help"], HELP_S),
        Command("share", SHARE, SHARE_S),
        *_checks(chosen.articles, chosen.at),
    ]
    runs: dict[str, list[Run]] = {command.name: [] for command in commands}
    with tempfile.TemporaryDirectory(prefix="front_door") as compiled:
        for command in commands:
            run(command, compiled)
        for _ in range(chosen.rounds):
            for command in commands:
                runs[command.name].append(run(command, compiled))
    rows = [_row(command, runs[command.name]) for command in commands]
    print(f"{'command':32s} {'min':>6s} {'median':>6s} {'max':>6s}  {'goal':>5s}  {'cpu':>5s}  {'peak':>8s}")
    for row in rows:
        print("{:32s} {:6.2f} {:6.2f} {:6.2f}  {:5.2f}  {:5.2f}  {:4.0f} MiB  {}".format(*row))
    print(f"goal of memory {GOAL_MIB:.0f} MiB; load of the machine at the end {os.getloadavg()[0]:.2f}")
    target = ROOT / "outputs" / "front_door.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("command", "min_s", "median_s", "max_s", "goal_s", "cpu_s", "peak_mib", "kept"))
        table.writerows(rows)
    print("written: outputs/front_door.csv")


def run(command: Command, compiled: str) -> Run:
    """Start a command in a process of its own and wait for it; ends the benchmark where it fails.

    ``compiled`` is the folder for compiled modules, whatever the environment says of writing them.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "layers.cli", *command.arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**environment, "PYTHONPYCACHEPREFIX": compiled},
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command.name} ended with {process.returncode}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)  # Linux gives KiB


def _checks(articles: list[Path], at: str) -> list[Command]:
    found = articles or sorted(SEEDS.glob("seed-*.txt")) or [ROOT / "data" / "examples" / "armistice.txt"]
    return [Command(f"check {path.name}", ["check", str(path.resolve()), "--at", at], CHECK_S) for path in found]


def _row(command: Command, runs: list[Run]) -> tuple[str, float, float, float, float, float, float, str]:
    wall = [one.wall_s for one in runs]
    peak = max(one.peak_mib for one in runs)
    middle = statistics.median(wall)
    kept = "kept" if middle <= command.goal_s and peak <= GOAL_MIB else "MISSED"
    cpu = statistics.median(one.cpu_s for one in runs)
    return command.name, min(wall), middle, max(wall), command.goal_s, cpu, peak, kept


if __name__ == "__main__":
    main()
