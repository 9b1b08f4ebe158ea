"""The desk at writing: rows made by their first letter, values read as typed, names completed."""

from __future__ import annotations

from collections.abc import Sequence

from tui.guide.guide_types import Field, Part
from tui.partnership.completion import filled, single_entry
from tui.partnership.field_kinds import BadValue, ParseContext, read_value, typed_as_it_is
from tui.partnership.ids import new_id, order_between
from tui.partnership.name_references import is_name, means_everyone
from tui.partnership.partners import WHO, partner, partners
from tui.partnership.positions import points
from tui.partnership.privacy import POSITIONS
from tui.partnership.row_defaults import possible_defaults, row_defaults
from tui.partnership.values import ORDER, REMOVED, Change, Entry, Value
from tui.partnership.versions import words_seen
from tui.text.clean import clean
from tui.text.clean import lines as listed
from tui.text.name_matching import fold, matches
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace, current_moment


def value_of(workspace: Workspace, field: Field, text: str) -> Value:
    """The value of what was typed; what is not understood yet is kept as {"typed": text}, so that nothing is lost."""
    if field.kind in ("line", "effort", "prose"):
        return text
    if not text.strip():
        return None
    try:
        return read_value(ParseContext(workspace.guide, workspace.partnership, workspace.lang), field, text)
    except BadValue:
        return {"typed": text}


def type_into(workspace: Workspace, entry: Entry, field: Field, text: str, *, unseen: bool = False) -> bool:
    """Set a typed field; edits of one field in a row are undone as one.

    `unseen` says that what stands there now was never shown: both texts are kept then.
    """
    cell, base = field.cell(workspace.lang), 0 if unseen else None
    changes = [
        Change(entry.id, entry.question, cell, value_of(workspace, field, text), entry.part, entry.subject, base)
    ]
    if entry.question == NOTE and field.main and text.strip():
        changes += _called(workspace, entry)
    return workspace.edit(changes, f"{entry.id}/{cell}")


def current_value(workspace: Workspace, entry: Entry, field: Field) -> Value:
    """What a field holds now, typed or saved by anybody."""
    found = workspace.partnership.entry(entry.id)
    return None if found is None else found.get(field.cell(workspace.lang))


def changed_elsewhere(now: Value, shown: Value) -> bool:
    """Whether the text that stands now is another than the one last shown, or typed, in the field one writes in."""
    texts = isinstance(now, str | None) and isinstance(shown, str | None)
    return texts and now != shown and clean(str(now or "")) != clean(str(shown or ""))


def _called(workspace: Workspace, note: Entry) -> list[Change]:
    """Noting a call dates the note, and moves a prospective partner to contacted (domain.md, « Partner status »)."""
    changes = []
    entry = workspace.partnership.entry(note.id)
    if entry is None or entry.get("on") is None:
        changes.append(Change(note.id, note.question, "on", current_moment()[:10], note.part, note.subject))
    one = partner(workspace.partnership, note.subject[0]) if note.subject else None
    if one is not None and one.status == "prospective":
        changes.append(Change(one.id, WHO, "status", "contacted", "", one.entry.subject))
    return changes


def choose(workspace: Workspace, entry: Entry, field: Field, code: str) -> bool:
    """Set a choice ("" clears it); a position also keeps the exact words it was given on."""
    changes = [Change(entry.id, entry.question, field.id, code or None, entry.part, entry.subject)]
    if entry.question in POSITIONS and not entry.part and field.id == "level":
        seen = words_seen(
            workspace.partnership, points(workspace.guide, workspace.view), entry.subject[0] if entry.subject else ""
        )
        changes.append(Change(entry.id, entry.question, "seen", seen, entry.part, entry.subject))
        if entry.get("level", code) != code and entry.get("leave"):  # leave was given for another answer
            changes.append(Change(entry.id, entry.question, "leave", None, entry.part, entry.subject))
    return workspace.edit(changes)


def tick(workspace: Workspace, entry: Entry, field: Field) -> bool:
    """Turn a box over."""
    return workspace.set(entry, field.id, not entry.get(field.id))


def new_row(workspace: Workspace, home: Entry, part: Part, text: str) -> Entry:
    """A row (or a partner) made of its first words, behind the others; `home` tells question, part and subject."""
    name = new_id()
    subject = (name,) if home.question == WHO and not home.part else home.subject
    entry = Entry(name, home.question, home.part, subject)
    rows = workspace.partnership.rows(home.question, home.part)
    cells: dict[str, Value] = {ORDER: order_between(max((row.order for row in rows), default=""), "")}
    if part.list:
        cells |= row_defaults(workspace.partnership, part, subject)
    main = part.main
    assert main is not None
    cells[main.cell(workspace.lang)] = value_of(workspace, main, text)
    workspace.edit(
        [Change(name, entry.question, cell, value, entry.part, subject) for cell, value in cells.items()],
        stretch=f"{name}/{main.cell(workspace.lang)}",
    )
    return workspace.partnership.entry(name) or entry


def new_rows(workspace: Workspace, home: Entry, part: Part, texts: Sequence[str]) -> list[Entry]:
    """A row for each text of a pasted list; partners already there are not made twice."""
    known = (
        {fold(one.name(workspace.lang)) for one in partners(workspace.partnership)} if home.question == WHO else set()
    )
    made = []
    with workspace.edits.as_one():
        for text in texts:
            if not (home.question == WHO and not home.part and fold(text) in known):
                made.append(new_row(workspace, home, part, text))
                known.add(fold(text))
    return made


def add_partners(workspace: Workspace, text: str) -> int:
    """Partners from a list, one a line, bullets and numbers dropped. Returns how many are new."""
    part = workspace.guide.question(WHO).parts[0]
    return len(new_rows(workspace, Entry("", WHO), part, listed(text)))


def remove(workspace: Workspace, entry: Entry) -> bool:
    """Take a row out; it stays as a tombstone and undo brings it back."""
    return workspace.set(entry, REMOVED, True)


def drop_if_blank(workspace: Workspace, entry_id: str) -> bool:
    """Take out a row that was begun and left with nothing written in it."""
    entry = workspace.partnership.entry(entry_id)
    if entry is None or entry.removed or not entry.order:
        return False
    question = workspace.guide.by_id.get(entry.question)
    part = question.part(entry.part) if question is not None else None
    if part is None:
        return False
    defaults = possible_defaults(part)
    written = any(
        (filled(cell.value) or typed_value(cell.value)) and cell.value not in defaults.get(key, ())
        for key, cell in entry.cells.items()
        if not key.startswith("#")
    )
    if written:
        return False
    main = part.main
    stretch = f"{entry.id}/{main.cell(workspace.lang)}" if main is not None else ""
    return workspace.set(entry, REMOVED, True, stretch)  # emptied and left: one step of undo, with what was emptied


def in_list(workspace: Workspace, entry: Entry) -> tuple[Entry, ...]:
    """The rows an entry is listed with: all partners, all rows of the project, or those of the present partner."""
    rows = workspace.partnership.rows(entry.question, entry.part)
    if not entry.subject or (entry.question == WHO and not entry.part):
        return rows
    mine = workspace.place.partner
    return tuple(row for row in rows if mine in row.givers) if mine in entry.givers else (entry,)


def move(workspace: Workspace, entry: Entry, by: int) -> bool:
    """Put a row, or a partner, one place up (-1) or down (1) in its list."""
    rows = in_list(workspace, entry)
    at = next((at for at, row in enumerate(rows) if row.id == entry.id), -1)
    to = at + by
    if at < 0 or not 0 <= to < len(rows):
        return False
    rest = [row for row in rows if row.id != entry.id]
    before = rest[to - 1].order if to else ""
    after = rest[to].order if to < len(rest) else ""
    return workspace.set(entry, ORDER, order_between(before, after))


def set_state(workspace: Workspace, state: str) -> bool:
    """Mark the present answer by hand, or take the mark off when it is there."""
    question = workspace.question
    entry = single_entry(workspace.partnership, question.id, workspace.subject)
    return workspace.set(entry, "#state", None if entry.state == state else state)


def suggestions(workspace: Workspace, field: Field, text: str) -> list[str]:
    """The names that the letters typed may mean, for fields that refer to partners or people."""
    if field.kind not in ("partner", "partners", "someone", "someones"):
        return []
    last = text.rpartition(_sign(text))[2].strip() if field.kind in ("partners", "someones") else text.strip()
    if not last:
        return []
    names = [one.name(workspace.lang) for one in partners(workspace.partnership)]
    if field.kind in ("someone", "someones"):
        names += [row.text("name", workspace.lang) for row in workspace.partnership.rows(WHO, "people")]
    if field.kind == "partners":
        names += [row.text("name", workspace.lang) for row in workspace.partnership.rows("extra.groups", "rows")]
    return [name for name in names if name and matches(last, name)][:5]


def completed(field: Field, text: str, name: str) -> str:
    """The text with its last name completed."""
    if field.kind in ("partners", "someones"):
        head, sign, _last = text.rpartition(_sign(text))
        if sign == "," and ("," in name or ";" in name):  # names that hold a comma are set apart by semicolons
            head, sign = head.replace(",", ";"), ";"
        return f"{head}{sign}{' ' if sign else ''}{name}"
    return name


def _sign(text: str) -> str:
    """What sets the names of a typed list apart."""
    return ";" if ";" in text else ","


def is_whole(workspace: Workspace, field: Field, text: str) -> bool:
    """Whether the last name typed is somebody's whole name, or a word for everyone: nothing is left to complete."""
    several = field.kind in ("partners", "someones") and not is_name(workspace.partnership, text)
    last = text.rpartition(_sign(text))[2].strip() if several else text.strip()
    people = {fold(row.text("name", workspace.lang)) for row in workspace.partnership.rows(WHO, "people")}
    known = is_name(workspace.partnership, last) or means_everyone(workspace.partnership, last)
    return known or (field.kind in ("someone", "someones") and fold(last) in people)


def typed_value(value: Value) -> bool:
    """Whether a value was kept as typed because it was not understood."""
    return bool(typed_as_it_is(value))
