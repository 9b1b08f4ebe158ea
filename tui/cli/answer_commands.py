"""The subcommand `answer`, which saves answers given as JSON lines; `questions` and `schema` describe those lines."""

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
from tui.i18n import _, in_both_languages, language
from tui.partnership.changes import Applied, Applier
from tui.partnership.field_kinds import BadValue
from tui.partnership.organisations import Profile, profiles
from tui.partnership.partners import WHO
from tui.partnership.values import Conflict, HistoryEntry, Partnership
from tui.store.partnership_store import SetCells
from tui.store.store_errors import StoreError
from tui.text.clean import escape_json
from tui.workspace.guide_texts import fill_guide_text
from tui.workspace.hangup import refuse_cut_input

KEYS = ("question", "partner", "pair", "row", "op", "value", "state", "lang", "base", "key", "text")  # of a JSON line
MAX_LINE_BYTES = 4_000_000  # a longer line is a file sent by mistake
_CHUNK_BYTES = 64 * 1024  # read at once: as many as a pipe holds
# A batch ends at so many lines, or at as many as all earlier batches together. Each save writes the whole partnership,
# so growing batches keep the time of all saves proportional to the input.
_BATCH_LINES = 500

Batch = list[tuple[int, bytes]]  # lines, each with its number in the input, from 1


class _AnswerSaver:
    """Saves batches of lines. Keeps the partnership between batches, and reads it again if others changed it."""

    def __init__(self, call: Invocation, partnership_id: str) -> None:
        self._call = call
        self._id = partnership_id
        self._partnership: Partnership | None = None  # None if it has to be read
        self._signature: object = None  # the store's signature of `_partnership`
        self._profiles: dict[str, Profile] | None = None  # the organisations before any line changed one

    def save(self, batch: Batch) -> Iterator[tuple[dict[str, Any], int]]:
        """Save the changes of all lines of a batch at once; yield (JSON reply, exit code) for each line.

        Each line is applied to the result of the line before. Replies are yielded once all is on disk.
        """
        drafts: dict[int, AnswerChanges] = {}
        refused: dict[int, Exception] = {}
        try:
            present = self._present()
            applier = Applier(by="", at=present.changed)  # applies each line in memory, so that the next one sees it
            for number, raw in batch:
                try:
                    drafts[number] = self._draft(present, raw.removeprefix(BOM_UTF8) if number == 1 else raw)
                except BadValue as error:
                    refused[number] = error
                else:
                    present = applier.apply(present, drafts[number].changes).partnership
            replies = self._save(drafts) if drafts else {}
        except (StoreError, OSError) as error:
            replies, refused = {}, {number: refused.get(number, error) for number, _raw in batch}
        for number, _raw in batch:
            if number in replies:
                yield {"ok": True, "line": number, **replies[number]}, DONE
            else:
                code = WRONG if isinstance(refused[number], BadValue) else FAILED
                yield {"ok": False, "line": number, "error": str(refused[number])}, code

    def _draft(self, present: Partnership, raw: bytes) -> AnswerChanges:
        """Return the changes that a line asks for. Raises BadValue."""
        line = _parse_line(raw, self._call.args.doc_lang)
        draft = changes_of(self._call.guide, present, line)
        if self._profiles is None and line.get("question") == WHO:
            self._profiles = profiles(present)
        return draft

    def _save(self, drafts: Mapping[int, AnswerChanges]) -> dict[int, dict[str, Any]]:
        """Save the changes by number of line, and return the reply to each line. Raises StoreError."""
        replies: dict[int, dict[str, Any]] = {}

        def work(partnership: Partnership, set_cells: SetCells) -> Applied:
            """Apply the changes of all lines to the partnership that the store read; the store calls this to save."""
            past: list[HistoryEntry] = []
            conflicts: list[Conflict] = []
            for number, draft in drafts.items():
                applied = set_cells(partnership, draft.changes)
                partnership = applied.partnership
                past += applied.past
                conflicts += applied.conflicts
                rows = draft.rows or [draft.changes[0].entry]
                replies[number] = {"row": rows[0], "rev": partnership.rev}
                if len(rows) > 1:
                    replies[number]["rows"] = rows
                if applied.conflicts:
                    replies[number]["conflict"] = True
            return Applied(partnership, tuple(past), tuple(conflicts))

        self._partnership = None  # if saving fails, it has to be read again
        store = self._call.store
        saved = store.save_with(self._id, work)
        self._partnership, self._signature = saved.partnership, store.signature(self._id)
        return replies

    def update_directory(self) -> None:
        """Update the directory with the organisations that lines changed; if that fails, a later update does it."""
        if self._profiles is None:
            return
        from tui.workspace.directory_edits import update_from_partnership

        with suppress(StoreError):
            links = update_from_partnership(self._call.store, self._profiles, self._present())
            if links:
                self._call.store.save(self._id, links)

    def _present(self) -> Partnership:
        """Return the partnership as it is on disk now."""
        store = self._call.store
        if self._partnership is None or store.signature(self._id) != self._signature:
            self._signature = store.signature(self._id)
            self._partnership = store.load(self._id)
        return self._partnership


def answer(call: Invocation) -> int:
    """Save each line of standard input and print its reply.

    Return WRONG if a line was wrong, FAILED if one could not be saved.
    """
    answers = _AnswerSaver(call, call.partnership_id())
    code = DONE
    for batch in _batches(cast(BufferedReader, sys.stdin.buffer)):
        for reply, line_code in answers.save(batch):
            code = max(code, line_code)
            try:
                _print_reply(reply)
            except BrokenPipeError:  # nobody reads the replies any more: nothing more is saved
                return FAILED
    answers.update_directory()
    refuse_cut_input()
    return code


def _batches(stream: BufferedReader) -> Iterator[Batch]:
    """Yield batches of the lines that are not blank; lines that can be read without waiting are in one batch.

    So a sender that waits for each reply gets it at once, and many lines in a row share one save.
    """
    number, batch_bytes = 0, 0  # the number of the last line, the bytes in the batch
    batch: Batch = []
    rest = b""
    while chunk := stream.read1(_CHUNK_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        rest = rest[: MAX_LINE_BYTES + 1]  # of an endless line one byte too many is kept, so that it is refused
        for raw in lines:
            number += 1
            if raw.strip():
                batch.append((number, raw[: MAX_LINE_BYTES + 1]))
                batch_bytes += len(raw)
        is_full = len(batch) >= max(_BATCH_LINES, number - len(batch)) or batch_bytes > MAX_LINE_BYTES
        if batch and (is_full or not _has_more(stream)):
            yield batch
            batch, batch_bytes = [], 0
    if rest.strip():
        batch.append((number + 1, rest))
    if batch:
        yield batch


def _has_more(stream: BufferedReader) -> bool:
    """Return whether more can be read without waiting for the sender."""
    try:
        return bool(select.select([stream], [], [], 0)[0])
    except (OSError, ValueError):  # `select` does not work on this stream
        return False


def _parse_line(raw: bytes, lang: str | None) -> dict[str, Any]:
    """Return one line as an object; `lang` is its language if it names none. Raises BadValue if it is wrong."""
    if len(raw) > MAX_LINE_BYTES:
        raise BadValue(_("the line is too long"))
    try:
        line = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_object_of)
    except UnicodeDecodeError as error:
        raise BadValue(_("the line is no UTF-8 text")) from error
    except RecursionError as error:
        raise BadValue(_("the line is nested too deeply")) from error
    except json.JSONDecodeError as error:
        raise BadValue(_("the line is no JSON: {reason}").format(reason=reason_words(error))) from error
    except BadValue:
        raise
    except ValueError as error:  # Python refuses to read an int of thousands of digits
        raise BadValue(_("the line holds a number that is too long")) from error
    if not isinstance(line, dict):
        raise BadValue(_("a line is a JSON object"))
    _check_keys(line)
    return {"lang": lang, **line} if lang else line


def _refuse_constant(name: str) -> object:
    """Refuse NaN and Infinity, which are no JSON."""
    raise BadValue(_("{name} is no JSON number").format(name=name))


def _object_of(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the JSON object of these pairs. Raises BadValue if a name occurs twice, since one value would be lost."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise BadValue(_("“{name}” is given twice").format(name=name))
        values[name] = value
    return values


def _check_keys(line: Mapping[str, Any]) -> None:
    """Raise BadValue for a key that lines do not have."""
    for name in line:
        if name not in KEYS:
            raise BadValue(_("a line has no “{name}”; it takes {names}").format(name=name, names=", ".join(KEYS)))


def _print_reply(reply: Mapping[str, Any]) -> None:
    """Print a reply as one line of JSON, at once: the sender may wait for it before it sends the next line."""
    console.print_text(escape_json(json.dumps(reply, ensure_ascii=False)))
    console.flush()


def questions(call: Invocation) -> int:
    """List the questions by step; with --json print their kinds, private fields and the JSON Schema of each value."""
    guide = call.guide
    if call.args.json:
        print_json([_question_as_json(guide, question) for question in guide.by_id.values()])
        return DONE
    lang = language()
    widest = max(map(len, guide.by_id))
    for number, step in enumerate(guide.steps):
        print_text(("\n" if number else "") + step.title.get(lang))
        for question in step.questions:
            print_line(f"  {question.id:{widest}}  {question.text.get(lang)}")
    return DONE


def _question_as_json(guide: Guide, question: Question) -> dict[str, Any]:
    """Return a question as JSON data, with the milestone that needs it and the named holes that it fills."""
    holes = [
        {"id": rule.id, "fr": rule.label.fr, "en": rule.label.en, "each_partner": rule.each_partner}
        for rule in guide.holes
        if rule.question == question.id
    ]
    milestone = question.milestone or ("adoption" if holes else "")
    return {**describe(guide, question), **_texts(guide, question), "milestone": milestone, "holes": holes}


def _texts(guide: Guide, question: Question) -> dict[str, dict[str, str]]:
    """Return the help, the example and the notice on private words, each by language, commands by their names."""
    texts = {"help": question.help, "example": question.example}
    if question.private or private_fields(question):
        texts["private_notice"] = guide.private_notice

    def with_names(words: Words) -> str:
        return fill_guide_text(guide, words, language(), lambda item: command(item).name)

    return {name: in_both_languages(partial(with_names, words)) for name, words in texts.items()}


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
