"""Who was asked, who answered, who is late; answers given by telephone, which the partner confirms by mail.

A *plain yes* is a form that came back with nothing but a yes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.form.form_words import name_in_sentence, short_name
from tui.i18n import N_, _, ngettext
from tui.partnership.answer_list import LATE, REREAD, UNCONFIRMED, PartnerAnswer, grouped
from tui.partnership.field_kinds import BadValue
from tui.partnership.milestones import Awaited
from tui.partnership.positions import CONSENSUS
from tui.partnership.received_answers import TELEPHONE, unconfirmed_notes
from tui.partnership.values import Partnership
from tui.screens.condition_pages import condition_rows
from tui.screens.due_screen import today
from tui.screens.form_review_screen import PlainYesesScreen, show_review
from tui.screens.work_screen import WorkScreen
from tui.settings import files_folder, short_path
from tui.store.store_errors import StoreError, error_sentence
from tui.text.dates import format_date
from tui.text.french_names import fill_sentence
from tui.ui.dialog import Choice, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.awaited_answers import (
    all_answered,
    answer_date,
    answer_line,
    awaited_words,
    group_title,
    last_sent_words,
    listed_answers,
    ratifications,
)
from tui.workspace.form_review import FormReview, waiting_reviews
from tui.workspace.kept_versions import versions_of
from tui.workspace.noted_answers import (
    confirm,
    confirmation_file,
    confirmation_mail,
    names_of_people,
    note_by_telephone,
)
from tui.workspace.output_files import write
from tui.workspace.sending_choices import sender_of
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

_GO_TO_FIELD, _CONFIRMED, _WRITE_MAIL, _OTHER_PERSON = (
    "#field",
    "#exact",
    "#mail",
    "#other",
)  # ids of choices; "#" begins no person's name
_STYLES = {LATE: "warn strong", REREAD: "warn strong"}  # of the headings of groups that stand out


class AwaitedScreen(RowsScreen):
    """One line for each partner, then conditions, ratifications and the plain yeses that came back.

    Enter on a partner shows its form that waits to be reviewed, or asks whether an answer by telephone was confirmed;
    else it goes to the partner's answer.
    """

    about = N_(
        "Who was asked, who answered and who is late. Enter goes to a partner's answer; on one that waits for the "
        "partner's word, it notes that it was confirmed, or writes the mail that asks."
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        # (the partnership, its forms that wait to be reviewed); None before the first reading.
        self._waiting: tuple[Partnership, Sequence[FormReview]] | None = None

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Answers awaited")

    def rows(self) -> Sequence[PageRow]:
        """Return to whom the last draft went, the partners by group, each with the earliest date first, and the rest.

        The rest are the conditions, who is to ratify, and how many plain yeses can be accepted together.
        """
        workspace = self.workspace
        last_sent = last_sent_words(workspace)
        rows = [PageRow(last_sent, "heading"), PageRow()] if last_sent else []
        if all_answered(workspace, today()):
            rows += [PageRow(_("Every partner has answered on today's text."), "done"), PageRow()]
        for group, lines in grouped(listed_answers(workspace, today())).items():
            rows.append(PageRow(f"{group_title(group)} · {len(lines)}", _STYLES.get(group, "heading")))
            rows += [
                PageRow(answer_line(workspace, line), "", self._action_of(line), answer_date(workspace, line))
                for line in lines
            ]
            rows.append(PageRow())
        rows += condition_rows(self)
        rows += [self._ratification_row(ratification) for ratification in ratifications(workspace)]
        count = sum(len(review.plain) for review in self._reviews())
        if count:
            words = ngettext("Accept the plain yes that came back", "Accept the plain yeses that came back", count)
            rows.append(PageRow(f"{words} · {count}", "", self._show_plain_yeses))
        return rows

    def _reviews(self) -> Sequence[FormReview]:
        """Return the forms that wait to be reviewed; they are read again only if the partnership has changed."""
        partnership = self.workspace.partnership
        if self._waiting is None or self._waiting[0] is not partnership:
            reviews = waiting_reviews(self.workspace, versions_of(self.workspace, self.app.store))
            self._waiting = partnership, reviews
        return self._waiting[1]

    def _show_plain_yeses(self) -> None:
        """Show the plain yeses of all forms, to be accepted together."""

        def paint_again(_result: None) -> None:
            self.paint()

        self.app.push_screen(PlainYesesScreen(self._reviews()), paint_again)

    def _ratification_row(self, awaited: Awaited) -> PageRow:
        """Return the row of a partner whose body is still to ratify the text."""
        date = format_date(awaited.by, self.workspace.lang) if awaited.by else ""
        return PageRow(awaited_words(self.workspace, awaited), "", partial(self._go_to_answer, awaited.partner), date)

    def _go_to_answer(self, partner: str) -> None:
        self.to_field(CONSENSUS, partner)

    def _action_of(self, partner_answer: PartnerAnswer) -> Callable[[], None]:
        """Return what Enter does on the line of a partner."""
        if partner_answer.undecided:
            return lambda: show_review(self.app, self.workspace, partner_answer.undecided[0].id)
        if partner_answer.group == UNCONFIRMED and unconfirmed_notes(
            self.workspace.partnership, partner_answer.partner
        ):
            return partial(self._ask_about_unconfirmed, partner_answer.partner)
        return partial(self._go_to_answer, partner_answer.partner)

    def _ask_about_unconfirmed(self, partner: str) -> None:
        """Ask whether a partner has confirmed its answer, or write the mail that asks it to."""
        workspace = self.workspace
        waiting = unconfirmed_notes(workspace.partnership, partner)
        choices = [Choice(_CONFIRMED, _("The partner confirmed it"))]
        if any(row.get("means") == TELEPHONE for row in waiting):
            choices.append(Choice(_WRITE_MAIL, _("Write the mail that asks to confirm it")))
        choices.append(Choice(_GO_TO_FIELD, _("Go to where it is written")))

        def act_on(choice: str | None) -> None:
            if choice == _GO_TO_FIELD:
                self._go_to_answer(partner)
            elif choice == _CONFIRMED:
                confirm(workspace, unconfirmed_notes(workspace.partnership, partner), today())
                self.paint()
                self.say(_("Noted; undo takes it back."))
            elif choice == _WRITE_MAIL:
                self.say(write_confirmation_mail(self.app, workspace, partner))

        self.app.push_screen(Picker(short_name(workspace.partnership, partner, workspace.lang), choices), act_on)


def write_confirmation_mail(app: Host, workspace: Workspace, partner: str) -> str:
    """Write the mail that asks a partner to confirm what was noted by telephone.

    Return the sentence that tells which file was written, or why none was.
    """
    try:
        mail = confirmation_mail(workspace, partner, sender_of(app.settings))
        written_files = write(files_folder(os.environ, app.settings), [confirmation_file(workspace, mail)])
    except (BadValue, OSError, StoreError) as error:
        return error_sentence(error)
    written = _("Written: {path}").format(path=", ".join(short_path(path, os.environ) for path in written_files.files))
    return " ".join((written, *written_files.warnings))


def show_awaited(app: Host) -> None:
    """Show the answers awaited; do nothing if no partnership is open."""
    if app.workspace is not None:
        app.push_screen(AwaitedScreen(app.workspace))


def note_telephone_answer(screen: WorkScreen) -> None:
    """Note that the current answer was given by telephone, after asking by whom: a known person, or a typed name."""
    workspace = screen.workspace
    screen.field_editor.finish()
    partner, question = workspace.place.partner, workspace.question.id
    name = name_in_sentence(workspace.partnership, partner, workspace.lang) if partner else ""
    title = fill_sentence(_("Who of {name} said it by telephone?"), name=name)

    def note(said_by: str | None) -> None:
        if said_by:
            screen.say(_note_by_telephone(screen, question, partner, said_by))

    def note_or_ask(choice: str | None) -> None:
        if choice == _OTHER_PERSON:
            ask_text(screen.app, "answer.said_by", title, note, row=partner)
        else:
            note(choice)

    names = names_of_people(workspace, partner) if partner else ()
    if not names:
        ask_text(screen.app, "answer.said_by", title, note, row=partner)
        return
    choices = [*(Choice(person, person) for person in names), Choice(_OTHER_PERSON, _("Someone else"))]
    screen.app.push_screen(Picker(title, choices), note_or_ask)


def _note_by_telephone(screen: WorkScreen, question: str, partner: str, said_by: str) -> str:
    """Note who said the answer. Return the sentence that tells it was noted, or why it was not."""
    workspace = screen.workspace
    try:
        note_by_telephone(workspace, question, partner, said_by, screen.app.store.author.name, today())
    except BadValue as error:
        return str(error)
    screen.paint()
    return _("Noted, to be confirmed: “Answers awaited” writes the mail that asks. Undo takes it back.")
