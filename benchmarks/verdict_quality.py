"""Reads and checks figures of real reporting in several wordings each, and lists every verdict against one.

    python benchmarks/verdict_quality.py [SHARED_FOLDER] [--all]

Every row of ``claims/quoted-figures.csv`` says what a figure is a figure of. This puts it into sentences a journalist
could have written (the wordings stand below, none of them in the program), reads and checks each on the row's date with
the settlements that ship, and scores the figure (value, unit, bound), the subject (part and whole) and the verdict.
Listed are all claims that were called ``wrong``, ``overstated`` or ``understated``: a person must agree with each.
``MISATTRIBUTED`` marks those whose part or whole is not what the row says: not one of these may stand.
"""

from __future__ import annotations

import csv
import re
import sys
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geo.atlas import embedded  # noqa: E402
from geo.atlas.control import control_source  # noqa: E402
from geo.reading import Claim, Reading, read  # noqa: E402
from geo.survey import Survey  # noqa: E402
from geo.verdict import Checked, check  # noqa: E402

UKRAINE = 'country("ukraine")'
HELD = f'controlled("russia") & {UKRAINE}'
SALIENT = 'peak(controlled("ukraine") & oblast("Kursk"))'
SALIENT_NOW = 'controlled("ukraine") & oblast("Kursk")'
DONBAS = 'oblast("Donetsk") | oblast("Luhansk")'
FOUR = f'{DONBAS} | oblast("Zaporizhzhia") | oblast("Kherson")'
THREE = 'oblast("Donetsk") | oblast("Zaporizhzhia") | oblast("Kherson")'
CRIMEA = '(unit("Crimea") | unit("Sevastopol"))'
AGAINST = ("wrong", "overstated", "understated")
UNITS = {
    "percent": ("percent", 1.0, "percent"),
    "km2": ("square kilometres", 1.0, "km2"),
    "sq mi": ("square miles", 2.589988, "km2"),
    "km": ("kilometres", 1.0, "km"),
    "mi": ("miles", 1.609344, "km"),
}
BOUNDS = {
    "at least": "min",
    "more than": "min",
    "over": "min",
    "just over": "min",
    "less than": "max",
    "at most": "max",
}
HEDGES = BOUNDS | dict.fromkeys(("about", "around", "roughly", "nearly", "almost", "approximately"), "")
VERBS = "still|now|has|lost|acquired|gained|reduced|controlling|consolidated|constitute"


@dataclass(frozen=True)
class Frame:
    """A kind of subject: which rows it is, the expressions that are right, and how papers put it.

    In sentences ``{n}`` is the hedged figure, ``{phrase}`` the row's own words; ``{unit}`` and ``{when}`` come from the
    subject. ``{when}`` also stands where the part carries a date. A part of None: no measure, so no verdict.
    """

    subject: str
    parts: tuple[str | None, ...]
    whole: str | None
    wordings: tuple[str, ...]


_UNIT_RUSSIA = (
    "Russia controls {n} of {unit} oblast.",
    "In {unit}, Moscow's forces hold {n} of the region.",
    "{N} of the {unit} region is under Russian occupation, the monitors said.",
    "Russian troops are on the move again. They now hold {n} of {unit} oblast.",
    "Russia holds land in four oblasts. {phrase}",
)
_HELD = (
    "Russia now holds {phrase}, according to analysts.",
    "Russian forces occupy {n} of Ukraine.",
    "{N} of Ukraine's territory remains under Russian control, the institute said.",
    "Kyiv says {n} of the country is occupied by Russia.",
    "Moscow, which controls {n} of Ukrainian land, wants more.",
    "Of Ukraine's territory, {n} is held by Russian troops.",
)
_GAINS = (
    "Russia gained {n} in {when}, analysts said.",
    "Russian forces captured {n} of Ukrainian territory in {when}.",
    "In {when}, Moscow's army took {n} of Ukraine.",
    "Ukraine lost {n} to Russian troops in {when}.",
    "Russian forces seized {phrase}.",
)
FRAMES = (
    Frame("excluding Crimea", (f"({HELD}) - {CRIMEA}",), UKRAINE, (
        "Excluding Crimea, Russia holds {n} of Ukraine.", "Russia controls {n} of Ukraine, not counting Crimea.",
        "Without Crimea, {n} of Ukraine is under Russian occupation.")),
    Frame("share of peak occupation lost", (f"peak({HELD}) - ({HELD})",), f"peak({HELD})", (
        "Russia has lost {n} of the Ukrainian territory it held at its peak.",
        "Ukraine has retaken {n} of the territory Russia occupied at its peak.")),
    Frame("liberated share", (f"peak({HELD}) - ({HELD})",), f"peak({HELD})", (
        "Ukraine has liberated {n} of the territory Russia had seized.", "Kyiv's forces liberated {phrase}.")),
    Frame("^peak Russian|at peak", (f"peak({HELD})", HELD), UKRAINE, (
        "At its peak, Russia occupied {n} of Ukraine.", "In March 2022 Russian forces held {n} of Ukraine.")),
    Frame(r"five annexed", (FOUR + " | " + CRIMEA[1:-1], None), UKRAINE, (
        "The five annexed regions {phrase}.", "The regions Russia annexed make up {n} of Ukraine.")),
    Frame("Kursk salient (?:lost|retaken)", (f"{SALIENT} - ({SALIENT_NOW})",), SALIENT, (
        "Russia has retaken {n} of the territory Ukraine seized in Kursk region.",
        "{N} of the land Ukraine took in the Kursk region has been recaptured by Russian forces.",
        "Ukraine has lost {n} of the Kursk incursion.")),
    Frame("Kursk salient|foothold", (SALIENT_NOW, SALIENT, None, 'gained("ukraine"*'), None, (
        "Ukrainian forces control {n} in the Kursk region.", "Kyiv still holds {n} of Kursk oblast.",
        "In Kursk region, {n} is under Ukrainian control.")),
    Frame("three oblasts", (f'controlled("russia") & ({THREE})',), THREE, (
        "Russia controls {phrase}.", "Moscow holds {n} of the Donetsk, Zaporizhzhia and Kherson regions.")),
    Frame(r"(?P<unit>\w+) oblast, Ukrainian", ('controlled("ukraine") & oblast("{unit}")',), 'oblast("{unit}")', (
        "Ukraine still controls {n} of {unit} region.", "{N} of {unit} oblast remains in Ukrainian hands.")),
    Frame(r"(?P<unit>\w+) oblast", ('controlled("russia") & oblast("{unit}")',), 'oblast("{unit}")', _UNIT_RUSSIA),
    Frame("four regions, Ukrainian", (f'controlled("ukraine") & ({FOUR})',), FOUR, (
        "Ukraine still holds {n} of Donetsk, Luhansk, Zaporizhzhia and Kherson regions.",)),
    Frame("part of the four regions", (f'controlled("russia") & ({FOUR})',), FOUR, (
        "Russia controls {n} of the Donetsk, Luhansk, Zaporizhzhia and Kherson regions.",
        "Moscow annexed Donetsk, Luhansk, Zaporizhzhia and Kherson. It holds {n} of the four regions.")),
    Frame("Donbas, Ukr", (f'controlled("ukraine") & ({DONBAS})',), DONBAS, (
        "Ukraine still holds {n} of the Donbas.", "{N} of Donbas is controlled by Ukrainian forces.")),
    Frame("Donbas, Rus|separatist", (f'controlled("russia") & ({DONBAS})',), DONBAS, (
        "Russia controls {n} of the Donbas.", "Separatists backed by Moscow hold {n} of Donbas.",
        "{N} of the Donbas region is in Russian hands.")),
    Frame("Crimea \\+ part of Donbas", (HELD,), UKRAINE, (
        "Russia held {n} of Ukraine before the invasion.", "Before the full-scale war, {n} of Ukraine was occupied.")),
    Frame(r"Kharkiv region regain", ('gained("ukraine"*', None), None, (
        "Ukraine has retaken {n} in Kharkiv region since 6 September.",)),
    Frame(r"regain", ('gained("ukraine"*', None), None, (
        "Ukrainian forces have liberated {n} since September.", "Ukraine said it had recaptured {n} of its territory.",
        "Ukrainian troops retook {phrase}.")),
    Frame(r"(?:gains|advance|increase|gain|taken|seized)\s(?:in |since )?(?P<when>.*)", ('gained("russia"*', None),
          UKRAINE, _GAINS),
    Frame("area of Ukraine", (UKRAINE,), None, ("Ukraine has a {phrase}.", "Ukraine covers {n}.")),
    Frame("Russian-(?:controlled|occupied) territory", (HELD,), UKRAINE, _HELD),
    Frame("front line length", ('line("contact")',), None, (
        "The front line is {n} long.", "Along the {phrase}, little moves.",
        "Fighting goes on along a front line of {n}.")),
    Frame("Korean DMZ area", ('band(line("mdl"), "2 km")',), None, ("The Korean DMZ covers {n}.",)),
    Frame("Korean DMZ width", ('band(line("mdl"), "2 km")',), None, ("The Korean DMZ is {n} wide.",)),
    Frame("Korean DMZ length|MDL", ('line("mdl")',), None, (
        "The Korean DMZ is {n} long.", "The Military Demarcation Line in Korea runs for {n}.")),
    Frame("Sumy \\+ Kharkiv", ('controlled("russia") & (oblast("Sumy") | oblast("Kharkiv"))', None), None, (
        "Russia holds {n} in Sumy and Kharkiv regions.", "Russia holds pockets in Sumy and Kharkiv, {phrase}.")),
    Frame("gray zone", (None,), None, ("The gray zone covers {phrase}.", "{N} of Sumy region is a gray zone.")),
    Frame("Cyprus|Abkhazia|Golan|UNDOF|Kosovo|Lachin|state border|proposed|withdraw|town|Pokrovsk|penetration", (None,),
          None, ("{subject}: {phrase}.", "The {subject} measures {n}, Ukrainian and Russian media said.")),
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One sentence, and what a careful reader would say it says."""

    line: int
    text: str
    day: date
    value: float
    unit: str
    bound: str
    parts: tuple[str | None, ...]
    whole: str | None
    note: str


def cases(path: Path) -> Iterator[Case]:
    """Every row of the table in every wording of its kind."""
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            found = [(frame, match) for frame in FRAMES if (match := re.search(frame.subject, row["subject"]))]
            if not found:
                print(f"line {line}: no wording for {row['subject']!r}")
                continue
            frame, match = found[0]
            named = {**dict.fromkeys(("unit", "when"), ""), **match.groupdict(), "subject": row["subject"]}
            unit, factor, contract = UNITS[row["unit"]]
            hedge = _hedge(row["phrase"])
            figure = f"{hedge} {float(row['quantity']):,.10g} {unit}".strip()
            for written in frame.wordings:
                wording = _fitted(written, row["phrase"], named["unit"])
                words = {**named, "n": figure, "N": figure[0].upper() + figure[1:], "phrase": row["phrase"]}
                parts = tuple(part and part.replace("{unit}", named["unit"]) for part in frame.parts)
                whole = frame.whole and frame.whole.replace("{unit}", named["unit"])
                yield Case(line, wording.format(**words), _day(row["as_of_date"]), float(row["quantity"]) * factor,
                           contract, HEDGES.get(hedge, ""), parts, whole, row["note"])  # fmt: skip


def _fitted(wording: str, phrase: str, unit: str) -> str:
    """A wording that a row's own phrase fits into, whether it begins with a verb, is cut short or names no unit."""
    verbal = re.match(VERBS, phrase) is not None
    if "{phrase}" not in wording or "regions {phrase}" in wording:
        return wording
    if unit and unit[:5] not in phrase:
        return "In {unit} region Russia " + ("{phrase}." if verbal else "holds {phrase}.")
    if verbal:
        return "Russian forces {phrase} in Ukraine."
    return "Ukraine and Russia: {phrase}." if "..." in phrase else wording


def _hedge(phrase: str) -> str:
    """The hedge a phrase carries; the longest where several fit."""
    fits = [hedge for hedge in HEDGES if re.search(rf"\b{hedge}\b", phrase)]
    return max(fits, key=len, default="")


def _day(written: str) -> date:
    """A date of the table, the last day of a month without one; figures without a date are of no war."""
    if not written:
        return date(2025, 6, 1)
    year, month, *rest = map(int, written.split("-"))
    return date(year, month, rest[0] if rest else monthrange(year, month)[1])


def of_figure(case: Case, reading: Reading) -> bool:
    """Whether the figure was read with its value, unit and bound."""
    return any(
        abs(f.to("km").value - case.value) <= 0.006 * max(case.value, 1e-9) + 1e-9
        and f.to("km").unit == case.unit
        and (f.bound == case.bound or "{phrase}" not in case.text)
        for f in reading.figures
    )


def same(one: str | None, wanted: str | None) -> bool:
    """Whether an expression is the wanted one; ``*`` at the end of the wanted one stands for the rest."""
    if one is None or wanted is None:
        return one is wanted
    return one.startswith(wanted[:-1]) if wanted.endswith("*") else _canonical(one) == _canonical(wanted)


def _canonical(expression: str) -> list[str]:
    return sorted(re.findall(r"[a-z]+\([^()]*\)|-", expression))


def right(case: Case, claim: Claim) -> bool:
    """Whether part and whole are what the row says."""
    part = any(same(claim.part, wanted) for wanted in case.parts if wanted) or (
        claim.part is None and None in case.parts
    )
    share_of = claim.kind != "share" or case.whole is None or same(claim.whole, case.whole)
    return part and (share_of or claim.part is None)


@cache
def _survey(day: date) -> Survey:
    atlas = embedded()
    return Survey(atlas, day, (control_source("settlements", atlas),))


@cache
def verdict(claim: Claim, day: date) -> Checked:
    """The verdict on a claim, each distinct claim measured once."""
    return check(claim, _survey(day))


def _shown(checked: Checked) -> str:
    measured = checked.measured
    return f"{measured.low:,.2f}..{measured.high:,.2f} {measured.unit}" if measured else "not measured"


def main(shared: Path, show_all: bool) -> int:
    """Prints rows, the list of verdicts against a figure, and the summary; returns how many were misattributed."""
    score: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    against: list[str] = []
    for case in cases(shared / "claims" / "quoted-figures.csv"):
        reading = read(case.text, dated=str(case.day))
        claims = [c for c in reading.claims if c.figure is not None and c.kind != "conversion"]
        ours = [
            c for c in claims if c.figure and abs(c.figure.to("km").value - case.value) <= 0.006 * case.value + 1e-9
        ]
        figure = of_figure(case, reading)
        subject = any(right(case, c) for c in ours) or (not claims and None in case.parts)
        wanted = case.parts != (None,)
        score.update(all=1, figure=figure, subject=subject, asked=wanted, claimed=wanted and bool(ours))
        checked = [verdict(c, case.day) for c in claims]
        verdicts.update(c.verdict for c in checked)
        if show_all or not (figure and subject):
            read_as = f"{'figure' if figure else 'FIGURE?':7} {'subject' if subject else 'SUBJECT?':8}"
            print(f"{case.line:4} {read_as} {case.text}")
            for each in checked:
                print(f"       {each.claim.kind} {each.claim.part} / {each.claim.whole} {each.claim.as_of or ''}: "
                      f"{each.verdict}, {_shown(each)}")  # fmt: skip
        for each in checked:
            if each.verdict in AGAINST:
                false = not (each.claim in ours and right(case, each.claim))
                score.update(misattributed=false, against=1)
                against.append(
                    f"{'MISATTRIBUTED ' if false else ''}{case.line} {case.day} {each.verdict}: {case.text!r} "
                    f"{each.claim.part} / {each.claim.whole} {each.claim.as_of or ''}: {_shown(each)} ({case.note})"
                )
    print(f"\n{len(against)} verdicts against a figure\n  " + "\n  ".join(against))
    total = score["all"]
    print(
        f"\n{total} sentences: figure right {score['figure'] / total:.0%}, "
        f"subject right {score['subject'] / total:.0%}; "
        f"claims made of those that have a measure {score['claimed'] / score['asked']:.0%}; "
        f"verdicts against a figure {score['against']}, misattributed {score['misattributed']}"
    )
    print("verdicts: " + ", ".join(f"{name} {count}" for name, count in verdicts.most_common()))
    return score["misattributed"]


if __name__ == "__main__":
    options = [each for each in sys.argv[1:] if not each.startswith("-")]
    sys.exit(1 if main(Path(options[0]) if options else ROOT.parent / "shared", "--all" in sys.argv) else 0)
