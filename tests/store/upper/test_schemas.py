"""A store that the first schema wrote is read for ever; an older file is kept as it is before it is written anew."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path

import pytest

from tests.store.upper.acts import everything, reason, store, text_of, told, vision
from tui.store import sealed_storage
from tui.store.sealed_bytes import Tables, is_older, refuse_newer, upgrade_tables, with_schema

FIRST = Path(__file__).parents[1] / "schema-1"  # made once, never again: do not change a byte of it
NAME, BINNED = "schemaaone", "schemaabin"

TEXTS = {
    "Que chaque jeune soit entendu, le soir aussi.",
    "Every young person is heard.",
    "Ouvrir un lieu le soir.",
    "Tenir un lieu ouvert le soir.",
    "Un lieu, le soir, pour tous.",
    "prêter une salle",
    "privé : trois heures",
    "privé : pas plus de cinq",
    "privé : trois suffisent",
    "privé : au moins quatre",
    "privé : pourquoi Clinique",
    "Collège du Lac",
    "Maison des jeunes",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the first store."""
    return Path(shutil.copytree(FIRST, tmp_path / "s"))


def test_a_store_of_the_first_schema_is_all_there(root: Path) -> None:
    ann = store(root)
    assert [one.id for one in ann.list()] == [NAME] and [one.id for one in ann.bin()] == [BINNED]
    partnership = ann.load(NAME)
    assert everything(ann, NAME) >= TEXTS
    assert text_of(partnership, "gather.vision", "goal@fr") == "Tenir un lieu ouvert le soir."
    conflicts = {(one.mine, one.by, one.their_by, one.private) for one in partnership.conflicts}
    assert conflicts == {
        ("Un lieu, le soir, pour tous.", "Anne", "Bob", False),
        ("privé : au moins quatre", "Anne", "Bob", True),
    }
    assert ann.public_document(NAME)["meta"]["1"]["tallies"]["commit.consensus"]
    assert [one["number"] for one in ann.versions(NAME)] == [1]
    assert any(one["name"] == "La Maison" for one in ann.directory())
    assert "privé" not in told(root)
    assert ann.take_problems() == []


def test_reading_it_writes_nothing(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    store(root).load(NAME)
    assert {path: path.read_bytes() for path in before} == before


def test_what_a_later_program_added_survives_a_save_of_each_file(root: Path) -> None:
    ann = store(root)
    ann.save(NAME, [vision("changé"), reason("privé : changé")])
    ann.add_version(NAME, {"number": 2})
    ann.remember({"id": "mondelaaaa", "name": "La Grande Maison"})
    for name in ("project.json", "private.json"):
        tables = json.loads((root / NAME / name).read_bytes())
        assert tables["later"] == {"1": {"kept": True}}
        assert [one["later"] for one in tables["entries"].values() if "later" in one] == [{"kept": True}]
    assert ann.versions(NAME)[0]["later"] == {"kept": True}
    assert [one["later"] for one in ann.directory() if one["id"] == "mondelaaaa"] == ["kept"]


def test_an_older_file_is_migrated_and_kept_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def second(tables: Tables) -> Tables:
        return {**tables, "second": {"1": {"migrated": True}}}

    monkeypatch.setattr(sealed_storage, "upgrade_tables", partial(upgrade_tables, steps={1: second}, schema=2))
    monkeypatch.setattr(sealed_storage, "refuse_newer", partial(refuse_newer, schema=2))
    monkeypatch.setattr(sealed_storage, "with_schema", partial(with_schema, schema=2))
    monkeypatch.setattr(sealed_storage, "is_older", partial(is_older, schema=2))
    before = {path.name: path.read_bytes() for path in (root / NAME).iterdir()}
    ann = store(root)
    ann.load(NAME)
    assert {path.name: path.read_bytes() for path in (root / NAME).iterdir() if path.name != ".lock"} == before
    ann.save(NAME, [vision("changé")])
    for name in ("project.json", "history.json"):
        kept = list((root / NAME).glob(f"{name}.before-*"))
        assert [path.read_bytes() for path in kept] == [before[name]]
        tables = json.loads((root / NAME / name).read_bytes())
        assert tables["meta"]["1"]["schema"] == 2 and tables["second"] == {"1": {"migrated": True}}
    ann.save(NAME, [vision("encore changé")])
    assert len(list((root / NAME).glob("*.before-*"))) == 2, "what is migrated is not kept again"
