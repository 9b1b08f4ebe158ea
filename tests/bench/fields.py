"""What a key costs in each field of the guide, in a document of 200 KB, as it is and after a sending or an adoption.

    python tests/bench/fields.py [--all] [--states fresh sent changed adopted amended] [--only TEXT] [--store FOLDER]

The app runs on a pseudo-terminal as a person's does; a second thread of it does no more than stand at the field that is
asked for. Each field is measured where nothing else differs from what was sent or adopted: what was typed is undone
before the next one. A figure is the median CPU of a key (user and system, all threads) over the CPU in which an empty
app of Textual starts (`empty.py`), measured by turns in the same run. BOUND is 16 ms over the 170 ms of such a start;
what is over it bears a star. Without `--all` one field of each kind is typed in, as `make bench` does.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

from bench import SET_UP, SILENCE, Program, running  # type: ignore[import-not-found]  # noqa: E402  # beside this file
from partnerships import Writer, make  # type: ignore[import-not-found]  # noqa: E402

if TYPE_CHECKING:
    from tui.app.app import EntenteApp
    from tui.partnership.values import Partnership

STARTS = 5  # of an empty app whose median a figure is measured by
BOUND = 0.094  # of the CPU of an empty start: 16 of 170 ms
FIRST = 0.4  # seconds within which a key that shows anything has begun to
GAP = 0.06  # seconds without output after which a key counts as answered
# How a partnership stands when it is opened: no draft; a draft that still says the same; one word changed since;
# adopted; adopted and one word changed since.
STATES = ("fresh", "sent", "changed", "adopted", "amended")
KEYS = {
    "line": "avec chacun", "prose": "avec chacun", "effort": "3 h par mois", "number": "123456789",
    "date": "2028-03-15 ", "period": "mars à juin", "amount": "12345678", "choice": "2121212", "flag": " " * 7,
}  # fmt: skip
NAMED = "le collège"  # what is typed where partners and people are named


def main(arguments: Sequence[str]) -> int:
    """Print the table; return 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="every field, not one of each kind")
    parser.add_argument("--states", nargs="+", choices=STATES, default=list(STATES))
    parser.add_argument("--only", default="", metavar="TEXT", help="fields whose name holds this")
    parser.add_argument("--kilobytes", type=int, default=200)
    parser.add_argument("--store", type=Path, help="kept from run to run: the partnerships are made once")
    options = parser.parse_args(arguments)
    ratios: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        stores = options.store or Path(folder)
        for state in options.states:
            project = prepared(stores, state, options.kilobytes)
            with tempfile.TemporaryDirectory() as copy:
                shutil.copytree(stores / state, Path(copy) / "store")
                for name, ratio in measured(Path(copy) / "store", project, options):
                    ratios.setdefault(name, {})[state] = ratio
    print(table(ratios, options.states))
    return 0


def table(ratios: dict[str, dict[str, float]], states: Sequence[str]) -> str:
    """Return the ratios as aligned text: a line for each field, the dearest first, a column for each state."""
    lines = [f"{'':44}" + "".join(f"{state:>10}" for state in states)]
    for name, found in sorted(ratios.items(), key=lambda item: -max(item[1].values())):
        cells = (f"{found[state]:9.3f}{'*' if found[state] > BOUND else ' '}" if state in found else " " * 10
                 for state in states)  # fmt: skip
        lines.append(f"{name:44}" + "".join(cells))
    return "\n".join(lines)


# -- the partnerships --------------------------------------------------------------------------------------------------


def prepared(stores: Path, state: str, kilobytes: int) -> str:
    """Make the store of a state in `stores`, unless it is there; return the id of its partnership."""
    from tui.store import Author, Store

    kept = stores / f"{state}.id"
    if kept.exists():
        return kept.read_text()
    if state != "fresh":
        project = prepared(stores, "fresh", kilobytes)
        shutil.copytree(stores / "fresh", stores / state)
        _brought(stores / state, project, state)
    else:
        project = make(stores / state, kilobytes * 1000, "fr")
        store = Store(stores / state, author=Author("x" * 10, "Marie"))
        store.save(project, list(_rows(store.load(project))))
    kept.write_text(project)
    return project


def _rows(partnership: Partnership) -> Iterator[Any]:
    """Yield the changes that give each list of the guide that one sees a first row, its texts filled in."""
    from tui.guide.guide_loading import load_guide
    from tui.partnership.ids import new_id
    from tui.partnership.partners import active
    from tui.partnership.values import ORDER, Change, order_behind

    guide, writer = load_guide(), Writer("fr", 7)
    partner = active(partnership)[0].id
    for step in guide.walked_steps:
        for question in step.questions:
            subject = () if question.scope == "project" else (partner,)
            for part in question.parts:
                if not part.list or partnership.rows(question.id, part.id) or question.scope == "pair":
                    continue
                row = new_id()
                behind = order_behind(partnership, question.id, part.id)
                yield Change(row, question.id, ORDER, behind, part.id, subject)
                for field in part.fields:
                    if field.kind in ("line", "prose") and not field.hidden:
                        text = "marie@exemple.ca" if field.addresses else writer.clause(5)
                        yield Change(row, question.id, field.cell("fr"), text, part.id, subject)


def _brought(store: Path, project: str, state: str) -> None:
    """Send the first draft or adopt the text; for the states of a later change, change a word in a late section."""
    if state in ("sent", "changed"):
        with tempfile.TemporaryDirectory() as folder:
            to = ("--to", Writer("fr").partner(1), "--format", "docx", "--folder", folder)
            _entente(store, "send", project, "--yes", *to)
    else:
        _entente(store, "adopt", project, "--yes", "--reason", "essai")
    if state in ("changed", "amended"):
        line = {"question": "extra.inclusive", "op": "set", "value": {"text": "Un mot de plus."}}
        _entente(store, "answer", project, given=json.dumps(line))


def _entente(store: Path, *words: str, given: str = "") -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tui", "--store", str(store), "--lang", "fr", *words]
    subprocess.run(command, input=given, env=environment, text=True, capture_output=True, check=True)


# -- from outside ------------------------------------------------------------------------------------------------------


def measured(store: Path, project: str, options: argparse.Namespace) -> Iterator[tuple[str, float]]:
    """Yield each field of the guide, and what a key in it costs, as a ratio to an empty app's start."""
    empty = [_start() for _ in range(STARTS)]
    asked, answered = os.pipe(), os.pipe()
    for end in (asked[0], answered[1]):
        os.set_inheritable(end, True)
    command = [sys.executable, __file__, "--inside", str(asked[0]), str(answered[1]), str(store), project]
    with running(command, 100, 30) as program, os.fdopen(asked[1], "w") as ask, os.fdopen(answered[0]) as answers:

        def told(**request: object) -> Any:
            ask.write(json.dumps(request) + "\n")
            ask.flush()
            answer = json.loads(answers.readline())
            while program.listen(0.15):
                pass
            return answer

        program.until_silent(SILENCE, SET_UP)
        program.listen(3.0)  # what is read ahead once the first screen stands
        seen: set[str] = set()
        for name, *place, kind in told(do="places"):
            short = name if options.all else kind
            if short in seen or options.only not in name:
                continue
            seen.add(short)
            if told(do="stand", place=place) != place[1]:
                yield f"{name} (not reached)", 0.0
                continue
            costs = list(_keys(program, KEYS.get(kind, NAMED)))
            empty = (
                [*empty[-STARTS + 1 :], _start()] if len(seen) % STARTS == 0 else empty
            )  # the machine's mood changes
            yield name, statistics.median(costs[1:]) / statistics.median(empty)
            told(do="undo")


def _start() -> float:
    """Return the milliseconds of CPU in which an empty app of Textual starts."""
    with running([sys.executable, str(HERE / "empty.py")], 100, 30) as program:
        program.until_silent(SILENCE, 300)
        return program.cpu()


def _keys(program: Program, keys: str) -> Iterator[float]:
    for key in keys:
        cpu = program.cpu()
        program.send(key)
        if program.listen(FIRST):
            while program.listen(GAP):
                pass
        yield program.cpu() - cpu


# -- inside ------------------------------------------------------------------------------------------------------------


def inside(asked: int, answered: int, store: str, project: str) -> int:
    """Run the app on a partnership; a thread of it does what is asked, one line of JSON after the other."""
    import tui.app.app as app_module
    from tui.cli import main as entente

    class Standing(app_module.EntenteApp):
        CSS_PATH = app_module.EntenteApp.CSS_PATH

        def on_mount(self) -> None:
            super().on_mount()
            threading.Thread(target=_obey, args=(self, asked, answered), daemon=True).start()

    app_module.EntenteApp = Standing  # type: ignore[misc]
    return entente(["--lang", "fr", "--store", store, project])


def _obey(app: EntenteApp, asked: int, answered: int) -> None:
    acts = {"places": _places, "stand": _stand, "undo": _undo}
    with os.fdopen(asked) as requests, os.fdopen(answered, "w") as answers:
        for line in requests:
            request = json.loads(line)
            answers.write(json.dumps(app.call_from_thread(acts[request["do"]], app, request)) + "\n")
            answers.flush()


def _places(app: EntenteApp, _request: object) -> list[tuple[str, ...]]:
    """Return each field one can write in: its name, its question, the key of its place, its partners, its kind."""
    from tui.form.form import Fields, form_of
    from tui.partnership.partners import active

    workspace = app.workspace
    assert workspace is not None
    first, second = (partner.id for partner in active(workspace.partnership)[:2])
    found: list[tuple[str, ...]] = []
    for step in workspace.guide.walked_steps:
        for question in step.questions:
            other = second if question.scope == "pair" else ""
            form = form_of(workspace.form_context, question, first, other, unfolded=True)
            for group in form.groups:
                part = group.part
                if isinstance(group, Fields):
                    places = [(place.field, place.key) for place in group.fields if place.field is not None]
                else:
                    entry = group.rows[0].main.entry.id if group.rows and group.part.list else ""
                    places = [(field, f"{entry}/{field.id}") for field in part.fields if entry and not field.hidden]
                for field, key in places:
                    name = ".".join(filter(None, (question.id, part.id, field.id)))
                    found.append((name, question.id, key, first, other, field.kind))
    return found


def _stand(app: EntenteApp, request: dict[str, Any]) -> str:
    """Write at a place; return the key of the place one stands at then."""
    from dataclasses import replace

    workspace = app.workspace
    assert workspace is not None
    question, key, partner, other = request["place"]
    at = replace(workspace.place, question=question, partner=partner, other=other, slot=key, cursor=None)
    app.to_questions(at)
    return workspace.place.slot


def _undo(app: EntenteApp, _request: object) -> None:
    """Take back all that was typed."""
    workspace = app.workspace
    assert workspace is not None
    app.page.finish_typing()
    while workspace.undo():
        pass
    app.to_questions(workspace.place)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside"]:
        sys.exit(inside(int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:6]))
    sys.exit(main(sys.argv[1:]))
