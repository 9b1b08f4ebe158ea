"""The round of positions: each partner in turn is asked whether it agrees, and answers by one key.

A reservation, or the reason of a disagreement, is asked in one line; the count is given in words. *Leave* is the
partner's permission to publish its answer. A position counts for the text it was given on; *today's text* is the one of
now, an earlier one a draft that was sent. The page is *projected* if all in the room see it on a wall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tui.agreement.signature_section import FEW
from tui.commands import MEETING, PROJECTION, hint, key_meanwhile
from tui.form.form_words import answer_words
from tui.i18n import N_, _
from tui.partnership.completion import single_entry
from tui.partnership.conditions import LEVELS, open_conditions
from tui.partnership.partners import Partner, active
from tui.partnership.positions import (
    CONSENSUS,
    POSITIONS,
    REASONED,
    RESERVATION,
    UNSAID,
    count_words,
    levels_to_choose,
)
from tui.partnership.values import Entry
from tui.screens.condition_pages import ask_condition
from tui.screens.field_help import question_help
from tui.screens.text_question import ask_which_text
from tui.text.conditional_words import NO_UNTIL, TO_WATCH, YES_IF
from tui.text.french_names import fill_sentence
from tui.ui import glyphs
from tui.ui.dialog import Choice, OneKey, Picker, ask_text
from tui.ui.page import PageRow, RowsScreen
from tui.workspace import writing
from tui.workspace.condition_words import condition_text
from tui.workspace.table_mandates import giver_words, mandate_words, may_give, note_giver
from tui.workspace.text_answered import answered_on_other_words, note_given_on_today, partners_present
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

# Keys that answer with a condition: « oui si… », « non tant que… », « à surveiller ».
_ANSWERS_WITH_CONDITION = {"i": YES_IF, "n": NO_UNTIL, "v": TO_WATCH}


class RoundScreen(RowsScreen):
    """One question asked around the table.

    If `projected`, no answer of a partner is shown, only the count that the document gives too, and only partners are
    named that may be named.
    """

    about = N_(
        "A digit answers for the partner one stands at, and goes on to the next; Del takes the answer away. Of the "
        "whole text, i is a yes with a condition, n a no until something, v a yes with something to watch."
    )

    def __init__(self, workspace: Workspace, question: str, *, projected: bool = False) -> None:
        super().__init__(workspace)
        self.question = workspace.guide.question(question)
        self.projected = projected
        self.where = PROJECTION if projected else MEETING
        self._was_painted = False  # whether the page was painted before
        # Whether those present read today's text together: then no partner is asked on which text it answers.
        self.reads_today_text = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the levels of agreement, in the order of their digits."""
        return levels_to_choose(self.workspace.guide, self.workspace.partnership)

    def heading(self) -> str:
        """Return the name of the question; if projected, after the title of the partnership."""
        name = self.question.short.get(self.workspace.lang)
        return f"{self.workspace.agreement.title} · {name}" if self.projected else name

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line with what they do; the page itself explains the digits."""
        conditions = [("i", _("yes if…")), ("n", _("no until…"))] if self._is_about_text else []
        return [
            ("↑↓", _("partner")),
            *conditions,
            (_("Del"), _("no answer")),
            ("T", _("today's text")),
            *self._giver_key(),
            *([] if conditions else hint("aside", _("set aside"))),
            (_("Esc"), _("back")),
        ]

    def rows(self) -> Sequence[PageRow]:
        """Return the question, the digits, the count once all have answered, then one row a partner."""
        lang = self.workspace.lang
        choices = self.workspace.guide.choices["position"]
        legend = "   ".join(
            f"{at}\u00a0{_unbreakable(choices[code].get(lang))}" for at, code in enumerate(self.codes, 1)
        )
        rows = [PageRow(self.question.text.get(lang), "title"), PageRow(), PageRow(legend, "accent"), PageRow()]
        if self._all_answered and (count := self.count()):
            rows.append(PageRow(count, "strong"))
        if self.reads_today_text:
            rows.append(PageRow(_("On today's text, read together, for who is present."), "accent"))
        rows.append(PageRow())
        return [*rows, *(self._partner_row(partner) for partner in active(self.workspace.partnership))]

    @property
    def _all_answered(self) -> bool:
        """Whether each partner has answered: an earlier count would tell the next partner what the others said."""
        partnership = self.workspace.partnership
        entries = (single_entry(partnership, self.question.id, (partner.id,)) for partner in active(partnership))
        return all(entry.get("level") for entry in entries)

    def count(self) -> str:
        """Return « 5 accords, 1 réserve, 1 à discuter »; if projected, "" until FEW have answered."""
        workspace = self.workspace
        answers = workspace.public.answers
        counts = Counter(
            status.code for (question_id, _partner_id), status in answers.items() if question_id == self.question.id
        )
        if self.projected and sum(n for code, n in counts.items() if code not in UNSAID) < FEW:
            return ""
        return count_words(workspace.guide, counts, workspace.lang)

    def _partner_row(self, partner: Partner) -> PageRow:
        """Return the row of a partner: its name and, unless projected, its answer, reservation and who gave it."""
        workspace = self.workspace
        if self.projected:
            return PageRow(self._name_on_page(partner), "", self._go_to_next, "", 3)
        answer = workspace.public.answers.get((self.question.id, partner.id))
        entry = single_entry(workspace.partnership, self.question.id, (partner.id,))
        answer_text = answer_words(workspace.guide, answer, workspace.lang) if answer is not None else ""
        text = f"{glyphs.radio(answer is not None)} {self._name_on_page(partner)}"
        waiting = open_conditions(workspace.partnership, partner.id) if self._is_about_text else ()
        reservation = entry.text(RESERVATION, workspace.lang) or "; ".join(
            condition_text(workspace.guide, row, workspace.lang) for row in waiting
        )
        answer_text = ", ".join(filter(None, (answer_text, giver_words(workspace, entry))))
        return PageRow(text + _(": ") + reservation if reservation else text, "", self._go_to_next, answer_text, 3)

    def _go_to_next(self) -> None:
        """Make the next partner the current one."""
        self._go_to_row(self._at + 1)

    def paint(self) -> None:
        """Paint the page; the first time the first partner without an answer is the current one."""
        if not self._was_painted and self.size.width:
            self._was_painted = True
            self._at = self._first_unanswered()
        super().paint()

    def _first_unanswered(self) -> int:
        """Return the number, from 0, of the first partner without an answer; 0 if all have answered."""
        for at, partner in enumerate(active(self.workspace.partnership)):
            if not single_entry(self.workspace.partnership, self.question.id, (partner.id,)).get("level"):
                return at
        return 0

    def help(self) -> Iterable[tuple[str, str]]:
        """Yield the help of the question that is asked around the table, then that of the page."""
        yield from question_help(self.workspace, self.question)
        yield from super().help()

    def likely_commands(self) -> tuple[str, ...]:
        """Return the ids of the commands that are often given during a round."""
        return ("undo", "aside", "decision", "task", "ask_each", "long_positions", "minutes")

    def run_own_command(self, command_id: str) -> bool:
        """Return True for the command that opens this page: it does nothing on it."""
        return command_id == "round"

    # -- answering -----------------------------------------------------------------------------------------------------

    def act(self, key: str) -> bool:
        """Act on a letter: a digit answers for the current partner, and goes on to the next. Return False if unused."""
        if key.isdecimal() and 0 < int(key) <= len(self.codes):
            self._give_answer(self.codes[int(key) - 1])
            return True
        if key in ("backspace", "delete"):
            self._give_answer("")
            return True
        if key in ("t", "T"):
            self._read_together()
            return True
        if key == "w" and not self.projected:
            self._ask_giver()
            return True
        if key in _ANSWERS_WITH_CONDITION and self._is_about_text:
            self._ask_condition(_ANSWERS_WITH_CONDITION[key])
            return True
        return super().act(key)

    def _giver_key(self) -> list[tuple[str, str]]:
        """Return the key that asks who gave the position; the key of undo if no person of the partner is present."""
        partner = self._current_partner()
        if partner is not None and not self.projected and may_give(self.workspace, partner.id):
            return [("w", _("who says it"))]
        return hint("undo", _("undo"))

    def _current_partner(self) -> Partner | None:
        """Return the current partner, None if there is none."""
        partners = active(self.workspace.partnership)
        return partners[self._at] if self._at < len(partners) else None

    def _ask_giver(self) -> None:
        """Ask which person at the table gave the position of the current partner, which stays the current one."""
        partner = self._current_partner()
        may_give_to = may_give(self.workspace, partner.id) if partner is not None else ()
        if partner is None or not may_give_to:
            self.say_to_room(
                _("Nobody of it is marked present: {key} says who is there.").format(key=key_meanwhile("meeting"))
            )
            return
        entry = single_entry(self.workspace.partnership, self.question.id, (partner.id,))
        if not entry.get("level"):
            self.say_to_room(_("There is no answer here yet: a digit gives it."))
            return

        def take_choice(key: str | None) -> None:
            seat = next((seat for seat in may_give_to if seat.key == key), None)
            if seat is not None:
                note_giver(self.workspace, entry, seat)
                self.paint()

        choices = [Choice(seat.key, seat.name, mandate_words(self.workspace, seat)) for seat in may_give_to]
        self.app.push_screen(Picker(_("Who gave this answer?"), choices), take_choice)

    @property
    def _is_about_text(self) -> bool:
        """Whether the question is about the whole text, to which a yes may have a condition."""
        return self.question.id == CONSENSUS

    def _ask_condition(self, answer: str) -> None:
        """Ask for the condition of « oui si… » in one line; if projected, ask first whether the room may read it."""
        partner = self._current_partner()
        if partner is None:
            return

        def after_condition() -> None:
            level = LEVELS.get(answer, "agree")
            if answer != NO_UNTIL and self._position(partner).get("level") != level:  # it disagreed before
                self._set_field(partner, RESERVATION, "")  # the reason of the disagreement
                self._set_field(partner, "level", level)
            self._on_which_text(partner, self._go_on)

        def take_choice(key: str | None) -> None:
            if key == "1":
                name = partner.short(self.workspace.lang) if partner.may_appear else ""
                ask_condition(self.app, self.workspace, partner.id, after_condition, answer, name=name)
            elif key == "2":
                self._set_field(partner, "level", LEVELS.get(answer, "agree"))
                self._on_which_text(partner, self._go_on)

        if self.projected:
            choices = [("1", _("yes, it may be read here")), ("2", _("no: it is written later"))]
            self.app.push_screen(OneKey(_("May its condition be read here?"), choices), take_choice)
        else:
            ask_condition(self.app, self.workspace, partner.id, after_condition, answer)

    def _give_answer(self, code: str) -> None:
        """Set the position of the current partner to `code`, "" for none, and ask what else it needs."""
        partners = active(self.workspace.partnership)
        if self._at >= len(partners):
            return
        partner = partners[self._at]
        position = self._position(partner)
        former_reason = position.text(RESERVATION, self.workspace.lang)
        with self.workspace.edits.as_one():
            self._set_field(partner, "level", code)
            if former_reason and position.get("level") in REASONED and code not in REASONED:
                self._set_field(partner, RESERVATION, "")  # it was the reason of the former answer

        def then() -> None:
            if code in REASONED:  # the levels whose reason is asked for
                self._ask_reservation_and_leave(partner, code, former_reason)
            else:
                self._go_on(bool(code))

        self._on_which_text(partner, then)

    def _on_which_text(self, partner: Partner, then: Callable[[], None]) -> None:
        """Ask on which text the answer is given, unless the round is on today's text and the partner is here."""
        if self.reads_today_text and partner.id in partners_present(self.workspace):
            note_given_on_today(
                self.workspace,
                self.question.id,
                answered_on_other_words(self.workspace, self.question.id, (partner.id,)),
            )
            then()
        else:
            ask_which_text(self.app, self.workspace, self.question.id, (partner.id,), then)

    def _read_together(self) -> None:
        """Begin to read today's text together, or stop.

        When it begins, ask about each earlier answer of those present. Answers of the absent stay on their draft.
        """
        if self.reads_today_text:
            self.reads_today_text = False
            self.paint()
            self.say_to_room(_("Each answer is asked again on which text it is given."))
            return
        present_ids = partners_present(self.workspace)
        if not present_ids:
            self.say_to_room(
                _("Nobody is marked present: {key} says who is there.").format(key=key_meanwhile("meeting"))
            )
            return
        self.reads_today_text = True
        self.paint()
        present = [partner for partner in active(self.workspace.partnership) if partner.id in present_ids]
        to_ask = answered_on_other_words(self.workspace, self.question.id, [partner.id for partner in present])
        self._keep_or_ask([partner for partner in present if partner.id in to_ask], [])

    def _keep_or_ask(self, to_ask: list[Partner], to_ask_again: list[Partner]) -> None:
        """Ask each partner of `to_ask` in turn whether its earlier answer is kept, on today's text.

        `to_ask_again` collects those that answer again: afterwards the first of them becomes the current one.
        """
        if not to_ask:
            if to_ask_again:
                ids = [partner.id for partner in active(self.workspace.partnership)]
                self._at = ids.index(to_ask_again[0].id)
            self.paint()
            self.say_to_room(_("Today's text, read together: the answers of who is present are given on it."))
            return
        partner, *others = to_ask

        def take_choice(key: str | None) -> None:
            if key == "1":
                note_given_on_today(self.workspace, self.question.id, (partner.id,))
            self._keep_or_ask(others, to_ask_again if key == "1" else [*to_ask_again, partner])

        choices = [("1", _("keep its answer, on today's text")), ("2", _("ask it again"))]
        self.app.push_screen(
            OneKey(_("{name} answered before.").format(name=self._capital_name(partner)), choices), take_choice
        )

    def _capital_name(self, partner: Partner) -> str:
        """Return the name of a partner as it begins a sentence."""
        name = self._name_on_page(partner)
        return name[:1].upper() + name[1:]

    def _set_field(self, partner: Partner, name: str, value: str) -> None:
        """Set the field `name` of a partner's position, as one step of undo."""
        part = self.question.single
        field = part.field(name) if part is not None else None
        assert field is not None
        entry = single_entry(self.workspace.partnership, self.question.id, (partner.id,))
        self.workspace.edits.end_typing()
        if field.kind == "choice":
            writing.choose(self.workspace, entry, field, value)
        else:
            writing.type_into(self.workspace, entry, field, value)
        self.workspace.edits.end_typing()

    def _position(self, partner: Partner) -> Entry:
        """Return the position of a partner, as it is stored now."""
        return single_entry(self.workspace.partnership, self.question.id, (partner.id,))

    def _ask_reservation_and_leave(self, partner: Partner, code: str, former_reason: str) -> None:
        """Ask for the reservation, or the reason of a disagreement, and whether it may be published.

        If projected, ask first whether it may be published: what may not be is written after the meeting. A reason that
        was noted before without leave is neither shown nor published then.
        """
        former_leave = str(self._position(partner).get("leave") or "")
        is_kept_from_room = self.projected and former_leave != "yes"

        def after_leave(leave: str) -> None:
            if leave == "yes":
                shown_reason = "" if is_kept_from_room else former_reason
                self._ask_reservation(partner, code, after_reason, shown_reason)
            else:
                self._go_on()

        def after_reason(was_given: bool) -> None:
            if not was_given and is_kept_from_room and self._position(partner).text(RESERVATION, self.workspace.lang):
                self._set_field(partner, "leave", former_leave)
            self._go_on()

        if self.projected:
            self._ask_leave(after_leave, partner)
        else:
            self._ask_reservation(
                partner, code, lambda _given: self._ask_leave(lambda _leave: self._go_on(), partner), former_reason
            )

    def _ask_reservation(self, partner: Partner, code: str, then: Callable[[bool], None], text: str) -> None:
        """Ask for the reservation, or the reason of a disagreement, in one line that begins as `text`.

        `then` is called after it with whether one was given.
        """
        name = partner.in_sentence(self.workspace.lang) if partner.may_appear or not self.projected else ""

        def take_text(reason_typed: str | None) -> None:
            if reason_typed is not None:
                self._set_field(partner, RESERVATION, reason_typed.strip())
            then(reason_typed is not None)

        if code == RESERVATION:
            title = fill_sentence(_("Reservation of {name}"), name=name) if name else _("Reservation")
        else:
            title = _("Why {name} disagrees").format(name=name) if name else _("The reason of the disagreement")
        ask_text(self.app, "round.reservation", title, take_text, row=f"{self.question.id}/{partner.id}", text=text)

    def _ask_leave(self, then: Callable[[str], None], partner: Partner) -> None:
        """Ask whether an answer may be published; `then` is called with the code of the leave, "" after Escape."""
        words = self.workspace.guide.choices["leave"]
        choices = [(str(number), words[code].get(self.workspace.lang)) for number, code in enumerate(words, 1)]

        def take_choice(key: str | None) -> None:
            leave = list(words)[int(key) - 1] if key else ""
            if leave:
                self._set_field(partner, "leave", leave)
            then(leave)

        self.app.push_screen(OneKey(_("May it be published?"), choices), take_choice)

    def _go_on(self, forward: bool = True) -> None:
        """Go on to the next partner and say which it is; with `forward` False, only paint."""
        partners = active(self.workspace.partnership)
        partner_left, was_last = partners[self._at], self._at >= len(partners) - 1
        self._at += 1 if forward else 0
        self.paint()
        if not forward:
            return
        if not was_last:
            message = _("{name}: noted → now {next}").format(
                name=self._name_on_page(partner_left), next=self._name_on_page(partners[self._at])
            )
            self.say_to_room(message[:1].upper() + message[1:])
        elif self.count():
            self.say_to_room(_("The round is done: {count}.").format(count=self.count()))

    def _name_on_page(self, partner: Partner) -> str:
        """Return the name of a partner on this page; if projected, as the document calls it."""
        lang = self.workspace.lang
        if self.projected:
            name = partner.short(lang) if partner.may_appear else ""
            return name or self.workspace.guide.word("an_organisation", lang)
        return partner.short(lang) or _("unnamed organization")

    def say(self, text: str) -> None:
        """Show a message of other screens, but not if projected: it may name a file or a person."""
        if not self.projected:
            self.say_to_room(text)


def _unbreakable(words: str) -> str:
    """Return `words` with no-break spaces, so that they stay on one line."""
    return words.replace(" ", "\u00a0")


def open_round(app: Host) -> None:
    """Begin a round on the position the user is at; else on the whole text in the last step, else on the procedures."""
    workspace = app.workspace
    if workspace is None:
        return
    if not active(workspace.partnership):
        app.page.say_to_room(_("There is no partner yet."))
        return
    question_id = POSITIONS[0]
    if workspace.question.id in POSITIONS:
        question_id = workspace.question.id
    elif workspace.question.step == "commit":
        question_id = CONSENSUS
    app.push_screen(RoundScreen(workspace, question_id, projected=app.projecting))


def long_positions(app: Host) -> None:
    """Turn the long form of positions on or off, for this partnership."""
    workspace = app.workspace
    if workspace is None:
        return
    turns_long = workspace.partnership.setting("positions") != "long"
    workspace.set_setting("positions", "long" if turns_long else None)
    app.repaint()
    app.say(_("Positions: the long form.") if turns_long else _("Positions: the short form."))
