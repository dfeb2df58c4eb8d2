"""Outcomes: what a deed makes of its ground, as an expression: the part that is held, was gained or was lost."""

from __future__ import annotations

import re
from dataclasses import replace

from geo.reading.deeds import Deed
from geo.reading.doers import OTHER, agent
from geo.reading.figures import Measure
from geo.reading.page import Page
from geo.reading.templates import tidy
from geo.reading.wholes import Whole

SINCE_UNSAID = "since when is not said"
_COUNTRY = re.compile(r'country\("(\w+)"\)')


def incursion(page: Page, measure: Measure, whole: Whole, deed: Deed) -> tuple[Deed, Whole]:
    """Of a unit that was entered, *retaken* and *lost* are said of the ground that was taken there."""
    salient = next(
        (
            e
            for e in page.lexicon.entries
            if "now" in e.extra and whole.expression and f"& {whole.expression})" in (e.expression or "")
        ),
        whole.entry if whole.entry and "now" in whole.entry.extra else None,
    )
    if salient is None:
        return deed, whole
    begin, end = page.sentence(measure.first)
    kept = deed.predicate == "holds" and deed.actor == "ukraine"
    for i in range(begin, end):
        if page.scan.words[i].term.values.get("deed") == "retaken" and deed.predicate != "retaken" and not kept:
            actor = agent(page.scan.words, i, begin, end)
            deed = replace(deed, predicate="retaken", actor=actor or "russia", assumed=actor is None)
    if deed.predicate == "retaken" and not deed.actor:
        deed = replace(deed, actor="russia")
    if deed.predicate in ("retaken", "lost") or (deed.actor == "ukraine" and deed.predicate != "holds"):
        whole = Whole(salient.expression, whole.last, salient, whole.note, salient.kind)
    return deed, whole


def taker(deed: Deed, whole: Whole) -> Deed:
    """*Ukrainian land taken in September*: who takes land from one of the two is the other."""
    country = _COUNTRY.fullmatch(whole.expression or "")
    if deed.actor or not country or deed.predicate != "gained" or whole.kind != "country" or whole.assumed:
        return deed
    return replace(deed, actor=OTHER.get(country[1], ""), assumed=True)


def part_of(deed: Deed, whole: Whole, since: str | None) -> tuple[str | None, str | None, str]:
    """The expressions of part and whole, and what had to be assumed."""
    note = f"who is not said: taken as {deed.actor.title()}" if deed.assumed else ""
    if not deed.actor:
        return None, whole.expression, "who holds, took or lost it is not said"
    ground = whole.expression
    if ground is None:
        return None, None, note
    now = whole.entry.extra.get("now") if whole.entry else None
    if now and deed.predicate == "lost" and deed.actor == "russia":
        return None, ground, "who lost it to whom is not clear"
    if now and since and deed.predicate in ("retaken", "lost"):
        return tidy(f'on({now}, "{since}") - ({now})'), ground, note
    if now and deed.predicate in ("retaken", "lost"):
        return tidy(f"{ground} - ({now})"), ground, note
    loser = deed.actor if deed.predicate == "lost" else OTHER[deed.actor]
    if deed.predicate in ("retaken", "lost") and "controlled(" in ground and f'controlled("{loser}")' not in ground:
        return None, None, "whose ground it was is not clear"
    if deed.predicate in ("retaken", "lost") and "controlled(" in ground:
        return tidy(f"peak({ground}) - ({ground})"), f"peak({ground})", note
    if deed.predicate == "holds":
        held = now or (ground if "controlled(" in ground else tidy(f'controlled("{deed.actor}") & ({ground})'))
        if whole.kind == "control-share":
            return held, None, note
        return held, ground, note
    if since is None:
        return None, ground, "; ".join(filter(None, (note, SINCE_UNSAID)))
    actor = OTHER[deed.actor] if deed.predicate == "lost" else deed.actor
    return tidy(f'gained("{actor}", since="{since}") & ({ground})'), ground, note
