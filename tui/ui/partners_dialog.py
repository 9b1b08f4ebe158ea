"""The dialog in which partners are ticked, alone or by groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui.fast_dataclass import dataclass
from tui.i18n import N_, _
from tui.partnership.partners import ALL
from tui.terminal.line_pane import Line, Piece
from tui.text.widths import width as cells
from tui.text.widths import wrap
from tui.ui import glyphs
from tui.ui.dialog import ListDialog, ask_text, line_reached


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


class PartnersDialog(ListDialog[Ticked | None]):
    """Partners to tick: Space turns one over, « t » all of them, « g » names what is ticked, Enter takes it.

    Choices are (id, name). `name_group` keeps a new group and returns it.
    """

    about = N_("Space ticks a partner or a group, Enter takes what is ticked. A group named here can be used again.")

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
        self.at = len(self.groups)  # the current row, from 0, groups first: the first partner
        self._name_group = name_group

    def paint(self) -> None:
        """Paint the groups, then the partners."""
        lines: list[Line] = [(Piece(line, "heading"),) for line in wrap(self.title_text, self.room, " ", " ")]
        rows: list[int] = []
        for group in self.groups:
            on = group.id == self.group
            out = sum(member not in self.ticked for member in group.members)
            said = _("{name}, except {n}").format(name=group.name, n=out) if on and out else group.name
            rows.append(len(lines))
            lines += self._row(f"   {glyphs.radio(on)}   ", said, "strong accent" if on else "accent")
        for name, words in self.choices:
            on = name in self.ticked
            rows.append(len(lines))
            lines += self._row(f"   {glyphs.tick(on)} ", words, "strong" if on else "")
        self.pane.show(lines)
        self.pane.cursor = rows[self.at] if rows else None
        self.pane.scroll_to_row(rows[self.at] if rows else 0)

    def _row(self, mark: str, words: str, style: str) -> list[Line]:
        return [(Piece(line, style),) for line in wrap(words, self.room, mark, " " * cells(mark))]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what counts here."""
        keys = [(_("Space"), _("choose")), (_("A"), _("all"))]
        keys += [("G", _("name this group"))] if self._name_group is not None else []
        return [(_("Enter"), _("done")), *keys, (_("Esc"), _("leave"))]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def walk(self, by: int) -> bool:
        """Walk through groups and partners; one step past an end comes out at the other."""
        self.at = line_reached(self.at, by, len(self.groups) + len(self.choices))
        self.paint()
        return True

    def act(self, key: str) -> bool:
        """Tick for Space, tick all for « a » or « t », name a group for « g », take what is ticked for Enter."""
        if key == " ":
            self._toggle()
        elif key in ("a", "A", "t", "T"):
            self._toggle_all()
        elif key in ("g", "G") and self._name_group is not None and self.ticked:
            self._give_name()
        elif key == "enter":
            self._done()
            return True
        self.paint()
        return True

    def _toggle(self) -> None:
        """Tick the partner, or the whole group, one stands on; or take the tick off."""
        if self.at < len(self.groups):
            chosen = self.groups[self.at]
            on = self.group == chosen.id
            self.group, self.ticked = ("", set()) if on else (chosen.id, set(chosen.members))
        elif self.choices:
            self.ticked ^= {self.choices[self.at - len(self.groups)][0]}
            known = next((group for group in self.groups if group.id == self.group), None)
            if known is not None and not self.ticked <= set(known.members):
                self.group = ""

    def _toggle_all(self) -> None:
        everyone = {name for name, _words in self.choices}
        whole = self.ticked == everyone
        self.ticked = set() if whole else everyone
        self.group = "" if whole or all(group.id != ALL for group in self.groups) else ALL

    def _give_name(self) -> None:
        keep = self._name_group
        assert keep is not None

        def named(text: str | None) -> None:
            if text and text.strip():
                group = keep(text.strip(), self._ids())
                self.groups.append(group)
                self.group = group.id
                self.at += 1
            self.paint()

        ask_text(self.app, "group", _("The name of this group"), named, hint=_("the local organizations"))

    def _ids(self) -> tuple[str, ...]:
        return tuple(name for name, _words in self.choices if name in self.ticked)

    def _done(self) -> None:
        ids = self._ids()
        if not self.group and len(ids) > 1 and len(ids) == len(self.choices):
            self.group = ALL if any(group.id == ALL for group in self.groups) else ""
        self.dismiss(Ticked(ids, self.group if ids else ""))
