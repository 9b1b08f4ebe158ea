"""The quick reading of a partnership for the list gives what the full reading gives, or leaves it to that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.upper.acts import store
from tui.agreement.compose import adoption
from tui.guide.guide_loading import load_guide
from tui.partnership.milestones import meeting_questions, milestones, next_milestone
from tui.partnership.privacy import public_view
from tui.partnership.value_types import value_types
from tui.partnership.values import SETTINGS, Change
from tui.partnership.versions import whole_text
from tui.store import summaries
from tui.store.glance import glance
from tui.store.store_errors import Problem, Summary
from tui.workspace.samples import samples

GUIDE = load_guide()
WANTED = {SETTINGS, "extra.name", *meeting_questions(GUIDE)}


def careful(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Summary, list[Problem]]:
    """The line of the list as it is without a glance."""
    problems: list[Problem] = []
    with monkeypatch.context() as patch:
        patch.setattr(summaries, "glance", lambda _path, _types, _wanted: None)
        return summaries.summary_of(path, GUIDE, problems), problems


def brought_in(tmp_path: Path, number: int) -> Path:
    """A worked example in a store."""
    return tmp_path / "s" / store(tmp_path / "s").import_document(dict(samples()[number].document))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(samples())))
@pytest.mark.parametrize("since", ["nothing", "archived", "adopted", "a word"])
def test_the_line_is_that_of_a_careful_reading(
    tmp_path: Path, number: int, since: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = brought_in(tmp_path, number)
    ann = store(path.parent)
    view = public_view(GUIDE, ann.load(path.name))
    if since == "archived":
        ann.archive(path.name)
    elif since != "nothing":
        mark = {"version": "v", "text": whole_text(GUIDE, view) if since == "adopted" else "another"}
        ann.save(path.name, [Change(SETTINGS, SETTINGS, "adopted", mark)])
    assert glance(path, value_types(GUIDE), WANTED) is not None
    line, problems = careful(path, monkeypatch)
    assert not problems
    assert summaries.summary_of(path, GUIDE, problems) == line
    partnership = ann.load(path.name)
    state = adoption(GUIDE, public_view(GUIDE, partnership))
    found = milestones(GUIDE, partnership, adopted=bool(state), changed=state == "changed")
    said = next_milestone(GUIDE, partnership, state)
    assert line.milestone == said == ("changed" if found.changed else found.next)


def test_what_the_meeting_needs_is_read(tmp_path: Path) -> None:
    path = brought_in(tmp_path, 0)
    ann = store(path.parent)
    partner = next(one for one in ann.load(path.name).rows("open.who"))
    before = ann.list()[0].milestone
    ann.save(path.name, [Change(partner.id, "open.who", "#state", "to_discuss")])
    assert (before, ann.list()[0].milestone) == ("adoption", "meeting")


def test_a_report_that_names_its_date_counts_before_any_adoption(tmp_path: Path) -> None:
    path = brought_in(tmp_path, 0)
    ann = store(path.parent)
    before = ann.list()[0].late
    row, question = "aaaaaaaaaa", "gather.governance"
    cells = {"#order": "a", "what@fr": "le bilan", "frequency@fr": "1er mars 2020"}
    ann.save(path.name, [Change(row, question, cell, value, "reports") for cell, value in cells.items()])
    assert ann.list()[0].late == before + 1
    note = {"#order": "a", "answer": "yes_if", "text@fr": "la salle est libre", "due": "2020-03-01"}
    owner = ann.load(path.name).rows("open.who")[0].id
    ann.save(path.name, [Change("bbbbbbbbbb", "note.conditions", cell, value, "rows", (owner,))
                         for cell, value in note.items()])  # fmt: skip
    assert ann.list()[0].late == before + 2, "a question whose every entry counts"


HURT = [
    (file, damage)
    for file in ("project.json", "project.json.twin", "private.json", "private.json.twin")
    for damage in ("gone", "cut", "by hand", "linked")
    if (file[-4:], damage) != ("twin", "by hand")  # of a twin only the size is seen: opening it looks at its bytes
]


@pytest.mark.parametrize(("file", "damage"), HURT)
def test_anything_out_of_order_is_left_to_the_careful_reading(tmp_path: Path, file: str, damage: str) -> None:
    path = brought_in(tmp_path, 0)
    ann = store(path.parent)
    ann.save(path.name, [Change("open.how_many", "open.how_many", "reason@fr", "entre nous")])
    assert glance(path, value_types(GUIDE), WANTED) is not None
    one = path / file
    if damage == "gone":
        one.unlink()
    elif damage == "linked":
        one.rename(path / "elsewhere")
        one.symlink_to(path / "elsewhere")
    else:
        raw = one.read_bytes()
        one.write_bytes(raw[:-9] if damage == "cut" else raw.replace(b"fr", b"FR"))
    assert glance(path, value_types(GUIDE), WANTED) is None
