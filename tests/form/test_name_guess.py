"""The guessed article of a name: shown in sentences where the name is asked, and confirmed by one key or word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui.agreement.phrasing import Phrasing
from tui.form.form import FormContext, FormField, fields_of
from tui.form.giving import set_value
from tui.form.name_guess import agreeing_values, guessed_choice, guessed_forms
from tui.line_mode.line_actions import ACTIONS
from tui.line_mode.prompt_text import _answer_lines
from tui.partnership.values import Cell, Change, Entry
from tui.screens.work_screen import WorkScreen
from tui.store import open_store
from tui.workspace import writing
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace

PART = GUIDE.question("open.who").parts[0]


def article_of(told: Told, name: str) -> FormField:
    """The field of the article of a partner's name."""
    return field_of(told, name, "article")


def name_of(told: Told, name: str) -> FormField:
    """The field of a partner's name."""
    return field_of(told, name, "name")


def field_of(told: Told, name: str, wanted: str) -> FormField:
    """One field of a partner."""
    entry = told.partnership.entries[told.ids[name]]
    fields = fields_of(FormContext(GUIDE, told.partnership, "fr"), PART, entry).fields
    return next(field for field in fields if field.field is not None and field.field.id == wanted)


@pytest.mark.parametrize(
    ("name", "short", "said"),
    [
        ("Cégep de Rivière-aux-Pins", "Collège", "le : du Collège, au Collège, représenté"),
        ("Centre de santé", "", "le : du Centre de santé, au Centre de santé, représenté"),
        ("Association des voisins", "", "l' : de l'Association des voisins, à l'Association des voisins, représentée"),
        ("Les Veilleuses", "", "les : des Veilleuses, aux Veilleuses, représentées"),
        ("L'Éveil", "", "l' : de L'Éveil, à L'Éveil, représenté"),
        ("Option", "", "aucun : d'Option, à Option, représenté"),
        ("Maison de la jeunesse", "la Maison", "la : de la Maison, à la Maison, représentée"),
    ],
)
def test_the_guess_is_shown_at_the_name_and_kept_as_shown(name: str, short: str, said: str) -> None:
    told = Told()
    told.join(name, status="signatory", **({"short_name": short} if short else {}))
    field = article_of(told, name)
    assert field.guessed and field.answer == said
    assert field.field is not None
    told.take(*set_value(field.context, field.entry, field.field, field.chosen))
    confirmed = article_of(told, name)
    assert not confirmed.guessed and confirmed.answer == said
    entry = told.partnership.entries[told.ids[name]]
    assert entry.get("article") == field.chosen and entry.get("number") in ("singular", "plural")
    assert said.split(", ")[0].split(" : ")[1] == Phrasing(GUIDE, told.partnership, "fr").of_name(told.ids[name])


def test_nothing_is_guessed_without_a_french_name_and_a_guess_counts_as_no_answer() -> None:
    told = Told("Centre")
    assert told.partnership.entries[told.ids["Centre"]].get("article") is None
    field = article_of(told, "Centre").field
    assert field is not None
    entry = told.partnership.entries[told.ids["Centre"]]
    assert guessed_choice(field, entry) == "le"


def test_another_article_takes_its_gender_and_number_along() -> None:
    told = Told()
    told.join("Option", status="signatory")
    field = article_of(told, "Option")
    assert field.field is not None
    told.take(*set_value(field.context, field.entry, field.field, "les"))
    entry = told.partnership.entries[told.ids["Option"]]
    assert (entry.get("article"), entry.get("number")) == ("les", "plural")
    told.take(*set_value(field.context, entry, field.field, "la"))
    entry = told.partnership.entries[told.ids["Option"]]
    assert (entry.get("gender"), entry.get("number")) == ("f", "singular")


def test_the_forms_are_told_beside_the_name_until_they_are_confirmed() -> None:
    told = Told("Centre")
    name = name_of(told, "Centre")
    assert name.guess == "du Centre, au Centre, représenté"
    assert "In a sentence" not in " ".join(_answer_lines(article_of(told, "Centre")))
    assert "du Centre, au Centre, représenté (deviné ; /article confirme)" in " ".join(_answer_lines(name))
    assert name.field is not None
    article = article_of(told, "Centre")
    assert article.field is not None
    told.take(*set_value(article.context, article.entry, article.field, "le"))
    assert name_of(told, "Centre").guess == ""


@pytest.mark.parametrize(("cell", "value", "guessed"), [("article", "none", False), ("gender", "f", True)])
def test_the_guess_is_told_until_an_article_is_chosen(cell: str, value: str, guessed: bool) -> None:
    told = Told("Centre")
    partner = told.ids["Centre"]
    told.take(Change(partner, "open.who", cell, value, "", (partner,)))
    assert bool(name_of(told, "Centre").guess) is guessed
    article = article_of(told, "Centre")
    assert article.field is not None and agreeing_values(article.field, article.entry, None) == {}
    assert agreeing_values(article.field, article.entry, "la") == {"gender": "f", "number": "singular"}
    nameless = Entry(partner, "open.who", cells={"name@fr": Cell("Option", 1)})
    assert agreeing_values(article.field, nameless, "none") == {"gender": None, "number": "singular"}


@pytest.mark.parametrize(
    ("elides", "said"), [(None, "d'Option"), ("yes", "d'Option"), ("no", "de Option"), ("", "d'Option")]
)
def test_whether_a_name_is_elided_is_told_as_it_was_chosen(elides: str | None, said: str) -> None:
    cells = {"name@fr": Cell("Option", 1)} | ({} if elides is None else {"elides": Cell(elides, 1)})
    assert guessed_forms(Entry("p", "open.who", cells=cells)) == f"{said}, à Option, représenté"
    assert guessed_forms(Entry("p", "open.who", "people", cells=cells)) == "", "a person has no article"


def test_line_mode_confirms_it_with_one_word(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    workspace = Workspace(GUIDE, store.load(store.import_document(samples()[0].document)), store)
    row = workspace.partnership.rows("open.who")[0]
    workspace.set(row, "short_name@fr", "Collège de l'Est")
    said = writing.confirm_name(workspace, row.id)
    assert said == "Confirmé : du Collège de l'Est, au Collège de l'Est, représenté."
    assert writing.confirm_name(workspace, row.id) == ""
    assert "name_article" in ACTIONS


async def test_on_the_screen_one_key_confirms_it(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "store")) as (app, pilot):
        workspace = workspace_of(app)
        row = workspace.partnership.rows("open.who")[0]
        workspace.set(row, "name@fr", "Collège de l'Est")
        assert isinstance(app.screen, WorkScreen)
        app.screen.go_to_field(f"{row.id}/name")
        await pilot.pause()
        page = " ".join(shown(app, "question").replace("’", "'").split())
        assert "Dans une phrase : du Collège de l'Est, au Collège de l'Est, représenté (deviné" in page
        await pilot.press("escape", "'")
        await pilot.pause()
        kept = workspace.partnership.entries[row.id]
        assert (kept.get("article"), kept.get("gender"), kept.get("number")) == ("le", "m", "singular")
        assert "Dans une phrase" not in shown(app, "question")
        await pilot.press("u")
        assert workspace.partnership.entries[row.id].get("article") is None
