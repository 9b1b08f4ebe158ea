"""The directory of organisations: the list, one organisation with its people, and the changes to both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.guide.guide_types import Field
from tui.i18n import N_, _, ngettext
from tui.partnership.ids import new_id
from tui.partnership.organisations import (
    FORGOTTEN,
    KEPT,
    OF_PERSON,
    Known,
    Organisation,
    Person,
    find_by_id,
    listed,
    merging,
    own,
    person_cell,
    profiles,
    without,
)
from tui.partnership.partners import PEOPLE, WHO, partners
from tui.partnership.values import Value
from tui.store.store_errors import StoreError
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask, begin_typing
from tui.ui.page import PageRow, PageScreen
from tui.workspace.directory_edits import known_in, make_own, teach_directory

if TYPE_CHECKING:
    from tui.ui.host import Host


def known(app: Host) -> Known:
    """Return the organisations of the directory; none where it cannot be read: typing names works without it."""
    return known_in(app.store)


def taught(app: Host) -> None:
    """Teach the directory what was learnt since, and link the partners to their entries."""
    workspace = app.workspace
    if workspace is None:
        return
    before = profiles(workspace.known_to_directory) if workspace.known_to_directory is not None else {}
    try:
        changes = teach_directory(app.store, before, workspace.partnership)
    except StoreError as error:
        app.say(str(error))
        return
    workspace.edit(changes)
    workspace.known_to_directory = workspace.partnership


def begun(app: Host) -> None:
    """A partnership has just been made by its list of names: the first is one's own, if that was never said."""
    workspace = app.workspace
    if workspace is None:
        return
    workspace.known_to_directory = None
    taught(app)
    workspace.edits.forget()  # it begins here: there is nothing to take back
    everyone = partners(workspace.partnership)
    if everyone and own(known(app)) is None and (mine := everyone[0].entry.get("organisation")):
        try:
            make_own(app.store, str(mine))
        except StoreError as error:
            app.say(str(error))


Cells = Mapping[str, Mapping[str, Value]]


class MendingScreen(PageScreen):
    """A page of the directory: each change is written at once, and « u » takes the last one back."""

    steps: list[Cells]

    def __init__(self, steps: list[Cells] | None = None) -> None:
        super().__init__()
        self.steps = [] if steps is None else steps
        self._undone: list[Cells] = []  # what brings back what was taken back here

    def mend(self, cells: Cells, said: str = "") -> bool:
        """Set cells of organisations, so that it can be taken back. Whether it could be written."""
        before: dict[str, dict[str, Value]] = {}
        try:
            before = self.app.store.mend_directory(lambda _rows: cells)
        except StoreError as error:
            self.say(str(error))
            return False
        self.steps.append(before)
        self._undone.clear()
        self.paint()
        self.say(said)
        return True

    def _turn_back(self, steps: list[Cells], turned: list[Cells], said: str, none: str) -> None:
        """Write the last of `steps`; what stood there before goes behind `turned`."""
        if not steps:
            self.say(none)
            return
        try:
            turned.append(self.app.store.mend_directory(lambda _rows: steps[-1]))
        except StoreError as error:
            self.say(str(error))
            return
        steps.pop()
        self.paint()
        self.say(said)

    def back(self) -> None:
        """Take the last change back."""
        self._turn_back(self.steps, self._undone, _("Undone."), _("Nothing left to undo."))

    def again(self) -> None:
        """Do again what was taken back here last."""
        self._turn_back(self._undone, self.steps, _("Redone."), _("Nothing left to redo."))

    def run_own(self, command_id: str) -> bool:
        """Ctrl+Z is undo here too, Ctrl+Y redo; Ctrl+S says that all is written."""
        acts: dict[str, Callable[[], object]] = {
            "undo": self.back,
            "redo": self.again,
            "save": lambda: self.say(_("Everything is saved by itself, as you write.")),
        }
        if command_id in acts:
            acts[command_id]()
        return command_id in acts


def show_directory(app: Host) -> None:
    """The directory, with what the open partnership adds to it."""
    taught(app)
    app.push_screen(DirectoryScreen())


class DirectoryScreen(MendingScreen):
    """Every organisation, one's own first."""

    about = N_("Organizations and people met before, for the next partnership. Nothing of it reaches a document.")

    def heading(self) -> str:
        """Return what it is, and who sees it."""
        shared = self.app.settings.group
        return _("Directory, shared by all who use this store") if shared else _("Directory")

    @property
    def found(self) -> tuple[Organisation, ...]:
        """The organisations that are listed."""
        return listed(known(self.app), self.app.lang)

    def rows(self) -> Sequence[PageRow]:
        """Return a line each."""
        found = self.found
        rows = [PageRow()]
        for organisation in found:
            rows.append(
                PageRow(
                    self._words(organisation), "", self._opens(organisation.id), self._behind(organisation), indent=3
                )
            )
        if not found:
            rows.append(
                PageRow(_("Nothing is here yet: the organizations of a partnership come here by themselves."), "muted")
            )
        about = _(
            "Names, people, e-mails and telephones only, for the next partnership. Reasons, notes and past events "
            "never come here; nothing of it reaches a document by itself."
        )
        return [*rows, PageRow(), PageRow(about, "muted")]

    def _words(self, organisation: Organisation) -> str:
        short = organisation.text("short_name", self.app.lang)
        return f"{organisation.name(self.app.lang)} ({short})" if short else organisation.name(self.app.lang)

    def _behind(self, organisation: Organisation) -> str:
        count = len(organisation.people)
        said = [ngettext("{n} person", "{n} people", count).format(n=count)] if count else []
        return " · ".join([*said, *([_("your own")] if organisation.own else [])])

    def _opens(self, name: str) -> Callable[[], None]:
        def opens() -> None:
            self.app.push_screen(OrganisationScreen(name, self.steps))

        return opens

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return what can be done with the organisation one stands on."""
        keys = [("↑↓", _("line")), (_("Enter"), _("open")), ("M", _("merge")), ("O", _("your own"))]
        return [*keys, ("X", _("forget")), ("F", _("find")), ("U", _("undo")), (_("Esc"), _("back"))]

    @property
    def current(self) -> Organisation | None:
        """The organisation one stands on."""
        found = self.found
        return found[self.at] if self.at < len(found) else None

    def act(self, key: str) -> bool:
        """Merge, mark as one's own, forget, find, undo."""
        organisation, act = self.current, key.lower()
        if act == "u":
            self.back()
        elif act == "f":
            self._find()
        elif organisation is None or act not in ("m", "o", "x"):
            return super().act(key)
        elif act == "m":
            self._merge(organisation)
        elif act == "o":
            self._own(organisation)
        else:
            self.mend(
                {organisation.id: {FORGOTTEN: True}},
                _("“{name}” is forgotten.").format(name=organisation.name(self.app.lang)),
            )
        return True

    def _own(self, organisation: Organisation) -> None:
        try:
            self.steps.append(make_own(self.app.store, organisation.id, on=not organisation.own))
        except StoreError as error:
            self.say(str(error))
            return
        self.paint()

    def _find(self) -> None:
        choices = [
            Choice(
                organisation.id,
                self._words(organisation),
                self._behind(organisation),
                ", ".join(person.name for person in organisation.people),
            )
            for organisation in self.found
        ]

        def chosen(name: str | None) -> None:
            if name:
                self.app.push_screen(OrganisationScreen(name, self.steps))

        self.app.push_screen(Picker(_("Find an organization or a person"), choices), chosen)

    def _merge(self, organisation: Organisation) -> None:
        others = [other for other in self.found if other.id != organisation.id]
        choices = [Choice(other.id, self._words(other), self._behind(other)) for other in others]

        def chosen(name: str | None) -> None:
            kept = find_by_id(known(self.app), name) if name else None
            if kept is not None:
                said = _("“{one}” is now “{kept}”.").format(
                    one=organisation.name(self.app.lang), kept=kept.name(self.app.lang)
                )
                self.mend(merging(kept, organisation), said)

        title = _("“{name}” is the same organization as…").format(name=organisation.name(self.app.lang))
        self.app.push_screen(Picker(title, choices), chosen)


class OrganisationScreen(MendingScreen):
    """One organisation: each line is a field to mend; people below."""

    about = N_("One organization and its people. Enter changes a line; each change is written at once.")

    def __init__(self, name: str, steps: list[Cells]) -> None:
        super().__init__(steps)
        self.name_id = name
        self._spots: list[Person | None] = []  # whose line each place is

    @property
    def organisation(self) -> Organisation:
        """The organisation as it is now."""
        return find_by_id(known(self.app), self.name_id) or Organisation(self.name_id, {})

    def heading(self) -> str:
        """Its name."""
        return self.organisation.name(self.app.lang)

    def rows(self) -> Sequence[PageRow]:
        """Its fields, then each person's."""
        organisation, question = self.organisation, self.app.guide.question(WHO)
        rows, self._spots = [PageRow()], []
        for field in question.parts[0].fields:
            if field.id in KEPT:
                rows += self._lines(field, organisation.cells, None)
        part = question.part(PEOPLE)
        assert part is not None
        rows += [PageRow(), PageRow(part.title.get(self.app.lang), "heading")]
        for person in organisation.people:
            for field in part.fields:
                if field.id in OF_PERSON:
                    rows += self._lines(field, person.cells, person)
            rows.append(PageRow())
        self._spots.append(None)
        rows.append(PageRow("+ " + part.add.get(self.app.lang), "muted", self._add_person, indent=3))
        return rows

    def _lines(self, field: Field, cells: Mapping[str, Value], person: Person | None) -> list[PageRow]:
        """Return a line for the field; for one that has a text in both languages, a line each."""
        lang = self.app.lang
        keys = [field.id]
        if field.translatable:
            other = f"{field.id}@{'en' if lang == 'fr' else 'fr'}"
            keys = [f"{field.id}@{lang}", *([other] if cells.get(other) else [])]
        found = []
        for key in keys:
            self._spots.append(person)
            label, at = field.label.get(lang), key.partition("@")[2]
            label = f"{label} ({at})" if at and len(keys) > 1 else label
            cell = key if person is None else person_cell(person, key)
            said = _("{question}: {name}").format(question=label, name=self._said(field, cells.get(key)))
            found.append(PageRow(said, "", self._edits(field, cell, key, cells), indent=3 if person is None else 5))
        return found

    def _said(self, field: Field, value: Value) -> str:
        if field.kind == "flag":
            return glyphs.tick(bool(value))
        if field.kind == "choice" and value:
            return self.app.guide.choice(field.choices, value, self.app.lang)
        return str(value or "—")

    def _edits(self, field: Field, cell: str, key: str, cells: Mapping[str, Value]) -> Callable[[], None]:
        value = cells.get(key)

        def put(given: Value) -> bool:
            return self.mend({self.organisation.id: {cell: given}})

        def typed(text: str | None) -> bool:
            named = text is not None and (text.strip() or key.partition("@")[0] != "name")
            return bool(named) and put((text or "").strip() or None)

        def picked(code: str | None) -> None:
            if code:
                put(code)

        def edit() -> None:
            if field.kind == "flag":
                put(None if value else True)
                return
            label = field.label.get(self.app.lang)
            if field.kind == "choice":
                words = self.app.guide.choices[field.choices]
                choices = [Choice(code, label.get(self.app.lang)) for code, label in words.items()]
                self.app.push_screen(Picker(label, choices), picked)
            else:
                row = f"{self.organisation.id}/{cell}"
                typing = begin_typing(self.app, "directory.field", row, partnership="")
                ask(self.app, Picker(label, typing=typing, text=str(value or "")), typed)

        return edit

    def _add_person(self) -> None:
        def typed(text: str | None) -> bool:
            name = (text or "").strip()
            return bool(name) and self.mend({self.organisation.id: {person_cell(Person(new_id(), {}), "name"): name}})

        typing = begin_typing(self.app, "directory.person", self.organisation.id, partnership="")
        ask(self.app, Picker(_("The name of the person"), typing=typing), typed)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Few: the lines themselves are the way."""
        keys = [("↑↓", _("line")), (_("Enter"), _("change")), ("X", _("take the person out"))]
        return [*keys, ("U", _("undo")), (_("Esc"), _("back"))]

    def act(self, key: str) -> bool:
        """Take the person one stands on out; undo."""
        if key.lower() == "u":
            self.back()
            return True
        person = self._spots[self.at] if self.at < len(self._spots) else None
        if key.lower() != "x" or person is None:
            return super().act(key)
        self.mend({self.organisation.id: without(person)}, _("{name} was taken out.").format(name=person.name))
        return True
