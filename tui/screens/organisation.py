"""One organisation of the directory: each line is a field to mend; its people below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tui.guide.types import Field
from tui.project.ids import new_id
from tui.project.organisations import KEPT, OF_PERSON, Organisation, Person, meant, person_cell, without
from tui.project.partners import PEOPLE, WHO
from tui.project.values import Value
from tui.screens import marks
from tui.screens.asking import ask, begin_typing
from tui.screens.known import known
from tui.screens.mending import Cells, MendingScreen
from tui.screens.picker import Choice, Picker
from tui.screens.rows import Row
from tui.words import _


class OrganisationScreen(MendingScreen):
    """One organisation: each line is a field to mend; people below."""

    def __init__(self, name: str, steps: list[Cells]) -> None:
        super().__init__(steps)
        self.name_id = name
        self._spots: list[Person | None] = []  # whose line each place is

    @property
    def one(self) -> Organisation:
        """The organisation as it is now."""
        return meant(known(self.app), self.name_id) or Organisation(self.name_id, {})

    def heading(self) -> str:
        """Its name."""
        return self.one.name(self.app.lang)

    def rows(self) -> Sequence[Row]:
        """Its fields, then each person's."""
        one, question = self.one, self.app.guide.question(WHO)
        rows, self._spots = [Row()], []
        for field in question.parts[0].fields:
            if field.id in KEPT:
                rows += self._lines(field, one.cells, None)
        part = question.part(PEOPLE)
        assert part is not None
        rows += [Row(), Row(part.title.get(self.app.lang), "heading")]
        for person in one.people:
            for field in part.fields:
                if field.id in OF_PERSON:
                    rows += self._lines(field, person.cells, person)
            rows.append(Row())
        self._spots.append(None)
        rows.append(Row("+ " + part.add.get(self.app.lang), "muted", self._add_person, indent=3))
        return rows

    def _lines(self, field: Field, cells: Mapping[str, Value], person: Person | None) -> list[Row]:
        """A line for the field; for one that has a text in both languages, a line each."""
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
            found.append(Row(said, "", self._edits(field, cell, key, cells), indent=3 if person is None else 5))
        return found

    def _said(self, field: Field, value: Value) -> str:
        if field.kind == "flag":
            return marks.tick(bool(value))
        if field.kind == "choice" and value:
            return self.app.guide.choice(field.choices, value, self.app.lang)
        return str(value or "—")

    def _edits(self, field: Field, cell: str, key: str, cells: Mapping[str, Value]) -> Callable[[], None]:
        value = cells.get(key)

        def put(given: Value) -> bool:
            return self.mend({self.one.id: {cell: given}})

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
                choices = [Choice(code, one.get(self.app.lang)) for code, one in words.items()]
                self.app.push_screen(Picker(label, choices), picked)
            else:
                row = f"{self.one.id}/{cell}"
                typing = begin_typing(self.app, "directory.field", row, partnership="")
                ask(self.app, Picker(label, typing=typing, text=str(value or "")), typed)

        return edit

    def _add_person(self) -> None:
        def typed(text: str | None) -> bool:
            name = (text or "").strip()
            return bool(name) and self.mend({self.one.id: {person_cell(Person(new_id(), {}), "name"): name}})

        typing = begin_typing(self.app, "directory.person", self.one.id, partnership="")
        ask(self.app, Picker(_("The name of the person"), typing=typing), typed)

    def keys(self) -> list[tuple[str, str]]:
        """Few: the lines themselves are the way."""
        keys = [("↑↓", _("line")), (_("Enter"), _("change")), ("X", _("take the person out"))]
        return [*keys, ("U", _("undo")), (_("Esc"), _("back"))]

    def letter(self, key: str) -> bool:
        """Take the person one stands on out; undo."""
        if key.lower() == "u":
            self.back()
            return True
        person = self._spots[self.at] if self.at < len(self._spots) else None
        if key.lower() != "x" or person is None:
            return False
        self.mend({self.one.id: without(person)}, _("{name} was taken out.").format(name=person.name))
        return True
