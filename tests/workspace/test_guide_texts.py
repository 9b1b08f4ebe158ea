"""The guide's texts are shown with commands and sections filled in, and choices explained where they are made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import commands, i18n
from tui.line_mode.typed_commands import typed_name
from tui.screens.field_help import field_help
from tui.ui.form_painter import FormPainter
from tui.workspace.guide_texts import choice_meanings, fill_guide_text, help_of
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace


def opened(told: Told, question: str, partner: str = "", slot: str = "", lang: str = "fr") -> Workspace:
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.lang = lang
    workspace.place = Place(question, told.ids.get(partner, ""), slot=slot)
    return workspace


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def form_text(workspace: Workspace, *, for_others: bool = False, width: int = 100) -> str:
    lines = FormPainter(workspace, width, for_others=for_others).paint().lines
    return "\n".join("".join(piece.text for piece in line) for line in lines)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_section_is_told_by_the_number_it_has_here(lang: str) -> None:
    told = Told("A")
    question = GUIDE.question("extra.points")
    before = help_of(opened(told, question.id, lang=lang), question)
    told.say(question.id, {"text": "Qui paie ?"}, op="add")
    workspace = opened(told, question.id, lang=lang)
    assert f"section {workspace.section_numbers['open_points']}." in before, "before anything stands in it"
    assert help_of(workspace, question) == before
    told.say("extra.order", {"section": "open_points"}, op="add")
    assert "section 1." in help_of(opened(told, question.id, lang=lang), question)


def test_told_of_no_partnership_a_section_goes_by_its_heading() -> None:
    words = GUIDE.question("extra.points").help
    said = spaced(fill_guide_text(GUIDE, words, "fr", typed_name))
    assert "paraissent à la section « Points à préciser ». " in said and "{" not in said


def test_a_command_is_told_by_its_name_and_the_key_it_has_now(monkeypatch: pytest.MonkeyPatch) -> None:
    question = GUIDE.question("commit.funding")
    workspace = opened(Told("A"), question.id)
    assert " : Marquer « sans objet » (Alt+-)." in spaced(help_of(workspace, question))
    own = (replace(one, keys=("f10",)) if one.id == "void" else one for one in commands.COMMANDS)
    monkeypatch.setattr(commands, "_in_use", tuple(own))
    assert " : Marquer « sans objet » (F10)." in spaced(help_of(workspace, question))


@pytest.mark.parametrize(("lang", "order"), [("fr", "/sans objet"), ("en", "/not applicable")])
def test_line_mode_names_its_own_orders(lang: i18n.Language, order: str) -> None:
    question = GUIDE.question("commit.funding")
    i18n.use(lang)
    try:
        told = help_of(opened(Told("A"), question.id, lang=lang), question, typed_name)
    finally:
        i18n.use("fr")
    assert told.endswith(f"{order}.") and "(Alt" not in told


def test_no_shown_help_has_a_place_left() -> None:
    workspace = opened(Told("A"), "open.who")
    assert [name for name, question in GUIDE.by_id.items() if "{" in help_of(workspace, question)] == []


@pytest.mark.parametrize("name", ["open.involvement", "gather.level"])
def test_where_one_chooses_each_choice_says_what_it_means(name: str) -> None:
    told = Told("A")
    workspace = opened(told, name, "A")
    field = GUIDE.question(name).parts[0].fields[0]
    meanings = GUIDE.definitions[field.choices]
    shown = " ".join(form_text(workspace).split())
    assert [code for code, one in meanings.items() if one.fr not in shown] == []
    assert [code for code, one in meanings.items() if one.fr in form_text(workspace, for_others=True)] == [], (
        "not projected"
    )
    workspace.place = Place(name, told.ids["A"], slot="elsewhere/x")
    place = FormPainter(workspace, 100).paint().slots[0].field
    helped = "\n".join(text for text, _style in field_help(workspace, place))
    assert [code for code, one in meanings.items() if one.fr not in helped] == []


def test_narrow_forms_keep_every_word_of_it() -> None:
    told = Told("A")
    shown = " ".join(form_text(opened(told, "gather.level"), width=40).split())
    assert [code for code, one in GUIDE.definitions["level"].items() if one.fr not in shown] == []


@pytest.mark.parametrize(("question", "part"), [("gather.governance", "bodies"), ("extra.decision_rule", "")])
def test_every_rule_of_decision_is_explained_where_it_is_written(question: str, part: str) -> None:
    home = GUIDE.question(question).part(part)
    assert home is not None
    (field,) = (one for one in home.fields if one.terms)
    told = spaced("\n".join(choice_meanings(opened(Told("A"), question), field)))
    assert "par consentement : " in told and len(told.split("\n")) == len(GUIDE.choices["decision_rule"])


@pytest.mark.parametrize("question", ["open.history", "note.call"])
def test_private_notes_say_what_to_write(question: str) -> None:
    told = Told("A", "B")
    shown = " ".join(form_text(opened(told, question, "A")).split())
    assert GUIDE.private_notice.fr in shown
    assert GUIDE.private_notice.fr not in " ".join(form_text(opened(told, "gather.vision")).split())
