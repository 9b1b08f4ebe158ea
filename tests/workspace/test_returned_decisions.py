"""A returned text shows no difference that nobody made, and an accepted change goes into its own field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.comparison.taking import changes_accepting
from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tests.workspace.returns import added, edited, line, opened, paragraphs, removed, said, saved, word_file
from tui.agreement.bilingual import joined_texts
from tui.agreement.compose import Composer
from tui.comparison.returned_diff import (
    ADDED,
    CHANGED,
    MOVED,
    REMARK,
    REMOVED,
    OriginalLine,
    Remark,
    ReturnedLine,
    match_lines,
)
from tui.comparison.returned_match import agreement_lines, match_returned_text, parse_returned, with_origins
from tui.comparison.returned_word_file import read_word
from tui.export.formats import render
from tui.export.plain_text import to_text
from tui.partnership.changes import apply
from tui.partnership.partners import WHO
from tui.partnership.privacy import is_public, public_view
from tui.partnership.received_answers import REFUSED
from tui.partnership.values import Change, Partnership
from tui.store import Store
from tui.text.word_diff import word_keys
from tui.workspace.draft_sending import send
from tui.workspace.kept_versions import versions_of
from tui.workspace.output_files import SendOptions
from tui.workspace.returned_decisions import RETURNED, ReturnedReview, base_of
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

PARTNERSHIP = samples()[0].partnership
AT = PARTNERSHIP.changed


def written(partnership: Partnership, lang: str = "fr", name: str = "docx") -> bytes:
    return render(Composer(GUIDE).agreement(partnership, lang), name).data


def laid(partnership: Partnership, data: bytes, name: str = "retour.docx"):
    return match_returned_text(GUIDE, partnership, (), parse_returned(data, name))


def texts(data: bytes) -> list[tuple[str, ...]]:
    return [word_keys(one.text) for one in read_word(data).lines]


@pytest.mark.parametrize(("number", "lang"), [(0, "en"), (3, "fr")])
@pytest.mark.parametrize("name", ["docx", "text", "copy", "md"])
def test_nothing_differs_that_nobody_changed(number: int, lang: str, name: str) -> None:
    partnership = samples()[number].partnership
    copied = to_text(Composer(GUIDE).agreement(partnership, lang), None).encode()
    data = copied if name == "copy" else written(partnership, lang, name)
    found = laid(partnership, data, "retour.docx" if name == "docx" else "retour.txt")
    assert (found.differences, found.languages) == ((), (lang,))


def test_a_document_in_both_languages_is_known_as_such() -> None:
    composer = Composer(GUIDE)
    for first, second in (("fr", "en"), ("en", "fr")):
        whole = joined_texts(GUIDE, composer.agreement(PARTNERSHIP, first), composer.agreement(PARTNERSHIP, second))
        found = laid(PARTNERSHIP, render(whole, "docx").data)
        assert (found.differences, found.languages) == ((), (first, second))


def test_what_word_does_to_quotes_spaces_and_runs_is_no_difference() -> None:
    document = opened(written(PARTNERSHIP))
    for one in paragraphs(document):
        for run in list(one.runs):
            text = run.text.replace("«\u00a0", "“").replace("\u00a0»", "”").replace("’", "'").replace("\u00a0:", " :")
            half = len(text) // 2
            run.text = text[:half]
            one.add_run(text[half:]) if run is one.runs[-1] else setattr(run, "text", text)
    assert laid(PARTNERSHIP, saved(document)).differences == ()


SHOWN = to_text(Composer(GUIDE).agreement(PARTNERSHIP, "fr"), None)


def once(text: str) -> bool:
    """Whether a text stands once in the document, so that one edit is one difference."""
    return SHOWN.count(text.replace("'", "’")) == 1 and len(text.split()) > 3 and "\n" not in text


ONCE = [
    (entry.id, field)
    for entry in PARTNERSHIP.entries.values()
    for field in {key.removesuffix("@fr") for key in entry.cells if key.endswith("@fr")}
    if once(entry.text(field, "fr"))
]


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(ONCE), min_size=1, max_size=3, unique=True), st.data())
def test_what_was_edited_is_found_and_accepted_gives_the_edited_text(chosen, data) -> None:
    changes = {}
    for name, field in chosen:
        words = PARTNERSHIP.entries[name].text(field, "fr").replace("'", "’").split(" ")
        at = data.draw(st.integers(1, len(words) - 2))
        how = data.draw(st.sampled_from(["zut", "{} zut", ""]))
        changes[" ".join(words)] = " ".join(filter(None, [*words[:at], how.format(words[at]), *words[at + 1 :]]))

    def change(text: str) -> str:
        bare = text.replace("\u00a0", " ")
        return next((text.replace(text, bare.replace(a, b)) for a, b in changes.items() if a in bare), text)

    came = edited(written(PARTNERSHIP), change, "Marie")
    found = laid(PARTNERSHIP, came)
    assert len(found.differences) == len(changes)
    partnership = PARTNERSHIP
    for one in found.differences:
        made = changes_accepting(GUIDE, partnership, one)
        assert made and (one.kind, one.author) == (CHANGED, "Marie")
        partnership = apply(partnership, made, by="moi", at=AT).partnership
    assert texts(written(partnership)) == texts(came)
    assert laid(partnership, came).differences == ()


def form(partnership: Partnership = PARTNERSHIP) -> list[OriginalLine]:
    return with_origins(
        agreement_lines(GUIDE, Composer(GUIDE).agreement(partnership, "fr")), read_word(written(partnership)).lines
    )


def lines_of(found: list[OriginalLine]) -> list[ReturnedLine]:
    return [ReturnedLine(one.text) for one in found]


def test_a_line_added_to_a_list_is_one_more_of_it() -> None:
    ours = form()
    at = next(at for at, one in enumerate(ours) if one.text.startswith("fournir les locaux"))
    lines = lines_of(ours)
    lines.insert(at + 1, ReturnedLine("offrir le café"))
    (one,) = match_lines(ours, lines)
    made = changes_accepting(GUIDE, PARTNERSHIP, one)
    assert one.kind == ADDED and made
    partnership = apply(PARTNERSHIP, made, by="", at=AT).partnership
    shown = to_text(Composer(GUIDE).agreement(partnership, "fr"), None)
    assert "– fournir les locaux des séances\n– offrir le café" in shown
    assert changes_accepting(GUIDE, partnership, one) == ()


def test_a_line_taken_out_and_a_line_that_moved() -> None:
    ours, lines = form(), lines_of(form())
    at = next(at for at, one in enumerate(ours) if one.text.startswith("fournir les locaux"))
    (gone,) = match_lines(ours, [*lines[:at], *lines[at + 1 :]])
    made = changes_accepting(GUIDE, PARTNERSHIP, gone)
    assert gone.kind == REMOVED and made is not None and [one.cell for one in made] == ["#removed"]
    (moved,) = match_lines(ours, [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]])
    made = changes_accepting(GUIDE, PARTNERSHIP, moved)
    assert moved.kind == MOVED and made
    shown = to_text(Composer(GUIDE).agreement(apply(PARTNERSHIP, made, by="", at=AT).partnership, "fr"), None)
    assert shown.index("faire connaître") < shown.index("fournir les locaux")


def test_a_hole_that_was_filled_answers_its_question() -> None:
    ours, lines = form(), lines_of(form())
    review = next(at for at, one in enumerate(ours) if one.text.startswith("Date de révision"))
    lines[review] = ReturnedLine("Date de révision : juin 2027")
    (one,) = match_lines(ours, lines)
    made = changes_accepting(GUIDE, PARTNERSHIP, one)
    assert made is not None and [(each.question, each.cell, each.value) for each in made] == [
        ("extra.review", "date", "2027-06")
    ]


def test_what_belongs_to_no_field_is_shown_and_changes_nothing() -> None:
    ours, lines = form(), lines_of(form())
    lines[0] = replace(lines[0], remarks=(Remark("trop long", "Ann", "2026-11-20", "Énoncé"),))
    heading = next(at for at, one in enumerate(ours) if one.text.startswith("6. "))
    lines[heading] = ReturnedLine("6. Direction")
    found = match_lines(ours, lines)
    assert [one.kind for one in found] == [REMARK, CHANGED]
    assert [changes_accepting(GUIDE, PARTNERSHIP, one) for one in found] == [None, None]


def redlined(partnership: Partnership) -> bytes:
    """The text as it left, one word of it changed by each of two people and a paragraph added, with tracked changes."""
    body = []
    for one in read_word(written(partnership)).lines:
        text = one.text.replace("&", "&amp;")
        if text.startswith("Soutenir les étudiantes"):
            rest = text.removeprefix("Soutenir ").removesuffix("pointe.")
            changed = (added("toutes "), said(rest), removed("pointe."), added("stress.", "Bob"))
            body.append(line(said("Soutenir "), *changed))
        else:
            body.append(line(said(text)))
        if text.startswith("Ce document exprime"):
            body.append(line(added("Un mot que personne n'attendait.", "Chloé")))
    return word_file("".join(body))


def test_each_change_is_taken_in_with_its_author(workspace: Workspace, store: Store) -> None:
    raw = redlined(workspace.partnership)
    returning = ReturnedReview(workspace, laid(workspace.partnership, raw), source="retour.docx", raw=raw)
    assert [(one.author, one.now) for one in returning.open] == [
        ("Alice", "toutes"), ("Bob", "stress"), ("Chloé", "Un mot que personne n'attendait."),
    ]  # fmt: skip
    first, second, third = returning.open
    assert returning.accept(first)
    returning.refuse(second)
    returning.set_aside(third)
    shown = to_text(workspace.agreement, None).replace("\u00a0", " ").replace("’", "'")
    assert returning.open == [] and "Soutenir toutes les étudiantes" in shown
    assert "Chloé propose « Un mot que personne n'attendait. »" in shown
    workspace.flush()
    past = store.history(workspace.partnership.id, entry="gather.vision", cell="goal@fr")
    assert past[-1].source == "Alice, 20 novembre 2026"
    other = Workspace(GUIDE, store.load(workspace.partnership.id), store)
    beside = match_returned_text(GUIDE, other.partnership, (), parse_returned(raw), base_of(other.partnership, raw))
    again = ReturnedReview(other, beside, raw=raw)
    assert again.open == [] and REFUSED in again.settled.values()  # the same file knows what was decided
    assert again.undo() is False and workspace.undo()
    assert [one.author for one in returning.open] == ["Chloé"]


def test_a_text_is_laid_beside_the_version_that_left(workspace: Workspace, store: Store, tmp_path: Path) -> None:
    parcel = send(workspace, store, SendOptions(tmp_path / "out", formats=("docx",)))
    data = parcel.files[0].read_bytes()
    goal = workspace.partnership.entries["gather.vision"]
    workspace.set(goal, "goal@fr", "Soutenir tous les étudiants aux périodes de pointe.")
    workspace.flush()
    came = edited(data, lambda text: text.replace("vingtaine", "trentaine"))
    found = match_returned_text(
        GUIDE, workspace.partnership, versions_of(workspace, store), parse_returned(came, "x.docx")
    )
    assert found.version is not None and found.version.number == 1
    assert [(one.was, one.now) for one in found.differences] == [("vingtaine", "trentaine")]
    same = edited(data, lambda text: text.replace("Soutenir les", "Aider les"))
    (one,) = match_returned_text(
        GUIDE, workspace.partnership, versions_of(workspace, store), parse_returned(same, "x.docx")
    ).differences
    made = changes_accepting(GUIDE, workspace.partnership, one)
    assert made is not None and made[0].value == "Aider tous les étudiants aux périodes de pointe."


def test_nothing_private_is_touched_whatever_comes_back(workspace: Workspace) -> None:
    secret = workspace.partnership.rows(WHO)[0]
    workspace.edit([Change(secret.id, WHO, "reason@fr", "zanzibar la raison", "", secret.subject)])
    hidden = Change("hhhhhhhhhh", WHO, "name@fr", "Organisme caché", "", ("hhhhhhhhhh",))
    status = Change("hhhhhhhhhh", WHO, "status", "prospective", "", ("hhhhhhhhhh",))
    workspace.edit([hidden, status])
    ours = form(workspace.partnership)
    for text in ("zanzibar la raison", "Organisme caché", "un organisme à confirmer : oui"):
        for at in range(0, len(ours), 8):
            lines = lines_of(ours)
            lines[at] = ReturnedLine(text)
            for one in match_lines(ours, lines):
                made = changes_accepting(GUIDE, workspace.partnership, one) or ()
                after = apply(workspace.partnership, made, by="", at=AT).partnership
                for change in made:
                    assert is_public(GUIDE, after, after.entries[change.entry], change.cell)
                    assert change.entry != "hhhhhhhhhh"
    returning = ReturnedReview(
        workspace, laid(workspace.partnership, redlined(workspace.partnership)), source="canari.docx", raw=b"1"
    )
    returning.refuse(returning.open[0])
    shown = public_view(GUIDE, workspace.partnership)
    assert not shown.rows(RETURNED, "rows") and "canari" not in str(shown.entries)


def test_the_same_words_of_two_partners_are_two_differences(workspace: Workspace) -> None:
    first, second = (one.id for one in workspace.partnership.rows(WHO)[:2])
    for name, row in ((first, "aaaaaaaaaa"), (second, "bbbbbbbbbb")):
        cells = {"text@fr": "offrir le café le mardi", "state": "accepted", "#order": "z"}
        workspace.edit([Change(row, "open.contributions", cell, one, "rows", (name,)) for cell, one in cells.items()])
    came = edited(written(workspace.partnership), lambda text: text.replace("le mardi", "le jeudi"), "Marie")
    returning = ReturnedReview(workspace, laid(workspace.partnership, came), raw=came)
    assert len(returning.open) == 2
    assert returning.accept(returning.open[0]) and len(returning.open) == 1
    assert returning.accept(returning.open[0]) and returning.open == []
    rows = [workspace.partnership.entries[name].text("text", "fr") for name in ("aaaaaaaaaa", "bbbbbbbbbb")]
    assert rows == ["offrir le café le jeudi"] * 2


def test_a_row_added_to_a_table_is_one_row_with_its_cells() -> None:
    partnership = samples()[3].partnership
    ours = form(partnership)
    at = max(at for at, one in enumerate(ours) if one.section == "objectives" and one.cell)
    row = [one for one in ours if one.origin.entry == ours[at].origin.entry and one.section == "objectives"]
    said = {"text": "ouvrir le samedi", "due": "mars 2028", "indicator": "dix soirées"}
    lines = [ReturnedLine(one.text) for one in ours]
    lines[at + 1 : at + 1] = [ReturnedLine(said.get(one.origin.field, "—")) for one in row]
    (one,) = match_lines(ours, lines)
    made = changes_accepting(GUIDE, partnership, one)
    assert made is not None
    after = apply(partnership, made, by="", at=AT).partnership
    new = after.rows("gather.objectives", "rows")[-1]
    assert (new.text("text", "fr"), new.get("due")) == ("ouvrir le samedi", "2028-03")
    assert changes_accepting(GUIDE, after, one) == ()


def test_what_the_text_says_already_is_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    differences = tuple(SimpleNamespace(mark=mark) for mark in ("already", "nowhere", "new", "decided"))
    matched: Any = SimpleNamespace(differences=differences)
    review = ReturnedReview(Workspace(GUIDE, PARTNERSHIP, Memory()), matched, raw=b"x")
    made = {"already": (), "nowhere": None}
    monkeypatch.setattr(review, "changes", lambda difference: made.get(difference.mark, ("a change",)))
    monkeypatch.setattr(ReturnedReview, "settled", {"decided": REFUSED})
    assert [difference.mark for difference in review.open] == ["nowhere", "new"]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("screen", ["fr", "en"])
def test_what_is_set_aside_is_in_the_language_it_came_in(lang: str, screen: str) -> None:
    store = Memory()
    store.partnership = PARTNERSHIP
    workspace = Workspace(GUIDE, PARTNERSHIP, store)
    workspace.lang = screen
    ours = OriginalLine("Une porte ouverte", section="vision", lang=lang)
    difference: Any = SimpleNamespace(
        mark="mark", ours=ours, after="Deux portes ouvertes", author="Zoé", date="", kind=ADDED, remark="", now="",
        theirs="Deux portes ouvertes", was="", before="",
    )  # fmt: skip
    matched: Any = SimpleNamespace(differences=(difference,), author="", version="v1")
    review = ReturnedReview(workspace, matched, raw=b"x")
    before = set(PARTNERSHIP.entries)
    review.set_aside(difference)
    review.make_article(difference)
    made = {entry.question: entry for name, entry in workspace.partnership.entries.items() if name not in before}
    for question in ("extra.points", "extra.articles"):
        written = {cell for cell in made[question].cells if cell.startswith("text@")}
        assert written == {f"text@{lang}"} and "Deux portes ouvertes" in made[question].text("text", lang)
    assert made["extra.articles"].get("place") == "vision", "it stands in the section that it came in"
