"""What a meeting changed in the text, told from the history: only words that are public now, and were seen then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tui.agreement.blocks import Block
from tui.agreement.voice import Voice, bullets, origin
from tui.guide.types import Field, Part, Question, Words
from tui.project.candidates import is_second
from tui.project.meetings import HELD, POINTS, source_of
from tui.project.partners import WHO
from tui.project.positions import CONSENSUS
from tui.project.values import ORDER, REMOVED, Cell, Entry, Past, Value
from tui.project.wording import POSITIONS

_APART = frozenset({HELD, POINTS, *POSITIONS, CONSENSUS})  # told elsewhere in the minutes, or by their count alone


@dataclass(slots=True)
class _Turn:
    """One cell from what it held before the meeting to what the meeting left in it."""

    before: Value
    after: Value
    private: bool


def happened(voice: Voice, past: Iterable[Past], meeting: Entry) -> tuple[Block, ...]:
    """One line for each sentence or fact of the document that the meeting added, changed or took out."""
    turns: dict[str, dict[str, _Turn]] = {}
    wanted = source_of(meeting)
    for one in past:
        if one.source != wanted or one.question in _APART or is_second(one.cell):
            continue
        cells = turns.setdefault(one.entry, {})
        known = cells.get(one.cell)
        if known is None:
            cells[one.cell] = _Turn(one.value, one.new, one.private)
        else:
            known.after, known.private = one.new, one.private
    told = (_line(voice, entry, cells) for entry, cells in turns.items())
    return bullets((text, origin(voice.view.entry(entry))) for entry, text in zip(turns, told, strict=True) if text)


def _line(voice: Voice, name: str, cells: dict[str, _Turn]) -> str:
    """« Objectifs principaux, ajouté : « offrir du counseling », échéance : mars 2027 »; "" for what is not public."""
    entry = voice.view.entry(name)
    question = voice.guide.by_id.get(entry.question) if entry is not None else None
    part = question.part(entry.part) if question is not None and entry is not None else None
    if entry is None or question is None or part is None or not _told(voice, question, part, entry):
        return ""
    changed = {key: turn for key, turn in cells.items() if turn.before != turn.after}
    removed = changed.get(REMOVED)
    if removed is not None and removed.after:
        text = _value(voice, entry, part.main, None)
        return (
            _said(voice, question, entry, "change_removed", [text], part.title) if text and ORDER not in changed else ""
        )
    shown = [field for field in part.fields if _seen(voice, entry, field, changed)]
    if not shown:
        return ""
    word = "change_added" if all(turn.before is None for turn in changed.values()) else "change_changed"
    if not part.list and len(shown) == 1:
        return _said(voice, question, entry, word, [_value(voice, entry, shown[0], changed)], shown[0].label)
    main = part.main
    texts = [_value(voice, entry, field, changed) for field in shown if field is main]
    if main not in shown and part.list:
        texts.append(_value(voice, entry, main, None))
    texts += [_labelled(voice, field, _value(voice, entry, field, changed)) for field in shown if field is not main]
    return _said(voice, question, entry, word, [one for one in texts if one], part.title)


def _told(voice: Voice, question: Question, part: Part, entry: Entry) -> bool:
    """Whether the document tells of this entry: of a partner once it may be named, of its people nothing."""
    if question.id == WHO:
        return not entry.part and bool(entry.text("name", voice.lang))
    return bool(question.feeds or part.feeds) and not question.private


def _seen(voice: Voice, entry: Entry, field: Field, changed: dict[str, _Turn]) -> bool:
    if field.hidden or field.private:
        return False
    own = f"{field.id}@{voice.lang}"
    for key, turn in changed.items():
        name, _at, lang = key.partition("@")
        if name == field.id and key in entry.cells and (lang in ("", voice.lang) or own not in entry.cells):
            return not turn.private or turn.after == entry.cells[key].value
    return False


def _value(voice: Voice, entry: Entry, field: Field | None, changed: dict[str, _Turn] | None) -> str:
    """A field in words, quoted where it is a text: as the meeting left it, or as it stands."""
    if field is None:
        return ""
    if changed is not None:
        cells = {key: Cell(turn.after, 0) for key, turn in changed.items() if key.partition("@")[0] == field.id}
        entry = replace(entry, cells={**entry.cells, **cells})
    text = " ".join(voice.shown(entry, field.id).split())
    return voice.word("quoted", text=text) if text and field.kind in ("line", "prose") else text


def _labelled(voice: Voice, field: Field, text: str) -> str:
    apart = " : " if voice.lang == "fr" else ": "
    return f"{field.label.get(voice.lang).lower()}{apart}{text}" if text else ""


def _said(voice: Voice, question: Question, entry: Entry, word: str, texts: list[str], label: Words) -> str:
    apart = " : " if voice.lang == "fr" else ": "
    head = voice.guide.section(question.feeds)
    label = label if label.fr else head.heading if head is not None else question.short
    whose = voice.given_by(entry) if question.scope != "project" and question.id != WHO else ""
    said = ", ".join(filter(None, (label.get(voice.lang), whose, voice.word(word))))
    return f"{said}{apart}{', '.join(texts)}" if texts else said
