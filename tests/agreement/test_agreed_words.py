"""Tests of AgreedWords: whether a text is the adopted one, has changed since, or is the last draft sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.partnership.told import GUIDE
from tui.agreement.agreed_words import AgreedWords, section_words
from tui.agreement.blocks import Agreement, Section, Signatory, Signature
from tui.agreement.compose import Composer, adoption
from tui.comparison.compare import SAME_WORDS
from tui.export.plain_text import to_text
from tui.partnership.ids import new_id
from tui.partnership.partners import WHO
from tui.partnership.positions import canonical, digest_of_items
from tui.partnership.values import Change, Entry, Partnership, Value
from tui.partnership.versions import WholeText, contacts, whole_text
from tui.store import Store
from tui.workspace.draft_sending import adopt, send
from tui.workspace.kept_versions import changes_between, same_as_last_draft, versions_of
from tui.workspace.output_files import SendOptions
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

UNCHANGED = "Aucun mot n'a changé."


def opened_again(workspace: Workspace, store: Store) -> Workspace:
    workspace.flush()
    return Workspace(GUIDE, store.load(workspace.partnership.id), store)


def compared(workspace: Workspace, store: Store, lang: str = "fr") -> str:
    changes = changes_between(workspace, versions_of(workspace, store)[-1], None, lang)
    assert changes is not None
    return to_text(changes, None).replace("’", "'")


def reword(workspace: Workspace, lang: str = "fr") -> None:
    workspace.set(workspace.partnership.entries["gather.vision"], f"goal@{lang}", "Un autre but.")


def retype_a_line(workspace: Workspace) -> None:
    """Take a line away and write it again: another row, the same words."""
    last = workspace.partnership.rows("gather.objectives", "rows")[-1]
    cells = {key: cell.value for key, cell in last.cells.items() if key != "#removed"}
    workspace.edit((Change(last.id, last.question, "#removed", True, last.part, last.subject),))
    name = new_id()
    workspace.edit([Change(name, last.question, key, value, last.part, last.subject) for key, value in cells.items()])


def offer(workspace: Workspace) -> None:
    """Something is only offered: the adopted text would not print it."""
    giver = workspace.partnership.rows(WHO)[0].id
    name = new_id()
    cells: dict[str, Value] = {"text@fr": "prêter une salle", "text@en": "lend a room", "state": "confirmed"}
    cells["partners"] = {"ids": [giver], "group": ""}
    workspace.edit([Change(name, "open.contributions", key, value, "rows") for key, value in cells.items()])


def leave(workspace: Workspace) -> None:
    """A partner is to leave, which reopens nothing."""
    workspace.set(workspace.partnership.rows(WHO)[0], "until", "2030-06-30")


UNPRINTED: list[Callable[[Workspace], None]] = [retype_a_line, offer]


@pytest.mark.parametrize("change", UNPRINTED)
def test_answers_that_print_no_other_word_leave_the_text_as_adopted(
    workspace: Workspace, store: Store, change: Callable[[Workspace], None]
) -> None:
    adopt(workspace, store)
    change(workspace)
    for desk in (workspace, opened_again(workspace, store)):
        assert desk.adoption == "adopted" and desk.agreement.version == "adopté"
        assert desk.milestones.adopted and not desk.milestones.changed
        assert UNCHANGED in compared(desk, store)
    assert store.list()[0].milestone == "adopted"
    assert adoption(GUIDE, workspace.view) == "adopted"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_word_of_either_language_changes_the_text_and_is_found_beside_it(
    workspace: Workspace, store: Store, lang: str
) -> None:
    adopt(workspace, store)
    reword(workspace, lang)
    for desk in (workspace, opened_again(workspace, store)):
        assert desk.adoption == "changed" and desk.milestones.changed
        assert UNCHANGED not in compared(desk, store)
        assert "Not one word has changed." not in compared(desk, store, "en")
        assert "Un autre but" in compared(desk, store, lang) or "+autre" in compared(desk, store, lang)
    if lang == "en":
        assert "Aucun mot n'a changé en français ; le texte anglais a changé." in compared(workspace, store)
    assert store.list()[0].milestone == "changed"


def test_beside_the_adopted_text_only_words_differ_not_what_a_draft_says(workspace: Workspace, store: Store) -> None:
    workspace.set(workspace.partnership.entries["gather.vision"], "vision@fr", "")
    adopt(workspace, store)
    reword(workspace)
    text = compared(workspace, store)
    assert "+autre" in text or "+Un autre but" in text
    assert "préciser" not in text and "+à discuter" not in text


def test_what_is_only_said_of_signing_is_told_as_such(workspace: Workspace, store: Store) -> None:
    adopt(workspace, store)
    leave(workspace)
    assert workspace.adoption == "adopted"
    text = compared(workspace, store)
    assert GUIDE.word(SAME_WORDS, "fr") in text and "30 juin 2030" in text


@pytest.mark.parametrize("state", ["adopted", "changed"])
def test_an_old_mark_without_words_goes_by_its_answers(workspace: Workspace, store: Store, state: str) -> None:
    adopt(workspace, store)
    mark = dict(workspace.partnership.setting("adopted"))
    del mark["words"]
    workspace.set_setting("adopted", mark)
    if state == "changed":
        reword(workspace)
    assert workspace.adoption == state


def sent(workspace: Workspace, store: Store, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    to = contacts(workspace.partnership, "fr")
    send(workspace, store, SendOptions(folder, partners=tuple(one.partner for one in to[:1]), formats=("text",)))


@pytest.mark.parametrize("change", [None, *UNPRINTED[:1]])
def test_a_draft_that_is_the_last_one_word_for_word_is_noticed_before_it_is_sent(
    workspace: Workspace, store: Store, tmp_path: Path, change: Callable[[Workspace], None] | None
) -> None:
    assert not same_as_last_draft(workspace)
    sent(workspace, store, tmp_path / "sent")
    if change is not None:
        change(workspace)
    for desk in (workspace, opened_again(workspace, store)):
        assert same_as_last_draft(desk) and desk.agreement.version == "ébauche 1"
        assert UNCHANGED in compared(desk, store)
    reword(workspace)
    assert not same_as_last_draft(workspace) and "modifiée depuis" in workspace.agreement.version
    assert UNCHANGED not in compared(workspace, store)
    sent(workspace, store, tmp_path / "sent")
    assert same_as_last_draft(workspace) and workspace.agreement.version == "ébauche 2"


def test_a_new_answer_that_a_draft_prints_is_another_word(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    sent(workspace, store, tmp_path / "sent")
    offer(workspace)
    assert not same_as_last_draft(workspace) and UNCHANGED not in compared(workspace, store)


def test_the_words_are_those_of_a_text_put_together_anew(workspace: Workspace) -> None:
    composer = Composer(GUIDE)
    question = GUIDE.question("extra.disputes")
    for text in ("Nous en parlons.", "Nous en parlons", "Nous en parlons."):
        entry = workspace.partnership.entry(question.id) or Entry(question.id, question.id)
        workspace.set(entry, "disputes@fr", text)
        for final in (True, False):
            fresh = Composer(GUIDE).words(workspace.partnership, final=final)
            assert composer.words(workspace.partnership, final=final) == fresh


def test_a_letter_typed_in_a_changed_text_reads_the_words_of_nothing_else_again(
    workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(workspace, store, tmp_path / "sent")
    reword(workspace)
    assert "modifiée depuis" in workspace.agreement.version
    answers: list[object] = []
    blocks: list[object] = []

    def answer_written(said: object) -> str:
        answers.append(said)
        return canonical(said)

    def block_written(said: object) -> str:
        blocks.append(said)
        return canonical(said)

    monkeypatch.setattr("tui.partnership.versions.canonical", answer_written)
    monkeypatch.setattr("tui.agreement.agreed_words.canonical", block_written)
    workspace.set(workspace.partnership.entries["gather.vision"], "goal@fr", "Un autre but !")
    assert "modifiée depuis" in workspace.agreement.version
    assert len(answers) == 1, "the answer that is typed"
    lines = [said for said in blocks if "autre but" in str(said)]
    assert len(lines) == 1 and len(blocks) == 2, "its paragraph and the heading of its section"


@pytest.mark.parametrize("adopted", [True, False])
def test_a_letter_typed_after_a_sending_puts_its_own_section_together_twice_at_most(
    workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, adopted: bool
) -> None:
    """A name stands before the sections: none is put together again, nor are all answers, to see that it changed."""
    if adopted:
        adopt(workspace, store)
    else:
        sent(workspace, store, tmp_path / "sent")
    before = workspace.version
    partner, vision = workspace.partnership.rows(WHO)[0].id, "gather.vision"
    as_sent = [(name, cell, str(entry.cells[cell].value)) for name, cell, entry in (
        (partner, "name@fr", workspace.partnership.entries[partner]),
        (vision, "goal@fr", workspace.partnership.entries[vision]),
    )]  # fmt: skip
    made: list[str] = []
    put_together = Composer._section

    def counted(composer: Composer, *of: Any) -> Section | None:
        if composer is not workspace._composer:
            made.append(of[1].id)
        return put_together(composer, *of)

    def hashed(items: Iterable[str]) -> str:
        made.append("answers")
        return digest_of_items(items)

    def letters(name: str, cell: str, value: str) -> list[str]:
        for letter in "ab":  # after the first one it is known what was sent
            made.clear()
            workspace.set(workspace.partnership.entries[name], cell, value + letter)
            assert workspace.agreement.version == workspace.version != before
        return list(made)

    monkeypatch.setattr(Composer, "_section", counted)
    monkeypatch.setattr("tui.partnership.versions.digest_of_items", hashed)
    assert [letters(*field) for field in as_sent] == [[], []], "the name already differs when the goal is typed"
    workspace.set(workspace.partnership.entries[partner], "name@fr", as_sent[0][2])
    assert letters(*as_sent[1]) == ["vision"]
    workspace.set(workspace.partnership.entries[vision], "goal@fr", as_sent[1][2])
    assert workspace.agreement.version == workspace.version == before


@pytest.mark.parametrize("adopted", [True, False])
def test_a_text_opened_with_a_word_changed_puts_no_section_together_to_see_that_it_still_differs(
    workspace: Workspace, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, adopted: bool
) -> None:
    """The digests of its parts lie beside that of the text: the part that differs tells, whatever is typed."""
    if adopted:
        adopt(workspace, store)
    else:
        sent(workspace, store, tmp_path / "sent")
    before, entry = workspace.version, workspace.partnership.entries["gather.vision"]
    goal = str(entry.cells["goal@fr"].value)
    reword(workspace)
    workspace = opened_again(workspace, store)
    monkeypatch.setattr(AgreedWords, "_is_whole_text", lambda *_of: pytest.fail("the whole text was put together"))
    partner = workspace.partnership.rows(WHO)[0]
    assert workspace.agreement.version == workspace.version != before
    made: list[str] = []
    put_together = Composer._section

    def counted(composer: Composer, *of: Any) -> Section | None:
        if composer is not workspace._composer:
            made.append(of[1].id)
        return put_together(composer, *of)

    monkeypatch.setattr(Composer, "_section", counted)
    workspace.set(partner, "name@fr", "Un autre nom")
    assert workspace.agreement.version == workspace.version != before
    assert made in ([], ["vision"])
    monkeypatch.undo()
    workspace.set(partner, "name@fr", partner.text("name", "fr"))
    workspace.set(workspace.partnership.entries["gather.vision"], "goal@fr", goal)
    assert workspace.agreement.version == workspace.version == before


@pytest.mark.parametrize("final", [True, False])
def test_what_is_compared_is_what_a_view_filtered_again_would_say(workspace: Workspace, *, final: bool) -> None:
    """The words are put together from the public view as it is, with neither positions nor counts in it."""
    composer = Composer(GUIDE)

    def compose(told: Partnership, lang: str, final: bool) -> Agreement:
        return Composer(GUIDE).agreement(told, lang, final=final)

    for change in (None, reword, offer, retype_a_line, leave):
        if change is not None:
            change(workspace)
        anew = AgreedWords(GUIDE, compose).of(workspace.view, final=final)
        assert composer.words(workspace.partnership, final=final) == anew


def test_the_digest_of_all_answers_is_kept_while_they_change(workspace: Workspace) -> None:
    kept = {marks: WholeText(GUIDE, with_marks=marks) for marks in (True, False)}
    digests = []
    for change in (None, reword, offer, retype_a_line, leave):
        if change is not None:
            change(workspace)
        digests.append(whole_text(GUIDE, workspace.view))
        for marks, answers in kept.items():
            assert answers.of(workspace.view) == WholeText(GUIDE, with_marks=marks).of(workspace.view)
        assert kept[False].of(workspace.view) == digests[-1]
    assert len(set(digests)) == 4, "that a partner is to leave is no word"


@pytest.mark.parametrize(
    ("signature", "same"),
    [
        (Signature("Ruche", (Signatory("Ida", "directrice"),)), True),
        (Signature("Ruche", (Signatory("Ida", "présidente"),)), False),
        (Signature("Ruche", (Signatory("Zoé", "directrice"),)), False),
        (Signature("Nid", (Signatory("Ida", "directrice"),)), False),
        (Signature("Ruche", (Signatory("Ida", "directrice"),), note="accord", page=True), True),
    ],
)
def test_who_signs_and_with_which_title_is_among_the_words(signature: Signature, same: bool) -> None:
    def words(block: Signature) -> list[list[str]]:
        return section_words(Section("signatures", 1, "Accord", (block,)))

    assert (words(signature) == words(Signature("Ruche", (Signatory("Ida", "directrice"),)))) is same
