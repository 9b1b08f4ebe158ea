"""The conditions under which partners say yes: asked in one line, listed among the answers awaited, settled there.

A condition is *settled* once it is met, withdrawn or set aside. A *minority text* is what the partner of a condition
that was set aside wants printed in the minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tui.form.form_words import name_in_sentence
from tui.i18n import _
from tui.partnership.conditions import (
    CONDITIONS,
    MET,
    SET_ASIDE,
    STATE,
    TEXT,
    WATCH,
    WITHDRAWN,
    is_open,
)
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry
from tui.text.conditional_words import NO_UNTIL, TO_WATCH
from tui.text.french_names import fill_sentence
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.condition_edits import minority_text, note_condition, settle_condition, write_minority_text
from tui.workspace.condition_words import (
    condition_date,
    condition_groups,
    condition_line,
    condition_text,
    conditions_title,
)
from tui.workspace.noted_lines import sentence_at
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.screens.agreement_screen import DocumentScreen
    from tui.ui.host import Host

# Choices that are no state of a condition.
_MET_AND_YES, _GO_TO_FIELD, _GO_TO_ANSWER, _WRITE_MINORITY_TEXT = "#yes", "#field", "#answer", "#minority"


def ask_condition(
    app: Host, workspace: Workspace, partner: str, then: Callable[[], None], answer: str = "", point: str = "",
    name: str | None = None,
) -> None:  # fmt: skip
    """Ask in one line for the condition of a partner (an id), who can meet it and by when; then call `then`.

    `answer` is YES_IF, NO_UNTIL or TO_WATCH, "" if the typed line says which. `point` is the id of the sentence that
    the condition is about, "" for the whole text. While projecting, `name` is the partner's name, "" if it may not be
    named; else None.
    """
    if name is None:
        name = name_in_sentence(workspace.partnership, partner, workspace.lang)
    elif not name:
        name = workspace.guide.word("an_organisation", workspace.lang)

    def take_text(text: str | None) -> bool:
        if text is None or not text.strip():
            return True
        try:
            note_condition(workspace, partner, text, answer, point)
        except BadValue as error:
            app.page.say_to_room(str(error))
            return False
        then()
        return True

    title = {
        NO_UNTIL: _("{name}: no until…; who can meet it; when"),
        TO_WATCH: _("{name}: to watch…; who sees to it; when"),
    }.get(answer, _("{name}: yes if…; who can meet it; when"))
    hint = _("the room is free on Tuesdays; the College; February 3")
    ask_text(app, "condition", fill_sentence(title, name=name), take_text, row=f"{partner}/{point}", hint=hint)


def condition_of_sentence(screen: DocumentScreen) -> None:
    """Ask whose condition it is, then for it: on the current sentence of the document, else on the whole text."""
    origin = screen.origin_here()
    _ask_whose(screen.app, screen.workspace, origin.entry if sentence_at(screen.workspace, origin) else "")


def condition_of_partner(app: Host) -> None:
    """Ask for a condition on the whole text, of the current partner if its answer is open, else ask of whom."""
    workspace = app.workspace
    if workspace is None:
        return
    partner = workspace.place.partner if workspace.question.id == CONSENSUS else ""
    if partner:
        ask_condition(app, workspace, partner, lambda: _say_noted(app))
    else:
        _ask_whose(app, workspace, "")


def _ask_whose(app: Host, workspace: Workspace, point: str) -> None:
    """Ask whose condition it is, then for the condition; `point` is as in `ask_condition`."""
    partners = active(workspace.partnership)
    if not partners:
        app.page.say_to_room(_("There is no partner yet."))
        return

    def take_choice(partner_id: str | None) -> None:
        if partner_id:
            ask_condition(app, workspace, partner_id, lambda: _say_noted(app), point=point)

    unnamed = _("unnamed organization")
    choices = [Choice(partner.id, partner.name(workspace.lang) or unnamed) for partner in partners]
    title = _("Whose condition is it, on this sentence?") if point else _("Whose condition is it, on the whole text?")
    app.push_screen(Picker(title, choices), take_choice)


def _say_noted(app: Host) -> None:
    """Paint the page again and say that the condition is noted."""
    app.repaint()
    app.page.say_to_room(_("Noted; it is followed in the answers awaited."))


def condition_rows(screen: RowsScreen) -> Iterator[PageRow]:
    """Yield a row for each condition, under the heading of its state."""
    workspace = screen.workspace
    for state, rows in condition_groups(workspace.partnership).items():
        yield PageRow(f"{conditions_title(state)} · {len(rows)}", "heading")
        for row in rows:
            style = "muted" if state == SET_ASIDE else ""
            date = condition_date(workspace, row)
            yield PageRow(condition_line(workspace, row), style, _settling_action(screen, row), date)
        yield PageRow()


def _settling_action(screen: RowsScreen, row: Entry) -> Callable[[], None]:
    """Return what Enter does on a condition."""
    return lambda: _ask_outcome(screen, row)


def _ask_outcome(screen: RowsScreen, row: Entry) -> None:
    """Ask what became of a condition, or where to go, and do it."""
    workspace = screen.workspace
    state = str(row.get(STATE) or "")
    choices = []
    if is_open(row) or state == WATCH:
        choices += [
            Choice(_MET_AND_YES, _("Met: the partner says yes now")),
            Choice(MET, _("Met; its answer stays as it is")),
        ]
        choices += [Choice(WITHDRAWN, _("Withdrawn by the partner")), Choice(SET_ASIDE, _("Set aside, with a reason"))]
    if is_open(row):
        choices.append(Choice(WATCH, _("To watch: a question of the review")))
    if state == SET_ASIDE:
        choices.append(Choice(_WRITE_MINORITY_TEXT, _("A minority text in the minutes, if the partner wants it")))
    if not is_open(row):
        choices.append(Choice("", _("Awaited again")))
    choices += [
        Choice(_GO_TO_FIELD, _("Go to where it is written")),
        Choice(_GO_TO_ANSWER, _("Go to the partner's answer")),
    ]

    def take_choice(choice: str | None) -> None:
        if choice == _GO_TO_FIELD:
            screen.to_field(CONDITIONS, row.subject[0], row.id, TEXT)
        elif choice == _GO_TO_ANSWER:
            screen.to_field(CONSENSUS, row.subject[0])
        elif choice == SET_ASIDE:
            _ask_reason(screen, row)
        elif choice == _WRITE_MINORITY_TEXT:
            _ask_minority_text(screen, row)
        elif choice is not None:
            says_yes = choice == _MET_AND_YES
            settle_condition(workspace, row, MET if says_yes else choice, says_yes=says_yes)
            screen.paint()
            screen.say(_("Noted; undo takes it back."))

    screen.app.push_screen(Picker(condition_text(workspace.guide, row, workspace.lang), choices), take_choice)


def _ask_reason(screen: RowsScreen, row: Entry) -> None:
    """Ask why a condition is set aside, and set it aside."""

    def take_text(text: str | None) -> bool:
        if text is None:
            return True
        try:
            settle_condition(screen.workspace, row, SET_ASIDE, text)
        except BadValue as error:
            screen.say_to_room(str(error))
            return False
        screen.paint()
        screen.say(_("Noted; undo takes it back."))
        return True

    ask_text(screen.app, "condition.reason", _("Why is it set aside?"), take_text, row=row.id)


def _ask_minority_text(screen: RowsScreen, row: Entry) -> None:
    """Ask for the text that the partner of a condition wants in the minutes."""
    minority_words = minority_text(screen.workspace, row)

    def take_text(text: str | None) -> None:
        if text is None:
            return
        try:
            write_minority_text(screen.workspace, row, text)
        except BadValue as error:
            screen.say_to_room(str(error))
            return
        screen.paint()
        screen.say(_("It stands in the minutes.") if text.strip() else _("It stands in the minutes no more."))

    before = minority_words.text(TEXT, screen.workspace.lang) if minority_words is not None else ""
    title = _("The minority text, as its partner wants it in the minutes")
    ask_text(screen.app, "condition.minority", title, take_text, row=row.id, text=before)
