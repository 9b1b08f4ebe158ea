"""Far history, versions and papers on a server: each once, and nothing private in what is handed on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.store.upper.acts import confirmed, offer, reason, vision
from tui.store import Store, history_lines

pytestmark = pytest.mark.slow

TEXTS = [f"offre {number}" for number in range(4)]


@pytest.fixture
def long(ann: Store, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a partnership whose history is far; what was public for a time is private again."""
    monkeypatch.setattr(history_lines, "OPEN_FILE_CHARACTERS", 0)
    monkeypatch.setattr(history_lines, "NEAR_CHARACTERS", 0)
    made = ann.create([vision("commun"), reason("privé"), offer(TEXTS[0]), confirmed(True)])
    for text in TEXTS[1:]:
        ann.save(made.id, [offer(text), vision(f"commun, {text.partition(' ')[2]}")])
    ann.save(made.id, [confirmed(False)])
    return made.id


@pytest.mark.parametrize("private", [False, True])
def test_what_is_handed_on_holds_all_of_the_far_history_that_may_be_told(ann: Store, long: str, private: bool) -> None:
    document = json.dumps(ann.public_document(long, private=private), ensure_ascii=False)
    assert all(f"commun, {number}" in document for number in range(1, 4))
    assert [text in document for text in TEXTS] == [private] * len(TEXTS)


def test_history_after_a_revision_is_what_came_after_it(ann: Store, long: str) -> None:
    whole = ann.history(long)
    for rev in {line.rev for line in whole}:
        assert ann.history(long, after=rev) == [line for line in whole if line.rev > rev]


def test_a_version_is_kept_once_and_its_paper_as_it_was_last_given(ann: Store, long: str) -> None:
    for _time in range(2):
        ann.add_version(long, {"id": "dddddddddd", "name": "Ébauche 1"})
    assert [version["id"] for version in ann.versions(long)] == ["dddddddddd"]
    for data in (b"%PDF signed", b"%PDF signed by all"):
        ann.keep_paper(long, "dddddddddd", "signé.pdf", data)
    path = ann.paper(long, "dddddddddd")
    assert path is not None and (path.suffix, Path(path).read_bytes()) == (".pdf", b"%PDF signed by all")
