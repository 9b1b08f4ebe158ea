"""What sending a line of a call note makes public: the sentences as they will print, and the names they give away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from tui.export.plain_text import to_text
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.partners import find_partner
from tui.partnership.review import held_back_names
from tui.partnership.values import Partnership, Value
from tui.workspace.note_sorting import Destination, TextPosition, send
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace

# Kinds that tell no words of the line; a count of organisations is read out of it, and printed nowhere.
_CODES = frozenset({"choice", "flag", "number", "partner", "partners", "reference"})


@dataclass(frozen=True, slots=True)
class MadePublic:
    """What would be public: `lines` as the document prints them, `section` its number, "" for none.

    `printed` is False where they are public and the document has no place for them yet; `names` are those that may
    not appear.
    """

    lines: tuple[str, ...]
    section: str = ""
    printed: bool = True
    names: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """What is about to happen, in one sentence."""
        if not self.printed:
            return _("This becomes public, though the document does not print it yet:")
        if self.section:
            return _("This will be public, and print in section {section}:").format(section=self.section)
        return _("This will be public, and print:")

    @property
    def warning(self) -> str:
        """That a name may not appear yet; "" where none is given away."""
        if not self.names:
            return ""
        return _("It names {names}, who may not be named yet.").format(names=", ".join(self.names))


def made_public(
    workspace: Workspace, note: str, start: TextPosition, end: TextPosition, destination: Destination
) -> MadePublic | None:
    """What sending what stands between two places of a note to `destination` would make public; None for nothing.

    Nothing is changed: it is tried on a copy.
    """
    return made_public_by(workspace, destination, lambda trial: send(trial, note, start, end, destination))


def made_public_by(
    workspace: Workspace, destination: Destination, act: Callable[[Workspace], object]
) -> MadePublic | None:
    """Return what `act`, which writes at `destination`, would make public; None for nothing. It is tried on a copy."""
    trial = Workspace(workspace.guide, workspace.partnership, workspace.store)
    trial.place, trial.lang, trial.doc_lang = workspace.place, workspace.lang, workspace.doc_lang
    trial.region, trial.typing = workspace.region, workspace.typing
    act(trial)
    texts = _new_texts(trial, workspace.view, trial.view)
    if not texts:
        return None
    before = Counter(to_text(workspace.agreement, wrap=None).split("\n"))
    after = Counter(to_text(trial.agreement, wrap=None).split("\n"))
    new = after - before
    printed = [line.strip() for line in to_text(trial.agreement, wrap=None).split("\n") if new[line] and line.strip()]
    lines = tuple(dict.fromkeys(printed)) or tuple(texts)
    names = held_back_names(workspace.partnership, "\n".join((*texts, *lines)))
    whose = _heading_of_partner(trial, destination) if printed else ()
    lines = (*(name for name in whose if name not in lines), *lines)
    return MadePublic(lines, section_of(trial, destination), bool(printed), names)


def _heading_of_partner(workspace: Workspace, destination: Destination) -> tuple[str, ...]:
    """Return the name under which the document prints what the present partner says; () where it prints no name."""
    if workspace.guide.question(destination.question).scope != "partner":
        return ()
    known = find_partner(workspace.view, workspace.place.partner)
    name = known.name(workspace.doc_lang) if known is not None else ""
    return (name,) if name else ()


def section_of(workspace: Workspace, destination: Destination) -> str:
    """Return the number of the section that a place feeds, as the document prints it; "" for none."""
    question = workspace.guide.question(destination.question)
    part = question.part(destination.part)
    return workspace.section_number((part.feeds if part is not None else "") or question.feeds)


def _new_texts(workspace: Workspace, before: Partnership, after: Partnership) -> list[str]:
    """Return the words that one public view holds and the other does not, in the order of the entries."""
    found: list[str] = []
    for entry in after.entries.values():
        old = before.entry(entry.id)
        known = workspace.guide.by_id.get(entry.question)
        part = known.part(entry.part) if known is not None and entry.question != NOTE else None
        for key, cell in entry.cells.items():
            field = part.field(key.partition("@")[0]) if part is not None else None
            told = field is not None and field.kind not in _CODES and not field.hidden and cell.value not in (None, "")
            if told and (old is None or key not in old.cells or old.cells[key].value != cell.value):
                found.append(_words(cell.value))
    return found


def _words(value: Value) -> str:
    return " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
