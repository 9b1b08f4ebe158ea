"""Make small wrong changes to a copy of the program, one at a time, and print how many of them its tests notice.

    python -m tools.mutants [--each COUNT] [--sample NUMBER] [--workers COUNT] [ROOM …]

`make mutants` runs it; mutmut makes the changes. For each of `ROOMS` (groups of files) it tries COUNT changes with the
tests named there. The NUMBER of a sample always draws the same changes, as long as the code stays the same; another
number draws others, for which no test was written.
It prints the share of changes that were noticed, and each change that no test noticed, with its reason in
tools/unnoticed_mutants.toml why it makes no difference. At its end it says what is wrong, and then ends with 1: a share
below `WANTED`, a change that no test noticed and that has no reason, and a reason of a change that is no longer made or
that a test does notice.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
PLACE: Final = ROOT / "build" / "mutants"
REASONS: Final = ROOT / "tools" / "unnoticed_mutants.toml"
WANTED: Final = 0.9  # the least share of changes that tests must notice
EACH: Final = 60  # changes of each room; to try all would take a day
SKIPPED: Final = (
    ".*",
    "build",
    "dist",
    "*.egg-info",
    "__pycache__",
    "golden",
)  # not copied: no test of a room reads it


class Room(NamedTuple):
    """Files of the program that are changed, and the tests (arguments of pytest) that should notice."""

    files: tuple[str, ...]
    tests: tuple[str, ...]


def _in(folder: str, *names: str) -> tuple[str, ...]:
    """Return the test files of these subjects in a folder of tests."""
    return tuple(f"{folder}/test_{name}.py" for name in names)


ROOMS: Final = {
    "privacy": Room(
        ("tui/partnership/privacy.py", "tui/partnership/partner_words.py"),
        (
            *_in("tests/partnership", "privacy", "private_places", "positions", "silence", "conditions"),
            "tests/workspace/test_noted_answers.py",
        ),
    ),
    "positions and fingerprints": Room(
        ("tui/partnership/positions.py", "tui/partnership/conditions.py"),
        (
            *_in("tests/partnership", "positions", "dissent", "silence", "change_cost", "conditions"),
            "tests/agreement/test_signature_section.py",
        ),
    ),
    "versions": Room(
        ("tui/partnership/versions.py", "tui/partnership/signatures.py"),
        (
            *_in("tests/partnership", "versions", "signatures"),
            *_in("tests/agreement", "blocks", "agreed_words"),
        ),
    ),
    "save plan": Room(
        ("tui/store/public_private.py",), _in("tests/store/upper", "public_private", "records", "strange_tables")
    ),
    "history": Room(
        ("tui/store/history.py",), ("tests/store/test_history.py", "tests/store/upper/test_partnership_store.py")
    ),
    "pending edits": Room(
        ("tui/workspace/pending_edits.py",), _in("tests/workspace", "pending_edits", "undo_steps", "workspace")
    ),
    "composing": Room(
        (
            *("tui/agreement/compose.py", "tui/agreement/front_matter.py"),
            *("tui/agreement/topic_sections.py", "tui/agreement/partner_sections.py"),
        ),
        (
            *_in("tests/agreement", "each_line", "compose", "partner_sections", "topic_sections", "section_rows"),
            *_in("tests/agreement", "levels_table", "bilingual", "caches", "text_to_sign", "agreed_words"),
            "tests/agreement/test_party_clauses.py",
            "tests/guide/test_added_question.py",
        ),
    ),
    "taking returned texts": Room(
        ("tui/comparison/difference_changes.py", "tui/comparison/field_changes.py", "tui/comparison/line_changes.py"),
        _in("tests/comparison", "difference_changes", "line_changes", "returned_cases", "random_edits"),
    ),
    "taking returned forms": Room(
        ("tui/comparison/form_proposals.py", "tui/workspace/form_review.py"),
        _in("tests/workspace", "form_review", "kept_forms", "decided_at_once", "noted_answers"),
    ),
    "completion": Room(
        ("tui/partnership/completion.py",),
        (
            *_in("tests/partnership", "completion", "step_table", "needed_contributions", "answer_list", "road"),
            *_in("tests/line_mode", "interview", "line_actions"),
        ),
    ),
    "form": Room(("tui/form/form.py", "tui/form/giving.py"), ("tests/form", "tests/workspace/test_same_position.py")),
    "input parsing": Room(
        ("tui/workspace/typed_values.py", "tui/partnership/field_kinds.py"),
        (
            *_in("tests/partnership", "field_kinds", "value_types", "bodies"),
            *_in("tests/line_mode", "typed_values", "prompt_answers", "interview"),
        ),
    ),
}


class Change(NamedTuple):
    """One wrong change: mutmut's name for it, its function, and the lines it removes and adds."""

    name: str
    function: str
    before: str
    after: str

    def rank(self, sample: int) -> bytes:
        """Return a key that shuffles changes, always in the same way for a sample, whatever else is in the file."""
        sample_part = (str(sample),) if sample > 1 else ()  # sample 1 is drawn without a number
        return hashlib.sha256("\0".join((*self[1:], *sample_part)).encode()).digest()


def changes_in(file: str) -> Iterator[Change]:
    """Yield each change that mutmut would make in a file, in the copy of the program that is the current folder."""
    from mutmut.mutation.file_mutation import mutate_file_contents  # here, or tests that read the rooms wait for it

    module = ".".join(Path(file).with_suffix("").parts)
    mutated = mutate_file_contents(file, Path(file).read_text(encoding="utf-8"))
    lines, spans = mutated.code.splitlines(), mutated.line_span_by_function_name
    for name in mutated.mutant_names:
        function = name.rpartition("__mutmut_")[0]
        plain_name = re.split("ǁ|^x_", function)[-1]
        sound, wrong = (
            [line.strip().replace(version, plain_name) for line in lines[spans[version].start - 1 : spans[version].end]]
            for version in (f"{function}__mutmut_orig", name)
        )
        diff = list(difflib.unified_diff(sound, wrong, n=0))[2:]
        removed, added = (" ".join(line[1:] for line in diff if line[0] == sign) for sign in "-+")
        function = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
        yield Change(f"{module}.{name}", f"{module}.{function}", removed, added)


def reasons() -> dict[tuple[str, str, str], str]:
    """Return the reasons of tools/unnoticed_mutants.toml by (function, lines removed, lines added)."""
    lines = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("unnoticed", [])
    return {(line["function"], line["before"], line["after"]): line["reason"] for line in lines}


def copy_of_the_program(room: Room, name: str) -> Path:
    """Return the folder of a new copy of the project, with settings of mutmut for a room."""
    folder = PLACE / name.replace(" ", "-")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*SKIPPED))
    other_names = [path.name for path in folder.iterdir() if path.name not in ("tui", "tests", "pyproject.toml")]
    settings = {
        "source_paths": ["tui/"],
        "only_mutate": list(room.files),
        "also_copy": other_names,
        "pytest_add_cli_args_test_selection": list(room.tests),
        # Without pytest's time limit: mutmut has its own, by the time of the tests without a change.
        "pytest_add_cli_args": [
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "--hypothesis-profile",
            "mutants",
            "--timeout",
            "0",
            # A fork collects the tests for the second time in its process, and pytest escapes the letters of names
            # given by `ids` once more each time: a change whose tests have « é » in such a name would not be tried.
            "-o",
            "disable_test_id_escaping_and_forfeit_all_rights_to_community_support=true",
        ],
        # Seconds that each change has beside the time of its tests, 15 times over: other work on the machine can hold
        # up a test that lasts no time at all, and what the time limit ends counts as noticed.
        "timeout_constant": 10.0,
        # Each change is tried in a fork of a process that has run no test: making a PDF leaves threads, which a fork
        # lacks and would wait for without end.
        "process_isolation": "forkserver",
    }
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n" + "".join(f"{key} = {value!r}\n" for key, value in settings.items()))
    return folder


def states_of(folder: Path, changes: Sequence[Change], workers: int) -> dict[str, str]:
    """Try these changes in a copy of the program, and return what came of each, by its name, in mutmut's words.

    Raises RuntimeError if the tests fail without any change, or a change was not tried.
    """
    mutmut = [sys.executable, "-m", "mutmut"]
    environ = {**os.environ, "CI": ""}
    with (folder / "mutmut.log").open("wb") as log:
        names = [change.name for change in changes]
        subprocess.run(
            [*mutmut, "run", "--max-children", str(workers), *names], cwd=folder, env=environ, stdout=log, stderr=log
        )
    listed = subprocess.run(
        [*mutmut, "results", "--all", "true"], cwd=folder, env=environ, capture_output=True, text=True
    ).stdout
    states = {name: state for name, _, state in (line.strip().partition(": ") for line in listed.splitlines())}
    untried = [change for change in changes if states.get(change.name, "not checked") in ("not checked", "suspicious")]
    if untried:
        raise RuntimeError(f"{len(untried)} changes were not tried, see {folder / 'mutmut.log'}")
    return {change.name: states[change.name] for change in changes}


class Outcome(NamedTuple):
    """What came of the changes of one room."""

    room: str
    every: tuple[Change, ...]  # all that could be made
    noticed: tuple[Change, ...]  # those that were tried and made a test fail
    endless: tuple[Change, ...]  # those that were tried and made the tests last 15 times as long
    missed: tuple[Change, ...]  # those that were tried and changed nothing that a test sees

    @property
    def share(self) -> float:
        """The share of the changes tried that were noticed, 0 to 1."""
        noticed_count = len(self.noticed) + len(self.endless)
        return noticed_count / ((noticed_count + len(self.missed)) or 1)


def outcome_of(room: str, every: Sequence[Change], states: Mapping[str, str]) -> Outcome:
    """Return what came of the changes of a room, given the state of each that was tried by its name."""
    tried = [change for change in every if change.name in states]
    missed = tuple(change for change in tried if states[change.name] in ("survived", "no tests"))
    endless = tuple(change for change in tried if states[change.name] == "timeout")
    noticed = tuple(change for change in tried if change not in (*missed, *endless))
    return Outcome(room, tuple(every), noticed, endless, missed)


def try_room(name: str, each: int, sample: int, workers: int) -> Outcome:
    """Try the changes of one room, print the result and return it."""
    from mutmut.configuration import reset_config

    started, room = time.monotonic(), ROOMS[name]
    folder = copy_of_the_program(room, name)
    with contextlib.chdir(folder):
        reset_config()  # mutmut reads its settings in the current folder
        every = sorted(
            (change for file in room.files for change in changes_in(file)), key=lambda change: change.rank(sample)
        )
    outcome, known = outcome_of(name, every, states_of(folder, every[:each], workers)), reasons()
    seconds = f"{time.monotonic() - started:.0f} s"
    print(f"{name:26} {outcome.share:5.0%} of {len(every[:each])} noticed, of {len(every)} ({seconds})")
    for change in outcome.missed:
        print(f"    {_in_words(change[1:])}\n      = {known.get(change[1:], 'NO REASON')}")
    for change in outcome.endless:
        print(f"    {_in_words(change[1:])}\n      = noticed by the time limit alone")
    sys.stdout.flush()
    return outcome


def faults_of(outcome: Outcome, known: Mapping[tuple[str, str, str], str]) -> list[str]:
    """Return what is wrong with one room, a sentence each; `known` are the reasons."""
    modules = tuple(file.removesuffix("py").replace("/", ".") for file in ROOMS[outcome.room].files)
    missed = {change[1:] for change in outcome.missed}
    noticed = {change[1:] for change in outcome.noticed} - missed  # The same words may be changed at two places.
    explained = {change for change in known if change[0].startswith(modules)}
    wrong_by_fault = {
        "no reason is given for": missed - explained,
        "a reason is given for what is no longer changed": explained - {change[1:] for change in outcome.every},
        "a reason is given for what a test notices": explained & noticed,
    }
    faults = [f"only {outcome.share:.1%} are noticed"] if outcome.share < WANTED else []
    faults += [
        f"{fault}: {_in_words(change)}" for fault, changes in wrong_by_fault.items() for change in sorted(changes)
    ]
    return [f"{outcome.room}: {fault}" for fault in faults]


def _in_words(change: tuple[str, str, str]) -> str:
    """Return a change, as (function, lines removed, lines added), in three lines."""
    function, before, after = change
    return f"{function}\n      - {before}\n      + {after}"


def main() -> int:
    """Try the rooms that the command line names, one after the other, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--each", type=int, default=EACH, metavar="COUNT", help=f"changes a room, {EACH} if not given")
    parser.add_argument(
        "--sample", type=int, default=1, metavar="NUMBER", help="which changes are drawn, 1 if not given"
    )
    parser.add_argument("--workers", type=int, default=2, metavar="COUNT", help="changes tried at the same time")
    args = parser.parse_args()
    if unknown_names := [name for name in args.rooms if name not in ROOMS]:
        parser.error(f"no room is called {unknown_names[0]}; there are {', '.join(ROOMS)}")
    outcomes = [try_room(name, args.each, args.sample, args.workers) for name in args.rooms or ROOMS]
    faults = [fault for outcome in outcomes for fault in faults_of(outcome, reasons())]
    print("\n".join(faults) or "Each change that no test noticed has its reason in tools/unnoticed_mutants.toml.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
