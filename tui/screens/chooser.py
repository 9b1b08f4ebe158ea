"""Partners ticked in a small window: all, a named group, or one by one; what is unticked of a group is its « sauf »."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.project.partners import ALL
from tui.quick import dataclass
from tui.screens import marks
from tui.screens.asking import ask_text
from tui.screens.foot import WindowFoot
from tui.text.widths import shorten
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of partners that is ticked at once."""

    id: str
    name: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ticked:
    """The partners that were ticked, and the group ("" for none) that they are, but for those unticked since."""

    ids: tuple[str, ...]
    group: str = ""


class Several(ModalScreen[Ticked | None]):
    """Partners to tick: Space turns one over, « t » all of them, « g » names what is ticked, Enter takes it.

    Choices are (id, name). `name_group` keeps a new group and returns it.
    """

    app: EntenteApp

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        ticked: Iterable[str] = (),
        *,
        groups: Sequence[Group] = (),
        group: str = "",
        name_group: Callable[[str, tuple[str, ...]], Group] | None = None,
    ) -> None:
        super().__init__()
        self.title_text = title
        self.choices = tuple(choices)
        self.ticked = set(ticked)
        self.groups = list(groups)
        self.group = group
        self.at = 0
        self._name_group = name_group

    def compose(self) -> ComposeResult:
        """The list and the keys."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list")
        yield WindowFoot()

    def on_mount(self) -> None:
        """The keyboard goes to the list, at the first partner."""
        self.query_one("#picker-list", Lines).focus()
        self.at = len(self.groups)
        self.query_one(WindowFoot).tell(self.keys())
        self._paint()

    def _paint(self) -> None:
        lines: list[Line] = [(Piece(f" {self.title_text}", "heading"),)]
        for group in self.groups:
            on = group.id == self.group
            out = sum(one not in self.ticked for one in group.members)
            said = _("{name}, except {n}").format(name=group.name, n=out) if on and out else group.name
            lines.append((Piece(f"   {marks.radio(on)}   {said}", "strong accent" if on else "accent"),))
        width = min(self.size.width - 4, 76)
        for name, words in self.choices:
            on = name in self.ticked
            lines.append((Piece(shorten(f"   {marks.tick(on)} {words}", width), "strong" if on else ""),))
        pane = self.query_one("#picker-list", Lines)
        pane.show(lines)
        pane.cursor = self.at + 1
        pane.scroll_to_row(self.at + 1)

    def keys(self) -> list[tuple[str, str]]:
        """What counts here."""
        keys = [(_("Space"), _("choose")), (_("A"), _("all"))]
        keys += [("G", _("name this group"))] if self._name_group is not None else []
        return [(_("Enter"), _("done")), *keys, (_("Esc"), _("leave"))]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows walk, Space ticks, Enter takes."""
        event.stop()
        event.prevent_default()
        count = max(len(self.groups) + len(self.choices), 1)
        if event.key in ("up", "down"):
            self.at = (self.at + (1 if event.key == "down" else -1)) % count
        elif event.key in ("home", "end"):
            self.at = 0 if event.key == "home" else count - 1
        elif event.key == "space":
            self._turn()
        elif event.character in ("a", "A", "t", "T"):
            self._all()
        elif event.character in ("g", "G") and self._name_group is not None and self.ticked:
            self._give_name()
            return
        elif event.key == "enter":
            self._done()
            return
        elif event.key == "escape":
            self.dismiss(None)
            return
        self._paint()

    def _turn(self) -> None:
        """Tick the partner, or the whole group, one stands on; or take the tick off."""
        if self.at < len(self.groups):
            chosen = self.groups[self.at]
            on = self.group == chosen.id
            self.group, self.ticked = ("", set()) if on else (chosen.id, set(chosen.members))
        elif self.choices:
            self.ticked ^= {self.choices[self.at - len(self.groups)][0]}
            known = next((one for one in self.groups if one.id == self.group), None)
            if known is not None and not self.ticked <= set(known.members):
                self.group = ""

    def _all(self) -> None:
        everyone = {name for name, _words in self.choices}
        whole = self.ticked == everyone
        self.ticked = set() if whole else everyone
        self.group = "" if whole or all(one.id != ALL for one in self.groups) else ALL

    def _give_name(self) -> None:
        keep = self._name_group
        assert keep is not None

        def named(text: str | None) -> None:
            if text and text.strip():
                group = keep(text.strip(), self._ids())
                self.groups.append(group)
                self.group = group.id
                self.at += 1
            self._paint()

        ask_text(self.app, "group", _("The name of this group"), named, hint=_("the local organisations"))

    def _ids(self) -> tuple[str, ...]:
        return tuple(name for name, _words in self.choices if name in self.ticked)

    def _done(self) -> None:
        ids = self._ids()
        if not self.group and len(ids) > 1 and len(ids) == len(self.choices):
            self.group = ALL if any(one.id == ALL for one in self.groups) else ""
        self.dismiss(Ticked(ids, self.group if ids else ""))
