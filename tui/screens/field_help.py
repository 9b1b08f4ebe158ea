"""Help of the field one stands at: what it asks, how it is written, what can be chosen, and where it will appear."""

from __future__ import annotations

from collections.abc import Iterator

from tui.commands import key_meanwhile
from tui.i18n import _
from tui.partnership.privacy import is_public
from tui.partnership.values import Cell, Entry
from tui.screens.slots import ADD, MORE, PAIR, Slot
from tui.workspace.workspace import Workspace

Line = tuple[str, str]  # a text and the style it is painted in


def field_help(workspace: Workspace, slot: Slot | None) -> Iterator[Line]:
    """The lines for the place one stands at; none where there is none."""
    if slot is None:
        return
    field, lang = slot.field, workspace.lang
    if slot.kind == MORE:
        yield _("Fields that are seldom needed"), "title"
        yield _("Enter unfolds them; those that hold something show by themselves."), ""
    elif slot.kind == PAIR:
        yield _("With whom"), "title"
        yield _("Some questions are about two partners: arrows or a digit choose the second one."), ""
    elif field is not None:
        yield (field.label.get(lang) if slot.kind != ADD else slot.hint), "title"
        if field.hint.get(lang):
            yield field.hint.get(lang), ""
        how = _how(slot, field.kind)
        if how:
            yield how, ""
        if slot.options:
            words = " · ".join(f"{at} {said}" for at, (_code, said) in enumerate(slot.options, 1))
            yield _("To choose: {words}").format(words=words), ""
        yield _goes(workspace, slot), "warn" if field.private else "muted"


def _how(slot: Slot, kind: str) -> str:
    if slot.kind == ADD:
        if kind in ("partner", "someone"):
            return _("A few letters and Enter take a name that is known; Tab opens the other fields of the line.")
        return _("One a line: Enter makes the next one, Tab opens its other fields; a pasted list makes a line each.")
    said = {
        "date": _("A year, a month or a day: 2026, November 2026, November 22, 2026, 2026-11-22."),
        "period": _("From one date to another: from October 2026 to March 2027. One side may be missing."),
        "amount": _("As it is written: $12,000, 12 000 $, 500 €. Without a sign it is in Canadian dollars."),
        "number": _("A whole number."),
        "effort": _("As it is said: 3 h a week, two days a month."),
        "partner": _("A few letters of a partner's name; Enter or → takes the one that is shown."),
        "partners": _(
            "Names with commas between, a group's name, or “all the partners”; “except” leaves some out. "
            "{key} ticks them in a window."
        ).format(key=key_meanwhile("same")),
        "someone": _("A partner or a person by a few letters; anyone else by name."),
        "someones": _("Partners and people, with commas between; a few letters and → take a name that is known."),
        "choice": _("A digit, the first letter, or the arrows choose; Backspace leaves it open."),
        "flag": _("Space or X ticks it."),
        "prose": _("Several lines: Enter begins another, Tab goes on. **bold**, *italic* and lists may be written."),
    }
    return said.get(kind, "")


def _goes(workspace: Workspace, slot: Slot) -> str:
    """Where what is written here will appear, from the rules of the guide themselves."""
    field, question = slot.field, workspace.guide.by_id.get(slot.entry.question)
    assert field is not None
    if field.private or question is None or question.private:
        return _("Private: never appears in the document; readable by those who have access to this folder.")
    if field.without_leave:
        return _("Private until its author gives leave to publish it.")
    places = workspace.guide.appears(question, workspace.lang)
    if not places:
        return _("Does not appear in the document.")
    where = _("Appears in {places}.").format(places=places)
    if _shows(workspace, slot):
        return where
    return where + " " + _("Not yet: the partner or the line must be confirmed first.")


def _shows(workspace: Workspace, slot: Slot) -> bool:
    entry = workspace.partnership.entry(slot.entry.id) or slot.entry
    cell = slot.cell or (slot.field.id if slot.field is not None else "")
    held = Entry(entry.id, entry.question, entry.part, entry.subject, {cell: Cell("", 0), **entry.cells})
    return is_public(workspace.guide, workspace.partnership, held, cell)
