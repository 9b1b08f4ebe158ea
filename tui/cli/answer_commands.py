"""The subcommands `answer`, `questions` and `schema`: JSON lines taken in, and what they may say."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from tui import console
from tui.cli.invocation import DONE, FAILED, WRONG, Invocation, print_json
from tui.commands import command
from tui.console import print_line, print_text
from tui.form.answer_json import OPS, STATES
from tui.form.answer_json import answer as changes_of
from tui.form.form_schema import describe, private_fields, value_schema
from tui.guide.guide_types import Guide, Question
from tui.i18n import _, language, use
from tui.partnership.field_kinds import BadValue
from tui.partnership.organisations import Profile, profiles
from tui.partnership.partners import WHO
from tui.partnership.values import Partnership
from tui.store.store_errors import StoreError
from tui.text.clean import json_escaped
from tui.workspace.guide_texts import filled
from tui.workspace.hangup import refuse_cut_input

KEYS = ("question", "partner", "pair", "row", "op", "value", "state", "lang", "base")
LONGEST = 4_000_000  # bytes of one line; a longer one is no answer but a file sent by mistake


class _Line:
    """The project between two lines: as our last save left it, read again when somebody else changed it."""

    def __init__(self, call: Invocation, partnership_id: str) -> None:
        self._call = call
        self._id = partnership_id
        self._partnership: Partnership | None = None
        self._seen: object = None
        self._met: dict[str, Profile] | None = None  # what was said of the organisations before a line changed it

    def save(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Do what one line asks; what is said of it. BadValue when it is wrong, StoreError when it is not on disk."""
        store = self._call.store
        draft = changes_of(self._call.guide, self._present(), line)
        if self._met is None and line.get("question") == WHO:
            self._met = profiles(self._present())
        self._partnership = None  # whatever happens now, what we hold may be old
        saved = store.save(self._id, draft.changes)
        self._partnership, self._seen = saved.partnership, store.signature(self._id)
        rows = draft.rows or [draft.changes[0].entry]
        said: dict[str, Any] = {"row": rows[0], "rev": saved.partnership.rev}
        if len(rows) > 1:
            said["rows"] = rows
        if saved.conflicts:
            said["conflict"] = True
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
    line = _Line(call, call.partnership_id())
    code = DONE
    for number, raw in _lines(sys.stdin.buffer):
        try:
            said = {"ok": True, "line": number, **line.save(_read(raw, call.args.doc_lang))}
        except BadValue as error:
            said, code = _refused(number, error), max(code, WRONG)
        except (StoreError, OSError) as error:
            said, code = _refused(number, error), FAILED
        try:
            _say(said)
        except BrokenPipeError:  # nobody hears the answers: to go on would be to save unheard
            return FAILED
    line.teach()
    refuse_cut_input()
    return code


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, numbered as in the input; a line without end is not kept in memory."""
    number = 0
    while raw := stream.readline(LONGEST + 1):
        number += 1
        rest = raw
        while not rest.endswith(b"\n") and (rest := stream.readline(LONGEST)):
            pass  # the rest of a line that is too long is read and dropped
        if raw.strip():
            yield number, raw


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
        raise BadValue(_("the line is no JSON: {reason}").format(reason=error)) from error
    if not isinstance(line, dict):
        raise BadValue(_("a line is a JSON object"))
    _only_known(line)
    return {"lang": lang, **line} if lang else line


def _no_number(name: str) -> object:
    raise BadValue(_("{name} is no JSON number").format(name=name))


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """An object, refused when a name stands in it twice: one of the two values would be lost in silence."""
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


def _refused(number: int, error: Exception) -> dict[str, Any]:
    return {"ok": False, "line": number, "error": str(error)}


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
    spoken = language()
    found: dict[str, dict[str, str]] = {name: {} for name in texts}
    try:
        for lang in ("fr", "en"):
            use(lang)
            for name, words in texts.items():
                found[name][lang] = filled(guide, words, lang, lambda one: command(one).name)
    finally:
        use(spoken)
    return found


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
