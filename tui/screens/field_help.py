"""The help of a field and of a question: what is asked, how it is written, what can be chosen, where it appears."""

from __future__ import annotations

from collections.abc import Iterator

from tui.commands import key_meanwhile
from tui.form.form import ADD, MORE, PAIR, FormField
from tui.form.form_words import how_written
from tui.guide.guide_types import Question
from tui.i18n import _
from tui.partnership.privacy import is_public
from tui.partnership.values import Cell, Entry
from tui.workspace.guide_texts import choice_meanings, example_of, help_of, private_notice
from tui.workspace.workspace import Workspace

HelpLine = tuple[str, str]  # a text and the style it is painted in


def field_help(workspace: Workspace, form_field: FormField | None) -> Iterator[HelpLine]:
    """Yield the lines of help for a field; none for None."""
    if form_field is None:
        return
    field, lang = form_field.field, workspace.lang
    if form_field.kind == MORE:
        yield _("Fields that are seldom needed"), "title"
        yield _("Enter unfolds them; those that hold something show by themselves."), ""
    elif form_field.kind == PAIR:
        yield _("With whom"), "title"
        yield _("Some questions are about two partners: arrows, a digit or a few letters choose the second one."), ""
    elif field is not None:
        yield (field.label.get(lang) if form_field.kind != ADD else form_field.hint), "title"
        if field.hint.get(lang):
            yield field.hint.get(lang), ""
        writing_words = _how_to_write(form_field, field.kind)
        if writing_words:
            yield writing_words, ""
        if form_field.options:
            words = " · ".join(f"{at} {label}" for at, (_code, label) in enumerate(form_field.options, 1))
            yield _("To choose: {words}").format(words=words), ""
        has_terms = bool(field.terms) and form_field.kind != ADD  # words that the guide suggests
        if has_terms:
            yield _("Words in use; your own will do as well."), ""
        if form_field.options or has_terms:
            for line in choice_meanings(workspace, field):
                yield line, ""
        yield _where_it_appears(workspace, form_field), "warn" if field.private else "muted"
        if field.private and field.kind == "prose":
            yield workspace.guide.private_notice.get(lang), ""


def _how_to_write(form_field: FormField, kind: str) -> str:
    """Return how a field is written, in general and by which keys; "" if there is nothing to explain.

    `kind` is that of the guide's field; `form_field.kind` is ADD in the line that adds a row with that field.
    """
    if form_field.kind == ADD:
        if kind in ("partner", "someone"):
            return _("A few letters and Enter take a name that is known; Tab opens the other fields of the line.")
        return _("One a line: Enter makes the next one, Tab opens its other fields; a pasted list makes a line each.")
    keys = {
        "partner": _("Enter or → takes the one that is shown."),
        "partners": _("{key} ticks them in a window.").format(key=key_meanwhile("same")),
        "someone": _("A partner or a person by a few letters; anyone else by name."),
        "someones": _("Partners and people, with commas between; a few letters and → take a name that is known."),
        "choice": _(
            "A digit chooses, or ← and →, or a few of its letters and Enter; Backspace leaves the question open."
        ),
        "flag": _("Space or X ticks it."),
        "prose": _("Several lines: Enter begins another, Tab goes on. **bold**, *italic* and lists may be written."),
    }
    return " ".join(filter(None, (how_written(kind), keys.get(kind, ""))))


def _where_it_appears(workspace: Workspace, form_field: FormField) -> str:
    """Return where the document shows the field, by the rules of the guide, or that it is private."""
    field, question = form_field.field, workspace.guide.by_id.get(form_field.entry.question)
    assert field is not None
    if field.private or question is None or question.private:
        return _("Private: never appears in the document; readable by those who have access to this folder.")
    if field.without_leave:  # private until the partner gives leave to publish it
        return _("Private until the organization allows it to be published.")
    places = workspace.guide.appears(question, workspace.lang, workspace.section_numbers)
    if not places:
        return _("Does not appear in the document.")
    where = _("Appears in {places}.").format(places=places)
    if _is_shown_now(workspace, form_field):
        return where
    return where + " " + _("Not yet: the partner or the line must be confirmed first.")


def _is_shown_now(workspace: Workspace, form_field: FormField) -> bool:
    """Return whether the field would be public if it held a value now."""
    entry = workspace.partnership.entry(form_field.entry.id) or form_field.entry
    cell = form_field.cell or (form_field.field.id if form_field.field is not None else "")
    # The rules ask for a cell: an empty one takes the place of a value that is missing.
    with_cell = Entry(entry.id, entry.question, entry.part, entry.subject, {cell: Cell("", 0), **entry.cells})
    return is_public(workspace.guide, workspace.partnership, with_cell, cell)


def question_help(workspace: Workspace, question: Question) -> Iterator[HelpLine]:
    """Yield the lines for a question: what it asks, its help, an example, what its choices mean, and who reads it."""
    lang = workspace.lang
    yield question.text.get(lang), "title"
    yield help_of(workspace, question), ""
    yield _("Example: {text}").format(text=example_of(workspace, question)), "hint"
    for part in question.parts:
        for field in part.fields:
            meanings = [] if field.hidden else list(choice_meanings(workspace, field))
            if meanings:
                yield field.label.get(lang), "heading"
                yield "\n".join(meanings), ""
    if notice := private_notice(workspace, question):
        yield notice, ""
