"""A question that is put to each partner in turn at a meeting, answered by a digit or in words, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.agreement.signature_section import FEW
from tui.commands import MEETING, PROJECTION, hint
from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import Partner, active
from tui.partnership.rounds import TEXT, answers_to, choice_keys, choices_of, labelled_choices, rounds_of
from tui.partnership.values import Entry
from tui.text.dates import format_date
from tui.ui import glyphs
from tui.ui.dialog import ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace import round_edits
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.screens.agreement_screen import DocumentScreen
    from tui.ui.host import Host

_MAX_CHOICES = 9  # one for each digit


class QuestionRoundScreen(RowsScreen):
    """One question asked around the table; counted once all have answered.

    If projected, no answer is shown, and no count of fewer than FEW answers. *Leave* is the permission of a partner to
    print its answer, with its name, in the minutes.
    """

    about = N_(
        "A digit gives a choice for the partner one stands at, Enter other words; it goes on to the next. M lets an "
        "answer stand in the minutes with its partner's name; Del takes it away."
    )

    def __init__(self, workspace: Workspace, row: Entry, *, projected: bool = False) -> None:
        super().__init__(workspace)
        self._row = row  # stored with the first answer only
        self.projected = projected
        self.where = PROJECTION if projected else MEETING
        answers = answers_to(workspace.partnership, row)
        without_answer = (at for at, partner in enumerate(active(workspace.partnership)) if partner.id not in answers)
        self._at = next(without_answer, 0)  # the first partner without an answer is the current one

    @property
    def question(self) -> Entry:
        """The question as it is stored now; before its first answer, as it was asked."""
        stored = self.workspace.partnership.entry(self._row.id)
        return stored if stored is not None and stored.is_in_use else self._row

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices, in the order of their digits."""
        return choices_of(self.question, self.workspace.lang)[:_MAX_CHOICES]

    def heading(self) -> str:
        """Return the title of the page; if projected, after that of the partnership."""
        title = _("A question put to each in turn")
        return f"{self.workspace.agreement.title} · {title}" if self.projected else title

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line; the page itself explains the digits."""
        return [
            ("↑↓", _("partner")),
            (_("Enter"), _("other words") if self.choices else _("its words")),
            (_("Del"), _("no answer")),
            ("m", _("in the minutes")),
            *hint("undo", _("undo")),
            (_("Esc"), _("back")),
        ]

    def rows(self) -> Sequence[PageRow]:
        """Return the question, its choices, the count once all answered, the partners, then its earlier wordings."""
        rows = [PageRow(self.question.text(TEXT, self.workspace.lang), "title"), PageRow()]
        if self.choices:
            legend = "   ".join(labelled_choices(self.choices, "\u00a0"))
            rows += [PageRow(legend, "accent"), PageRow()]
        if count := self.count():
            rows += [PageRow(count, "strong"), PageRow()]
        rows += [self._partner_row(partner) for partner in active(self.workspace.partnership)]
        return [*rows, *(() if self.projected else self._earlier_wording_rows())]

    def count(self) -> str:
        """Return « d'accord : 3, réserve : 1 » once all have answered, else ""; if projected, "" below FEW answers."""
        if self.projected and len(answers_to(self.workspace.partnership, self.question)) < FEW:
            return ""
        return round_edits.count_at_end(self.workspace, self.question)

    def _partner_row(self, partner: Partner) -> PageRow:
        """Return the row of a partner; if projected, without its answer."""
        lang = self.workspace.lang
        if self.projected:
            name = partner.short(lang) if partner.may_appear else ""
            shown_name = name or self.workspace.guide.word("an_organisation", lang)
            return PageRow(shown_name, "", lambda: self._ask_words(partner), "", 3)
        answer = answers_to(self.workspace.partnership, self.question).get(partner.id)
        text = answer.text(TEXT, lang) if answer is not None else ""
        leave_words = round_edits.minutes_words(self.workspace, self.question, partner)
        name = partner.short(lang) or _("unnamed organization")
        line = f"{glyphs.radio(answer is not None)} {name}" + (_(": ") + text if text else "")
        return PageRow(line, "", lambda: self._ask_words(partner), leave_words, 3)

    def _earlier_wording_rows(self) -> Iterator[PageRow]:
        """Yield the earlier wordings of the sentence that partners were asked about, with their counts."""
        earlier = round_edits.earlier_wordings(self.workspace, self.question)
        if earlier:
            yield PageRow()
            yield PageRow(_("Other wordings that were asked about"), "heading")
        for row in earlier:
            date = format_date(round_edits.day_asked(self.workspace, row), self.workspace.lang)
            text = _("“{text}”").format(text=row.text(TEXT, self.workspace.lang))
            yield PageRow(" · ".join(filter(None, (text, round_edits.count_words(self.workspace, row)))), "muted",
                          None, date, 3)  # fmt: skip

    # -- answering -----------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """Act on a key: a digit gives a choice for the current partner and goes on, Del takes the answer away."""
        partners = active(self.workspace.partnership)
        partner = partners[self._at] if self._at < len(partners) else None
        by_key = dict(zip(choice_keys(self.choices), self.choices, strict=True))
        if partner is not None and key.isdecimal() and key in by_key:
            self._give_answer(partner, by_key[key])
        elif partner is not None and key in ("backspace", "delete"):
            self._give_answer(partner, "")
        elif partner is not None and key == "m" and not self.projected:
            self._toggle_leave(partner)
        else:
            return super().act(key)
        return True

    def _ask_words(self, partner: Partner) -> None:
        """Ask for the answer in the partner's own words; if projected, say that words are written later."""
        if self.projected:
            self.say_to_room(_("Words are written off the projection."))
            return
        answer = answers_to(self.workspace.partnership, self.question).get(partner.id)
        before = answer.text(TEXT, self.workspace.lang) if answer is not None else ""

        def take_text(text: str | None) -> None:
            if text is not None:
                self._give_answer(partner, text)

        name = partner.short(self.workspace.lang) or _("unnamed organization")
        ask_text(self.app, "round.answer", name, take_text, row=f"{self.question.id}/{partner.id}", text=before)

    def _give_answer(self, partner: Partner, text: str) -> None:
        """Keep an answer and go on to the next partner; "" takes it away and stays."""
        self._row = round_edits.give_answer(self.workspace, self.question, partner.id, text)
        self._at += 1 if text.strip() else 0
        self.paint()
        answer_count = len(answers_to(self.workspace.partnership, self.question))
        have_all_answered = answer_count == len(active(self.workspace.partnership))
        if text.strip() and have_all_answered and self.count():
            self.say_to_room(_("The round is done: {count}.").format(count=self.count()))

    def _toggle_leave(self, partner: Partner) -> None:
        """Let the minutes print the answer of a partner, or no longer."""
        leave = round_edits.toggle_leave(self.workspace, self.question, partner.id)
        self.paint()
        if leave is None:
            self.say_to_room(_("This partner has not answered."))
        else:
            self.say_to_room(self._leave_words(partner))

    def _leave_words(self, partner: Partner) -> str:
        """Return a sentence on whether the minutes will print a partner's answer, and under which name."""
        words = round_edits.minutes_words(self.workspace, self.question, partner)
        if not words:
            return _("It stays private.")
        if words == _("in the minutes"):
            return _("It stands in the minutes with its name.")
        unnamed = self.workspace.guide.word("an_organisation", self.workspace.lang)
        return _("It stands in the minutes as “{name}”: this name may not appear yet.").format(name=unnamed)

    def run_own_command(self, command_id: str) -> bool:
        """Return True for the command that opens this page: it does nothing on it."""
        return command_id == "ask_each"

    def say(self, text: str) -> None:
        """Show a message of other screens, but not if projected: it may name a file or a person."""
        if not self.projected:
            self.say_to_room(text)


def ask_each(app: Host) -> None:
    """Ask for a question, « question; choice; choice », and put it to each partner in turn."""
    workspace = app.workspace
    if workspace is None:
        return
    if not active(workspace.partnership):
        app.page.say_to_room(_("There is no partner yet."))
        return

    def take_text(text: str | None) -> bool:
        if text is None or not text.strip():
            return True
        try:
            row = round_edits.read_question(workspace, text)
        except BadValue as error:
            app.page.say_to_room(str(error))
            return False
        show_question(app, round_edits.stored_round(workspace, row))
        return True

    hint_words = _("Which evening?; Tuesday; Thursday")
    ask_text(app, "round.question", _("The question; its choices, if any"), take_text, hint=hint_words)


def ask_about_sentence(screen: DocumentScreen) -> None:
    """Put the current sentence of the document to each partner in turn; on another line ask for a question."""
    row = round_edits.sentence_question(screen.workspace, screen.origin_here())
    if row is None or not active(screen.workspace.partnership):
        ask_each(screen.app)
    else:
        show_question(screen.app, row)


def show_question(app: Host, row: Entry) -> None:
    """Show the page of a question, with its answers."""
    if app.workspace is not None:
        app.push_screen(QuestionRoundScreen(app.workspace, row, projected=app.projecting))


def question_rows(app: Host, workspace: Workspace, meeting: str, *, projected: bool) -> Iterator[PageRow]:
    """Yield a heading and a row for each question put at `meeting` (an id), with its count unless projected."""
    rounds = rounds_of(workspace.partnership, meeting)
    if rounds:
        yield PageRow()
        yield PageRow(workspace.guide.word("asked", workspace.lang), "heading")
    for row in rounds:
        count = "" if projected else round_edits.count_words(workspace, row)
        yield PageRow(row.text(TEXT, workspace.lang), "", partial(show_question, app, row), count, 3)
