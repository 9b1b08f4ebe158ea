"""The subcommands `answer`, `questions` and `schema`: JSON lines taken in, and what they may say."""

from __future__ import annotations

import json
import select
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from io import BufferedReader
from typing import Any, cast

from tui import console
from tui.cli.invocation import DONE, FAILED, WRONG, Invocation, print_json
from tui.commands import command
from tui.console import print_line, print_text
from tui.error_words import reason_words
from tui.form.answer_json import OPS, STATES, AnswerChanges
from tui.form.answer_json import answer as changes_of
from tui.form.form_schema import describe, private_fields, value_schema
from tui.guide.guide_types import Guide, Question, Words
from tui.i18n import _, in_both, language
from tui.partnership.changes import Applied, Applier
from tui.partnership.field_kinds import BadValue
from tui.partnership.organisations import Profile, profiles
from tui.partnership.partners import WHO
from tui.partnership.values import Conflict, HistoryEntry, Partnership
from tui.store.partnership_store import SetCells
from tui.store.store_errors import StoreError
from tui.text.clean import json_escaped
from tui.workspace.guide_texts import filled
from tui.workspace.hangup import refuse_cut_input

KEYS = ("question", "partner", "pair", "row", "op", "value", "state", "lang", "base", "key", "text")
LONGEST = 4_000_000  # bytes of one line; a longer one is no answer but a file sent by mistake
_CHUNK = 64 * 1024  # bytes read at once, as many as a pipe holds
_MOST_LINES = 500  # lines of one save, and as many as came before them: a save writes all that is there

Batch = list[tuple[int, bytes]]  # lines by their number in the input


class _Answers:
    """The partnership between two batches: as our last save left it, read again when somebody else changed it."""

    def __init__(self, call: Invocation, partnership_id: str) -> None:
        self._call = call
        self._id = partnership_id
        self._partnership: Partnership | None = None
        self._seen: object = None
        self._met: dict[str, Profile] | None = None  # what was said of the organisations before a line changed it

    def save(self, batch: Batch) -> Iterator[tuple[dict[str, Any], int]]:
        """Do what the lines of a batch ask, in one save; (what is said of a line, the exit code it asks for) of each.

        The lines are worked out one after the other, each on what the one before left, and said once all is on disk.
        """
        drafts: dict[int, AnswerChanges] = {}
        refused: dict[int, Exception] = {}
        try:
            present = self._present()
            applier = Applier(by="", at=present.changed)  # for what the next line finds, before either is on disk
            for number, raw in batch:
                try:
                    drafts[number] = self._draft(present, raw.removeprefix(BOM_UTF8) if number == 1 else raw)
                except BadValue as error:
                    refused[number] = error
                else:
                    present = applier.apply(present, drafts[number].changes).partnership
            said = self._saved(drafts) if drafts else {}
        except (StoreError, OSError) as error:
            said, refused = {}, {number: refused.get(number, error) for number, _raw in batch}
        for number, _raw in batch:
            if number in said:
                yield {"ok": True, "line": number, **said[number]}, DONE
            else:
                code = WRONG if isinstance(refused[number], BadValue) else FAILED
                yield {"ok": False, "line": number, "error": str(refused[number])}, code

    def _draft(self, present: Partnership, raw: bytes) -> AnswerChanges:
        line = _read(raw, self._call.args.doc_lang)
        draft = changes_of(self._call.guide, present, line)
        if self._met is None and line.get("question") == WHO:
            self._met = profiles(present)
        return draft

    def _saved(self, drafts: Mapping[int, AnswerChanges]) -> dict[int, dict[str, Any]]:
        """Return what is said of each line once all are on disk. Raises `StoreError` when they are not."""
        said: dict[int, dict[str, Any]] = {}

        def work(partnership: Partnership, set_cells: SetCells) -> Applied:
            past: list[HistoryEntry] = []
            conflicts: list[Conflict] = []
            for number, draft in drafts.items():
                applied = set_cells(partnership, draft.changes)
                partnership = applied.partnership
                past += applied.past
                conflicts += applied.conflicts
                rows = draft.rows or [draft.changes[0].entry]
                said[number] = {"row": rows[0], "rev": partnership.rev}
                if len(rows) > 1:
                    said[number]["rows"] = rows
                if applied.conflicts:
                    said[number]["conflict"] = True
            return Applied(partnership, tuple(past), tuple(conflicts))

        self._partnership = None  # whatever happens now, what we hold may be old
        store = self._call.store
        saved = store.save_with(self._id, work)
        self._partnership, self._seen = saved.partnership, store.signature(self._id)
        return said

    def teach(self) -> None:
        """The directory learns of the organisations that were told of; what it cannot keep now it learns later."""
        if self._met is None:
            return
        from tui.workspace.directory_edits import teach_directory

        with suppress(StoreError):
            links = teach_directory(self._call.store, self._met, self._present())
            if links:
                self._call.store.save(self._id, links)

    def _present(self) -> Partnership:
        store = self._call.store
        if self._partnership is None or store.signature(self._id) != self._seen:
            self._seen = store.signature(self._id)
            self._partnership = store.load(self._id)
        return self._partnership


def answer(call: Invocation) -> int:
    """Answer each line of the standard input; 2 when a line was wrong, 3 when one could not be saved."""
    answers = _Answers(call, call.partnership_id())
    code = DONE
    for batch in _batches(cast(BufferedReader, sys.stdin.buffer)):
        for said, ending in answers.save(batch):
            code = max(code, ending)
            try:
                _say(said)
            except BrokenPipeError:  # nobody hears the answers: to go on would be to save unheard
                return FAILED
    answers.teach()
    refuse_cut_input()
    return code


def _batches(stream: BufferedReader) -> Iterator[Batch]:
    """Yield the lines that hold something, numbered as in the input: those that wait already come together.

    Who sends one and waits for its answer gets it at once; of many that come in a row each costs a part of one save.
    """
    number, held = 0, 0
    batch: Batch = []
    rest = b""
    while chunk := stream.read1(_CHUNK):
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest[: LONGEST + 1]  # a line without end is not kept in memory: what is behind its limit is dropped
        for raw in lines:
            number += 1
            if raw.strip():
                batch.append((number, raw[: LONGEST + 1]))
                held += len(raw)
        if batch and (len(batch) >= max(_MOST_LINES, number - len(batch)) or held > LONGEST or not _is_waiting(stream)):
            yield batch
            batch, held = [], 0
    if rest.strip():
        batch.append((number + 1, rest))
    if batch:
        yield batch


def _is_waiting(stream: BufferedReader) -> bool:
    """Return whether more can be read without waiting for whoever writes it."""
    try:
        return bool(select.select([stream], [], [], 0)[0])
    except (OSError, ValueError):  # nothing that can be asked
        return False


def _read(raw: bytes, lang: str | None) -> dict[str, Any]:
    """One line as an object. BadValue says what is wrong with it."""
    if len(raw) > LONGEST:
        raise BadValue(_("the line is too long"))
    try:
        line = json.loads(raw.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise BadValue(_("the line is no UTF-8 text")) from error
    except RecursionError as error:
        raise BadValue(_("the line is nested too deeply")) from error
    except json.JSONDecodeError as error:
        raise BadValue(_("the line is no JSON: {reason}").format(reason=reason_words(error))) from error
    except BadValue:
        raise
    except ValueError as error:  # Python turns no number of thousands of digits into an int
        raise BadValue(_("the line holds a number that is too long")) from error
    if not isinstance(line, dict):
        raise BadValue(_("a line is a JSON object"))
    _only_known(line)
    return {"lang": lang, **line} if lang else line


def _no_number(name: str) -> object:
    raise BadValue(_("{name} is no JSON number").format(name=name))


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object, refused when a name stands in it twice: one of the two values would be lost in silence."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadValue(_("“{name}” is given twice").format(name=name))
        found[name] = value
    return found


def _only_known(line: Mapping[str, Any]) -> None:
    for name in line:
        if name not in KEYS:
            raise BadValue(_("a line has no “{name}”; it takes {names}").format(name=name, names=", ".join(KEYS)))


def _say(said: Mapping[str, Any]) -> None:
    """One line, out at once: who reads it may wait for it before sending the next."""
    console.print_text(json_escaped(json.dumps(said, ensure_ascii=False)))
    console.flush()


def questions(call: Invocation) -> int:
    """List the questions by sub-step; with --json, with kinds, private fields and the JSON Schema of each value."""
    guide = call.guide
    if call.args.json:
        print_json([_described(guide, question) for question in guide.by_id.values()])
        return DONE
    lang = language()
    widest = max(map(len, guide.by_id))
    for number, step in enumerate(guide.steps):
        print_text(("\n" if number else "") + step.title.get(lang))
        for question in step.questions:
            print_line(f"  {question.id:{widest}}  {question.text.get(lang)}")
    return DONE


def _described(guide: Guide, question: Question) -> dict[str, Any]:
    """One question, with the milestone it must be answered for and the named holes it fills."""
    holes = [
        {"id": rule.id, "fr": rule.label.fr, "en": rule.label.en, "each_partner": rule.each_partner}
        for rule in guide.holes
        if rule.question == question.id
    ]
    milestone = question.milestone or ("adoption" if holes else "")
    return {**describe(guide, question), **_texts(guide, question), "milestone": milestone, "holes": holes}


def _texts(guide: Guide, question: Question) -> dict[str, dict[str, str]]:
    """Help, example and what is said to those who write private words, by language; commands go by their names."""
    texts = {"help": question.help, "example": question.example}
    if question.private or private_fields(question):
        texts["private_notice"] = guide.private_notice

    def said(words: Words) -> str:
        return filled(guide, words, language(), lambda item: command(item).name)

    return {name: in_both(partial(said, words)) for name, words in texts.items()}


def schema(call: Invocation) -> int:
    """Print the JSON Schema (2020-12) of one line of `entente answer`."""
    guide = call.guide
    print_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "one line of entente answer",
            "type": "object",
            "properties": {
                "question": {"enum": list(guide.by_id)},
                "partner": {"type": "string", "description": "a partner's id or name"},
                "pair": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
                "row": {"type": "string", "description": "the row's id, as an answer gave it"},
                "key": {
                    "type": "string",
                    "description": "a name of your own for a row: said again, it adds none",
                },
                "op": {"enum": list(OPS), "default": "set"},
                "value": {"description": "see $defs, by question; a text alone answers the main field"},
                "state": {"enum": [*STATES, None]},
                "lang": {"enum": ["fr", "en"]},
                "base": {"type": "integer", "description": "the revision the author saw; an older one may conflict"},
            },
            "required": ["question"],
            "additionalProperties": False,
            "$defs": {name: value_schema(guide, question) for name, question in guide.by_id.items()},
        }
    )
    return DONE
