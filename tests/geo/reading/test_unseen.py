"""Sentences nobody tuned for: what a careful reader would take from them, and above all what not."""

from __future__ import annotations

import pytest

from geo.algebra.parse import parse
from geo.reading import Claim, read

UKRAINE = 'country("ukraine")'
HELD = f'controlled("russia") & {UKRAINE}'
CRIMEA = 'unit("Crimea") | unit("Sevastopol")'
NO_CRIMEA = f"({HELD}) - ({CRIMEA})"
RETAKEN = f"peak({HELD}) - ({HELD})"
SALIENT = 'peak(controlled("ukraine") & oblast("Kursk"))'
SALIENT_LOST = f'{SALIENT} - (controlled("ukraine") & oblast("Kursk"))'
LINE = 'line("contact")'


def held(unit: str, side: str = "russia") -> str:
    return f'controlled("{side}") & oblast("{unit}")'


def oblast(unit: str) -> str:
    return f'oblast("{unit}")'


def found(text: str) -> list[Claim]:
    """The claims with figures, conversions apart; each part and whole parses."""
    claims = [c for c in read(text, dated="2025-08-20").claims if c.figure and c.kind != "conversion"]
    for expression in (each for c in claims for each in (c.part, c.whole) if each):
        parse(expression)
    return claims


@pytest.mark.parametrize(
    "text",
    [
        "More than 20 percent of Ukrainians want elections, a poll in Kyiv found.",
        "The war cost Ukraine 20% of GDP in 2022, and Russia now spends 6% of its economic output on the army.",
        "Drone strikes knocked out 40 percent of Russia's refining capacity.",
        "Russian strikes destroyed half of Ukraine's energy capacity.",
        "A fifth of the drones Russia launched at Ukraine were shot down.",
        "In the second half of 2022 Ukraine liberated Kherson.",
        "Half of the year passed before Russia took Bakhmut.",
        "NATO's Article 5, the F-16 and 9/11 came up as Russia sent 100 brigades to Ukraine.",
        "Sixty percent of voters in Russia support talks with Ukraine.",
        "The EU promised 50 percent of the money to Ukraine, and Russia lost 30 percent of its tanks.",
        "Russian losses reached 1.2 million people, 15 percent of its manpower in Ukraine.",
        "Poland accepted 20% of Ukrainian refugees; Russia took 30%.",
        "Unemployment in Donetsk reached 30%.",
        "Turnout was 99 percent in Donetsk and 87 percent in Kherson, Russian officials said.",
        "Russian authorities say turnout in occupied Kherson was 76.9%.",
        "In Luhansk, 98.42% voted to join Russia.",
        "About 12 hectares of forest burned in Kherson region after shelling by Russian forces.",
        "Forest fires have destroyed more than 60,000 hectares in Ukraine's Luhansk region, which Russia occupies.",
        "In Kherson region, floods covered a total of 600 square kilometres.",
        "The convoy moved down Moscow Avenue, 2 km from the centre of the town.",
        "Ukraine's army said it had cut Russian supplies by 40% in Kherson.",
        "Inflation in Russia hit 9 percent, and 21% is the central bank's rate.",
        "Customs in Odesa seized 40% of Russian grain.",
        "Russia controls 20 percent of Donetsk coal.",
        "A Russian firm controls 20 percent of Ukraine's titanium.",
        "Some 20 percent of Ukraine's farmland is occupied by Russia.",
        "Some 3.5 million people, or 8% of Ukraine's population, live under Russian control.",
        "The bank holds 20% of the shares in a Kharkiv plant that Russia seized.",
        "Putin won 87 percent of the vote, including in occupied parts of Ukraine.",
        "The city, 90% of which Russia controls, is in ruins.",
        "Russian-held territory grew by 20 percent.",
        "The missile has a range of 500 km and Russia wants to hit Kyiv.",
        "The percentage of Ukrainians under Russian occupation has risen to 12 percent.",
        "Russia's share of the gas market has risen to 20 percent in Ukraine.",
        "An area larger than Switzerland burned in Russia last year.",
        "The forest fires in Ukraine destroyed an area the size of Luxembourg.",
    ],
)
def test_no_claim_about_territory(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Azerbaijan regained 40% of Nagorno-Karabakh while Russia, busy in Ukraine, looked on.",
        "Israel controls about 60% of the West Bank, a state of affairs Moscow compares with Ukraine.",
        "Turkey holds 37% of the island of Cyprus, a Ukrainian diplomat said.",
        "Israel has occupied some 1,200 square kilometres of the Golan Heights since 1967.",
        "Israeli forces seized 80 square kilometres in Gaza, and Russia protested.",
        "Georgia says Russia occupies around 20 per cent of its territory.",
        "In Syria Russia keeps bases while rebels control 70% of the country.",
        "In Sudan, where Ukrainian and Russian fighters clash, the RSF holds 40% of the country.",
        "Moldova does not control 12% of its territory, the breakaway Transnistria, where Russia keeps troops.",
        "Hungary lost two-thirds of its territory in 1920, a Ukrainian historian said.",
    ],
)
def test_other_wars(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia occupies about 18% of Ukraine including Crimea.", [(18, HELD, UKRAINE)]),
        ("Russia occupies about 18% of Ukraine, including Crimea, which it annexed in 2014.", [(18, HELD, UKRAINE)]),
        ("Excluding Crimea, Russia holds 15%.", [(15, NO_CRIMEA, UKRAINE)]),
        ("Russia holds 19% of Ukraine, or 15% excluding Crimea.", [(19, HELD, UKRAINE), (15, NO_CRIMEA, UKRAINE)]),
        ("Not counting Crimea, Russia holds 15% of the country.", [(15, NO_CRIMEA, UKRAINE)]),
        ("Ukraine regained 54% of the territory Russia seized.", [(54, RETAKEN, f"peak({HELD})")]),
        ("Moscow has lost half of the Ukrainian territory it held at its peak.", [(50, RETAKEN, f"peak({HELD})")]),
        ("Ukraine has lost 40% of the territory it seized in the Kursk region.", [(40, SALIENT_LOST, SALIENT)]),
        ("Ukraine controls no more than 4% of the Kursk region.", [(4, held("Kursk", "ukraine"), oblast("Kursk"))]),
        ("Kyiv controls a third of Donetsk.", [(33.33, held("Donetsk", "ukraine"), oblast("Donetsk"))]),
        ("Russia is demanding that Ukraine withdraw from the 25% of Donetsk it still holds.",
         [(25, held("Donetsk", "ukraine"), oblast("Donetsk"))]),
        ("The Kremlin controls 99.6% of Luhansk, 81.7% of Donetsk, 74.8% of Zaporizhzhia and 72% of Kherson.",
         [(99.6, held("Luhansk"), oblast("Luhansk")), (81.7, held("Donetsk"), oblast("Donetsk")),
          (74.8, held("Zaporizhzhia"), oblast("Zaporizhzhia")), (72, held("Kherson"), oblast("Kherson"))]),
        ("Luhansk (99.6%), Donetsk (81.7%) and Kherson (72%) are under Russian control.",
         [(99.6, held("Luhansk"), oblast("Luhansk")), (81.7, held("Donetsk"), oblast("Donetsk")),
          (72, held("Kherson"), oblast("Kherson"))]),
        ("Two-thirds of Zaporizhzhia oblast and almost three quarters of Kherson oblast are occupied.",
         [(66.67, held("Zaporizhzhia"), oblast("Zaporizhzhia")), (75, held("Kherson"), oblast("Kherson"))]),
        ("Russia holds 19% of Ukraine and 5% of Kharkiv oblast is held by Moscow.",
         [(19, HELD, UKRAINE), (5, held("Kharkiv"), oblast("Kharkiv"))]),
        ("Ukrainian forces hold 22 percent of Donetsk and Russia 19 percent of the country.",
         [(22, held("Donetsk", "ukraine"), oblast("Donetsk")), (19, HELD, UKRAINE)]),
        ("Russia claims all of Donetsk but controls about 78% of it.", [(78, held("Donetsk"), oblast("Donetsk"))]),
        ("In Kherson region Russia now owns 73%.", [(73, held("Kherson"), oblast("Kherson"))]),
        ("Kyiv says about 17 percent of the country is occupied by Russia.", [(17, HELD, UKRAINE)]),
        ("Ukraine says Russia holds 20% of its territory.", [(20, HELD, UKRAINE)]),
        ("Under Russian control are now 19 per cent of the territory of Ukraine.", [(19, HELD, UKRAINE)]),
        ("Some 17% of Ukraine remains in the hands of Russia.", [(17, HELD, UKRAINE)]),
        ("Russia's control over 19.2% of Ukraine was shown on the map.", [(19.2, HELD, UKRAINE)]),
        ("Ukraine controls about 80% of its territory.", [(80, f'controlled("ukraine") & {UKRAINE}', UKRAINE)]),
        ("Russian troops are on the move again. They now hold 70 percent of Donetsk oblast.",
         [(70, held("Donetsk"), oblast("Donetsk"))]),
    ],
)  # fmt: skip
def test_shares(text: str, expected: list[tuple[float, str, str]]) -> None:
    read_as = [(round(c.figure.value, 2), c.part, c.whole) for c in found(text) if c.figure]
    assert read_as == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The head of the region denied that Russia controls 90% of Donetsk.", "denies"),
        ('"Russia does not control 20% of Ukraine," the president said.', "denies"),
        ("Nobody believes Russia controls half of Ukraine.", "denies"),
        ("Half of Ukraine is under Russian control, he said falsely.", "denies"),
        ("If Russia took 50% of Ukraine, Europe would tremble.", "may come"),
        ("Russia wants to hold 30 percent of Ukraine by the winter.", "may come"),
        ("Russia would control 50% of Ukraine within a year, he warned.", "may come"),
        ("Russia controls 99 and 78 percent of Luhansk, Donetsk and Zaporizhzhia respectively.", "each"),
        ("Russia controls 13% more of Ukraine than at the beginning of 2022.", "difference"),
        ("Moscow's army, which in 2022 held 27% of Ukraine, withdrew from the north.", "when"),
        ("Russia once held 27 percent of Ukraine.", "earlier"),
        ("Kursk: 63 percent of the captured ground has been retaken by Russia.", "whose ground"),
        ("In Kharkiv and Sumy, the area under Russian control is less than 2% of Ukraine.", "only of"),
        ("Russia, which controls Crimea, has mined 20 percent of Ukraine's territory.", "not clear"),
        ("Russia has captured 70% of the city of Toretsk.", "point"),
        ("Moscow's troops took 80% of Vovchansk; Ukraine holds the rest of Kharkiv region.", "point"),
        ("He said Russian forces hold 5,000 sq km in northern Ukraine.", "no agreed boundary"),
        ("In Sumy, Russia attacks. It now holds 200 square kilometres there.", "places"),
        ("The Russian army took under control 20 percent of the lands of Ukraine.", "since when"),
        ("Mines cover 23 percent of Ukraine's territory.", "not said"),
        ("A 20-km-deep buffer zone in Sumy is what Russia wants.", "proposed"),
        ("Russian troops stand 30 kilometres (19 miles) from the Dnipro.", "between which points"),
        ("Ukrainian forces pushed 30 km into Russia's Kursk region.", "no measure"),
        ("Ukraine's army holds a 200-km stretch of the front line.", "stretch"),
        ("Fighting rages along a 10-km front near Kupiansk.", "near by"),
        ("The Dnipro is 2,201 km long.", "river"),
    ],
)
def test_not_checkable_and_why(text: str, why: str) -> None:
    claims = found(text)
    assert claims
    for claim in claims:
        assert claim.part is None
        assert why in claim.note


@pytest.mark.parametrize(
    ("text", "kilometres", "bound"),
    [
        ("The front line is about 1,200 kilometres long.", 1200, ""),
        ("The 1,000-km line of contact has barely moved, analysts said.", 1000, ""),
        ("Along the 1,000-kilometre (620-mile) front line, Russia advances.", 1000, ""),
        ("The front line now stretches for more than 1,200 kilometres.", 1200, "min"),
        ("Fighting goes on along a front line of 900 km.", 900, ""),
        ("Fighting rages along a 1,100-km front.", 1100, ""),
    ],
)
def test_length_of_the_front(text: str, kilometres: float, bound: str) -> None:
    (claim,) = found(text)
    assert (claim.kind, claim.part) == ("length", LINE)
    assert claim.figure is not None
    assert (claim.figure.to("km").value, claim.figure.bound) == (kilometres, bound)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By the end of 2022 Moscow's forces held 18 percent of the country, down from 27 percent in March.",
         [(HELD, "2022-12-31"), (HELD, "2022-03-31")]),
        ("Russia controls nearly 20% of Ukraine, down from 27% at its peak in March 2022.",
         [(HELD, None), (f"peak({HELD})", None)]),
        ("Before the invasion, Russia held 7% of Ukraine.", [(HELD, "2022-02-23")]),
        ("A year ago Russia held 18 percent of Ukraine.", [(HELD, "2024-08-20")]),
        ("Three months ago Russia held 18 percent of Ukraine.", [(HELD, "2025-05-22")]),
        ("Russia occupied 42,000 square kilometres before March 2022.", [(HELD, "2022-02-28")]),
        ("In the first half of 2025, Russia seized 1,500 square kilometers of Ukraine.",
         [(f'gained("russia", since="2024-12-31") & {UKRAINE}', "2025-06-30")]),
        ("Since January Russia has taken 2,400 square kilometres, a fifth more than in the same period of 2024.",
         [(f'gained("russia", since="2024-12-31") & {UKRAINE}', None)]),
        ("Russia annexed Crimea in 2014 and controls about 88% of Donbas.",
         [('controlled("russia") & (oblast("Donetsk") | oblast("Luhansk"))', None)]),
    ],
)  # fmt: skip
def test_the_day_a_figure_speaks_of(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(c.part, c.as_of) for c in found(text)] == expected
