"""Tests that an adopted text cannot change unnoticed."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tui.export.formats import FORMATS, render
from tui.export.plain_text import to_text
from tui.partnership import versions
from tui.partnership.changes import apply
from tui.partnership.positions import POSITIONS, digest
from tui.partnership.values import Change, Entry
from tui.partnership.versions import status_of
from tui.store import Store, open_store
from tui.store.backup import backup, restore
from tui.workspace import writing
from tui.workspace.draft_sending import adopt
from tui.workspace.kept_versions import changes_between, differ, status_words, versions_of
from tui.workspace.workspace import Workspace


def reword(workspace: Workspace, text: str) -> None:
    workspace.set(workspace.partnership.entries["gather.vision"], "goal@fr", text)
    workspace.flush()


def test_the_paper_adopted_elsewhere_is_kept_and_backed_up(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    paper = tmp_path / "Entente signée.PDF"
    paper.write_bytes(b"%PDF signed")
    version = adopt(workspace, store, resolution="CA-14", file=paper)
    paper.unlink()
    kept = store.paper(workspace.partnership.id, version.id)
    assert kept is not None and kept.read_bytes() == b"%PDF signed" and kept.suffix == ".pdf"
    assert kept.stat().st_mode & 0o077 == 0
    assert version.outside and status_words([version], version) == "adopté hors de l'outil"
    backup(store.root, tmp_path / "b.zip")
    list(restore(tmp_path / "other", tmp_path / "b.zip"))
    again = open_store(tmp_path / "other").paper(workspace.partnership.id, version.id)
    assert again is not None and again.read_bytes() == b"%PDF signed"


def test_a_word_after_adoption_is_seen_everywhere(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    first = adopt(workspace, store)
    assert workspace.agreement.version == "adopté" and not workspace.agreement.draft
    assert store.list()[0].milestone == "adopted"
    reword(workspace, "Un autre but.")
    assert workspace.agreement.version == "changé depuis l'adoption" and workspace.agreement.draft
    assert store.list()[0].milestone == "changed"
    kept = versions_of(workspace, store)[0]
    assert kept == first  # nothing of it moved
    assert differ(workspace, kept, None, "fr")
    second = adopt(workspace, store)
    assert [status_of(versions_of(workspace, store), one) for one in (first, second)] == ["replaced", "adopted"]
    assert not differ(workspace, second, None, "fr") and differ(workspace, first, second, "fr")


@pytest.mark.slow
@pytest.mark.parametrize("mark", ["to_confirm", "to_discuss"])
@pytest.mark.parametrize("before", [True, False])
def test_marks_and_the_place_a_line_comes_back_to_are_no_words(
    workspace: Workspace, store: Store, mark: str, before: bool
) -> None:
    entries = workspace.partnership.entries.values()
    marked = [entry for entry in entries if entry.question in GUIDE.by_id and not entry.order and entry.is_in_use]
    unanswered = Entry("extra.review", "extra.review")
    for entry in (*marked, unanswered) if before else ():
        workspace.set(entry, "#state", mark)
    adopt(workspace, store)
    for entry in (*marked, unanswered):
        workspace.set(entry, "#state", None if before else mark)
        assert workspace.agreement.version == "adopté", entry.id
    rows = workspace.partnership.rows("gather.objectives", "rows")
    for row in (*rows, *workspace.partnership.rows("open.who")):
        if writing.move(workspace, row, 1):
            assert workspace.agreement.version == "changé depuis l'adoption", "the document reads in another order"
            assert writing.move(workspace, row, -1) and workspace.agreement.version == "adopté", row.id
    workspace.set(workspace.partnership.rows("open.who")[0], "organisation", "directory0")
    assert workspace.agreement.version == "adopté", "the directory's own mark is no word"
    workspace.flush()
    assert store.list()[0].milestone == "adopted"
    workspace.set(workspace.partnership.entries["gather.vision"], "#state", "not_applicable")
    assert workspace.agreement.version == "changé depuis l'adoption", "this one takes a heading out of the text"
    workspace.undo()
    reword(workspace, "Un autre but.")
    assert workspace.agreement.version == "changé depuis l'adoption"


def test_a_text_adopted_when_marks_were_words_is_still_that_text(workspace: Workspace, store: Store) -> None:
    workspace.set(workspace.partnership.entries["gather.vision"], "#state", "to_confirm")
    adopt(workspace, store)
    old = versions.WholeText(GUIDE, with_marks=True).of(workspace.view)
    workspace.set_setting("adopted", {**workspace.partnership.setting("adopted"), "text": old})
    assert workspace.agreement.version == "adopté"
    reword(workspace, "Un autre but.")
    assert workspace.agreement.version == "changé depuis l'adoption"


@pytest.mark.slow
@pytest.mark.parametrize("name", [one.id for one in FORMATS])
def test_what_changed_is_a_document_in_each_format(workspace: Workspace, store: Store, name: str) -> None:
    adopt(workspace, store)
    reword(workspace, "Un autre but.")
    changes = changes_between(workspace, versions_of(workspace, store)[0], None, "fr")
    assert changes is not None
    text = to_text(changes, None)
    assert "CE QUI CHANGE DE" in text and "+Un autre but" in text and "~~−Soutenir" in text
    assert render(changes, name).data == render(changes, name).data


def test_a_preamble_alone_that_changed_is_not_no_change(workspace: Workspace, store: Store) -> None:
    adopt(workspace, store)
    workspace.set(
        workspace.partnership.entry("extra.preamble") or _answer("extra.preamble"), "text@fr", "Nous nous réunissons."
    )
    workspace.flush()
    changes = changes_between(workspace, versions_of(workspace, store)[0], None, "fr")
    assert changes is not None and "Aucun mot" not in to_text(changes, None)


def _answer(question: str):
    from tui.partnership.completion import single_entry
    from tui.partnership.values import Partnership

    return single_entry(Partnership("x"), question, ())


def test_a_version_is_read_as_it_was_written() -> None:
    sent = versions.Sent("2027-01-01", "email", ("p1", "p2"), 2, "2027-02-01")
    whole = replace(
        versions.Version("v", 3, "adopted", "2027-01-02", sent=sent, amendment={"number": 1}),
        at="2027-01-02T10:00:00-05:00", zone="America/Toronto", file="Entente.pdf", file_hash="ab",
        reason="relu", snapshots={"fr": {"title": "t"}}, points={"e": "f"}, text="d", resolution="CA-12",
    )  # fmt: skip
    assert all(getattr(whole, field.name) for field in fields(whole)), "each field says something here"
    assert versions.read_versions([versions.version_document(whole)]) == (whole,)
    assert versions.version_document(whole)["sent"]["on"] == sent.on
    (bare,) = versions.read_versions([{"id": "w", "status": "draft", "number": True}])
    assert (bare.number, bare.date, bare.sent) == (0, "", None)
    (unsaid,) = versions.read_versions([{"id": "w", "status": "draft", "sent": {}}])
    assert unsaid.sent == versions.Sent("", "")
    assert versions.read_versions([{"id": "w"}, {"id": 3, "status": "draft"}, {"status": "draft"}]) == ()


def test_a_version_shows_a_sending_to_its_partners_of_its_number_and_date_alone() -> None:
    sent = versions.Sent("2027-01-01", "email", ("p1", "p2"), 0, "2027-02-01")
    version = versions.Version("v", 3, "draft", "2027-01-01", sent=sent)
    assert versions.shows_sending(version, "p2", 3, "2027-02-01")
    for partner, number, by in (("p3", 3, "2027-02-01"), ("p1", 2, "2027-02-01"), ("p1", 3, ""), ("p3", 2, "")):
        assert not versions.shows_sending(version, partner, number, by)
    assert not versions.shows_sending(replace(version, sent=None), "p1", 3, "2027-02-01")


def test_an_adopted_text_is_replaced_by_the_next_adopted_one_alone() -> None:
    draft, first, second = (versions.Version(name, 1, status, "2027") for name, status in
                            (("d", "draft"), ("a", "adopted"), ("b", "adopted")))  # fmt: skip
    assert [versions.status_of((first, second, draft), each) for each in (draft, first, second)] == [
        versions.DRAFT,
        versions.REPLACED,
        versions.ADOPTED,
    ]
    assert versions.status_of((draft,), first) == versions.ADOPTED, "one that is not kept yet"


def test_a_point_noted_after_an_adoption_is_no_part_of_the_adopted_text() -> None:
    told = Told("A")
    told.say("extra.points", {"rows": [{"text": "un point"}]})
    (point,) = told.partnership.rows("extra.points", "rows")
    assert not versions.is_later_point(point)
    told.take(Change(point.id, "extra.points", "version", "v1", "rows"))
    (point,) = told.partnership.rows("extra.points", "rows")
    assert versions.is_later_point(point)


def test_a_draft_takes_the_number_behind_the_last_that_was_given() -> None:
    told = Told("A")
    assert versions.next_number((), told.partnership) == 1
    told.setting("drafts", 4)
    assert versions.next_number((versions.Version("v", 2, "draft", ""),), told.partnership) == 5


@pytest.mark.parametrize(("mark", "statuses", "number"), [
    (None, ("adopted",), 0), ({"number": 3}, ("adopted",), 3), ({"number": "3"}, ("adopted", "draft", "adopted"), 2),
    ({}, ("adopted", "draft", "draft", "adopted"), 2), ({}, ("draft",), 1), ({}, (), 1),
])  # fmt: skip
def test_the_number_adopted_last_is_noted_or_counted(mark: object, statuses: tuple[str, ...], number: int) -> None:
    told = Told("A")
    told.setting("adopted", mark)
    kept = [versions.Version(str(at), 1, status, "2027") for at, status in enumerate(statuses)]
    assert versions.adopted_number(kept, told.partnership) == number


def test_what_stays_behind_is_counted_an_answer_at_a_time() -> None:
    told = Told("A", "B")
    for name in told.ids:
        told.say("note.call", {"text": "Une réserve."}, name)
    told.take(Change("blank", "note.calls", "#order", "a", "rows", (told.ids["A"],)))
    told.take(*versions.sending_changes(told.partnership, "s", {"to": "Ida"}))
    assert [row.id for row in versions.sendings(told.partnership)] == ["s"]
    told.take(
        *versions.sending_changes(told.partnership, "a", {"partners": {"ids": [told.ids["A"]]}, "seen": {"x": "y"}})
    )
    assert [row.id for row in versions.sendings(told.partnership)] == ["s", "a"], "the oldest first"
    seen = [versions.words_seen(told.partnership, {"now": "z"}, partner) for partner in told.ids.values()]
    assert seen == [{"x": "y"}, {"now": "z"}]
    told.say("open.contributions", {"text": "un local"}, "A", op="add")  # of an organisation that may not be named
    left = [(one.question, one.count) for one in versions.left_out(GUIDE, told.partnership)]
    assert left == [("open.contributions", 1), ("note.call", 2)]
    told.say("open.who", {"people": [{"name": "Ida Roy"}]}, told.join("C", status="contacted"))
    assert ("open.who", 2) in [(one.question, one.count) for one in versions.left_out(GUIDE, told.partnership)]


def test_people_are_written_to_and_greeted_by_what_they_do() -> None:
    told = Told("A")
    partner = told.ids["A"]
    people = [
        {"name": "Ida Roy", "email": "ida@a.example"},
        {"name": "Luc Viau", "email": "luc@a.example", "signs": True},
        {"name": "Ana Dion", "email": "ana chez a", "accountable": True},
        {"name": "Guy Roux", "email": "guy@a.example", "accountable": True},
    ]
    told.say("open.who", {"people": people}, "A")
    found = versions.contacts(told.partnership, "fr")
    names = {row.id: row.text("name", "fr") for row in told.partnership.rows("open.who", "people")}
    assert [(one.partner, one.name, one.address) for one in found] == [
        (partner, "Luc Viau", "luc@a.example"), (partner, "Guy Roux", "guy@a.example"),
        (partner, "Ida Roy", "ida@a.example"),
    ]  # fmt: skip
    assert [names[one.person] for one in found] == [one.name for one in found]
    assert versions.names_to_greet(told.partnership, partner, "fr") == ("Luc Viau", "Ana Dion", "Guy Roux")
    assert [one.name for one in versions.first_person(found, partner)] == ["Luc Viau"]
    assert versions.first_person(found[2:], partner) == found[2:] and versions.first_person(found, "other") == ()
    assert versions.unreadable_addresses(told.partnership, "fr") == {partner: "ana chez a"}


def test_what_no_page_prints_is_no_word_of_the_text() -> None:
    told = Told("A")
    told.say("gather.vision", {"vision": "Une porte"})
    before = versions.whole_text(GUIDE, told.partnership)
    told.take(
        Change("later", "later.question", "text@fr", "d'une version à venir"),
        Change("gather.vision", "gather.vision", "#later", "d'une version à venir"),
        Change("agreed", POSITIONS[0], "level", "agree", "", (told.ids["A"],)),
    )
    assert versions.whole_text(GUIDE, told.partnership) == before


def test_a_text_adopted_with_marks_is_read_by_the_ids_of_its_answers_alone() -> None:
    told = Told()
    told.take(Change("b", "gather.objectives", "text@fr", "ouvrir", "rows"),
              Change("a", "gather.vision", "vision@fr", "une porte"))  # fmt: skip
    words = [["a", "gather.vision", "", [], {"vision@fr": "une porte"}],
             ["b", "gather.objectives", "rows", [], {"text@fr": "ouvrir"}]]  # fmt: skip
    assert versions.WholeText(GUIDE, with_marks=True).of(told.partnership) == digest(words)
    assert versions.WholeText(GUIDE).of(told.partnership) == digest(words[::-1])


def test_the_words_of_a_text_are_all_that_it_prints_and_nothing_else() -> None:
    told = Told("A")
    told.say("gather.objectives", [{"text": "ouvrir"}, {"text": "durer"}])
    first, second = told.partnership.rows("gather.objectives", "rows")
    question, partner = first.question, told.ids["A"]

    def after(*changes: Change, marks: bool = False) -> str:
        there = apply(told.partnership, changes, by="", at="").partnership
        return versions.WholeText(GUIDE, with_marks=marks).of(there)

    def cell(name: str, value: object) -> Change:
        return Change(first.id, question, name, value, "rows")

    same = [cell("#state", "to_discuss"), cell("text@fr~2", "ouvrir tôt"), cell("#order", f"{first.order}0"), *(
        Change(partner, "open.who", *given, "", (partner,)) for given in (("organisation", "x"), ("status", "declined"))
    )]  # fmt: skip
    for change in same:
        assert after(change) == after(), change.cell
    assert after(cell("#state", "to_discuss"), marks=True) != after(marks=True) != after(), "as 0.1 counted them"
    others = [cell("#state", "not_applicable"), cell("text@fr", "fermer"), cell("text@en", "open"),
              cell("#removed", True), cell("#order", f"{second.order}0")]  # fmt: skip
    assert len({after(), *map(after, others)}) == len(others) + 1
