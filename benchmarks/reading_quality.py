"""Scores reading against the spans marked by hand in the five seed articles, by kind, and lists what was missed.

    python benchmarks/reading_quality.py [SHARED_FOLDER] [--extra]

Then come the figures of ``claims/quoted-figures.csv`` in wordings of reporters (``verdict_quality.py`` lists every
verdict against one), ``claims/consistency-cases.csv``, ``claims/phrases.txt``, and sentences that were written and
labelled before the grammar was looked at for them (``tests/geo/reading/held_out.toml`` to ``held_out_5.toml``).

A span is found where a mention or a claim overlaps it; the kind is right where one of those has a kind that
``tests/geo/reading/seed_expected.csv`` accepts, the territory where one of those has an expression it accepts
(``-`` stands for none). The spans are not all there is to find, so precision here is a floor: ``--extra`` lists what
was found besides.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.reading import Reading, read  # noqa: E402

EXPECTED = ROOT / "tests" / "geo" / "reading" / "seed_expected.csv"


@dataclass(frozen=True)
class Span:
    """A span marked by hand and what is accepted for it."""

    seed: str
    phrase: str
    start: int
    end: int
    kind: str
    kinds: frozenset[str]
    territories: frozenset[str]


@dataclass(frozen=True)
class Found:
    """A mention or claim, as the score sees it."""

    start: int
    end: int
    text: str
    kind: str
    territory: str


def marked(shared: Path) -> list[Span]:
    """The spans of ``claims/seed-mentions.csv`` with what is expected of them."""
    with (shared / "claims" / "seed-mentions.csv").open(encoding="utf-8", newline="") as file:
        spans = list(csv.DictReader(file))
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        expected = {(row["seed"], row["start"]): row for row in csv.DictReader(file)}
    return [
        Span(
            seed=span["seed"],
            phrase=span["phrase"],
            start=int(span["start"]),
            end=int(span["end"]),
            kind=span["type"],
            kinds=frozenset(expected[span["seed"], span["start"]]["kinds"].split()),
            territories=frozenset(expected[span["seed"], span["start"]]["territories"].split(" ; ")),
        )
        for span in spans
    ]


def found_in(reading: Reading) -> Iterator[Found]:
    """Mentions and claims of a reading in one list."""
    for mention in reading.mentions:
        yield Found(mention.start, mention.end, mention.text, mention.kind, mention.territory or "-")
    for claim in reading.claims:
        yield Found(claim.start, claim.end, claim.text, f"claim:{claim.kind}", claim.part or "-")


def canonical(expression: str) -> str:
    """A union with its parts in order, so that two ways of listing compare equal."""
    return " | ".join(sorted(expression.split(" | "))) if "&" not in expression else expression


def main(shared: Path, extra: bool) -> int:
    """Prints the tables; returns how many spans were missed."""
    total, found, right_kind, right_place, besides = Counter(), Counter(), Counter(), Counter(), Counter()  # type: ignore[var-annotated]
    hit_kinds: Counter[str] = Counter()
    complaints: list[str] = []
    characters, began = 0, time.perf_counter()
    spans = marked(shared)
    for seed in sorted({span.seed for span in spans}):
        text = (shared / "articles" / f"seed-{seed}.txt").read_text(encoding="utf-8")
        characters += len(text)
        here = list(found_in(read(text)))
        ours = [span for span in spans if span.seed == seed]
        for span in ours:
            hits = [hit for hit in here if hit.start < span.end and hit.end > span.start]
            total[span.kind] += 1
            found[span.kind] += bool(hits)
            kind_fits = any(hit.kind in span.kinds for hit in hits)
            right_kind[span.kind] += kind_fits
            wanted = {canonical(each) for each in span.territories}
            place_fits = any(
                canonical(hit.territory) in wanted for hit in hits if hit.kind in span.kinds or not kind_fits
            )
            right_place[span.kind] += place_fits
            if not (kind_fits and place_fits):
                said = "; ".join(f"{hit.kind} {hit.territory}" for hit in hits) or "nothing"
                complaints.append(f"{seed} {span.start:6} {span.kind}: {span.phrase!r} read as {said}")
        for hit in here:
            inside = any(hit.start < span.end and hit.end > span.start for span in ours)
            hit_kinds[hit.kind] += 1
            besides[hit.kind] += not inside
            if extra and not inside:
                print(f"besides: {seed} {hit.start:6} {hit.kind:18} {hit.text!r} -> {hit.territory}")
    seconds = time.perf_counter() - began
    print(f"{'kind':18} {'marked':>6} {'found':>6} {'kind':>6} {'place':>6} {'recall':>7}")
    for kind in (*sorted(total), "all"):
        row = [counts.total() if kind == "all" else counts[kind] for counts in (total, found, right_kind, right_place)]
        print(f"{kind:18} " + " ".join(f"{count:6}" for count in row) + f" {row[2] / row[0]:7.0%}")
    print(f"\n{'found as':18} {'count':>6} {'on a marked span':>17} {'precision, at least':>20}")
    for kind in sorted(hit_kinds):
        on = hit_kinds[kind] - besides[kind]
        print(f"{kind:18} {hit_kinds[kind]:6} {on:17} {on / hit_kinds[kind]:20.0%}")
    print(f"\n{len(complaints)} spans not as expected" + "".join(f"\n  {each}" for each in complaints))
    print(f"{characters} characters in {seconds:.2f} s, grammar included")
    return total.total() - found.total()


def tables(shared: Path) -> None:
    """Prints the scores of the tables of claims."""
    import reading_cases

    print("\nphrases with every figure right:", reading_cases.phrases(shared / "claims" / "phrases.txt"))
    print("\nconsistency cases")
    for sort, score in reading_cases.consistency(shared / "claims" / "consistency-cases.csv").items():
        print(f"{sort}: {score} {'flagged' if sort == 'wrong' else 'left alone'}")
    for path in reading_cases.ALL_HELD_OUT:
        print(f"\nheld-out sentences, {path.name}")
        for name, score in reading_cases.held_out(path).items():
            print(f"{name}: {score}")
    print("\nquoted figures")
    for name, score in reading_cases.quoted_figures(shared / "claims" / "quoted-figures.csv").items():
        print(f"{name}: {score}")


if __name__ == "__main__":
    options = [each for each in sys.argv[1:] if not each.startswith("-")]
    folder = Path(options[0]) if options else ROOT.parent / "shared"
    missed = main(folder, "--extra" in sys.argv)
    tables(folder)
    sys.exit(1 if missed else 0)
