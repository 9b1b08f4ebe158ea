"""Typography: spaces and apostrophes of a region, and not a letter more."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.typography import hold_together, regional_typography
from tui.text.widths import wrap

REGIONS = ["fr-CA", "fr-FR", "en-CA"]
TYPED = st.text(
    st.one_of(st.sampled_from(" \u00a0\u202f'’«»:;?!%$€.,0159aAéhkn°@/`()\n"), st.characters()), max_size=60
)


def shown(text: str) -> str:
    """Return `text` with its no-break spaces to be seen: ~ wide, _ narrow."""
    return text.replace("\u00a0", "~").replace("\u202f", "_")


@pytest.mark.parametrize(
    ("typed", "canada", "france"),
    [
        ("Oui ! Non? Mais ; quoi ?!", "Oui! Non? Mais; quoi?!", "Oui_! Non_? Mais_; quoi_?!"),
        ("L'entente: suite : fin", "L’entente~: suite~: fin", "L’entente~: suite~: fin"),
        ("«oui» et « non »", "«~oui~» et «~non~»", "«~oui~» et «~non~»"),
        ("l'« entente »", "l’«~entente~»", "l’«~entente~»"),
        ("1,2 M$ et 3 k€", "1,2~M$ et 3~k€", "1,2~M$ et 3~k€"),
        ("12€ ou 3 £", "12~€ ou 3 £", "12~€ ou 3 £"),
        ("10 000 $ à 9,2%", "10~000~$ à 9,2~%", "10_000~$ à 9,2~%"),
        ("n° 5, Mme Roy, 12 k$", "n°~5, Mme~Roy, 12~k$", "n°~5, Mme~Roy, 12~k$"),
        ("(quoi?) le 1er mai", "(quoi?) le 1er mai", "(quoi_?) le 1er mai"),
        ("à 14:30 ou 14 h 02", "à 14:30 ou 14~h~02", "à 14:30 ou 14~h~02"),
        ("https://a.b/c?d=1;e!f ok", "https://a.b/c?d=1;e!f ok", "https://a.b/c?d=1;e!f ok"),
        ("d'a@b.ca: `x ? y'z`", "d’a@b.ca: `x ? y'z`", "d’a@b.ca: `x ? y'z`"),
        ("G1R 4S9, 12 km, 3 h l'été, 5 m²", "G1R~4S9, 12~km, 3~h l’été, 5~m²", "G1R~4S9, 12~km, 3~h l’été, 5~m²"),
        ("en 3 m'a dit, 2 gares, 4 hommes", "en 3 m’a dit, 2 gares, 4 hommes", "en 3 m’a dit, 2 gares, 4 hommes"),
        ("en 2026 125 personnes", "en 2026 125 personnes", "en 2026 125 personnes"),
    ],
)
def test_french(typed, canada, france):
    assert shown(regional_typography(typed, "fr-CA")) == canada
    assert shown(regional_typography(typed, "fr-FR")) == france


def test_english_gets_apostrophes_only():
    assert regional_typography("It's 5' : 10 000 $ ? «a»", "en-CA") == "It’s 5' : 10 000 $ ? «a»"


def test_english_parts_no_number_from_its_unit_and_no_postal_code():
    assert (
        shown(regional_typography("K1A 0B1, 3 h 30, 12 km, no. 4, No. CA-4", "en-CA"))
        == "K1A~0B1, 3~h~30, 12~km, no.~4, No.~CA-4"
    )
    assert (
        shown(regional_typography("4 months, 3 groups, piano. 5 of us", "en-CA"))
        == "4 months, 3 groups, piano. 5 of us"
    )


UNITS = st.sampled_from(["h", "min", "km", "m", "cm", "kg", "°C", "Mo"])
POSTAL = st.from_regex(r"[A-Z][0-9][A-Z] [0-9][A-Z][0-9]", fullmatch=True)


@given(st.integers(0, 9999), UNITS, POSTAL, st.sampled_from(REGIONS), st.sampled_from([" ", ", ", ". ", " ("]))
def test_no_line_parts_a_number_from_its_unit_nor_a_postal_code(number, unit, postal, region, between):
    said = regional_typography(f"mot {number} {unit}{between}{postal}{between}n° {number}", region)
    pieces = said.split(" ")
    assert any(piece.startswith(f"{number}\u00a0{unit}") for piece in pieces)
    assert any(postal.replace(" ", "\u00a0") in piece for piece in pieces)
    assert region == "en-CA" or f"n°\u00a0{number}" in said


MONTHS = st.sampled_from(["janvier", "mars", "août", "décembre", "May", "September", "December", "déc.", "Oct."])
YEARS = st.integers(2000, 2099)
DAYS = st.integers(1, 31)
WHOLE = st.one_of(
    st.builds("{} {}".format, DAYS, MONTHS),
    st.builds("{} {} {}".format, DAYS, MONTHS, YEARS),
    st.builds("{} {}".format, st.sampled_from(["juin", "May", "December", "Décembre"]), YEARS),
    st.builds("{} {}, {}".format, st.sampled_from(["May", "December", "Oct."]), DAYS, YEARS),
    st.builds("{} {:03} {}".format, DAYS, st.integers(0, 999), st.sampled_from(["$", "k$", "€", "dollars"])),
    st.builds("{} h {:02}".format, st.integers(0, 23), st.integers(0, 59)),
    st.builds("{} {}".format, st.integers(2, 99), st.sampled_from(["mois", "ans", "h", "km", "%", "weeks", "years"])),
    st.builds("{}, {}".format, st.integers(1, 9999), st.sampled_from(["avenue", "rue", "boul.", "chemin"])),
    st.builds("{} {}".format, st.sampled_from(["n°", "No.", "section", "art."]), st.integers(1, 400)),
)


@given(WHOLE, st.sampled_from(["le ", "of « ", "", "漢 : "]), st.integers(20, 60), st.integers(0, 40))
def test_no_line_parts_a_date_an_amount_or_a_number_from_its_unit(whole, before, cells, room):
    text = f"{'mot ' * (room // 4)}{before}{whole} et la suite, jusqu'au bout"
    held = hold_together(text)
    assert whole.replace(" ", "\u00a0") in held and held.replace("\u00a0", " ") == text and hold_together(held) == held
    lines = wrap(text, cells)
    assert any(whole in line for line in lines) and " ".join(lines) == text, "as typed, on one line"
    assert max(map(len, wrap(text, 9))) <= 9, "parted only where it is longer than a line"


@pytest.mark.parametrize(
    "whole",
    ["1er mai", "10 Décembre", "Août 2026", "7 févr.", "Sept. 2026", "1 500,50 $", "2 M$", "30 minutes", "page 4",
     *(f"48, {street}" for street in (
         "avenue", "av.", "boul.", "ch.", "rang", "place", "allée", "côte", "quai", "square", "montée", "impasse",
         "promenade", "ruelle", "terrasse", "sentier", "carrefour", "street", "Road", "drive"))],
)  # fmt: skip
def test_no_line_parts_what_is_one_whatever_its_kind(whole):
    assert hold_together(f"le {whole} du") == f"le {whole} du".replace(whole, whole.replace(" ", "\u00a0"))


@pytest.mark.parametrize("title", ["M.", "MM.", "Mme", "Mmes", "Dr", "Dre", "n°", "no", "art.", "p."])
def test_a_title_stays_with_its_name_and_a_mark_with_its_number(title):
    name = "12" if title in ("n°", "no", "art.", "p.") else "Roy"
    assert shown(regional_typography(f"de {title} {name} ici", "fr-CA")) == f"de {title}~{name} ici"
    assert shown(regional_typography(f"de {title} ici", "fr-CA")) == f"de {title} ici"


@pytest.mark.parametrize("law", ["RLRQ, c. C-67.2", "S.O. 2010, c. 15", "CQLR, c. C-38"])
def test_no_line_parts_the_chapter_of_a_law_from_its_number(law):
    assert law.replace("c. ", "c.\u00a0") in hold_together(f"la Loi sur les coopératives ({law})")
    assert "etc. 15" in hold_together("pain, etc. 15")


def test_what_only_looks_like_a_date_or_an_amount_may_be_parted():
    for text in ("en 2026 125 personnes", "3 groupes, 2 hommes", "12 may come", "les 3, 4 et", "piano 5", "en 3 m'a"):
        assert hold_together(text) == text


def test_a_region_that_is_not_known_is_an_error():
    with pytest.raises(KeyError):
        regional_typography("a", "fr-XX")


@pytest.mark.slow
@settings(max_examples=400)
@given(TYPED, st.sampled_from(REGIONS))
def test_polishing_twice_changes_nothing_more(text, region):
    once = regional_typography(text, region)
    assert regional_typography(once, region) == once


@settings(max_examples=400)
@given(TYPED, st.sampled_from(REGIONS))
def test_only_spaces_and_apostrophes_change(text, region):
    def bare(of: str) -> str:
        return re.sub("[ \u00a0\u202f]", "", of).replace("’", "'")

    assert bare(regional_typography(text, region)) == bare(text)


@given(st.text("abz019-._~/?#&=;!:%'", min_size=1), st.sampled_from(REGIONS))
def test_addresses_stay_as_typed(tail, region):
    assert f" https://a.b/{tail} " in regional_typography(f"Voir https://a.b/{tail} enfin", region)


def test_a_very_long_word_passes():
    assert regional_typography("m" * 100_000, "fr-CA") == "m" * 100_000


@settings(max_examples=200)
@given(TYPED)
def test_a_text_set_for_canada_is_set_for_france_as_if_typed(text):
    """A version kept in one typography may be shown in the other."""
    assert regional_typography(regional_typography(text, "fr-CA"), "fr-FR") == regional_typography(text, "fr-FR")


@pytest.mark.parametrize("region", ["fr-CA", "fr-FR", "en-CA"])
@pytest.mark.parametrize("time", ["6 p.m.", "10:30 a.m.", "6 pm", "11 am"])
def test_an_english_hour_never_parts_from_its_half_of_the_day(time: str, region: str) -> None:
    assert regional_typography(f"from {time} on", region) == f"from {time.replace(' ', chr(0xA0))} on"
    assert regional_typography("5 amis, 3 pommes", region) == "5 amis, 3 pommes"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Annapolis Students' Union", "Annapolis Students’ Union"),
        ("the partners'", "the partners’"),
        ("(the drivers')", "(the drivers’)"),
        ("the STUDENTS' UNION", "the STUDENTS’ UNION"),
        ("6' by 8'", "6' by 8'"),
    ],
)
def test_the_apostrophe_of_an_english_plural_is_that_of_print(typed: str, printed: str) -> None:
    assert regional_typography(typed, "en-CA") == printed
    assert regional_typography(printed, "en-CA") == printed
