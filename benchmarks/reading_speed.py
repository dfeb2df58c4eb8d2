"""Times reading: mentions and figures together, on the seeds and digests repeated with variation, and hostile text.

    python benchmarks/reading_speed.py [SHARED_FOLDER] [--claims]

The variation: every number and every third capitalised word that is not a name is written anew in each repetition, and
paragraphs change places, so that nothing can be answered from memory of the text before. Best of five runs in one
process, in seconds of the processor; lengths are given so that linear growth can be seen. ``--claims``: claims too.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.reading import figures  # noqa: E402
from geo.reading.lexicon import Lexicon  # noqa: E402
from geo.reading.mentions import Grammar  # noqa: E402
from geo.reading.reader import read  # noqa: E402

RUNS = 5
HOSTILE: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: "(" * n,
    "quotes and stops": lambda n: '."' * (n // 2),
    "digits": lambda n: "1" * n,
    "thousands": lambda n: "1,000" * (n // 5),
    "spaced digits": lambda n: "1 000 " * (n // 6),
    "apostrophes": lambda n: "a'" * (n // 2),
    "one list of names": lambda n: "Donetsk, Luhansk and " * (n // 21),
    "one name": lambda n: "Kherson " * (n // 8),
    "hedges": lambda n: "about 20 percent of the " * (n // 24),
    "figures in brackets": lambda n: "(5 km, " * (n // 7),
    "nothing but deeds": lambda n: "Russia controls seized " * (n // 23),
    "combining marks": lambda n: "e\u0301" * (n // 2),
    "line breaks": lambda n: "\n" * (n - 1) + "x",
    "misspelt": lambda n: " ".join(f"Donetck{i} oblast," for i in range(n // 20)),
}


def varied(text: str, dice: random.Random) -> str:
    """The text with other numbers and other unknown names, its paragraphs in another order."""
    paragraphs = re.split(r"(?<=\n)\s*\n", text)
    dice.shuffle(paragraphs)
    out = "\n\n".join(paragraphs)
    out = re.sub(r"\d", lambda _: str(dice.randint(1, 9)), out)
    return re.sub(r"\b([A-Z][a-z]{3})([a-z]{4,})\b", lambda m: m[0] if dice.random() < 0.67 else m[1] + m[2][::-1], out)


def corpus(shared: Path, size: int) -> str:
    """At least ``size`` bytes of seeds and digests, each repetition varied."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "articles").glob("*.txt"))]
    dice, parts, total = random.Random(5), [], 0
    while total < size:
        for text in texts:
            parts.append(varied(text, dice))
            total += len(parts[-1].encode())
    return "\n\n".join(parts)


def mentions_and_figures(text: str) -> int:
    """Reads a text; how many mentions and figures it has."""
    page = Grammar.of(Lexicon.embedded()).find(text)
    return len(page.findings) + len(figures.find(page.scan))


def timed(work: Callable[[str], object], text: str, runs: int = RUNS) -> float:
    """The best time of several runs, in seconds."""
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        work(text)
        best = min(best, time.process_time() - began)
    return best


def main(shared: Path, claims: bool) -> None:
    """Prints megabytes a second at growing lengths, then the time for a megabyte of each hostile text."""
    work: Callable[[str], object] = read if claims else mentions_and_figures
    work("Russia holds 20 percent of Ukraine.")
    for size in (100_000, 1_000_000, 2_000_000):
        text = corpus(shared, size)
        seconds, bytes_ = timed(work, text), len(text.encode())
        print(f"{bytes_ / 1e6:5.2f} MB: {seconds:6.3f} s, {bytes_ / 1e6 / seconds:5.2f} MB/s")
    for name, make in HOSTILE.items():
        half, whole = timed(read, make(500_000), 1), timed(read, make(1_000_000), 1)
        print(f"hostile, 1 MB of {name}: {whole:6.2f} s, {whole / half:.1f} times that of half of it")


if __name__ == "__main__":
    options = [each for each in sys.argv[1:] if not each.startswith("-")]
    main(Path(options[0]) if options else ROOT.parent / "shared", "--claims" in sys.argv)
