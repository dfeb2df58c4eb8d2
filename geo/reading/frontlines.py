"""What a template cannot say of lines: the line of a day or a year, the front, the border of two that share it."""

from __future__ import annotations

from geo.reading.dates import day_of
from geo.reading.page import Finding, Match, Page
from geo.reading.tables import table
from geo.reading.templates import expression, value

_OF_UKRAINE = "admin-unit | city | macro-region"


def line_before_event(page: Page, match: Match) -> Finding | None:
    """*The line before the invasion*, *before February 24*: the contact line on the eve."""
    words = page.scan.words[match.first : match.last]
    eve = next((w.term.values["event"] for w in words if "event" in w.term.classes), None)
    if eve is None:
        leap_year = day_of(page.words(match, "day"), 2000) or ""
        eve = table("vocabulary")["key_day"].get(leap_year[5:])
    return page.finding(match, f'on(line("contact"), "{eve}")') if eve else None


def line_on_date(page: Page, match: Match) -> Finding | None:
    """*The line of contact as of 23 February 2022*."""
    day = day_of(page.words(match, "day"))
    line = expression(page.scan.words[match.first : match.spans["day"][0]]) or 'line("contact")'
    return page.finding(match, f'on({line}, "{day}")') if day else None


def line_of_year(page: Page, match: Match) -> Finding | None:
    """*The 2015 line of contact*: a line of the atlas by that name, never the one of today."""
    named = page.scan.words[match.first : match.last]
    year = next(word.norm for word in named if word.number)
    if not (year.isdigit() and len(year) == len("2015") and year.startswith("20")):
        return None
    entry = page.lexicon.lookup(f"{year} {named[-1].norm}")
    if entry is None:
        return page.finding(match, None, f"on which day of {year} is not said")
    return page.finding(match, entry.expression, entry.note, members=(entry,))


def front(page: Page, match: Match) -> Finding | None:
    """*Along the front*, but not *in front of*."""
    following = page.scan.words[match.last : match.last + 1]
    if following and following[0].norm in ("of", "page", "door", "runner", "pages"):
        return None
    return page.finding(match, 'line("contact")')


def front_so_long(page: Page, match: Match) -> Finding | None:
    """*Along a front of more than 1,000 km*: the front without its length, in a text that speaks of the war."""
    named = Match(match.rule, match.first, match.spans["front"][1], match.spans)
    return page.finding(named, 'line("contact")') if page.scan.has(f"actor | {_OF_UKRAINE}") else None


def bare_front(page: Page, match: Match) -> Finding | None:
    """*The front snakes 1,000 km*, *the length of the front*, in a text that speaks of the war."""
    words = page.scan.words
    begin, end = page.sentence(match.first)
    lead = [word.norm for word in words[max(begin, match.first - 2) : match.first]]
    following = words[match.last : min(end, match.last + 2)]
    runs = any("running" in word.term.classes for word in following if word.norm not in ("long", "length"))
    own = [word.norm for word in following] in (["'s", "length"], ["'s", "total"], ["'s", "overall"])
    grows = any("rising" in word.term.classes for word in words[match.last : min(end, match.last + 3)])
    of_length = runs or own or grows or lead == ["length", "of"]
    return front(page, match) if of_length and page.scan.has(f"actor | {_OF_UKRAINE}") else None


def border_of(page: Page, match: Match) -> Finding | None:
    """*The Russian border*, where Ukraine is spoken of: the one the two share. *The Ukrainian border* may be any."""
    side = value(page.words(match, "side"), "demonym")
    about_ukraine = page.scan.says("actor", {"ukraine", "ukrainian", "kyiv"})
    if side != "russia" or not (about_ukraine or page.scan.having(_OF_UKRAINE, *page.sentence(match.first))):
        return None
    note = "Russia's border with Ukraine, of which the text speaks"
    return page.finding(match, 'border("ukraine", "russia")', note)
