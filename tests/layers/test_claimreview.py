"""ClaimReview: Google's documented fields, one review per claim, and nothing made up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from geo.atlas import embedded
from geo.atlas.control import control_source
from geo.check import Report, check_article
from geo.errors import UsageError
from geo.reading.article import from_text
from layers.claimreview import Publication, document
from layers.cli import app

TEXT = "2025-08-20\n\nRussia holds 20 percent of Ukraine. Russian forces are gaining 15 square kilometres per day."
PUBLICATION = Publication("Kyiv Daily", "https://kyivdaily.ua", "https://kyivdaily.ua/checks/7#top", "The Herald")

# Google Search Central, "Fact check (ClaimReview) structured data": required and recommended properties.
URL = {"type": "string", "pattern": "^https?://"}
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"}
NAMED = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {
        "@type": {"enum": ["Organization", "Person"]},
        "name": {"type": "string", "minLength": 1},
        "url": URL,
    },
}
REVIEW = {
    "type": "object",
    "required": ["@type", "claimReviewed", "reviewRating", "url", "author", "datePublished", "itemReviewed"],
    "additionalProperties": False,
    "properties": {
        "@type": {"const": "ClaimReview"},
        "claimReviewed": {"type": "string", "minLength": 1, "maxLength": 75},
        "reviewBody": {"type": "string"},
        "url": URL,
        "datePublished": DAY,
        "author": NAMED | {"required": ["@type", "name", "url"]},
        "itemReviewed": {
            "type": "object",
            "required": ["@type", "author"],
            "additionalProperties": False,
            "properties": {
                "@type": {"const": "Claim"},
                "author": NAMED,
                "datePublished": DAY,
                "appearance": {"type": "object", "required": ["@type"], "properties": {"url": URL}},
            },
        },
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
            "properties": {
                "@type": {"const": "Rating"},
                "alternateName": {"type": "string", "minLength": 1},
                "ratingValue": {"type": "number", "minimum": 1, "maximum": 5},
                "bestRating": {"const": 5},
                "worstRating": {"const": 1},
            },
        },
    },
}
DOCUMENT = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {"@context": {"const": "https://schema.org"}, "@graph": {"type": "array", "items": REVIEW}},
}


@pytest.fixture(scope="module")
def report() -> Report:
    atlas = embedded()
    control = control_source("settlements", atlas)
    return check_article(from_text(TEXT), atlas, (control,), None, date(2026, 1, 1))


def test_every_claim_is_a_review_that_fits_the_documented_fields(report: Report) -> None:
    made = json.loads(document([report], PUBLICATION))
    jsonschema.validate(made, DOCUMENT)
    assert len(made["@graph"]) == len(report.checked) >= 2
    assert len({review["url"] for review in made["@graph"]}) == len(made["@graph"])
    assert made["@graph"][0]["claimReviewed"] == "Russia holds 20 percent of Ukraine."


def test_what_cannot_be_checked_has_no_number(report: Report) -> None:
    ratings = [review["reviewRating"] for review in json.loads(document([report], PUBLICATION))["@graph"]]
    assert [rating for rating in ratings if rating["alternateName"] == "Not checkable"]
    for rating in ratings:
        assert ("ratingValue" in rating) == (rating["alternateName"] != "Not checkable")


def test_the_same_input_gives_the_same_bytes(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    first = document([report], PUBLICATION)
    assert first == document([report], PUBLICATION)
    assert b'"datePublished": "2025-01-01"' in first


def test_an_article_s_words_end_no_script_of_a_page() -> None:
    atlas = embedded()
    told = f"2025-08-20\n\nRussia </script><script>alert(1)</script> holds 20 percent of Ukraine {chr(0xD800)}<!--."
    report = check_article(from_text(told), atlas, (control_source("settlements", atlas),), None, date(2026, 1, 1))
    made = document([report], PUBLICATION)
    assert b"<" not in made
    reviews = json.loads(made)["@graph"]
    assert any("20 percent" in review["claimReviewed"] for review in reviews)


@pytest.mark.parametrize(
    "wrong",
    [
        {"publisher": ""},
        {"publisher": "Your Organisation"},
        {"publisher_url": "https://www.example.com"},
        {"publisher_url": "kyivdaily.ua"},
        {"review_url": ""},
        {"review_url": "https://kyivdaily.ua/<slug>"},
        {"review_url": "http://localhost/check"},
        {"claim_author": "TODO"},
        {"claim_url": "ftp://herald.org"},
        {"review_url": "https://[::1"},
    ],
)
def test_missing_and_made_up_details_are_refused(wrong: dict[str, str]) -> None:
    good = {
        "publisher": "Kyiv Daily", "publisher_url": "https://kyivdaily.ua", "review_url": "https://kyivdaily.ua/1",
        "claim_author": "Herald", "claim_url": "https://herald.org/a",
    }  # fmt: skip
    with pytest.raises(UsageError, match="--claimreview needs"):
        Publication(**(good | wrong))


def test_the_command_writes_the_file_once(tmp_path: Path) -> None:
    target = tmp_path / "reviews.json"
    options = [
        "check",
        "--text",
        "Russia holds 20 percent of Ukraine.",
        "--at",
        "2025-08-20",
        "--claimreview",
        str(target),
    ]
    said = ["--publisher", "Kyiv Daily", "--publisher-url", "https://kyivdaily.ua", "--review-url",
            "https://kyivdaily.ua/1", "--claim-author", "Herald"]  # fmt: skip
    assert CliRunner().invoke(app, options + said).exit_code == 0
    jsonschema.validate(json.loads(target.read_text(encoding="utf-8")), DOCUMENT)
    assert CliRunner().invoke(app, options + said).exit_code == 0  # its own file may be written anew
    assert CliRunner().invoke(app, options).exit_code != 0
