"""Tests of snapshots: an agreement comes back unchanged from JSON and from the store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE
from tui.agreement.blocks import (
    Agreement,
    Block,
    Hole,
    Item,
    ListBlock,
    NotASnapshot,
    Origin,
    Paragraph,
    Row,
    Run,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
    from_json,
    to_json,
)
from tui.agreement.compose import Composer
from tui.store import open_store
from tui.text.typography import REGIONS
from tui.workspace.samples import samples

TEXT = st.text(max_size=12)
LINKS = st.sampled_from(("", "https://a.example/é", "HTTP://a.example", "mailto:a@b.example"))
ORIGINS = st.builds(Origin, TEXT, TEXT, TEXT, TEXT)
RUNS = st.lists(
    st.builds(Run, TEXT, st.booleans(), st.booleans(), st.booleans(), st.booleans(), LINKS, st.booleans()), max_size=3
).map(tuple)
PARAGRAPHS = st.builds(Paragraph, RUNS, ORIGINS, st.booleans())
SIGNATURES = st.builds(Signature, TEXT, st.lists(st.builds(Signatory, TEXT, TEXT), max_size=2).map(tuple), TEXT, TEXT)


def lists(inner: st.SearchStrategy[object]) -> st.SearchStrategy[ListBlock]:
    items = st.builds(Item, st.lists(inner, min_size=1, max_size=2).map(tuple), ORIGINS)
    return st.builds(ListBlock, st.lists(items, max_size=3).map(tuple), st.booleans(), st.integers(0, 99))


def tables(width: int) -> st.SearchStrategy[Table]:
    cells = st.lists(RUNS, min_size=width, max_size=width).map(tuple)
    return st.builds(Table, cells, st.lists(st.builds(Row, cells, ORIGINS), max_size=2).map(tuple), TEXT)


NESTED = st.recursive(PARAGRAPHS, lists, max_leaves=6)
BLOCKS = st.lists(
    st.one_of(
        NESTED,
        st.builds(Subheading, RUNS, ORIGINS, st.integers(2, 5)),
        st.integers(0, 3).flatmap(tables),
        SIGNATURES,
    ),
    max_size=4,
).map(tuple)
SECTIONS = st.lists(st.builds(Section, TEXT, st.integers(1, 20), TEXT, BLOCKS, ORIGINS), max_size=3).map(tuple)
AGREEMENTS = st.builds(
    Agreement, st.sampled_from(("fr", "en")), st.sampled_from(REGIONS), TEXT, TEXT, TEXT, TEXT, TEXT,
    st.lists(TEXT, max_size=3).map(tuple), st.booleans(), SECTIONS,
    st.lists(st.builds(Hole, TEXT, TEXT, TEXT, TEXT, TEXT), max_size=2).map(tuple), BLOCKS,
    TEXT, TEXT, st.tuples(TEXT, TEXT),
)  # fmt: skip


@pytest.mark.slow
@given(AGREEMENTS)
def test_any_agreement_comes_back_as_it_was(agreement: Agreement) -> None:
    assert from_json(json.loads(json.dumps(to_json(agreement)))) == agreement


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("sample", samples(), ids=lambda one: one.id)
def test_the_examples_come_back_through_the_store(sample, lang: str, tmp_path: Path) -> None:
    store = open_store(tmp_path)
    name = store.import_document(sample.document)
    agreement = Composer(GUIDE).agreement(store.load(name), lang)
    store.add_version(name, {"id": "v", "snapshots": {lang: to_json(agreement)}})
    assert from_json(open_store(tmp_path).versions(name)[0]["snapshots"][lang]) == agreement


@pytest.mark.parametrize("raw", [None, 3, [], {}, {"is": "Run", "text": "x"}, {"is": "Poem"}, {"is": "Agreement"}])
def test_what_is_no_agreement_is_refused(raw: object) -> None:
    with pytest.raises(NotASnapshot):
        from_json(raw)


def holding(*blocks: Block, **more: Any) -> Agreement:
    """An agreement whose one section holds these blocks."""
    return Agreement("fr", "fr-CA", "k", "t", "v", "d", "", (), False, (Section("s", 1, "h", blocks),), **more)


@pytest.mark.parametrize(
    ("agreement", "valid"),
    [
        (holding(), True), (replace(holding(), region="de-DE"), False), (replace(holding(), lang="de"), False),
        (holding(Paragraph((Run("a", href="https://a.example"),))), True),
        (holding(Paragraph((Run("a", href="javascript:alert(1)"),))), False),
        (holding(Subheading((), level=6)), True), (holding(Subheading((), level=7)), False),
        (holding(ListBlock((), start=0)), True), (holding(ListBlock((), start=-1)), False),
        (holding(Table(((Run("a"),),), (Row(((Run("b"),),)),))), True), (holding(Table((), (Row(((),)),))), False),
        (replace(holding(), sections=(Section("s", -1, "h", ()),)), False), (replace(holding(), number=True), False),
    ],
)  # fmt: skip
def test_only_what_the_formats_can_write_is_taken_back(agreement: Agreement, valid: bool) -> None:
    if valid:
        assert from_json(to_json(agreement)) == agreement
        return
    with pytest.raises(NotASnapshot):
        from_json(to_json(agreement))


@pytest.mark.parametrize(("edition", "standing"), [("version 1", "Version 1"), ("", "Adopté le 3")])
def test_each_page_says_the_edition_or_else_the_version(edition: str, standing: str) -> None:
    assert replace(holding(), version=" adopté le 3 ", edition=edition).standing == standing
