"""Handover pages as they are made: in whose language, with which lines at first, and never a private one unasked."""

from __future__ import annotations

import pytest

from tests.partnership.private_places import everywhere
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.export.plain_text import to_text
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import WHO, active
from tui.partnership.values import Change, Partnership
from tui.workspace.handover_pages import HandoverPage, handover_page, line_numbered, page_document
from tui.workspace.workspace import Workspace

DAY = "2026-11-27"


def opened(partnership: Partnership, lang: str = "fr") -> Workspace:
    """A partnership, open in memory, with its document in `lang`."""
    store = Memory()
    store.partnership = partnership
    workspace = Workspace(GUIDE, partnership, store)
    workspace.doc_lang = lang
    return workspace


def read(workspace: Workspace, page: HandoverPage) -> str:
    """A page as it is read."""
    return to_text(page_document(workspace, page), None)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_page_offers_or_tells_a_private_place_unasked(lang: str) -> None:
    made = everywhere()
    workspace = opened(made.partnership(), lang)
    for partner in (*active(workspace.partnership)[:6], None):
        page = handover_page(workspace, partner.id if partner is not None else "", DAY, ())
        said = read(workspace, page)
        if partner is not None:
            assert not any(line.private for line in page.lines)
            said += "\n".join(line.text for line in page.lines)
        assert made.told_in_words(said) == [], partner


@pytest.mark.parametrize("document", ["fr", "en"])
@pytest.mark.parametrize("own", ["fr", "en", ""])
def test_a_seat_is_handed_over_in_its_partners_language(document: str, own: str) -> None:
    told = Told("Collège", "Clinique")
    told.say(WHO, {"part": "people", "name": "Ida", **({"language": own} if own else {})}, "Collège", op="add")
    workspace = opened(told.partnership, document)
    workspace.lang = "fr"
    for partner, lang in (("Collège", own or document), ("Clinique", document), ("", document)):
        page = handover_page(workspace, told.ids.get(partner, ""), DAY, ())
        assert page.lang == lang
        shown = dict.fromkeys(line.section for line in page.shown)
        heads = [GUIDE.word(f"handover_head_{section}", lang) for section in shown]
        plain = read(workspace, page).replace("’", "'").replace("\u00a0", " ")
        assert heads and all(head in plain for head in heads)


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "signatory"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_seat_that_may_not_be_named_yet_has_no_name_on_its_page(lang: str, status: str) -> None:
    told = Told("Collège")
    told.join("Zanzibar", status=status)
    workspace = opened(told.partnership, lang)
    said = read(workspace, handover_page(workspace, "", DAY, ()))
    assert ("Zanzibar" in said) == (status not in ("prospective", "contacted"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_seat_of_a_partner_without_a_name_is_an_organisations(lang: str) -> None:
    told = Told("Collège", "Clinique")
    told.take(Change(told.ids["Clinique"], WHO, "name@fr", "", "", (told.ids["Clinique"],)))
    workspace = opened(told.partnership, lang)
    said = read(workspace, handover_page(workspace, told.ids["Clinique"], DAY, ()))
    assert GUIDE.word("an_organisation", lang).upper() in said.splitlines()[0]


def test_words_put_on_the_page_are_each_a_line_of_their_own() -> None:
    workspace = opened(Told("Collège", "Clinique").partnership)
    page = handover_page(workspace, "", DAY, ())
    before = len(page.shown)
    page = page.with_words("La clé est chez Ida").with_words("  ").with_words("Le bail finit en mai")
    assert len(page.shown) == before + 2 and len({line.id for line in page.lines}) == len(page.lines)
    numbers = range(1, len(page.lines) + 1)
    assert {line_numbered(page, str(number)) for number in numbers} == {line.id for line in page.lines}
    last = line_numbered(page, str(len(page.lines)))
    assert "Le bail finit en mai" in read(workspace, page)
    assert "Le bail finit en mai" not in read(workspace, page.toggled(last))
    assert "Le bail finit en mai" in read(workspace, page.toggled(last).toggled(last))
    for number in ("0", "-1", "²", "", str(len(page.lines) + 1), "00000199", "9" * 5000):
        with pytest.raises(BadValue):
            line_numbered(page, number)


def test_a_private_line_stays_only_where_it_was_put_on_the_page() -> None:
    told = Told("Collège", "Clinique")
    for name in told.ids:
        told.say("open.history", {"note": f"fâchés avec {name}"}, name)
    page = handover_page(opened(told.partnership), "", DAY, ())
    first, *others = [line.id for line in page.lines if line.private]
    assert others and not any(line.private for line in page.without_private.lines)
    left = page.toggled(first).without_private
    assert [line.id for line in left.lines if line.private] == [first] and first in {line.id for line in left.shown}


def test_a_public_line_taken_off_can_be_put_back_and_no_empty_words_replace_one() -> None:
    told = Told("Collège")
    told.say("note.call", {"text": "SECRET"}, "Collège")
    page = handover_page(opened(told.partnership), "", DAY, ())
    public = next(line for line in page.lines if not line.private)
    off = page.toggled(public.id).without_private
    assert public in off.lines and public not in off.shown and not any(line.private for line in off.lines)
    assert off.toggled(public.id).shown == page.shown
    assert page.reworded(public.id, " \n ") == page
    reworded = page.reworded(public.id, "autres\nmots")
    assert [line.text for line in reworded.lines if line.id == public.id] == ["autres mots"]
    assert [line for line in reworded.lines if line.id != public.id] == [
        line for line in page.lines if line.id != public.id
    ]
