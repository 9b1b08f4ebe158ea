"""`answer`: JSON lines read one by one, each saved and then answered, so that nothing is lost when reading stops."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from tui import console
from tui.cli.call import DONE, FAILED, WRONG, Call
from tui.project.answers import answer as changes_of
from tui.project.kinds import BadValue
from tui.project.organisations import Profile, profiles
from tui.project.partners import WHO
from tui.project.values import Project
from tui.store.errors import StoreError
from tui.text.clean import json_escaped
from tui.words import _

KEYS = ("question", "partner", "pair", "row", "op", "value", "state", "lang", "base")
LONGEST = 4_000_000  # bytes of one line; a longer one is no answer but a file sent by mistake


class _Line:
    """The project between two lines: as our last save left it, read again when somebody else changed it."""

    def __init__(self, call: Call, project_id: str) -> None:
        self._call = call
        self._id = project_id
        self._project: Project | None = None
        self._seen: object = None
        self._met: dict[str, Profile] | None = None  # what was said of the organisations before a line changed it

    def save(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Do what one line asks; what is said of it. BadValue when it is wrong, StoreError when it is not on disk."""
        store = self._call.store
        draft = changes_of(self._call.guide, self._present(), line)
        if self._met is None and line.get("question") == WHO:
            self._met = profiles(self._present())
        self._project = None  # whatever happens now, what we hold may be old
        saved = store.save(self._id, draft.changes)
        self._project, self._seen = saved.project, store.signature(self._id)
        rows = draft.rows or [draft.changes[0].entry]
        said: dict[str, Any] = {"row": rows[0], "rev": saved.project.rev}
        if len(rows) > 1:
            said["rows"] = rows
        if saved.conflicts:
            said["conflict"] = True
        return said

    def teach(self) -> None:
        """The directory learns of the organisations that were told of; what it cannot keep now it learns later."""
        if self._met is None:
            return
        from tui.desk.directory import teach

        with suppress(StoreError):
            links = teach(self._call.store, self._met, self._present())
            if links:
                self._call.store.save(self._id, links)

    def _present(self) -> Project:
        store = self._call.store
        if self._project is None or store.signature(self._id) != self._seen:
            self._seen = store.signature(self._id)
            self._project = store.load(self._id)
        return self._project


def answer(call: Call) -> int:
    """Answer each line of the standard input; 2 when a line was wrong, 3 when one could not be saved."""
    line = _Line(call, call.project_id())
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
