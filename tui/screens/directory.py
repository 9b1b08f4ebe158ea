"""The directory as a page: every organisation met, one's own first; opened, merged, forgotten, found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.desk.directory import make_own
from tui.project.organisations import FORGOTTEN, Organisation, listed, meant, merging
from tui.screens.known import known, taught
from tui.screens.mending import MendingScreen
from tui.screens.organisation import OrganisationScreen
from tui.screens.picker import Choice, Picker
from tui.screens.rows import Row
from tui.store.errors import StoreError
from tui.words import _, ngettext

if TYPE_CHECKING:
    from tui.app import EntenteApp


def show_directory(app: EntenteApp) -> None:
    """The directory, with what the open partnership adds to it."""
    taught(app)
    app.push_screen(DirectoryScreen())


class DirectoryScreen(MendingScreen):
    """Every organisation, one's own first."""

    def heading(self) -> str:
        """What it is, and who sees it."""
        shared = self.app.settings.group
        return _("Directory, shared by all who use this store") if shared else _("Directory")

    @property
    def found(self) -> tuple[Organisation, ...]:
        """The organisations that are listed."""
        return listed(known(self.app), self.app.lang)

    def rows(self) -> Sequence[Row]:
        """A line each."""
        found = self.found
        rows = [Row()]
        for one in found:
            rows.append(Row(self._words(one), "", self._opens(one.id), self._behind(one), indent=3))
        if not found:
            rows.append(
                Row(_("Nothing is here yet: the organisations of a partnership come here by themselves."), "muted")
            )
        about = _(
            "Names, people, e-mails and telephones only, for the next partnership. Reasons, notes and old stories "
            "never come here; nothing of it reaches a document by itself."
        )
        return [*rows, Row(), Row(about, "muted")]

    def _words(self, one: Organisation) -> str:
        short = one.text("short_name", self.app.lang)
        return f"{one.name(self.app.lang)} ({short})" if short else one.name(self.app.lang)

    def _behind(self, one: Organisation) -> str:
        count = len(one.people)
        said = [ngettext("{n} person", "{n} people", count).format(n=count)] if count else []
        return " · ".join([*said, *([_("your own")] if one.own else [])])

    def _opens(self, name: str) -> Callable[[], None]:
        def opens() -> None:
            self.app.push_screen(OrganisationScreen(name, self.steps))

        return opens

    def keys(self) -> list[tuple[str, str]]:
        """What can be done with the organisation one stands on."""
        keys = [("↑↓", _("line")), (_("Enter"), _("open")), ("M", _("merge")), ("O", _("your own"))]
        return [*keys, ("X", _("forget")), ("F", _("find")), ("U", _("undo")), (_("Esc"), _("back"))]

    @property
    def current(self) -> Organisation | None:
        """The organisation one stands on."""
        found = self.found
        return found[self.at] if self.at < len(found) else None

    def letter(self, key: str) -> bool:
        """Merge, mark as one's own, forget, find, undo."""
        one, act = self.current, key.lower()
        if act == "u":
            self.back()
        elif act == "f":
            self._find()
        elif one is None or act not in ("m", "o", "x"):
            return False
        elif act == "m":
            self._merge(one)
        elif act == "o":
            self._own(one)
        else:
            self.mend({one.id: {FORGOTTEN: True}}, _("“{name}” is forgotten.").format(name=one.name(self.app.lang)))
        return True

    def _own(self, one: Organisation) -> None:
        try:
            self.steps.append(make_own(self.app.store, one.id, on=not one.own))
        except StoreError as error:
            self.say(str(error))
            return
        self.paint()

    def _find(self) -> None:
        choices = [Choice(one.id, self._words(one), self._behind(one), ", ".join(person.name for person in one.people))
                   for one in self.found]  # fmt: skip

        def chosen(name: str | None) -> None:
            if name:
                self.app.push_screen(OrganisationScreen(name, self.steps))

        self.app.push_screen(Picker(_("Find an organisation or a person"), choices), chosen)

    def _merge(self, one: Organisation) -> None:
        others = [other for other in self.found if other.id != one.id]
        choices = [Choice(other.id, self._words(other), self._behind(other)) for other in others]

        def chosen(name: str | None) -> None:
            kept = meant(known(self.app), name) if name else None
            if kept is not None:
                said = _("“{one}” is now “{kept}”.").format(one=one.name(self.app.lang), kept=kept.name(self.app.lang))
                self.mend(merging(kept, one), said)

        title = _("“{name}” is the same organisation as…").format(name=one.name(self.app.lang))
        self.app.push_screen(Picker(title, choices), chosen)
