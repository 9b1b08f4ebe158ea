"""Record the pages and dialogs of the program as text, reached by keys, at three sizes and in both languages."""

from __future__ import annotations

import os
from collections.abc import Iterator

from tools.golden.commands import take_samples
from tools.golden.program import NOW, Program
from tools.golden.stored import changed_files, stored_files
from tools.golden.terminal import Terminal

# (language, columns, rows): French, in which most people see it, at each size; English at the most common one.
LOOKS = (("fr", 80, 24), ("en", 80, 24), ("fr", 40, 15), ("fr", 140, 40))

# A walk has a step on each line, « name: keys » (see `Terminal.press`): the keys are pressed, then the screen is
# recorded under the name. A step without a name only leads on; it may have an Escape too many, so that it also leads
# back from a page that opens a dialog more. Each walk has a program and a store of its own.
LIST = """
list:
list-help: F1
: Esc Esc
list-commands: F2
: Esc
list-new: n
: Esc
list-rename: t
: Esc
list-search: f
list-search-typed: "porte"
: Esc Esc
list-open-file: i
: Esc
list-sample: e
: Esc
list-theme: K
: Esc
directory-empty: @
: Esc Esc
list-delete: x
list-deleted: Down Enter
list-bin: b
list-bin-entry: Enter
: Esc Esc
list-duplicated: d
list-archived: a
list-archive: A
: Esc
practise: p
practise-thrown-away: Alt+0 Pause
"""

WORK = """
work:
field-help: F1
: Esc
commands: F2
commands-typed: "imprimer"
: Esc
plan: Esc
plan-down: Down Down Down
jump: Alt+g
jump-typed: "vision"
: Enter
jump-partner: Alt+G
: Esc
find: Alt+f
find-typed: "soir"
: Esc
add-partners: Alt+a
: Esc
example: Alt+w
: Esc
history-none: Alt+r
conflicts-none: Alt+y
candidates: Alt+= Pause
candidates-choice: Esc
: 1 Pause Esc Pause
: Alt+g "contributions" Enter
contributions:
contribution-line: Up
contribution-fields: Tab
same: Alt+m
: Esc Esc
second-partner: F6
call-note: F7
note-typed: "prêter une salle le mardi" Pause
sort-line: Ctrl+R Pause
: Esc Pause
sort-note: Alt+N Pause
: Esc Esc Pause
: F7
rename: Alt+t
: Esc
theme: Alt+K
: Esc
destroy-private: Alt+Z
: Esc
undo: Alt+u Pause
directory: Alt+@
directory-entry: Enter
directory-merge: Esc m
: Esc Esc Esc
interface-in-the-other-language: Alt+l Pause
"""

DOCUMENT = """
document: F5
document-help: F1
: Esc
document-end: End
: Home
document-edit: Down Down Down Down Enter
: Esc Esc Esc Esc
export: Alt+e
export-help: F1
: Esc Esc Esc
send: Alt+E
send-help: F1
: Esc Esc Esc
review: Alt+i
: Esc
awaited: Alt+A
: Esc
versions-none: Alt+V
: Esc
translate: Alt+*
: Esc
other-document-language: Alt+L Pause
: Alt+L Pause
copied: F8
returned-asked: Alt+&
: Esc
projection: F9
projection-edit: Down Down Enter
: Esc Esc
projection-left: Down Enter
plain-text: Pause Alt+C Pause
"""

FETCH = """
fetch: Alt+F Pause
"""

GAPS = """
first-partner:
missing: Alt+z
: Esc
gap: Alt+n
document-gap: F5 n
: Esc Esc
review-gaps: Alt+i
"""

MEETING = """
meeting: Alt+M Pause
meeting-help: F1
: Esc
meeting-present: 1 Pause 2 Pause 3 Pause
decision: D
: "Ouvrir le lundi aussi" Enter Pause
task: I
: Esc
aside: b
: Esc
arrive: a
: Esc
round: U
round-answered: 1 Pause 3 Pause 1 Pause
round-reservation: 2 Pause
round-published: Enter Pause
: Esc Pause Esc Pause
meeting-noted: Pause
minutes: z Pause
minutes-help: F1
: Esc Esc Esc Esc
minutes-list: Alt+H
: Esc Esc Esc
: Alt+g "dire oui" Enter
say-yes:
text-answered: Alt+T
: Esc
leave-out: Alt+X
: Esc
adopt: Alt+Y
: Esc
"""

# Texts sent, adopted and returned, an earlier text brought back, a partner given the same answer, marks, undo.
DRAFT = """
: Alt+g "vision" Enter End " Et la fin de semaine." Pause
history: Alt+r
history-brought-back: Enter Pause
undone: Ctrl+Z Pause
: Alt+E
sent: End Enter Pause
: Esc Esc Esc
versions: Alt+V
version-changes: Enter
: Esc Esc
: Alt+Y
adopted-by: Enter
adopted-asked: "CA-2026-40" Enter
adopted: Down Enter Pause
: Esc Esc
versions-adopted: Alt+V
: Esc Esc
: Alt+g "objectifs" Enter Up
row-moved: F2 "monter" Enter Pause
row-removed: Alt+x Pause
row-undone: Ctrl+Z Pause
marked: F2 "confirmer" Enter Pause
: Esc Esc &
returned-from: "4. Objectifs principaux" Enter "former vingt pairs aidants" Tab
returned: Down Enter
returned-refused: r Pause
returned-point: p Pause
: Esc Esc Esc
: Alt+g "contributions" Enter Up
: Alt+m
same-given: Space Enter Pause
rename: Alt+t
renamed: Backspace Backspace Enter Pause
"""

# One answer with two texts, after a merge; and a file that was changed by hand, so that its seal is wrong.
CONFLICTS = """
conflict-at-start:
conflict: Alt+y
conflict-chosen: 1 Pause
"""

SET_ASIDE = """
set-aside:
set-aside-taken: 1 Pause
"""

QUESTIONS = ":\n" + "".join(f"question-{number:02}: F4\n" for number in range(1, 36))

# Name → (steps, the sample that is opened; "" begins at the list).
WALKS = {
    "list": (LIST, ""),
    "work": (WORK, "04"),
    "document": (DOCUMENT, "04"),
    "fetch": (FETCH, "04"),
    "gaps": (GAPS, "02"),
    "draft": (DRAFT, "04"),
    "conflicts": (CONFLICTS, "02"),
    "set-aside": (SET_ASIDE, "02"),
    "meeting": (MEETING, "04"),
    "questions": (QUESTIONS, "04"),
}
# The walks after which the stored files are recorded, too.
KEPT = ("list", "work", "meeting", "draft", "conflicts", "set-aside")


def make_conflict(program: Program, project: str) -> None:
    """Give one answer two texts: ours, and one that is merged from an exported file with another text."""
    file = program.home / "out" / "theirs.json"
    program.run("export", project, str(file), "--lang", "fr")
    theirs = file.read_text(encoding="utf-8").replace("offerts ensemble.", "offerts par tous.")
    file.write_text(theirs, encoding="utf-8")
    program.run(
        "answer", project, typed='{"question": "gather.vision", "value": {"vision": "Des services, ensemble."}}'
    )
    program.run("import", "--merge", str(file))


def change_by_hand(program: Program, project: str) -> None:
    """Change a stored file as an editor would, but not its twin, and let the program set the changed file aside.

    The program shows the time of that file, so it is fixed afterwards.
    """
    folder = program.home / "data" / "entente" / project
    path = folder / "project.json"
    path.write_bytes(path.read_bytes().replace(b"offerts ensemble.", b"offerts par tous."))
    program.run("check", project)
    for path in folder.iterdir():
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))


# Walk → what is done to the sample before it.
BEFORE = {"conflicts": make_conflict, "set-aside": change_by_hand}


def steps(walk: str) -> Iterator[tuple[str, str]]:
    """Yield (name, keys) for each step of a walk; the name may be empty."""
    for line in walk.strip().splitlines():
        name, _, keys = line.partition(":")
        yield name.strip(), keys.strip()


def record_pages(program: Program, walk: str, look: tuple[str, int, int]) -> dict[str, str]:
    """Return the pages of a walk of `WALKS` at one of `LOOKS`, by file name.

    For a walk of `KEPT` in French at 80 columns, the program is quit, and what changed on disk is returned, too.
    """
    keys_of, sample = WALKS[walk]
    lang, columns, rows = look
    ids = take_samples(program)
    if prepare := BEFORE.get(walk):
        prepare(program, ids[sample])
    before = stored_files(program.home)
    opened, texts = [ids[sample]] if sample else [], {}
    with Terminal(program, *opened, seed=walk, lang=lang, size=(columns, rows)) as terminal:
        for name, keys in steps(keys_of):
            terminal.press(keys)
            if name:
                texts[f"pages/{lang}-{columns}x{rows}/{name}.txt"] = terminal.text()
        if look == LOOKS[0] and walk in KEPT:
            terminal.leave()
            for name, text in changed_files(before, stored_files(program.home)).items():
                texts[f"stored/{walk}-walk/{name}"] = text
    return texts
