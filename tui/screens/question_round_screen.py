"""A question of the moment put to each in turn: a digit for a choice, else words; counted at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.agreement.signature_section import FEW
from tui.commands import MEETING, PROJECTION, hint
from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import Partner, active
from tui.partnership.rounds import TEXT, answers_to, choices_of, rounds_of
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

_MOST_CHOICES = 9  # as many as there are digits


class QuestionRoundScreen(RowsScreen):
    """One question asked around the table; counted once all have answered.

    Before a room no answer shows, and no count where fewer than three answered.
    """

    about = N_(
        "A digit gives a choice for the partner one stands at, Enter other words; it goes on to the next. M lets an "
        "answer stand in the minutes with its partner's name; Del takes it away."
    )

    def __init__(self, workspace: Workspace, row: Entry, *, projected: bool = False) -> None:
        super().__init__(workspace)
        self._row = row  # not kept before the first answer
        self.projected = projected
        self.where = PROJECTION if projected else MEETING
        given = answers_to(workspace.partnership, row)
        waiting = (at for at, partner in enumerate(active(workspace.partnership)) if partner.id not in given)
        self._at = next(waiting, 0)  # one stands at the first who has not answered

    @property
    def question(self) -> Entry:
        """The question as it is kept now."""
        known = self.workspace.partnership.entry(self._row.id)
        return known if known is not None and known.stands else self._row

    @property
    def choices(self) -> tuple[str, ...]:
        """The choices, in the order of their digits."""
        return choices_of(self.question, self.workspace.lang)[:_MOST_CHOICES]

    def heading(self) -> str:
        """Return what the page is."""
        said = _("A question put to each in turn")
        return f"{self.workspace.agreement.title} · {said}" if self.projected else said

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the digits stand on the page itself."""
        return [
            ("↑↓", _("partner")),
            (_("Enter"), _("other words") if self.choices else _("its words")),
            (_("Del"), _("no answer")),
            ("m", _("in the minutes")),
            *hint("undo", _("undo")),
            (_("Esc"), _("back")),
        ]

    def rows(self) -> Sequence[PageRow]:
        """Return the question, the digits, the count at its end, the partners; then the wordings asked about before."""
        found = [PageRow(self.question.text(TEXT, self.workspace.lang), "title"), PageRow()]
        if self.choices:
            legend = "   ".join(f"{at}\u00a0{choice}" for at, choice in enumerate(self.choices, 1))
            found += [PageRow(legend, "accent"), PageRow()]
        if count := self.count():
            found += [PageRow(count, "strong"), PageRow()]
        found += [self._partner(partner) for partner in active(self.workspace.partnership)]
        return [*found, *(() if self.projected else self._earlier())]

    def count(self) -> str:
        """« d'accord : 3, réserve : 1 » once each partner has answered; before a room only from three answers on."""
        if self.projected and len(answers_to(self.workspace.partnership, self.question)) < FEW:
            return ""
        return round_edits.count_at_end(self.workspace, self.question)

    def _partner(self, partner: Partner) -> PageRow:
        lang = self.workspace.lang
        if self.projected:
            name = partner.short(lang) if partner.may_appear else ""
            said = name or self.workspace.guide.word("an_organisation", lang)
            return PageRow(said, "", lambda: self._ask_words(partner), "", 3)
        answer = answers_to(self.workspace.partnership, self.question).get(partner.id)
        text = answer.text(TEXT, lang) if answer is not None else ""
        told = round_edits.told_words(self.workspace, self.question, partner)
        name = partner.short(lang) or _("unnamed organization")
        line = f"{glyphs.radio(answer is not None)} {name}" + (_(": ") + text if text else "")
        return PageRow(line, "", lambda: self._ask_words(partner), told, 3)

    def _earlier(self) -> Iterator[PageRow]:
        earlier = round_edits.earlier_wordings(self.workspace, self.question)
        if earlier:
            yield PageRow()
            yield PageRow(_("Other wordings that were asked about"), "heading")
        for row in earlier:
            date = format_date(round_edits.put_on(self.workspace, row), self.workspace.lang)
            said = _("“{text}”").format(text=row.text(TEXT, self.workspace.lang))
            yield PageRow(" · ".join(filter(None, (said, round_edits.count_words(self.workspace, row)))), "muted",
                          None, date, 3)  # fmt: skip

    # -- answering -----------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """A digit gives a choice for the partner one stands at, and goes on to the next."""
        known = active(self.workspace.partnership)
        here = known[self._at] if self._at < len(known) else None
        if here is not None and key.isdigit() and 0 < int(key) <= len(self.choices):
            self._give(here, self.choices[int(key) - 1])
        elif here is not None and key in ("backspace", "delete"):
            self._give(here, "")
        elif here is not None and key == "m" and not self.projected:
            self._turn_leave(here)
        else:
            return super().act(key)
        return True

    def _ask_words(self, partner: Partner) -> None:
        """The answer in the partner's own words; before a room they are written later."""
        if self.projected:
            self.say_to_room(_("Words are written off the projection."))
            return
        answer = answers_to(self.workspace.partnership, self.question).get(partner.id)
        before = answer.text(TEXT, self.workspace.lang) if answer is not None else ""

        def typed(text: str | None) -> None:
            if text is not None:
                self._give(partner, text)

        name = partner.short(self.workspace.lang) or _("unnamed organization")
        ask_text(self.app, "round.answer", name, typed, row=f"{self.question.id}/{partner.id}", text=before)

    def _give(self, partner: Partner, text: str) -> None:
        self._row = round_edits.give_answer(self.workspace, self.question, partner.id, text)
        self._at += 1 if text.strip() else 0
        self.paint()
        answered = len(answers_to(self.workspace.partnership, self.question))
        if text.strip() and answered == len(active(self.workspace.partnership)) and self.count():
            self.say_to_room(_("The round is done: {count}.").format(count=self.count()))

    def _turn_leave(self, partner: Partner) -> None:
        told = round_edits.turn_leave(self.workspace, self.question, partner.id)
        self.paint()
        if told is None:
            self.say_to_room(_("This partner has not answered."))
        else:
            self.say_to_room(self._leave_words(partner))

    def _leave_words(self, partner: Partner) -> str:
        """Whether this partner's answer is told, and that its name is not, where it may not appear yet."""
        said = round_edits.told_words(self.workspace, self.question, partner)
        if not said:
            return _("It stays private.")
        if said == _("in the minutes"):
            return _("It stands in the minutes with its name.")
        unnamed = self.workspace.guide.word("an_organisation", self.workspace.lang)
        return _("It stands in the minutes as “{name}”: this name may not appear yet.").format(name=unnamed)

    def run_own(self, command_id: str) -> bool:
        """The command that opens this page does nothing on it."""
        return command_id == "ask_each"

    def say(self, text: str) -> None:
        """What other screens say is not for a room: it may name a file or a person."""
        if not self.projected:
            self.say_to_room(text)


def ask_each(app: Host) -> None:
    """Put a question to each in turn: it is typed, its choices behind it."""
    workspace = app.workspace
    if workspace is None:
        return
    if not active(workspace.partnership):
        app.page.say_to_room(_("There is no partner yet."))
        return

    def typed(text: str | None) -> bool:
        if text is None or not text.strip():
            return True
        try:
            row = round_edits.read_question(workspace, text)
        except BadValue as error:
            app.page.say_to_room(str(error))
            return False
        show_question(app, round_edits.kept(workspace, row))
        return True

    hint_words = _("Which evening?; Tuesday; Thursday")
    ask_text(app, "round.question", _("The question; its choices, if any"), typed, hint=hint_words)


def ask_about_sentence(screen: DocumentScreen) -> None:
    """Put the sentence one stands at to each in turn; elsewhere a question that is typed."""
    row = round_edits.sentence_question(screen.workspace, screen.origin_here())
    if row is None or not active(screen.workspace.partnership):
        ask_each(screen.app)
    else:
        show_question(screen.app, row)


def show_question(app: Host, row: Entry) -> None:
    """Show a question that was put, with its answers."""
    if app.workspace is not None:
        app.push_screen(QuestionRoundScreen(app.workspace, row, projected=app.projecting))


def question_rows(app: Host, workspace: Workspace, meeting: str, *, projected: bool) -> Iterator[PageRow]:
    """Yield the questions put at a meeting, where there are any; how they were answered is not said before a room."""
    put = rounds_of(workspace.partnership, meeting)
    if put:
        yield PageRow()
        yield PageRow(workspace.guide.word("asked", workspace.lang), "heading")
    for row in put:
        behind = "" if projected else round_edits.count_words(workspace, row)
        yield PageRow(row.text(TEXT, workspace.lang), "", partial(show_question, app, row), behind, 3)
