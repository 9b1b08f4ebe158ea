"""What sending a line of a call note would make public: the sentences as printed, and names that may not appear yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tui.export.plain_text import to_text
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.partners import find_partner
from tui.partnership.review import held_back_names
from tui.partnership.values import Partnership, Value
from tui.workspace.note_sorting import Destination, TextPosition, send
from tui.workspace.workspace import Workspace

# Kinds of field whose values are no words of the line.
_CODES = frozenset({"choice", "flag", "number", "partner", "partners", "reference"})


@dataclass(frozen=True, slots=True)
class MadePublic:
    """The lines that sending a line of a note would make public, and the names in them that may not appear yet."""

    lines: tuple[str, ...]  # as the document prints them, else the texts themselves
    section: str = ""  # the number of the section that prints them, "" for none
    printed: bool = True  # False where they are public, but the document does not print them yet
    names: tuple[str, ...] = ()  # names in them that may not appear yet

    @property
    def head(self) -> str:
        """The sentence above the lines: that they will be public, and where they print."""
        if not self.printed:
            return _("This becomes public, though the document does not print it yet:")
        if self.section:
            return _("This will be public, and print in section {section}:").format(section=self.section)
        return _("This will be public, and print:")

    @property
    def warning(self) -> str:
        """The sentence that names may not appear yet; "" for none."""
        if not self.names:
            return ""
        return _("It names {names}, who may not be named yet.").format(names=", ".join(self.names))


def made_public(
    workspace: Workspace, note: str, start: TextPosition, end: TextPosition, destination: Destination
) -> MadePublic | None:
    """Return what it would make public to send the note from `start` to `end` to `destination`; None for nothing.

    It is tried on a copy: nothing is changed.
    """
    return made_public_by(workspace, destination, lambda trial: send(trial, note, start, end, destination))


def made_public_by(
    workspace: Workspace, destination: Destination, act: Callable[[Workspace], object]
) -> MadePublic | None:
    """Return what `act` would make public, None for nothing; it writes at `destination`, and is called with a copy."""
    trial = Workspace(workspace.guide, workspace.partnership, workspace.store)
    trial.place, trial.lang, trial.doc_lang = workspace.place, workspace.lang, workspace.doc_lang
    trial.region, trial.typing = workspace.region, workspace.typing
    act(trial)
    texts = _new_texts(trial, workspace.view, trial.view)
    if not texts:
        return None
    text_now = workspace.agreement
    # The day of the last change is printed too: it is today's from the first line of a day on, and is no words of it.
    text_then = replace(trial.agreement, version=text_now.version, date=text_now.date, iso_date=text_now.iso_date)
    lines_then = to_text(text_then, wrap=None).split("\n")
    added = Counter(lines_then) - Counter(to_text(text_now, wrap=None).split("\n"))
    printed = [line.strip() for line in lines_then if added[line] and line.strip()]
    lines = tuple(dict.fromkeys(printed)) or tuple(texts)
    names = held_back_names(workspace.partnership, "\n".join((*texts, *lines)))
    headings = _heading_of_partner(trial, destination) if printed else ()
    lines = (*(name for name in headings if name not in lines), *lines)
    return MadePublic(lines, section_of(trial, destination), bool(printed), names)


def _heading_of_partner(workspace: Workspace, destination: Destination) -> tuple[str, ...]:
    """Return the name under which the document prints what the present partner says; () where it prints no name."""
    if workspace.guide.question(destination.question).scope != "partner":
        return ()
    partner = find_partner(workspace.view, workspace.place.partner)
    name = partner.name(workspace.doc_lang) if partner is not None else ""
    return (name,) if name else ()


def section_of(workspace: Workspace, destination: Destination) -> str:
    """Return the number of the section that a destination feeds, as the document prints it; "" for none."""
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    return workspace.section_number((part.feeds if part is not None else "") or question.feeds)


def _new_texts(workspace: Workspace, before: Partnership, after: Partnership) -> list[str]:
    """Return the texts that the public view `after` has and `before` has not, in the order of the entries."""
    texts: list[str] = []
    for entry in after.entries.values():
        old = before.entry(entry.id)
        question = workspace.guide.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None else None
        for key, cell in entry.cells.items():
            field = part.field(key.partition("@")[0]) if part is not None else None
            has_words = field is not None and field.kind not in _CODES and not field.hidden
            is_new = old is None or key not in old.cells or old.cells[key].value != cell.value
            if has_words and is_new and cell.value not in (None, ""):
                texts.append(_words(cell.value))
    return texts


def _words(value: Value) -> str:
    """Return the words of a value; of a dictionary those of its values."""
    return " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
