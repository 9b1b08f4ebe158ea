"""The text a file answers is found, and a file that answers none of ours is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, accepted_whole
from tests.partnership.told import GUIDE, Told
from tui.agreement.blocks import to_json
from tui.agreement.compose import Composer
from tui.agreement.contacts_annex import annex_heading
from tui.agreement.partner_copies import addressed_copy
from tui.comparison import returned_match
from tui.comparison.returned_lines import CannotRead, Returned, ReturnedLine, TrackedChange
from tui.comparison.returned_match import agreement_lines, match_returned_text, parse_returned
from tui.export.formats import render
from tui.export.plain_text import to_text
from tui.partnership.versions import DRAFT, Version

pytestmark = pytest.mark.sampled

NAMES = sorted(PARTNERSHIPS)


@pytest.mark.parametrize("name", ["docx", "text", "html"])
@pytest.mark.parametrize("at", range(len(NAMES)))
def test_agreement_of_other_partners_is_refused(at: int, name: str) -> None:
    ours, other = PARTNERSHIPS[NAMES[at]], PARTNERSHIPS[NAMES[at - 1]]
    for lang in ("fr", "en"):
        came = render(Composer(GUIDE).agreement(other, lang), name).data
        assert accepted_whole(came, f"x.{'txt' if name == 'text' else name}", ours).refused


@pytest.mark.parametrize("at", range(len(NAMES)))
def test_one_copied_section_is_read_and_takes_nothing_out(at: int) -> None:
    partnership = PARTNERSHIPS[NAMES[at]]
    lang = str(partnership.setting("lang", "fr"))
    text = render(Composer(GUIDE).agreement(partnership, lang), "text").data.decode()
    start = text.index("\n3. ")
    outcome = accepted_whole(text[start : text.index("\n5. ", start)].encode(), "x.txt", partnership)
    assert not outcome.refused and outcome.after is not None
    assert not [one for one in outcome.open if outcome.homes[one.mark]]


@pytest.mark.parametrize("name", ["text", "md"])
@pytest.mark.parametrize("at", range(len(NAMES)))
def test_the_line_of_version_and_date_never_differs(at: int, name: str) -> None:
    partnership = PARTNERSHIPS[NAMES[at]]
    lang = str(partnership.setting("lang", "fr"))
    sent = replace(Composer(GUIDE).agreement(partnership, lang), version="Ébauche 1")
    base = replace(sent, version="Ébauche 1, modifiée depuis")
    returned = parse_returned(render(sent, name).data, f"x.{'txt' if name == 'text' else name}")
    assert match_returned_text(GUIDE, partnership, (), returned, base).differences == ()


@pytest.fixture(scope="module")
def told() -> Told:
    """A partnership with a few sentences of its own."""
    said = Told("Ruche", "Nid")
    said.say("gather.vision", {"vision": "Une porte ouverte chaque soir de la semaine", "goal": "Écouter sans juger"})
    said.say("gather.objectives", ["ouvrir le soir", "tenir un registre des visites"])
    return said


def test_the_author_of_a_change_comes_before_that_of_the_file(told: Told) -> None:
    agreement = Composer(GUIDE).agreement(told.partnership, "fr")
    mark = TrackedChange(25, 29, "Léa", "2026-11-20")
    lines = []
    for line in agreement_lines(GUIDE, agreement):
        text = line.text.replace("chaque soir", "chaque midi").replace("registre", "journal")
        lines.append(ReturnedLine(text, (mark,) if "chaque midi" in text else (), row=line.row))
    laid = match_returned_text(GUIDE, told.partnership, (), Returned(tuple(lines), "Zoé", word=True), agreement)
    assert {(one.now, one.author) for one in laid.differences if one.edit} == {("midi", "Léa"), ("journal", "Zoé")}


def test_of_versions_that_are_alike_the_last_is_meant(told: Told) -> None:
    agreement = Composer(GUIDE).agreement(told.partnership, "fr")
    snapshots = {"fr": to_json(agreement)}
    versions = [Version(f"version{at:03}", at, DRAFT, "2026-11-22", snapshots=snapshots) for at in (1, 2)]
    returned = parse_returned(to_text(agreement).encode())
    for known, last in ((versions, versions[1]), ([], None)):
        assert match_returned_text(GUIDE, told.partnership, known, returned).version == last


@pytest.mark.parametrize(("sign", "kept"), [("> ", True), ("", False)])
def test_an_annex_is_no_text_but_an_answer_below_a_quoted_one_is(told: Told, sign: str, kept: bool) -> None:
    agreement = Composer(GUIDE).agreement(told.partnership, "fr")
    annex = [annex_heading(GUIDE, "fr"), "Ruche : 418 555-0101", "Nid : 418 555-0102"]
    lines = [f"{sign}{line}" for line in (*to_text(agreement).split("\n"), *annex)]
    raw = "\n".join([*lines, "", "Plutôt le matin que le soir.", ""])
    laid = match_returned_text(GUIDE, told.partnership, (), parse_returned(raw.encode()), agreement)
    assert [one.after for one in laid.differences] == ["Plutôt le matin que le soir."] * kept


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"mots", "a.odt"), (b"mots", "A.ODT"), (b"\xd0\xcf\x11\xe0mots", "a.txt"), (b"{\\rtf1 mots}", ""),
     (b"%PDF-1.7", ""), (b"un\0deux", "a.txt"), (b"m" * 40, "a.txt")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_before_it_is(data: bytes, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_match, "LARGEST", 30)
    with pytest.raises(CannotRead):
        parse_returned(data, name)
    assert parse_returned(b"mots", "a.txt").lines[0].text == "mots"


def test_the_copy_of_a_partner_is_known_by_its_first_page(told: Told) -> None:
    agreement = Composer(GUIDE).agreement(told.partnership, "fr")
    copy = addressed_copy(GUIDE, agreement, told.ids["Nid"])
    assert copy.copy and agreement.copy == ""
    for sent in (agreement, copy):
        laid = match_returned_text(GUIDE, told.partnership, (), parse_returned(to_text(sent).encode()))
        assert laid.agreement.copy == sent.copy and laid.differences == ()


@pytest.mark.parametrize("refused", [(), ("page.pdf ne se lit pas.", "autre.odt ne se lit pas.")])
def test_a_mail_without_our_words_says_what_of_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch, refused: tuple[str, ...]
) -> None:
    def nothing_of_ours(*what: object, **more: object) -> None:
        raise CannotRead("rien de cette entente")

    monkeypatch.setattr(returned_match, "_match_text", nothing_of_ours)
    mail = Returned((ReturnedLine("Bonjour"),), refused=refused)
    with pytest.raises(CannotRead, match=refused[0] if refused else "rien de cette entente"):
        match_returned_text(GUIDE, PARTNERSHIPS[NAMES[0]], (), mail)


@pytest.mark.parametrize(("name", "letter", "remarks"), [
    ("a.docx", "Voici le texte", ["Voici le texte"]), ("", "Voici le texte", []), ("a.docx", "", []),
])  # fmt: skip
def test_what_a_mail_says_beside_its_file_is_listed(name: str, letter: str, remarks: list[str]) -> None:
    own = Returned((ReturnedLine("Voici le texte"),), author="Zoé", name="")
    first = Returned((ReturnedLine("Une porte"),), name=name, letter=letter, others=(own,) if name else ())
    found = list(returned_match._beside(first, first))
    assert [difference.remark for difference in found] == remarks
    assert {difference.author for difference in found} <= {"Zoé"}
