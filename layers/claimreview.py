"""Checked claims as schema.org ClaimReview, the JSON-LD that search engines read fact checks from; one for each claim.

Fields and their rules: Google Search Central, "Fact check (ClaimReview) structured data". What a newsroom must say of
itself is asked for, never made up: a review without its publisher is refused.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit

from geo.check import Report
from geo.definitions import rules
from geo.errors import UsageError
from geo.verdict import Checked
from layers.files.fields import text
from layers.files.guard import JSON_MARK

CONTEXT = "https://schema.org"
SHORT = 75
"""Characters of ``claimReviewed`` that a telephone shows in one piece."""

_PLACEHOLDER = re.compile(
    r"\bexample\b|\byour\b|\btodo\b|\bplaceholder\b|\bchange ?me\b|\bxxx+\b|[<>{}]|\.\.\.", re.IGNORECASE
)
_RESERVED = re.compile(r"(^|\.)(example|test|invalid|localhost|local)(\.(com|org|net))?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s+|\n\s*\n")


@dataclass(frozen=True)
class Publication:
    """Who reviews and where, and whose claim it is and where it stands.

    Raises :class:`UsageError` for what is missing or only holds a place.
    """

    publisher: str
    publisher_url: str
    review_url: str
    claim_author: str
    claim_url: str = ""

    def __post_init__(self) -> None:
        names = (("--publisher", self.publisher), ("--claim-author", self.claim_author))
        pages = (("--publisher-url", self.publisher_url), ("--review-url", self.review_url))
        wrong = [f"{option}: the name itself, not {value!r}" for option, value in names if not _is_name(value)]
        wrong += [
            f"{option}: the address of a page, not {value!r}"
            for option, value in (*pages, *([("--claim-url", self.claim_url)] if self.claim_url else []))
            if not _is_page(value)
        ]
        if wrong:
            raise UsageError(f"--claimreview needs {'; '.join(wrong)}.")


def _is_name(value: str) -> bool:
    return bool(value.strip()) and not _PLACEHOLDER.search(value)


def _is_page(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    real = "." in host and not _RESERVED.search(host) and not _PLACEHOLDER.search(url)
    return parts.scheme in ("http", "https") and real


def document(reports: list[Report], publication: Publication) -> bytes:
    """The reviews of all claims, as bytes of JSON-LD that may stand in a page's script element as they are."""
    claims = [(report, checked) for report in reports for checked in report.checked]
    reviews = [review(report, checked, publication, n) for n, (report, checked) in enumerate(claims, 1)]
    body = text(json.dumps({"@context": CONTEXT, "@graph": reviews}, ensure_ascii=False, indent=2))
    still = body.replace("<", "\\u003c")  # an article's "</script>" ends no element of the page it is pasted in
    return f"{{{JSON_MARK}}},{still[1:]}\n".encode()


def review(report: Report, checked: Checked, publication: Publication, number: int) -> dict[str, Any]:
    """One claim's review; several on one page are told apart by the anchor ``#claim-N``."""
    claim: dict[str, Any] = {"@type": "Claim", "author": _named(publication.claim_author)}
    if report.article.dated:
        claim["datePublished"] = report.article.dated
    if publication.claim_url:
        claim["appearance"] = {"@type": "CreativeWork", "url": publication.claim_url}
    elif report.article.title and report.article.title != report.article.dated:
        claim["appearance"] = {"@type": "CreativeWork", "headline": report.article.title}
    return {
        "@type": "ClaimReview",
        "url": f"{publication.review_url.split('#')[0]}#claim-{number}",
        "claimReviewed": short(report.article.text, checked),
        "reviewBody": checked.why,
        "datePublished": _today().isoformat(),
        "author": {"@type": "Organization", "name": publication.publisher, "url": publication.publisher_url},
        "itemReviewed": claim,
        "reviewRating": _rating(checked),
    }


def _named(author: str) -> dict[str, str]:
    return {"@type": "Organization", "name": author}


def _rating(checked: Checked) -> dict[str, Any]:
    """The verdict in words, and in a number where there is one to give."""
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": checked.verdict[:1].upper() + checked.verdict[1:]}
    value = rules().ratings.get(checked.verdict)
    return rating if value is None else rating | {"ratingValue": value, "bestRating": 5, "worstRating": 1}


def short(article: str, checked: Checked) -> str:
    """The claim's sentence where it is short, else the claim's own words, cut between words."""
    start, end = checked.claim.start, checked.claim.end
    begin = max((found.end() for found in _SENTENCE_END.finditer(article, 0, start)), default=0)
    closing = _SENTENCE_END.search(article, end)
    sentence = " ".join(article[begin : closing.start() + 1 if closing else len(article)].split())
    words = sentence if len(sentence) <= SHORT else " ".join(article[start:end].split())
    return words if len(words) <= SHORT else words[: SHORT - 1].rsplit(" ", 1)[0] + "…"


def _today() -> date:
    """Today, or the day that SOURCE_DATE_EPOCH says, for files that can be made again byte for byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch and epoch.isdecimal() else date.today()
