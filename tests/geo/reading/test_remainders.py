"""Remainders, pockets, banks and widths: never the whole of a unit where a piece of it is spoken of."""

from __future__ import annotations

import pytest

from geo.reading import read

HELD = 'controlled("ukraine") & oblast("Donetsk")'
RIGHT_BANK = 'bank("dnipro", "right") & oblast("Kherson")'
SUMY_KHARKIV = 'controlled("russia") & (oblast("Sumy") | oblast("Kharkiv"))'


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Putin demanded that Kyiv withdraw from the remainder of Donetsk, some 6,600 sq km.", HELD),
        ("Kyiv must give up what is left of Donetsk region, about 6,600 sq km.", HELD),
        ("Ukraine would have to cede the part of Donetsk it still holds, some 6,600 sq km.", HELD),
        ("Ukraine would withdraw from Donetsk, some 6,600 sq km.", None),
        ("Ukraine ceded the remainder of Donetsk, some 6,600 sq km, in 2030.", None),
        ("The remaining part of Luhansk oblast, about 80 sq km, is Ukrainian.", None),
        ("Moscow also holds small pockets of the Sumy and Kharkiv regions, about 440 sq km in total.", SUMY_KHARKIV),
        ("Moscow holds pockets of Kharkiv oblast and a bridgehead in Sumy, 440 sq km.", None),
        ("The right-bank part of Kherson region, about 6,000 sq km, is free.", RIGHT_BANK),
        ("Crimea covers 27,000 sq km, about 4.5% of Ukraine.", 'unit("Crimea") | unit("Sevastopol")'),
        ("Kharkiv region is under attack. Russian forces have taken 300 sq km since May.", None),
    ],
)  # fmt: skip
def test_what_the_figure_is_of(text: str, part: str | None) -> None:
    claims = [claim for claim in read(text, dated="2025-11-20").claims if claim.kind in ("area", "change", "share")]
    assert {claim.part for claim in claims} <= {part}
    assert claims or part is None


@pytest.mark.parametrize("said", ["four kilometres across", "4 km wide", "4 km deep", "4 km from side to side"])
def test_a_width_is_no_length(said: str) -> None:
    claims = read(f"The 250-km-long Korean DMZ is {said}.").claims
    assert [(c.kind, c.figure.value) for c in claims if c.figure] == [("length", 250), ("width", 4)]


def test_a_proposed_strip_can_be_drawn_and_not_measured() -> None:
    reading = read("A 30-km-wide strip along the line of contact would be off limits.", dated="2025-11-20")
    assert 'band(line("contact"), "15 km")' in {mention.territory for mention in reading.mentions}
    assert [(claim.kind, claim.part) for claim in reading.claims] == [("width", None)]
