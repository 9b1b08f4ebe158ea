"""The dialog in which partners are ticked, alone or by groups.

A group that was named here is kept in the partnership, and is offered again the next time.
"""

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
    members: tuple[str, ...]  # ids of partners


@dataclass(frozen=True, slots=True)
class Ticked:
    """The answer of the dialog: the partners that are ticked."""

    ids: tuple[str, ...]
    group: str = ""  # the id of the group that was ticked, even if members of it were unticked since; "" for none


class PartnersDialog(ListDialog[Ticked | None]):
    """A list of partners to tick: Space ticks one, « a » or « t » all, « g » names the ticked ones, Enter answers.

    `choices` are (id, name) of the partners, `ticked` the ids of those ticked at first, `group` the id of the group
    chosen at first. `name_group` takes a name and ids, keeps a new group and returns it; None allows no new groups.
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
        # The current row, from 0; the groups come first, so it begins at the first partner.
        self.at = len(self.groups)
        self._name_group = name_group

    def paint(self) -> None:
        """Paint the groups, then the partners."""
        lines: list[Line] = [(Piece(line, "heading"),) for line in wrap(self.title_text, self.room, " ", " ")]
        rows: list[int] = []
        for group in self.groups:
            is_chosen = group.id == self.group
            unticked = sum(member not in self.ticked for member in group.members)
            label = group.name
            if is_chosen and unticked:
                label = _("{name}, except {n}").format(name=group.name, n=unticked)
            rows.append(len(lines))
            lines += self._row(f"   {glyphs.radio(is_chosen)}   ", label, "strong accent" if is_chosen else "accent")
        for partner_id, name in self.choices:
            is_ticked = partner_id in self.ticked
            rows.append(len(lines))
            lines += self._row(f"   {glyphs.tick(is_ticked)} ", name, "strong" if is_ticked else "")
        self.pane.show(lines)
        self.pane.cursor = rows[self.at] if rows else None
        self.pane.scroll_to_row(rows[self.at] if rows else 0)

    def _row(self, mark: str, words: str, style: str) -> list[Line]:
        """Return one row as wrapped lines, the first of which begins with `mark`."""
        return [(Piece(line, style),) for line in wrap(words, self.room, mark, " " * cells(mark))]

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this dialog as (key, what it does)."""
        keys = [(_("Space"), _("choose")), (_("A"), _("all"))]
        keys += [("G", _("name this group"))] if self._name_group is not None else []
        return [(_("Enter"), _("done")), *keys, (_("Esc"), _("leave"))]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def walk(self, by: int) -> bool:
        """Go `by` rows on among groups and partners; a single step goes from one end on to the other.

        Return True, since the key did something.
        """
        self.at = line_reached(self.at, by, len(self.groups) + len(self.choices))
        self.paint()
        return True

    def act(self, key: str) -> bool:
        """Act by a key: Space ticks, « a » and « t » tick all, « g » names a group, Enter answers.

        Return True, as no key does anything else under a dialog.
        """
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
        """Tick or untick the partner or the whole group of the current row."""
        if self.at < len(self.groups):
            current = self.groups[self.at]
            was_chosen = self.group == current.id
            self.group, self.ticked = ("", set()) if was_chosen else (current.id, set(current.members))
        elif self.choices:
            self.ticked ^= {self.choices[self.at - len(self.groups)][0]}
            group = next((group for group in self.groups if group.id == self.group), None)
            if group is not None and not self.ticked <= set(group.members):
                self.group = ""  # a partner that is not of the group was ticked

    def _toggle_all(self) -> None:
        """Tick all partners, and the group of all if there is one; if all are ticked already, untick them."""
        everyone = {partner_id for partner_id, _partner_name in self.choices}
        all_are_ticked = self.ticked == everyone
        self.ticked = set() if all_are_ticked else everyone
        has_group_of_all = any(group.id == ALL for group in self.groups)
        self.group = ALL if has_group_of_all and not all_are_ticked else ""

    def _give_name(self) -> None:
        """Ask for a name, and make the ticked partners a group of that name."""
        name_group = self._name_group
        assert name_group is not None

        def add_group(text: str | None) -> None:
            if text and text.strip():
                group = name_group(text.strip(), self._ids())
                self.groups.append(group)
                self.group = group.id
                self.at += 1  # the current row stays the same: there is one more group above it
            self.paint()

        ask_text(self.app, "group", _("The name of this group"), add_group, hint=_("the local organizations"))

    def _ids(self) -> tuple[str, ...]:
        """Return the ids of the ticked partners, in the order of the list."""
        return tuple(partner_id for partner_id, _partner_name in self.choices if partner_id in self.ticked)

    def _done(self) -> None:
        """Answer with what is ticked; all partners ticked one by one count as the group of all."""
        ids = self._ids()
        if not self.group and len(ids) > 1 and len(ids) == len(self.choices):
            self.group = ALL if any(group.id == ALL for group in self.groups) else ""
        self.dismiss(Ticked(ids, self.group if ids else ""))
