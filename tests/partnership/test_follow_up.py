"""The follow-up letter: which of what is due it names, in whose language, and with which dates."""

from __future__ import annotations

from itertools import product

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.due import COMMITMENT, SIGNATURE, DueItem
from tui.partnership.follow_up import awaited_of, follow_up_letter, language_of
from tui.partnership.milestones import AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION
from tui.partnership.privacy import public_view
from tui.text.dates import format_by, format_on, format_since
from tui.text.separators import semicolon

DAY = "2027-02-10"
DATES = ("", "2027-02-09", DAY, "2027-02-11", "2027-01", "2027-02")
KINDS = (
    AWAITED_ANSWER,
    AWAITED_CONFIRMATION,
    AWAITED_RATIFICATION,
    SIGNATURE,
    COMMITMENT,
    "objective",
    "meeting",
    "report",
)


def test_a_letter_names_answers_signatures_and_what_is_late_of_its_partner_alone() -> None:
    items = [
        DueItem(f"{kind}{date}{whose}", kind, date, whose)
        for kind, date, whose in product(KINDS, DATES, ("a", "b", ""))
    ]
    named = awaited_of(items, "a", DAY)
    assert {one.partner for one in named} == {"a"}
    dates = {kind: [one.date for one in named if one.kind == kind] for kind in KINDS}
    assert [dates[kind] for kind in KINDS[:4]] == [list(DATES)] * 4
    assert dates[COMMITMENT] == ["2027-02-09", "2027-01"] and [dates[kind] for kind in KINDS[5:]] == [[]] * 3


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS[:4])
@pytest.mark.parametrize("private", [False, True])
def test_a_date_is_told_unless_it_is_private(kind: str, lang: str, private: bool) -> None:
    view = public_view(GUIDE, Told("Ruche").partnership)
    for date, month in (
        ("2027-01-15", {"fr": "janvier", "en": "January"}),
        ("2027-06-15", {"fr": "juin", "en": "June"}),
    ):
        item = DueItem("x", kind, date, "a", number=3, private=private)
        letter = follow_up_letter(GUIDE, view, [item], lang, title="Le soir", day=DAY)
        assert (month[lang] in letter.body) == (not private), letter.body
        assert letter.body.count("– ") == 1 and "Le soir" in letter.subject + letter.body


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", [AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION, SIGNATURE])
def test_each_line_says_what_since_when_and_by_when(kind: str, lang: str) -> None:
    view, since = public_view(GUIDE, Told("Ruche").partnership), "2027-01-20"
    what = GUIDE.word("follow_answer_to" if kind == AWAITED_ANSWER else f"follow_{kind}", lang, number=3)
    asked = {
        AWAITED_ANSWER: [GUIDE.word("follow_sent_on", lang, date=format_on(since, lang))],
        SIGNATURE: [GUIDE.word("follow_since", lang, date=format_since(since, lang))],
    }.get(kind, [])
    for date, late in (("2027-02-09", True), (DAY, False), ("2027-02", False), ("2027-01", True)):
        item = DueItem("x", kind, date, "a", number=3, since=since)
        body = follow_up_letter(GUIDE, view, [item], lang, title="Le soir", day=DAY).body
        words = format_since(date, lang) if late else format_by(date, lang)
        due = GUIDE.word("follow_since" if late else "follow_by", lang, date=words)
        line = "– " + semicolon(lang).join((what, *asked, due))
        assert line.replace("'", "’") in body.splitlines()


@pytest.mark.parametrize("state", GUIDE.choices["contribution_state"])
def test_a_commitment_is_quoted_where_it_is_public(state: str) -> None:
    told = Told("Ruche")
    (row,) = told.say(
        "open.contributions", {"text": "zanzibar", "state": state, "due": "2027-01-15"}, "Ruche", op="add"
    )
    view = public_view(GUIDE, told.partnership)
    for private in (False, True):
        item = DueItem("x", COMMITMENT, "2027-01-15", told.ids["Ruche"], row, private=private)
        body = follow_up_letter(GUIDE, view, [item], "fr", title="Le soir", day=DAY).body
        assert ("zanzibar" in body) == (not private and "zanzibar" in repr(view))


@pytest.mark.parametrize("languages", list(product(("", "fr", "en"), repeat=2)))
def test_the_accountable_person_s_language_comes_first(languages: tuple[str, str]) -> None:
    for accountable in (None, 0, 1):
        told = Told()
        people = [
            {
                "name": f"P{at}",
                **({"language": lang} if lang else {}),
                **({"accountable": True} if at == accountable else {}),
            }
            for at, lang in enumerate(languages)
        ]
        told.join("Ruche", people=people)
        first, second = languages if accountable != 1 else languages[::-1]
        assert language_of(told.partnership, told.ids["Ruche"], "other") == (first or second or "other")
