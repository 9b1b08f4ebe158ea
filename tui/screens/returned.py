"""A text that came back, one difference at a time: accepted into its field, refused, or put aside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.agreement.returned import REMARK, Difference
from tui.desk.desk import Desk
from tui.desk.returned import CannotRead, Laid, lay_beside, read_back, read_path
from tui.desk.returning import ARTICLE, ASIDE, REFUSED, TAKEN, Returning, base_of
from tui.desk.versions import name_of, versions_of
from tui.project.partners import active
from tui.screens.anchor import refreshed
from tui.screens.foot import keys_line
from tui.screens.marked import ADDED, REMOVED, paint_differences, paint_text
from tui.screens.picker import Choice, Picker
from tui.screens.rows import WIDEST
from tui.text.widths import shorten
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.app import EntenteApp


class ReturnedScreen(Screen[None]):
    """One difference with what it would change; the letters decide, the arrows go to another, Escape is for later."""

    app: EntenteApp

    def __init__(self, returning: Returning, name: str) -> None:
        super().__init__()
        self.returning = returning
        self.name_of_file = name
        self.message = ""
        self.at = 0

    def compose(self) -> ComposeResult:
        """Which text, the difference, the keys."""
        yield Lines(id="head", classes="bar", glyph="")
        yield Lines(id="sheet", glyph="")
        yield Lines(id="foot", classes="bar", glyph="")

    def on_mount(self) -> None:
        """The keyboard goes to the difference."""
        self.query_one("#head").can_focus = self.query_one("#foot").can_focus = False
        self.query_one("#sheet").focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def paint(self) -> None:
        """Paint the difference one stands at, or what was decided once none is left."""
        left = self.returning.open
        self.at = min(self.at, max(len(left) - 1, 0))
        width = self.size.width
        said = [_("A text came back"), self.name_of_file]
        if left:
            said.insert(1, _("{at} of {n}").format(at=self.at + 1, n=len(left)))
        title = " · ".join(filter(None, said))
        self.query_one("#head", Lines).show([(Piece(" " + shorten(title, width - 2), "title"),)])
        body = self._told(left[self.at], min(width - 2, WIDEST)) if left else self._done(min(width - 2, WIDEST))
        self.query_one("#sheet", Lines).show(body, keep=0)
        self._foot(self._keys(left[self.at] if left else None))

    def _told(self, one: Difference, width: int) -> list[Line]:
        source = self.returning.source(one) or _("unknown author")
        lines: list[Line] = [
            (),
            *paint_text(one.ours.heading, width, "heading"),
            *paint_text(source, width, "muted"),
            (),
        ]
        if one.kind == REMARK:
            about = _("About: “{text}”").format(text=one.before)
            return [*lines, *paint_text(one.remark, width, "strong"), (), *paint_text(about, width, "muted"), ()]
        legend = "{} {}".format(_("taken out").join(REMOVED), _("put in").join(ADDED))
        home = self.returning.home(one)
        where = _("Accepted, it goes to: {field}").format(field=home) if home else _(
            "It comes from no field: it can become a point to settle, or a free article."
        )  # fmt: skip
        return [
            *lines,
            *paint_differences(one.before, one.after, width),
            (),
            *paint_text(where, width, "" if home else "warn"),
            *paint_text(legend, width, "muted"),
        ]

    def _done(self, width: int) -> list[Line]:
        """What was decided, once nothing is left."""
        settled = list(self.returning.settled.values())
        if not self.returning.differences:
            return [(), *paint_text(_("Not one word differs from our text."), width, "done")]
        counts = (
            (TAKEN, ngettext("{n} accepted", "{n} accepted", settled.count(TAKEN))),
            (REFUSED, ngettext("{n} refused", "{n} refused", settled.count(REFUSED))),
            (ASIDE, ngettext("{n} put aside as a point", "{n} put aside as points", settled.count(ASIDE))),
            (ARTICLE, ngettext("{n} made an article", "{n} made articles", settled.count(ARTICLE))),
        )
        told = [words.format(n=settled.count(what)) for what, words in counts if settled.count(what)]
        return [
            (),
            *paint_text(_("All is decided."), width, "done"),
            *paint_text(" · ".join(told), width),
            (),
            *paint_text(_("A partner's yes on a sentence that changed is asked again."), width, "muted"),
        ]

    def _keys(self, one: Difference | None) -> list[tuple[str, str]]:
        if one is None:
            return [("U", _("undo")), (_("Esc"), _("back"))]
        changes = self.returning.changes(one)
        keys = [("A", _("accept"))] if changes else []
        keys += [("R", _("refuse") if one.kind != REMARK else _("seen")), ("P", _("point"))]
        keys += [("F", _("article"))] if one.after and one.kind != REMARK and not changes else []
        keys += [(_("Esc"), _("later"))]
        keys += [("←→", _("another"))] if len(self.returning.open) > 1 else []
        return [*keys, ("T", _("accept the rest")), ("U", _("undo"))]

    def _foot(self, keys: list[tuple[str, str]]) -> None:
        self.query_one("#foot", Lines).show([keys_line(keys, self.size.width, self.message)])

    def on_key(self, event: events.Key) -> None:
        """Letters decide, left and right go to another difference, up and down scroll, Escape leaves."""
        moves = {"left": -1, "right": 1, "up": -1, "down": 1, "pageup": -10, "pagedown": 10}
        self.message = ""
        if event.key in ("left", "right"):
            self.at = (self.at + moves[event.key]) % max(len(self.returning.open), 1)
        elif event.key in moves:
            self.query_one("#sheet").scroll_relative(y=moves[event.key], animate=False)
        elif event.key == "escape":
            self.dismiss(None)
        elif not self._decided((event.character or "").lower()):
            return
        if self.is_current:
            self.paint()
        event.stop()
        event.prevent_default()

    def own_command(self, name: str) -> bool:
        """Undo takes the last decision back here too."""
        if name != "undo":
            return False
        self._decided("u")
        self.paint()
        return True

    def _decided(self, letter: str) -> bool:
        """Do what a letter says; whether it meant something here."""
        left, returning = self.returning.open, self.returning
        if letter == "u":
            self.message = _("Taken back.") if returning.undo() else _("There is nothing to undo.")
        elif not left or letter not in ("a", "r", "p", "f", "t"):
            return False
        elif letter == "a" and not returning.accept(left[self.at]):
            self.message = _("No field takes it: P makes a point of it, F an article.")
        elif letter == "r":
            returning.refuse(left[self.at])
        elif letter == "p":
            returning.set_aside(left[self.at])
        elif letter == "f" and left[self.at].after and left[self.at].kind != REMARK:
            returning.make_article(left[self.at])
        elif letter == "t":
            count = returning.accept_all()
            self.message = ngettext("{n} accepted.", "{n} accepted.", count).format(n=count)
        self.app.edited()
        return True


def returned(app: EntenteApp) -> None:
    """Ask for the file, or the text, that came back."""
    if app.desk is None:
        return

    def given(text: str | None) -> None:
        if text and text.strip():
            app.say(_("reading…"))
            app.run_worker(lambda: _read(app, text), thread=True, exclusive=True)

    title = _("Path of the file that came back, or its text pasted here (Tab when done)")
    app.push_screen(Picker(title, free=True, prose=True), given)


def _read(app: EntenteApp, text: str) -> None:
    """Read it and lay it beside ours, in a thread: a long Word file takes a second."""
    desk = app.desk
    assert desk is not None
    name = text.strip().strip("'\"")
    path = Path(name).expanduser() if "\n" not in text.strip() and len(name) < 1000 else None
    try:
        if path is not None and path.exists():
            raw, read, name = path.read_bytes() if path.is_file() else b"", read_path(path), path.name
        elif path is not None and (path.suffix or "/" in name) and " " not in name:
            app.call_from_thread(app.say, _("There is no file {path}.").format(path=path))
            return
        else:
            raw, name = text.encode(errors="replace"), ""
            read = read_back(raw)
        laid = lay_beside(desk.guide, desk.project, versions_of(desk, app.store), read, base_of(desk.project, raw))
    except CannotRead as error:
        app.call_from_thread(app.say, str(error))
        return
    except OSError as error:
        app.call_from_thread(app.say, f"{name} : {error.strerror or error}")
        return
    app.call_from_thread(_show, app, desk, laid, name, raw)


def _show(app: EntenteApp, desk: Desk, laid: Laid, name: str, raw: bytes) -> None:
    """Show the differences; whoever it is from is asked where the file does not say."""
    against = name_of(laid.version, desk.lang) if laid.version is not None else _("today's text")
    title = ", ".join(filter(None, (name, _("beside {version}").format(version=against))))

    def signed(author: str | None) -> None:
        who = (author or "").strip()
        signed_by = tuple(one if one.author else replace(one, author=who) for one in laid.differences)
        returning = Returning(
            desk, replace(laid, differences=signed_by, author=laid.author or who), source=name, raw=raw
        )
        app.push_screen(ReturnedScreen(returning, title), lambda _done: refreshed(app))

    app.say("")
    if all(one.author for one in laid.differences):
        signed("")
        return
    names = [one.name(desk.lang) for one in active(desk.project)]
    choices = [Choice(one, one) for one in names if one]
    app.push_screen(Picker(_("Whom is it from? (Escape: nobody is named)"), choices, free=not choices), signed)
