"""vCards of each version as address books write them, and what is refused in the interface's language."""

from __future__ import annotations

import pytest

from tui import i18n
from tui.export.vcard_file import HEADS, is_vcard, read_vcards
from tui.partnership.field_kinds import BadValue

OUTLOOK = """BEGIN:VCARD\r
VERSION:2.1\r
N;LANGUAGE=fr-ca;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:Lavigne;=C9lise\r
FN;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:=C9lise Lavigne\r
ORG;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:Coll=C3=A8ge des Grands-Vents;Sant=C3=A9\r
TITLE;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Conseill=C3=A8re =\r
principale\r
TEL;WORK;VOICE:418 555-0101\r
EMAIL;PREF;INTERNET:elise@exemple.ca\r
END:VCARD\r
"""
APPLE = """BEGIN:VCARD
VERSION:3.0
N:Roy;Marc;;;
FN:Marc Roy
ORG:Clinique\\, du Sud;
item1.EMAIL;type=INTERNET:second@exemple.ca
EMAIL;type=INTERNET;type=pref:marc@exem
 ple.ca
item1.X-ABLabel:work
TEL;type=CELL:418 555-0102
END:VCARD
"""
NEWEST = """BEGIN:VCARD
VERSION:4.0
FN:Ana Roy
N:Roy;Ana;;;
LANG:en
TEL;VALUE=uri;TYPE=work:tel:+1-418-555-0103
EMAIL;PREF=1:mailto:ana@exemple.ca
END:VCARD
"""


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (OUTLOOK, ["Collège des Grands-Vents", "Élise Lavigne", "Conseillère principale", "elise@exemple.ca",
                   "418 555-0101", ""]),
        (APPLE, ["Clinique, du Sud", "Marc Roy", "", "marc@exemple.ca", "418 555-0102", ""]),
        (NEWEST, ["", "Ana Roy", "", "ana@exemple.ca", "+1-418-555-0103", "en"]),
        ("BEGIN:VCARD\nVERSION:2.1\nN:Roy;Ida\nORG:Refuge\nEND:VCARD\n", ["Refuge", "Ida Roy", "", "", "", ""]),
        ("BEGIN:VCARD\nVERSION:3.0\nFN:Refuge\nORG:Refuge\nEND:VCARD\n", ["Refuge", "", "", "", "", ""]),
    ],
)  # fmt: skip
def test_card_of_each_version_is_read(text: str, row: list[str]) -> None:
    data = text.encode()
    assert is_vcard(data) and read_vcards(data, "gens.vcf") == [list(HEADS), row]


def test_several_cards_are_read_in_order() -> None:
    assert [row[1] for row in read_vcards((OUTLOOK + APPLE + NEWEST).encode(), "g")[1:]] == [
        "Élise Lavigne", "Marc Roy", "Ana Roy",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCARD\nFN:x\n",
        "BEGIN:VCARD\nVERSION:3.0\nrubbish\nEND:VCARD\n",
        "BEGIN:VCARD\nVERSION:2.1\nFN;ENCODING=QUOTED-PRINTABLE;CHARSET=x-none:Coll=E8ge\nEND:VCARD\n",
    ],
)
def test_what_is_no_card_is_refused_in_the_language_of_the_interface(text: str) -> None:
    for lang, said in (("fr", "ne se lit pas comme une carte vCard"), ("en", "cannot be read as a vCard")):
        i18n.use(lang)  # type: ignore[arg-type]
        with pytest.raises(BadValue, match=said):
            read_vcards(text.encode(), "gens.vcf")
    assert not is_vcard(b"name,email\n")


@pytest.mark.parametrize("other", ["VEVENT", "VTODO", "VNOTE"])
def test_what_stands_between_the_cards_and_is_none_is_no_row(other: str) -> None:
    between = f"BEGIN:{other}\nSUMMARY:réunion\nEND:{other}\n"
    rows = read_vcards((APPLE + between + NEWEST).encode(), "gens.vcf")
    assert [row[1] for row in rows[1:]] == ["Marc Roy", "Ana Roy"]
