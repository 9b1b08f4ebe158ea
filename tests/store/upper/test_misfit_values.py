"""A value that its field cannot hold, wherever it comes in: it is told, left alone, and set aside before it goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.store.upper.acts import store
from tui.agreement.compose import Composer
from tui.guide.guide_loading import load_guide
from tui.partnership.values import Change
from tui.store.partnership_store import Store
from tui.workspace.samples import samples

GUIDE = load_guide()


def document(*entries: dict[str, Any]) -> dict[str, Any]:
    """A handed-over partnership of these entries."""
    return {
        "meta": {"1": {"id": "misfitaaaa", "schema": 1, "rev": 5}},
        "entries": {str(number): one for number, one in enumerate(entries, 1)},
    }


def vision(**fields: Any) -> dict[str, Any]:
    return {"id": "gather.vision", "question": "gather.vision", "part": "", "subject": [], "fields": fields}


def text(value: Any) -> dict[str, Any]:
    return {"fr": {"text": value, "rev": 2}}


GOOD = vision(vision=text("Une vision"), goal=text("Un but"))
MISFIT = vision(vision=text("Une vision"), goal=text(["un", "but"]))


def raw(ann: Store, name: str = "misfitaaaa") -> str:
    return (ann.root / name / "project.json").read_text("utf-8")


@pytest.fixture
def ann(tmp_path: Path) -> Store:
    return store(tmp_path / "s")


def by_hand(ann: Store, tables: dict[str, Any]) -> str:
    """Lay a folder into the store, as a person or a sync program does."""
    folder = ann.root / "misfitaaaa"
    folder.mkdir(parents=True)
    (folder / "project.json").write_text(json.dumps(tables), encoding="utf-8")
    return folder.name


def test_a_misfit_is_told_and_stays_in_the_file(ann: Store) -> None:
    name = by_hand(ann, document(MISFIT))
    (line,) = ann.list()
    assert line.id == name and "1 valeur" in line.damaged
    project = ann.load(name)
    assert project.entries["gather.vision"].text("vision", "fr") == "Une vision"
    assert project.entries["gather.vision"].text("goal", "fr") == ""
    ann.save(name, [Change("gather.vision", "gather.vision", "vision@en", "A vision")])
    assert '["un", "but"]' in raw(ann) and not list((ann.root / name).glob("*.before-*"))


def test_what_is_typed_over_a_misfit_sets_the_file_aside_first(ann: Store) -> None:
    name = by_hand(ann, document(MISFIT))
    ann.save(name, [Change("gather.vision", "gather.vision", "goal@fr", "Un but")])
    assert '["un", "but"]' not in raw(ann) and ann.list()[0].damaged == ""
    kept = list((ann.root / name).glob("project.json.before-*"))
    assert any('["un", "but"]' in path.read_text("utf-8") for path in kept)


@pytest.mark.parametrize("way", ["import", "merge", "restore"])
def test_a_misfit_comes_in_by_no_way_but_as_it_is(ann: Store, tmp_path: Path, way: str) -> None:
    if way == "import":
        name = ann.import_document(document(MISFIT))
    elif way == "merge":
        name = ann.import_document(document(GOOD))
        ann.import_document(document(vision(vision=text("Une autre"), goal=text(["un", "but"]))), merge=True)
        assert ann.load(name).entries["gather.vision"].text("goal", "fr") == "Un but"
        return
    else:
        name = by_hand(ann, document(MISFIT))
        ann.backup(tmp_path / "b.zip")
        ann = store(tmp_path / "n")
        assert list(ann.restore(tmp_path / "b.zip")) == [name]
    assert "1 valeur" in ann.list()[0].damaged and '["un", "but"]' in raw(ann, name)
    assert Composer(GUIDE).agreement(ann.load(name), "fr").sections


@pytest.mark.parametrize("cells", [
    {"vision": {"fr": {"text": "x", "rev": -1}}}, {"vision": {"fr": {"text": "x", "rev": 10**40}}},
    {"vision": {"fr": {"text": "x", "rev": True}}}, {"vision": {"fr": {"text": {"a": 1}, "rev": 1}}},
])  # fmt: skip
def test_each_misfit_is_counted(ann: Store, cells: dict[str, Any]) -> None:
    name = by_hand(ann, document(vision(**cells)))
    assert "1 valeur" in ann.list()[0].damaged
    saved = ann.save(name, [Change("gather.vision", "gather.vision", "vision@fr", "Une vision")])
    assert ann.load(name).rev == saved.partnership.rev < 100


def test_an_entry_of_another_question_is_not_merged_into_ours(ann: Store) -> None:
    name = ann.import_document(document(GOOD))
    alien = {"id": "gather.vision", "question": "commit.funding", "part": "rows", "subject": []}
    amount = {"fields": {"amount": {"value": {"amount": "3", "currency": "CAD"}, "rev": 3}}}
    ann.import_document(document({**alien, **amount}), merge=True)
    project = ann.load(name)
    assert project.entries["gather.vision"].text("vision", "fr") == "Une vision"
    assert [one.get("amount")["amount"] for one in project.rows("commit.funding", "rows")] == ["3"]


@pytest.mark.parametrize("sample", samples(), ids=lambda one: one.id)
def test_nothing_the_program_wrote_is_a_misfit(ann: Store, sample: Any) -> None:
    ann.import_document(sample.document)
    assert [one.damaged for one in ann.list()] == [""] and ann.take_problems() == []


def test_a_table_numbered_to_the_end_can_still_be_saved(ann: Store) -> None:
    tables = document(GOOD)
    tables["entries"]["9" * 18] = {**vision(vision=text("x")), "id": "extra.legal", "question": "extra.legal"}
    name = by_hand(ann, tables)
    ann.save(name, [Change("extra.context", "extra.context", "background@fr", "Un fond")])
    assert store(ann.root).load(name).entries["extra.context"].text("background", "fr") == "Un fond"
