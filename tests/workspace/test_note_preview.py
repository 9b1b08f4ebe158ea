"""What a line would make public: the sentence under its partner's name, its section, and names that may not appear."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.blocks import Section
from tui.workspace.note_preview import MadePublic, made_public
from tui.workspace.note_sorting import DESTINATIONS, send
from tui.workspace.place import NOTE, Place
from tui.workspace.workspace import Workspace


def shown(letter: str, line: str, screen: str = "fr", doc_lang: str = "fr") -> tuple[MadePublic | None, Workspace]:
    """What a line of the note of « Ruche » (« Hive ») would make public, beside a partner only thought of."""
    told = Told("x")
    told.say("open.who", {"name": {"fr": "Ruche", "en": "Hive"}}, "x")
    told.join("Zanzibar", status="prospective")
    memory = Memory()
    memory.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, memory)
    workspace.lang, workspace.doc_lang = screen, doc_lang
    workspace.place = Place(NOTE, told.ids["x"])
    before = workspace.partnership
    place = next(place for place in DESTINATIONS if place.letter == letter)
    public = made_public(workspace, line, (0, 0), (0, 0), place)
    assert workspace.partnership is before, "it is tried on a copy"
    return public, workspace


@pytest.mark.parametrize("screen", ["fr", "en"])
@pytest.mark.parametrize("doc_lang", ["fr", "en"])
def test_partner_is_named_as_the_document_names_it(screen: str, doc_lang: str) -> None:
    public, _workspace = shown("C", "une salle le soir", screen, doc_lang)
    assert public is not None and public.lines[0] == {"fr": "Ruche", "en": "Hive"}[doc_lang]
    assert any("une salle le soir" in line for line in public.lines[1:]) and public.printed


@pytest.mark.parametrize("letter", ["c", "h", "r", "n"])
def test_private_place_makes_nothing_public(letter: str) -> None:
    assert shown(letter, "une salle avec Zanzibar")[0] is None


@pytest.mark.parametrize("letter", ["C", "o", "v", "b"])
@pytest.mark.parametrize(("line", "names"), [("une salle", ()), ("une salle avec Zanzibar", ("Zanzibar",))])
def test_name_that_may_not_appear_yet_is_warned_of(letter: str, line: str, names: tuple[str, ...]) -> None:
    public, _workspace = shown(letter, line)
    assert public is not None and public.names == names
    assert ("Zanzibar" in public.warning) == bool(names)


@pytest.mark.parametrize(("letter", "section"), [("o", "objectives"), ("v", "vision")])
def test_section_is_the_one_that_prints_it_and_names_no_partner(letter: str, section: str) -> None:
    public, workspace = shown(letter, "ouvrir le soir")
    assert public is not None and public.section == workspace.section_number(section) and public.section in public.head
    assert "Ruche" not in public.lines


@pytest.mark.parametrize("letter", ["C", "t", "b", "o", "v", "m"])
@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "declined"])
def test_what_is_told_before_is_what_is_printed_after(letter: str, status: str) -> None:
    told = Told()
    told.join("Zanzibar", status=status)
    told.join("Ruche")
    memory = Memory()
    memory.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, memory)
    workspace.place = Place(NOTE, told.ids["Zanzibar"])
    place = next(place for place in DESTINATIONS if place.letter == letter)
    public = made_public(workspace, "3 h le soir", (0, 0), (0, 0), place)
    send(workspace, "3 h le soir", (0, 0), (0, 0), place)
    printed = [section for section in workspace.agreement.sections if "3 h le soir" in to_text_of(section)]
    if public is None:
        assert not printed
        return
    assert public.printed == bool(printed)
    if status != "interested":
        assert "Zanzibar" not in " ".join(public.lines)
    assert not any("2026" in line for line in public.lines), "the day of the draft is no words of the line"
    if printed:
        assert public.section in [section.label for section in printed]


def to_text_of(section: Section) -> str:
    """The words of a section, with plain spaces."""
    return repr(section.blocks).replace("\\xa0", " ")
