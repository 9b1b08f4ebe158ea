"""The answers still awaited, by date; the text an answer was given on; the sentences it leaves out; the adoption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk.answers import leave_out, saw, sentences
from tui.desk.desk import Desk
from tui.desk.sending import adopt
from tui.desk.versions import name_of, versions_of
from tui.project.awaited import ANSWER, CONFIRM, Awaited, awaited
from tui.project.positions import CONSENSUS
from tui.project.privacy import POSITIONS
from tui.project.sending import sendings
from tui.project.wording import points
from tui.screens.asking import ask_text
from tui.screens.picker import Choice, Picker, yes_no
from tui.screens.positions import short_name
from tui.screens.rows import Row, RowsScreen
from tui.screens.work import WorkScreen
from tui.store.errors import StoreError
from tui.text.dates import format_date
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp
    from tui.desk.unfinished_texts import Typing


class AwaitedScreen(RowsScreen):
    """One line for each thing awaited; Enter goes to the partner's answer."""

    def heading(self) -> str:
        """The title of the page."""
        return _("Answers awaited")

    def rows(self) -> Sequence[Row]:
        """The earliest date first."""
        desk = self.desk
        found = [
            Row(awaited_words(desk, one), "", self._opener(one), format_date(one.by, desk.lang) if one.by else "")
            for one in awaited(desk.project, points(desk.guide, desk.view), desk.lang)
        ]
        found = found or [Row(_("Every partner has answered on today's text."), "done")]
        return [*_last_sent(desk), *found]

    def _opener(self, one: Awaited) -> Callable[[], None]:
        return lambda: self.to_field(CONSENSUS, one.partner)


def _last_sent(desk: Desk) -> list[Row]:
    """The last draft, when and to whom it went; [] before the first."""
    sent = sendings(desk.project)
    if not sent:
        return []
    row = sent[-1]
    names = ", ".join(short_name(desk, one) for one in row.givers) or _("nobody ticked")
    said = _("Draft {number} was sent or given to: {names}").format(number=row.get("number", 0), names=names)
    return [Row(said, "heading"), Row()]


def awaited_words(desk: Desk, one: Awaited) -> str:
    """What is awaited of whom, in one line."""
    name = short_name(desk, one.partner)
    if one.kind == ANSWER:
        if one.number:
            return _("{name} : answer to draft {number}").format(name=name, number=one.number)
        if sendings(desk.project):
            return _("{name} : answer; the draft did not go to it yet").format(name=name)
        return _("{name} : answer; no draft was sent yet").format(name=name)
    if one.kind == CONFIRM:
        return _("{name} : to confirm on the new text").format(name=name)
    return _("{name} : to be ratified by {body}").format(name=name, body=one.body or "?")


def _at_position(app: EntenteApp) -> WorkScreen | None:
    """The working screen when it stands at a partner's answer; else what to do is said."""
    screen = app.screen
    if not isinstance(screen, WorkScreen):
        return None
    if screen.desk.question.id not in POSITIONS or not screen.desk.place.partner:
        screen.say(_("Stand on a partner's answer first (“Saying yes”)."))
        return None
    return screen


def text_answered(app: EntenteApp) -> None:
    """Say which text the present partner answered on."""
    screen = _at_position(app)
    if screen is None:
        return
    desk = screen.desk
    known = versions_of(desk, app.store)
    choices = [Choice("today", _("Today's text, read together"))]
    choices += [Choice(one.id, name_of(one, desk.lang)) for one in reversed(known)]

    def chosen(name: str | None) -> None:
        if name:
            saw(desk, next((one for one in known if one.id == name), None))
            screen.paint()
            app.edited()

    title = _("Which text did {name} answer on?").format(name=short_name(desk, desk.place.partner))
    app.push_screen(Picker(title, choices), chosen)


def leave_sentence_out(app: EntenteApp) -> None:
    """« Sauf » : choose a sentence of the agreement that the present partner does not say yes to."""
    screen = _at_position(app)
    if screen is None:
        return
    desk = screen.desk
    choices = [Choice(name, words, about=words) for name, words in sentences(desk)]
    if desk.question.id != CONSENSUS or not choices:
        screen.say(_("There is no sentence to leave out yet."))
        return

    def chosen(name: str | None) -> None:
        if name:
            row = leave_out(desk, name)
            screen.paint()
            screen.stand(f"{row.id}/reservation")
            app.edited()

    app.push_screen(Picker(_("Yes, except on which sentence?"), choices), chosen)


def show_awaited(app: EntenteApp) -> None:
    """The list of the answers awaited."""
    if app.desk is not None:
        app.push_screen(AwaitedScreen(app.desk))


def open_adopt(app: EntenteApp) -> None:
    """Keep today's text as the adopted one, after a question."""
    choices = [
        Choice("here", _("Today's text, as it stands here")),
        Choice("outside", _("It was adopted on another paper: name its file")),
    ]

    def file_named(text: str | None) -> bool:
        path = Path((text or "").strip().strip("'\"")).expanduser()
        if text and text.strip():
            if path.is_file():
                _resolution(app, path, typed)
            else:
                app.say(_("There is no file {path}.").format(path=path))
        return False  # kept until the text is adopted

    def chosen(name: str | None) -> None:
        if name == "outside":
            typed.append(ask_text(app, "adopt.file", _("Path of the adopted file"), file_named))
        elif name:
            _resolution(app, None, typed)

    typed: list[Typing] = []
    app.push_screen(Picker(_("What was adopted?"), choices), chosen)


def _resolution(app: EntenteApp, file: Path | None, typed: list[Typing]) -> None:
    def chosen(text: str | None) -> bool:
        def sure(answer: str | None) -> None:
            if answer == "yes" and _adopt(app, (text or "").strip(), file):
                for one in typed:
                    one.done()

        if text is not None:
            app.push_screen(yes_no(_("Keep today's text as the adopted one?")), sure)
        return False  # kept until the text is adopted

    title = _("By which resolution or meeting? (may stay empty)")
    typed.append(ask_text(app, "adopt.resolution", title, chosen))


def _adopt(app: EntenteApp, resolution: str, file: Path | None) -> bool:
    if app.desk is None:
        return False
    try:
        adopt(app.desk, app.store, resolution=resolution, file=file)
    except (OSError, StoreError) as error:
        app.say(str(error))
        return False
    app.repaint()
    app.say(_("Adopted: this text is kept, and any later change will show."))
    return True
