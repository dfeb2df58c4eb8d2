"""The tables of cases beside the marked spans: held-out sentences, figures against themselves, phrases.

Used by ``reading_quality.py``; each function prints its rows that failed and returns what was right of how many.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import verdict_quality as quality

from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.reading import Claim, read
from geo.survey import Survey
from geo.verdict import Checked, check

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = ROOT / "tests" / "geo" / "reading" / "held_out.toml"
ALL_HELD_OUT = tuple(sorted(HELD_OUT.parent.glob("held_out*.toml"), key=lambda path: (len(path.stem), path.stem)))
SHORT = {"{ru}": 'controlled("russia")', "{ua}": 'controlled("ukraine")', "{UA}": 'country("ukraine")'}
OUTCOMES = {"holds": "true", "holds as rounded": "true", "not checkable": "open"}

# The phrases of claims/phrases.txt: every value in its unit that must be read, and its bound.
PHRASES = {
    "4,000-meter": [(4000, "m", "")],
    "160 km": [(160, "km", ""), (2.286, "m", "")],
    "50 % of the Kursk": [(50, "percent", "")],
    "at least 20%": [(20, "percent", "min")],
    "114,500": [(114500, "km2", ""), (115513.5, "km2", ""), (19, "percent", "")],
    "50 sq. km": [(50, "km2", "")],
    "one-fifth": [(20, "percent", "")],
    "18-mile": [(28.968, "km", "")],
    "60-70 km": [(65, "km", "")],
    "400 hectares": [(4, "km2", "")],
    "72-year-old": [],
    "19.2 per cent": [(19.2, "percent", "")],
}


@dataclass(frozen=True)
class Score:
    """How many were right of how many."""

    right: int
    of: int

    def __str__(self) -> str:
        return f"{self.right} of {self.of} ({self.right / max(1, self.of):.0%})"


@cache
def survey(day: date) -> Survey:
    """The settlements that ship, on a day."""
    atlas = embedded()
    return Survey(atlas, day, (control_source("settlements", atlas),))


def checked(text: str, day: date) -> list[Checked]:
    """The claims of a text with their verdicts."""
    return [check(claim, survey(day)) for claim in read(text, dated=str(day)).claims]


def phrases(path: Path) -> Score:
    """Every figure of every phrase with its value, unit and bound, and nothing besides."""
    right, lines = 0, [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for line in lines:
        wanted = next(figures for key, figures in PHRASES.items() if key in line)
        got = [(f.value, f.unit, f.bound) for f in read(line).figures]
        fits = len(got) == len(wanted) and all(
            abs(g[0] - w[0]) <= 0.001 * w[0] and g[1:] == w[1:] for g, w in zip(got, wanted, strict=True)
        )
        right += fits
        if not fits:
            print(f"  phrase {line!r}: read {got}, wanted {wanted}")
    return Score(right, len(lines))


def consistency(path: Path) -> dict[str, Score]:
    """Wrong cases flagged, consistent ones not; the cases that need a second text are left out by name."""
    counts: Counter[str] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            sentence = _stated(row)
            sort = "wrong" if row["verdict"].startswith("WRONG") else "fine"
            if sentence is None:
                print(f"  not one article's own numbers: {row['kind']}, {row['stated']} ({row['where']})")
                continue
            against = [c for c in checked(sentence, date(2025, 8, 20)) if c.verdict == "inconsistent"]
            counts[sort] += 1
            good = bool(against) == (sort == "wrong")
            counts[f"{sort} right"] += good
            if not good:
                print(f"  {sort}: {sentence!r}: {[c.why for c in against] or 'nothing flagged'}")
    return {sort: Score(counts[f"{sort} right"], counts[sort]) for sort in ("wrong", "fine")}


def _stated(row: dict[str, str]) -> str | None:
    """A row of the consistency table as a sentence."""
    units = {"km2": "square kilometres", "sq mi": "square miles", "km": "km", "mi": "miles", "m": "metres"}
    stated, where = row["stated"], row["where"]
    if pair := re.fullmatch(r"([\d.]+) (km2|km|m|sq mi|mi) = ([\d.]+) (km2|km|sq mi|mi)", stated):
        first, second = f"{float(pair[1]):,g}", f"{float(pair[3]):,g}"
        first, second = _grouped(pair[1]), _grouped(pair[3])
        hedge = "just over " if "hedge" in row["verdict"] else ""
        of = "wide along the border of Ukraine" if pair[2] in ("km", "m", "mi") else "of Ukraine"
        zone = "The zone is" if "wide" in of else "It is an area of"
        return f"{zone} {first} {units[pair[2]]} ({hedge}{second} {units[pair[4]]}) {of}."
    if pair := re.fullmatch(r"([\d,]+) km2 = ([\d.]+)%", stated):
        if "gain" in where or "2024" in where:
            return f"Russia gained {pair[1]} square kilometres, or {pair[2]}%, of Ukraine since January 2024."
        return f"Russia holds {pair[1]} square kilometres, or {pair[2]}%, of Ukraine."
    if row["kind"] == "ratio" and "+" in stated:
        a, b, c, total = re.findall(r"[\d,]{4,}", stated)
        return f"A total of {total} square kilometres is occupied: {a} in Abkhazia, {b} in the south and {c} elsewhere."
    if "Territory" in stated:
        return f"Ukrainian forces control {stated[0].lower()}{stated[1:]}."
    if "zone" in where.lower() or "DMZ" in stated:
        return f"Kyiv was offered a {stated} along the line of contact in Ukraine."
    return None


def _grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdigit() else number


@dataclass(frozen=True)
class Case:
    """One held-out sentence and what a careful reader takes from it."""

    text: str
    at: date
    kind: str
    verdict: str
    value: float | None = None
    unit: str = ""
    bound: str = ""
    part: str = "*"
    whole: str = ""


def cases(path: Path = HELD_OUT) -> Iterator[Case]:
    """The cases of a file of held-out sentences, short forms written out."""
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        values: dict[str, Any] = dict(row)
        for key in ("part", "whole"):
            for short, expression in SHORT.items():
                values[key] = values.get(key, "*" if key == "part" else "").replace(short, expression)
        yield Case(**values)


def _falsely(case: Case, claim: Claim) -> bool:
    """Whether a verdict against a claim wrongs its writer: the sentence is true, or open, or of something else."""
    if case.verdict == "*":
        return _of(case, claim) and not _subject(case, claim)
    return case.verdict != "false"


def held_out(path: Path = HELD_OUT) -> dict[str, Score]:
    """Scores of the held-out sentences: figure, subject, verdict, each of how many."""
    counts: Counter[str] = Counter()
    for case in cases(path):
        found = checked(case.text, case.at)
        ours = [each for each in found if _of(case, each.claim)]
        figure = case.value is None or bool(ours) or case.kind == "none"
        subject = any(_subject(case, each.claim) for each in ours) if case.kind != "none" else not _territorial(found)
        outcome = {OUTCOMES.get(each.verdict, "false") for each in ours if _subject(case, each.claim)} or {"open"}
        verdict = case.verdict == "*" or outcome == {case.verdict}
        accused = [each for each in found if OUTCOMES.get(each.verdict) is None and _falsely(case, each.claim)]
        counts.update({"all": 1, "figure": figure, "subject": subject, "verdict": verdict and subject,
                       "falsely accused": bool(accused)})  # fmt: skip
        if not (figure and subject and verdict):
            missed = {"figure": figure, "subject": subject, "verdict": verdict}
            print(f"  {', '.join(name for name, right in missed.items() if not right)}: {case.text}")
            for each in found:
                claim = each.claim
                value = claim.figure and f"{claim.figure.value:g} {claim.figure.unit}"
                said = f"{claim.kind} {value} {claim.part} / {claim.whole} {claim.as_of or ''}"
                print(f"      {said}: {each.verdict}. {each.why}")
    return {name: Score(counts[name], counts["all"]) for name in ("figure", "subject", "verdict", "falsely accused")}


def _territorial(found: list[Checked]) -> list[Checked]:
    return [each for each in found if each.claim.part is not None]


def _of(case: Case, claim: Claim) -> bool:
    if claim.kind != case.kind or (case.value is None) != (claim.figure is None):
        return False
    if case.value is None or claim.figure is None:
        return True
    figure = claim.figure.to(case.unit)
    return (
        abs(figure.value - case.value) <= 0.006 * case.value and figure.unit == case.unit and figure.bound == case.bound
    )


def _subject(case: Case, claim: Claim) -> bool:
    if case.part == "*":
        return True
    if case.part == "-":
        return claim.part is None
    return _same(claim.part, case.part) and (not case.whole or _same(claim.whole, case.whole))


def _same(one: str | None, other: str) -> bool:
    """Whether two expressions are made of the same leaves and operators, whatever their order."""
    return one is not None and _leaves(one) == _leaves(other)


def _leaves(expression: str) -> list[str]:
    return sorted(re.findall(r"[a-z]+\([^()]*\)|-", expression))


def quoted_figures(path: Path) -> dict[str, str]:
    """Row by row, the best wording of each counted: what was read right, and where the measured figure lies.

    Covered are the rows about Ukraine whose day lies within the war; a measured figure agrees where it lies within what
    readers take the published one to mean, and a figure that is published as false where the verdict says so too.
    """
    rows: dict[int, Counter[str]] = {}
    for case in quality.cases(path):
        reading = read(case.text, dated=str(case.day))
        claims = [c for c in reading.claims if c.figure is not None and c.kind != "conversion"]
        ours = [
            c for c in claims if c.figure and abs(c.figure.to("km").value - case.value) <= 0.006 * case.value + 1e-9
        ]
        good = [c for c in ours if quality.right(case, c)]
        row = rows.setdefault(case.line, Counter())
        row.update(
            sentences=1,
            figure=quality.of_figure(case, reading),
            subject=bool(good) or (not claims and None in case.parts),
        )
        told = {quality.verdict(c, case.day).verdict for c in good}
        true = "FACT-CHECK" not in case.note
        agree = bool(told & {"holds", "holds as rounded"}) if true else bool(told & set(quality.AGAINST))
        row.update(covered=bool(told - {"not checkable", "inconsistent"}), agree=agree)
    covered = [row for row in rows.values() if row["covered"]]
    for line, row in rows.items():
        if row["covered"] and not row["agree"]:
            print(f"  line {line}: measured outside of what is published")
    sentences = sum(row["sentences"] for row in rows.values())

    def told(what: str) -> str:
        right_rows = sum(row[what] > 0 for row in rows.values())
        share = sum(row[what] for row in rows.values()) / sentences
        return f"{share:.0%} of {sentences} sentences, {right_rows} of {len(rows)} rows"

    agreeing = sum(row["agree"] > 0 for row in covered)
    return {
        "value, unit and bound right": told("figure"),
        "subject and whole right": told("subject"),
        "measured figure in the published range": f"{agreeing} of {len(covered)} rows measured",
    }
