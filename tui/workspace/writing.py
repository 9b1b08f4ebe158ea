"""Writing into the open partnership: fields set as they are typed, rows made, read, moved and removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.form import giving
from tui.form.cost_line import read_cost_line
from tui.form.form import FormField, main_field
from tui.form.money_line import FUNDING, read_money_line
from tui.form.name_guess import guessed_choice, guessed_forms
from tui.guide.guide_types import Field, Part
from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.cost_shares import COSTS
from tui.partnership.field_kinds import meant_date, unparsed_text
from tui.partnership.partners import PEOPLE, WHO, find_partner, partners
from tui.partnership.values import NOTHING, Change, Entry, Value
from tui.text.clean import clean, pasted_lines
from tui.text.name_matching import fold
from tui.text.person_lines import read_person
from tui.workspace.place import NOTE
from tui.workspace.table_mandates import giver_changes
from tui.workspace.workspace import Workspace, current_moment

# The kinds of field whose value is shown in other words than were typed: « demain » as a date.
_REWORDED_KINDS = frozenset({"date", "period", "amount", "number"})


def type_into(workspace: Workspace, entry: Entry, field: Field, text: str, *, unseen: bool = False) -> bool:
    """Set a typed field; edits of one field in a row are undone together. Return whether anything changed.

    With `unseen` the field's present text was never shown to whoever types: both texts are kept then.
    """
    # A change based on revision 0 makes the store keep the present text beside the new one.
    changes = giving.give_typed(workspace.form_context, entry, field, text, 0 if unseen else None)
    if field.id == "level":
        changes += giver_changes(workspace, entry, text)
    if entry.question == NOTE and field.main and text.strip():
        changes += _changes_of_call(workspace, entry)
    is_changed = workspace.edit(changes, f"{entry.id}/{field.cell(workspace.typed_lang)}")
    if field.kind in _REWORDED_KINDS:
        workspace.as_typed[entry.id, field.id] = (changes[0].value, text)
    return is_changed


def text_to_edit(workspace: Workspace, place: FormField) -> str:
    """Return a field's text for its editor: a date or amount as it was typed here, everything else as it is shown."""
    value, text = workspace.as_typed.get((place.entry.id, place.cell), (None, ""))
    return text if value is not None and value == place.value else place.text


def take_meant_date(workspace: Workspace, place: FormField) -> bool:
    """Complete a date typed without its year by the next such date; return whether there was one."""
    entry = workspace.partnership.entry(place.entry.id)
    if entry is None or place.field is None:
        return False
    text = unparsed_text(entry.get(place.cell))
    meant = meant_date(workspace.form_context.reading, place.field, text)
    return bool(meant) and type_into(workspace, entry, place.field, meant)


def current_value(workspace: Workspace, entry: Entry, field: Field) -> Value:
    """Return the present value of a field, typed here or saved by anybody; None where the entry is not stored yet."""
    stored = workspace.partnership.entry(entry.id)
    return None if stored is None else stored.get(field.cell(workspace.typed_lang))


def is_changed_elsewhere(present: Value, shown: Value) -> bool:
    """Return whether the text `present` differs from `shown`, the one last shown or typed; False for other values."""
    are_texts = isinstance(present, str | None) and isinstance(shown, str | None)
    return are_texts and present != shown and clean(str(present or "")) != clean(str(shown or ""))


def _changes_of_call(workspace: Workspace, note: Entry) -> list[Change]:
    """Return the changes that date the note of a call and move a prospective partner to contacted.

    The source is domain.md, « Partner status ».
    """
    changes = []
    entry = workspace.partnership.entry(note.id)
    if entry is None or entry.get("on") is None:
        changes.append(Change(note.id, note.question, "on", current_moment()[:10], note.part, note.subject))
    partner = find_partner(workspace.partnership, note.subject[0]) if note.subject else None
    if partner is not None and partner.status == "prospective":
        changes.append(Change(partner.id, WHO, "status", "contacted", "", partner.entry.subject))
    return changes


def choose(workspace: Workspace, entry: Entry, field: Field, code: str) -> bool:
    """Set a choice ("" clears it); a position also keeps the exact words it was given on. Return whether it changed."""
    changes = giving.set_value(workspace.form_context, entry, field, code or None)
    if field.id == "level":
        changes += giver_changes(workspace, entry, code)
    return workspace.edit(changes)


def confirm_name(workspace: Workspace, partner_id: str) -> str:
    """Store the guessed grammar of a partner's name (article, gender, number); return a sentence, "" for no guess."""
    partner = find_partner(workspace.partnership, partner_id)
    forms = guessed_forms(partner.entry) if partner is not None else ""
    field = workspace.guide.question(WHO).parts[0].field("article")
    if partner is None or field is None or not forms:
        return ""
    choose(workspace, partner.entry, field, guessed_choice(field, partner.entry))
    return _("Confirmed: {forms}.").format(forms=forms)


def tick(workspace: Workspace, entry: Entry, field: Field) -> bool:
    """Tick a box, or untick it. Return whether anything changed."""
    return workspace.set(entry, field.id, not entry.get(field.id))


def new_row(
    workspace: Workspace,
    empty_row: Entry,
    part: Part,
    text: str,
    cells: Mapping[str, Value] = NOTHING,
    field: Field | None = None,
) -> Entry:
    """Make a row (or a partner) of its first words, behind the others, and return it.

    `empty_row` says where the row belongs: its question, part and subject. `cells` are the row's other values,
    by cell. The words go into `field`; None is the field that rows of the part are known by.
    """
    context, main = workspace.form_context, field or main_field(part)
    cell = main.cell(workspace.typed_lang)
    row, changes = giving.new_row(context, empty_row, part, {cell: giving.read_typed(context, main, text), **cells})
    workspace.edit(changes, typed_cell=f"{row.id}/{cell}")
    return workspace.partnership.entry(row.id) or row


def finish_row(workspace: Workspace, row_id: str) -> bool:
    """Read the line that was typed for a person, a source of money or a shared cost, and fill its other cells from it.

    Rows of other kinds stay as they are, and so does an amount that was typed in its own field. Return whether anything
    was filled. One step of undo gives the line back as it was typed.
    """
    entry = workspace.partnership.entry(row_id)
    if entry is not None and (entry.question, entry.part) == (WHO, PEOPLE):
        return _finish_person(workspace, entry)
    part = workspace.guide.question(FUNDING).part(entry.part) if entry is not None else None
    if entry is None or entry.question != FUNDING or part is None or entry.get("amount") is not None:
        return False
    main, context = main_field(part), workspace.form_context
    typed = entry.text(main.id, workspace.typed_lang)
    read_line = read_cost_line if part.id == COSTS else read_money_line
    words, cells = read_line(context, part, typed)
    changes = giving.give_typed(context, entry, main, words) if words != typed else []
    for field_id, value in cells.items():
        field = part.field(field_id)
        assert field is not None
        changes += giving.set_value(context, entry, field, value)
    return bool(changes) and workspace.edit(changes)


def person_cells(text: str, lang: str) -> dict[str, Value]:
    """Return the cells of the person that a line of text describes, by their keys; "name" is always among them."""
    person = read_person(text)
    name = person.name or person.email or person.phone or text
    texts = {"name": name, "email": person.email, "phone": person.phone}
    cells: dict[str, Value] = {key: value for key, value in texts.items() if value}
    if person.title:
        cells[f"title@{lang}"] = person.title
    return {**cells, "signs": True} if person.signs else cells


def _finish_person(workspace: Workspace, entry: Entry) -> bool:
    """Move an address, a telephone or what follows a semicolon out of a person's name into cells of their own.

    The name is printed; addresses, telephones and remarks stay private. Return whether anything was moved.
    """
    typed = str(entry.get("name") or "")
    person = read_person(typed)
    if not (person.email or person.phone or ";" in typed):
        return False
    new = {cell: value for cell, value in person_cells(typed, workspace.typed_lang).items() if not entry.get(cell)}
    partner = workspace.partnership.entry(entry.subject[0])
    with workspace.edits.as_one():
        for cell, value in {**new, "name": person.name or None}.items():
            workspace.set(entry, cell, value)
        # Remarks about a person are private: they go to a private field of the partner.
        if person.remarks and partner is not None:
            before = partner.text("reason", workspace.typed_lang)
            remarks = " ; ".join((person.name, *person.remarks))
            workspace.set(partner, f"reason@{workspace.typed_lang}", "\n".join(filter(None, (before, remarks))))
    return True


def new_rows(workspace: Workspace, empty_row: Entry, part: Part, texts: Sequence[str]) -> list[Entry]:
    """Make a row of each text of a pasted list, and return the new rows; a partner that is there already is skipped."""
    are_partners = empty_row.question == WHO and not empty_row.part
    names = {fold(partner.name(workspace.lang)) for partner in partners(workspace.partnership)}
    new_entries = []
    with workspace.edits.as_one():
        for text in texts:
            if not (are_partners and fold(text) in names):
                new_entries.append(new_row(workspace, empty_row, part, text))
                finish_row(workspace, new_entries[-1].id)
                names.add(fold(text))
    return new_entries


def add_partners(workspace: Workspace, text: str) -> int:
    """Add partners from a list, one a line, bullets and numbers dropped. Return how many are new."""
    part = workspace.guide.question(WHO).parts[0]
    return len(new_rows(workspace, Entry("", WHO), part, pasted_lines(text)))


def remove(workspace: Workspace, entry: Entry) -> bool:
    """Mark a row as removed; undo brings it back. Return whether anything changed."""
    return workspace.edit([giving.remove(entry)])


def drop_if_blank(workspace: Workspace, entry_id: str) -> bool:
    """Remove a row that was begun and left blank. Return whether it was removed."""
    entry = workspace.partnership.entry(entry_id)
    if entry is None or not giving.is_blank_row(workspace.guide, entry):
        return False
    part = workspace.guide.question(entry.question).part(entry.part)
    main = part.main if part is not None else None
    typed_cell = f"{entry.id}/{main.cell(workspace.typed_lang)}" if main is not None else ""
    # With the cell of its main field, emptying the row and leaving it are one step of undo.
    return workspace.edit([giving.remove(entry)], typed_cell)


def rows_beside(workspace: Workspace, entry: Entry) -> tuple[Entry, ...]:
    """Return the rows an entry is listed with: all partners, the rows of the partnership, or the present partner's."""
    return giving.listed_with(workspace.partnership, entry, workspace.place.partner)


def move(workspace: Workspace, entry: Entry, by: int) -> bool:
    """Put a row, or a partner, one place up (-1) or down (1) in its list. Return whether it moved."""
    change = giving.move(rows_beside(workspace, entry), entry, by)
    return change is not None and workspace.edit([change])


def set_state(workspace: Workspace, state: str) -> bool:
    """Mark the present answer by hand, or take the mark off when it is there. Return whether it changed."""
    question = workspace.question
    entry = single_entry(workspace.partnership, question.id, workspace.subject)
    return workspace.edit([giving.mark(entry, "" if entry.state == state else state)])
