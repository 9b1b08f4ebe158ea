"""What a line would make public: the sentence under its partner's name, its section, and names that may not appear."""

from __future__ import annotations

from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.blocks import Section
from tui.partnership.values import ORDER, Change
from tui.workspace.note_preview import MadePublic, made_public, made_public_by, section_of
from tui.workspace.note_sorting import DESTINATIONS, Destination, send
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
    assert len(set(public.lines)) == len(public.lines), "the name stands there once"
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


def test_no_partner_heads_what_is_not_printed() -> None:
    public, _workspace = shown("p", "Ida Roy")
    assert public is not None and public.lines == ("Ida Roy",) and not public.printed


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


@pytest.mark.parametrize("names", [(), ("Zanzibar", "Ida")])
@pytest.mark.parametrize(
    ("section", "printed", "says"),
    [("7", True, "section 7"), ("", True, "public et paraîtra"), ("7", False, "ne l'imprime pas encore")],
)
def test_head_says_where_it_prints_and_the_warning_whom_it_names(
    section: str, printed: bool, says: str, names: tuple[str, ...]
) -> None:
    told = MadePublic(("une salle",), section, printed, names)
    assert says in told.head.replace("\u00a0", " ").replace("’", "'") and ("7" in told.head) is (
        section == "7" and printed
    )
    assert bool(told.warning) is bool(names) and all(name in told.warning for name in names)


@pytest.mark.parametrize(
    ("question", "part", "section"),
    [
        ("gather.governance", "bodies", "structure"), ("gather.governance", "reports", "accountability"),
        ("gather.objectives", "rows", "objectives"), ("gather.vision", "", "vision"), ("meeting.held", "tasks", ""),
    ],
)  # fmt: skip
def test_section_is_that_of_the_list_else_of_its_question(question: str, part: str, section: str) -> None:
    _public, workspace = shown("o", "ouvrir le soir")
    number = section_of(workspace, Destination("", question, part))
    assert number == (workspace.section_number(section) if section else "") and bool(number) is bool(section)


def test_only_words_that_somebody_typed_are_told() -> None:
    _public, workspace = shown("o", "ouvrir le soir")
    place = Destination("", "meeting.held", "tasks")

    def public(question: str, part: str, cells: dict[str, Any], subject: tuple[str, ...] = ()) -> MadePublic | None:
        changes = [Change("row0000001", question, cell, value, part, subject) for cell, value in cells.items()]
        return made_public_by(workspace, place, lambda trial: trial.edit(changes))

    assert public("meeting.held", "decisions", {"result@fr": "3 pour", "reason@fr": "trop cher"}) is None, "made for it"
    told = public("meeting.held", "tasks", {ORDER: "5", "text@fr": "réserver", "meeting": "meeting00a"})
    assert told is not None and told.lines == ("réserver",) and not told.printed
    assert public("gather.lead", "rows", {ORDER: "5", "partner": workspace.place.partner}) is None, "an id"
    assert public("extra.review", "", {"notice": 60}) is None, "a number"
    both = [Change(row, question, "text@fr", words, part) for row, question, part, words in (
        ("row0000001", "gather.objectives", "rows", "ouvrir"), ("row0000002", "meeting.held", "tasks", "voir Zanzibar"),
    )]  # fmt: skip
    named = made_public_by(workspace, place, lambda trial: trial.edit(both))
    assert named is not None and named.names == ("Zanzibar",), "in what is public and not printed"
    assert public("note.call", "", {"text@fr": "Zanzibar est d'accord"}, (workspace.place.partner,)) is None


def to_text_of(section: Section) -> str:
    """The words of a section, with plain spaces."""
    return repr(section.blocks).replace("\\xa0", " ")
