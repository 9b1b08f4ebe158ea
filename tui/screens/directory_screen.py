"""The pages of the directory, which keeps organisations and people for the next partnership."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.guide.guide_types import Field
from tui.i18n import N_, _, ngettext
from tui.partnership.ids import new_id
from tui.partnership.organisations import (
    FORGOTTEN,
    PARTNER_FIELDS,
    PERSON_FIELDS,
    KnownOrganisations,
    Organisation,
    Person,
    cells_to_merge,
    cells_to_remove,
    find_by_id,
    own_organisation,
    person_cell,
    profiles,
    sorted_organisations,
)
from tui.partnership.partners import PEOPLE, WHO, partners
from tui.partnership.values import Value
from tui.store.store_errors import StoreError
from tui.ui import glyphs
from tui.ui.dialog import Choice, Picker, ask, begin_typing
from tui.ui.page import PageRow, PageScreen
from tui.workspace.directory_edits import known_organisations, make_own, update_from_partnership

if TYPE_CHECKING:
    from tui.ui.host import Host


def read_directory(app: Host) -> KnownOrganisations:
    """Return the organisations of the directory; none if it cannot be read, since names can be typed without it."""
    return known_organisations(app.store)


def update_directory(app: Host) -> None:
    """Write what the open partnership learnt since the last call to the directory; link partners to their entries."""
    workspace = app.workspace
    if workspace is None:
        return
    before = profiles(workspace.known_to_directory) if workspace.known_to_directory is not None else {}
    try:
        changes = update_from_partnership(app.store, before, workspace.partnership)
    except StoreError as error:
        app.say(str(error))
        return
    workspace.edit(changes)
    workspace.known_to_directory = workspace.partnership


def after_creation(app: Host) -> None:
    """Update the directory from a partnership just made.

    If no organisation is marked as the user's own, the first partner of the partnership becomes that.
    """
    workspace = app.workspace
    if workspace is None:
        return
    workspace.known_to_directory = None
    update_directory(app)
    workspace.edits.forget()  # undo has nothing to take back yet
    all_partners = partners(workspace.partnership)
    if (
        all_partners
        and own_organisation(read_directory(app)) is None
        and (own_id := all_partners[0].entry.get("organisation"))
    ):
        try:
            make_own(app.store, str(own_id))
        except StoreError as error:
            app.say(str(error))


# The value of each cell to set, by the id of its organisation.
CellsByOrganisation = Mapping[str, Mapping[str, Value]]


class DirectoryPage(PageScreen):
    """A page of the directory: each change is written at once, and « u » takes the last one back."""

    steps: list[CellsByOrganisation]

    def __init__(self, steps: list[CellsByOrganisation] | None = None) -> None:
        super().__init__()
        self.steps = [] if steps is None else steps
        self._undone: list[CellsByOrganisation] = []  # what redo sets, the last one first

    def set_cells(self, cells: CellsByOrganisation, message: str = "") -> bool:
        """Set cells of organisations, as one step of undo, and say `message`. Return whether they could be written."""
        before: dict[str, dict[str, Value]] = {}
        try:
            before = self.app.store.change_directory(lambda _rows: cells)
        except StoreError as error:
            self.say(str(error))
            return False
        self.steps.append(before)
        self._undone.clear()
        self.paint()
        self.say(message)
        return True

    def _replay(
        self,
        steps: list[CellsByOrganisation],
        other_steps: list[CellsByOrganisation],
        message: str,
        nothing_message: str,
    ) -> None:
        """Set the cells of the last of `steps`; what they held goes to `other_steps`.

        Then say `message`, or `nothing_message` if there is no step.
        """
        if not steps:
            self.say(nothing_message)
            return
        try:
            other_steps.append(self.app.store.change_directory(lambda _rows: steps[-1]))
        except StoreError as error:
            self.say(str(error))
            return
        steps.pop()
        self.paint()
        self.say(message)

    def undo(self) -> None:
        """Undo the last change of the directory."""
        self._replay(self.steps, self._undone, _("Undone."), _("Nothing left to undo."))

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._replay(self._undone, self.steps, _("Redone."), _("Nothing left to redo."))

    def run_own_command(self, command_id: str) -> bool:
        """Run "undo", "redo" or "save" for the directory. Return whether the command is one of these."""
        acts: dict[str, Callable[[], object]] = {
            "undo": self.undo,
            "redo": self.redo,
            "save": lambda: self.say(_("Everything is saved by itself, as you write.")),
        }
        if command_id in acts:
            acts[command_id]()
        return command_id in acts


def show_directory(app: Host) -> None:
    """Update the directory from the open partnership, and show it."""
    update_directory(app)
    app.push_screen(DirectoryScreen())


class DirectoryScreen(DirectoryPage):
    """The list of organisations, the user's own first."""

    about = N_("Organizations and people met before, for the next partnership. Nothing of it reaches a document.")

    def heading(self) -> str:
        """Return the title, which says who sees the directory if it is shared."""
        shared = self.app.settings.group
        return _("Directory, shared by all who use this store") if shared else _("Directory")

    @property
    def listed_organisations(self) -> tuple[Organisation, ...]:
        """The organisations of the directory, in the order of the page."""
        return sorted_organisations(read_directory(self.app), self.app.lang)

    def rows(self) -> Sequence[PageRow]:
        """Return a row for each organisation."""
        organisations = self.listed_organisations
        rows = [PageRow()]
        for organisation in organisations:
            rows.append(
                PageRow(
                    self._name_words(organisation),
                    "",
                    self._opener(organisation.id),
                    self._facts(organisation),
                    indent=3,
                )
            )
        if not organisations:
            rows.append(
                PageRow(_("Nothing is here yet: the organizations of a partnership come here by themselves."), "muted")
            )
        about = _(
            "Names, people, e-mails and telephones only, for the next partnership. Reasons, notes and past events "
            "never come here; nothing of it reaches a document by itself."
        )
        return [*rows, PageRow(), PageRow(about, "muted")]

    def _name_words(self, organisation: Organisation) -> str:
        """Return « Université du Nord (UN) »."""
        short = organisation.text("short_name", self.app.lang)
        return f"{organisation.name(self.app.lang)} ({short})" if short else organisation.name(self.app.lang)

    def _facts(self, organisation: Organisation) -> str:
        """Return « 3 personnes · la vôtre »."""
        count = len(organisation.people)
        facts = [ngettext("{n} person", "{n} people", count).format(n=count)] if count else []
        return " · ".join([*facts, *([_("your own")] if organisation.own else [])])

    def _opener(self, organisation_id: str) -> Callable[[], None]:
        """Return what Enter does on an organisation: open its page."""

        def act() -> None:
            self.app.push_screen(OrganisationScreen(organisation_id, self.steps))

        return act

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do to the current organisation."""
        keys = [("↑↓", _("line")), (_("Enter"), _("open")), ("M", _("merge")), ("O", _("your own"))]
        return [*keys, ("X", _("forget")), ("F", _("find")), ("U", _("undo")), (_("Esc"), _("back"))]

    @property
    def current(self) -> Organisation | None:
        """The organisation of the current row, None if there is none."""
        organisations = self.listed_organisations
        return organisations[self.at] if self.at < len(organisations) else None

    def act(self, key: str) -> bool:
        """Act on a letter: m merges, o marks as the user's own, x forgets, f finds, u undoes.

        Return whether the key did something.
        """
        organisation, letter = self.current, key.lower()
        if letter == "u":
            self.undo()
        elif letter == "f":
            self._find()
        elif organisation is None or letter not in ("m", "o", "x"):
            return super().act(key)
        elif letter == "m":
            self._merge(organisation)
        elif letter == "o":
            self._own(organisation)
        else:
            self.set_cells(
                {organisation.id: {FORGOTTEN: True}},
                _("“{name}” is forgotten.").format(name=organisation.name(self.app.lang)),
            )
        return True

    def _own(self, organisation: Organisation) -> None:
        """Mark an organisation as the user's own, or no longer."""
        try:
            self.steps.append(make_own(self.app.store, organisation.id, on=not organisation.own))
        except StoreError as error:
            self.say(str(error))
            return
        self.paint()

    def _find(self) -> None:
        """Ask for an organisation or a person, found by a few letters, and show it."""
        choices = [
            Choice(
                organisation.id,
                self._name_words(organisation),
                self._facts(organisation),
                ", ".join(person.name for person in organisation.people),
            )
            for organisation in self.listed_organisations
        ]

        def take_choice(organisation_id: str | None) -> None:
            if organisation_id:
                self.app.push_screen(OrganisationScreen(organisation_id, self.steps))

        self.app.push_screen(Picker(_("Find an organization or a person"), choices), take_choice)

    def _merge(self, organisation: Organisation) -> None:
        """Ask which organisation is the same one, and merge `organisation` into it."""
        others = [other for other in self.listed_organisations if other.id != organisation.id]
        choices = [Choice(other.id, self._name_words(other), self._facts(other)) for other in others]

        def take_choice(kept_id: str | None) -> None:
            merged_into = find_by_id(read_directory(self.app), kept_id) if kept_id else None
            if merged_into is not None:
                message = _("“{one}” is now “{kept}”.").format(
                    one=organisation.name(self.app.lang), kept=merged_into.name(self.app.lang)
                )
                self.set_cells(cells_to_merge(merged_into, organisation), message)

        title = _("“{name}” is the same organization as…").format(name=organisation.name(self.app.lang))
        self.app.push_screen(Picker(title, choices), take_choice)


class OrganisationScreen(DirectoryPage):
    """One organisation and its people; Enter on a row changes the field it shows."""

    about = N_("One organization and its people. Enter changes a line; each change is written at once.")

    def __init__(self, organisation_id: str, steps: list[CellsByOrganisation]) -> None:
        super().__init__(steps)
        self.organisation_id = organisation_id
        # The person that each row with an action is about, None for the organisation itself.
        self._people_by_row: list[Person | None] = []

    @property
    def organisation(self) -> Organisation:
        """The organisation as it is now."""
        return find_by_id(read_directory(self.app), self.organisation_id) or Organisation(self.organisation_id, {})

    def heading(self) -> str:
        """Return the name of the organisation."""
        return self.organisation.name(self.app.lang)

    def rows(self) -> Sequence[PageRow]:
        """Return the fields of the organisation, then those of each person."""
        organisation, question = self.organisation, self.app.guide.question(WHO)
        rows, self._people_by_row = [PageRow()], []
        for field in question.parts[0].fields:
            if field.id in PARTNER_FIELDS:
                rows += self._lines(field, organisation.cells, None)
        part = question.part(PEOPLE)
        assert part is not None
        rows += [PageRow(), PageRow(part.title.get(self.app.lang), "heading")]
        for person in organisation.people:
            for field in part.fields:
                if field.id in PERSON_FIELDS:
                    rows += self._lines(field, person.cells, person)
            rows.append(PageRow())
        self._people_by_row.append(None)
        rows.append(PageRow("+ " + part.add.get(self.app.lang), "muted", self._add_person, indent=3))
        return rows

    def _lines(self, field: Field, cells: Mapping[str, Value], person: Person | None) -> list[PageRow]:
        """Return a row for a field of the organisation or of `person`; two rows if it has a text in both languages."""
        lang = self.app.lang
        keys = [field.id]
        if field.translatable:
            other = f"{field.id}@{'en' if lang == 'fr' else 'fr'}"
            keys = [f"{field.id}@{lang}", *([other] if cells.get(other) else [])]
        rows = []
        for key in keys:
            self._people_by_row.append(person)
            label, language = field.label.get(lang), key.partition("@")[2]
            label = f"{label} ({language})" if language and len(keys) > 1 else label
            cell = key if person is None else person_cell(person, key)
            text = _("{question}: {name}").format(question=label, name=self._value_words(field, cells.get(key)))
            rows.append(PageRow(text, "", self._editor(field, cell, key, cells), indent=3 if person is None else 5))
        return rows

    def _value_words(self, field: Field, value: Value) -> str:
        """Return a value as it is shown: a box, the words of a choice, a text, « — »."""
        if field.kind == "flag":
            return glyphs.tick(bool(value))
        if field.kind == "choice" and value:
            return self.app.guide.choice(field.choices, value, self.app.lang)
        return str(value or "—")

    def _editor(self, field: Field, cell: str, key: str, cells: Mapping[str, Value]) -> Callable[[], None]:
        """Return what Enter does on a field: ask for its value.

        `cell` is the name under which the directory stores the value, `key` the key of `cells`, which are those of the
        organisation or of the person.
        """
        value = cells.get(key)

        def set_value(new_value: Value) -> bool:
            return self.set_cells({self.organisation.id: {cell: new_value}})

        def take_text(text: str | None) -> bool:
            new_text, is_name = (text or "").strip(), key.partition("@")[0] == "name"
            if text is None or (is_name and not new_text):  # a name must not become empty
                return False
            return set_value(new_text or None)

        def take_choice(code: str | None) -> None:
            if code:
                set_value(code)

        def edit() -> None:
            if field.kind == "flag":
                set_value(None if value else True)
                return
            label = field.label.get(self.app.lang)
            if field.kind == "choice":
                words = self.app.guide.choices[field.choices]
                choices = [Choice(code, label.get(self.app.lang)) for code, label in words.items()]
                self.app.push_screen(Picker(label, choices), take_choice)
            else:
                row = f"{self.organisation.id}/{cell}"
                typing = begin_typing(self.app, "directory.field", row, partnership="")
                ask(self.app, Picker(label, typing=typing, text=str(value or "")), take_text)

        return edit

    def _add_person(self) -> None:
        """Ask for the name of a new person of the organisation."""

        def take_text(text: str | None) -> bool:
            name = (text or "").strip()
            return bool(name) and self.set_cells(
                {self.organisation.id: {person_cell(Person(new_id(), {}), "name"): name}}
            )

        typing = begin_typing(self.app, "directory.person", self.organisation.id, partnership="")
        ask(self.app, Picker(_("The name of the person"), typing=typing), take_text)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        keys = [("↑↓", _("line")), (_("Enter"), _("change")), ("X", _("take the person out"))]
        return [*keys, ("U", _("undo")), (_("Esc"), _("back"))]

    def act(self, key: str) -> bool:
        """Act on a letter: x takes the current person out, u undoes. Return whether the key did something."""
        if key.lower() == "u":
            self.undo()
            return True
        person = self._people_by_row[self.at] if self.at < len(self._people_by_row) else None
        if key.lower() != "x" or person is None:
            return super().act(key)
        self.set_cells(
            {self.organisation.id: cells_to_remove(person)}, _("{name} was taken out.").format(name=person.name)
        )
        return True
