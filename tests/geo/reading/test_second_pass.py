"""Kinds of sentence that a second reading of unseen prose brought up: what they claim, and what they must not."""

from __future__ import annotations

import pytest

from geo.reading import Claim, read
from geo.wording import printed

RU, UA = 'controlled("russia")', 'controlled("ukraine")'
KURSK = f'peak({UA} & oblast("Kursk"))'
CRIMEA = 'unit("Crimea") | unit("Sevastopol")'


def claims(text: str, kind: str) -> list[Claim]:
    return [claim for claim in read(text, dated="2025-03-12").claims if claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Russia holds nearly all of Luhansk.", "share", f'{RU} & oblast("Luhansk")'),
        ("Two-thirds of Donetsk has fallen to Russia.", "share", f'{RU} & oblast("Donetsk")'),
        ("Moscow's army has seized 99 percent of Luhansk.", "share", f'{RU} & oblast("Luhansk")'),
        ("The troops of the Russian Federation are controlling 70% of Donetsk.", "share", f'{RU} & oblast("Donetsk")'),
        ("The Ukrainian-held share of Donetsk is about a quarter.", "share", f'{UA} & oblast("Donetsk")'),
        ("The occupied territories of Donetsk region make up 70% of the region.", "share",
         f'{RU} & oblast("Donetsk")'),
        ("Ukraine has lost more than two-thirds of the ground it once held in Russia's Kursk region.", "share",
         f'{KURSK} - ({UA} & oblast("Kursk"))'),
        ("Russian forces entered Kharkiv region, where they captured 500 sq km last May.", "change",
         'gained("russia", since="2024-04-30") & oblast("Kharkiv")'),
        ("Since Aug. 6, when its troops burst across the border, Ukraine has seized 1,000 sq km of Kursk region.",
         "change", f'gained("ukraine", since="2024-08-05") & ({KURSK})'),
        ("For the year 2024 the army of the RF occupied 3,600 sq. km of territory of Ukraine.", "change",
         'gained("russia", since="2023-12-31") & country("ukraine")'),
        ("Crimea, at 27,000 sq km, is slightly larger than Sicily.", "comparison", CRIMEA),
        ("Crimea, at 27,000 sq km, is occupied.", "area", CRIMEA),
        ("Russian-occupied territory in the Zaporizhzhia region spans about 20,000 sq km.", "area",
         f'{RU} & oblast("Zaporizhzhia")'),
        ("The 2015 line of contact was 427 km long.", "length",
         'on(line("contact") & (oblast("Donetsk") | oblast("Luhansk")), "2015-02-12")'),
        ("Kyiv reports no changes. The length of the front is more than 1,200 km.", "length", 'line("contact")'),
        ("Kyiv reports no changes. The front now snakes 1,000 km.", "length", 'line("contact")'),
    ],
)  # fmt: skip
def test_what_is_claimed(text: str, kind: str, part: str) -> None:
    assert part in [claim.part for claim in claims(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces have taken 5 percent of Donetsk in recent months.",  # since when is not said
        "Before the counteroffensive, a third of Kharkiv region had fallen to Russia.",
        "Support for Ukraine has fallen to 45 percent in Germany.",
        "Russian-occupied territory in Zaporizhzhia region covered 25,000 sq km in 2022.",
        "The ground Ukraine once held in Kursk covers 1,000 sq km.",
        "Donetsk, 26,500 sq km before the war, is mostly occupied.",
        "The occupied areas of Georgia make up 20 percent of the country.",
        "Russia destroyed nearly all of Mariupol.",
        "The cold front stretches 1,000 km from Texas to Ohio.",
        "The 2021 line of contact was 427 km long.",
        "The plan has been likened to Cyprus, where the UN buffer zone covers about 3 percent of the island.",
    ],
)
def test_what_must_stay_open(text: str) -> None:
    assert [claim for claim in read(text, dated="2025-03-12").claims if claim.part] == []


@pytest.mark.parametrize(
    "text",
    [
        "Shakhtar Donetsk beat Dynamo Kyiv.",
        "The front two controlled the area.",
        "We had chicken Kiev with the Kyiv Independent's editor.",
    ],
)
def test_what_only_sounds_like_a_territory(text: str) -> None:
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20 percent of Ukraine", "20 %"),
        ("18.50 % of Ukraine", "18.50 %"),
        ("4,168 sq km", "4,168 km²"),
        ("1.5 million sq km", "1,500,000 km²"),
        ("400 hectares", "4 km²"),
        ("500 square miles", "1,295 km²"),
        ("nearly all of Luhansk", "nearly all"),
    ],
)
def test_a_figure_is_printed_with_the_digits_it_was_given(text: str, said: str) -> None:
    (figure,) = read(text).figures
    assert printed(figure) == said
