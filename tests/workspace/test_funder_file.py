"""The table for funders: in the document's language, and nothing private in it."""

from __future__ import annotations

import re

import pytest

from tests.partnership.private_places import everywhere
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.workspace.funder_file import funder_csv, funder_file
from tui.workspace.workspace import Workspace


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_private_place_is_in_the_table_for_funders(lang: str) -> None:
    made = everywhere()
    said = funder_csv(GUIDE, made.partnership(), lang).decode("utf-8-sig")
    assert made.told_in_words(said) == []


@pytest.mark.parametrize(("lang", "end"), [("fr", "bailleurs"), ("en", "funders")])
@pytest.mark.parametrize("shown", ["fr", "en"])
def test_the_table_for_funders_speaks_the_documents_language(lang: str, end: str, shown: str) -> None:
    told = Told("Collège", "Clinique")
    told.say("gather.objectives", {"text": "un guide"}, op="add")
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.lang, workspace.doc_lang = shown, lang
    file = funder_file(workspace)
    said = file.make().data.decode("utf-8-sig")
    assert file.name.endswith(f"{end}.csv") and "un guide" in said
    kinds = [re.split("[;,]", row)[0] for row in said.splitlines()[1:]]
    assert kinds == [GUIDE.word(f"funder_is_{kind}", lang) for kind in ("partner", "partner", "objective")]
