"""Tests of the cover letter: greeting, what changed, status of the text, one request by one day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE
from tui.partnership.cover_letter import ANSWER, RECEIVED, SEEN, LetterFacts, letter
from tui.text.dates import format_date

DRAFT = LetterFacts("Protocole d'entente", "Une porte ouverte", "ébauche 2")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize(
    ("people", "hello"),
    [((), "Bonjour,"), (("Zoé Roy",), "Bonjour Zoé Roy,"), (("A", "B", "C"), "Bonjour A, B et C,")],
)
def test_it_greets_by_name(people: tuple[str, ...], hello: str) -> None:
    assert letter(GUIDE, "fr", replace(DRAFT, people=people)).body.startswith(hello + "\n")


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Une porte ouverte", "Protocole d'entente : Une porte ouverte (ébauche 2)"),
        ("Protocole d'entente pour une porte", "Protocole d'entente pour une porte (ébauche 2)"),
        ("Protocole d’entente, ébauche 2", "Protocole d'entente, ébauche 2"),
    ],
)
def test_a_subject_says_nothing_twice(title: str, subject: str) -> None:
    assert plain(letter(GUIDE, "fr", replace(DRAFT, title=title)).subject) == subject


def test_it_tells_what_changed_since_the_text_they_saw() -> None:
    facts = replace(DRAFT, seen="ébauche 1", changed=("Vision", "Argent"))
    assert "(ébauche 1), voici ce qui a changé : Vision; Argent." in plain(letter(GUIDE, "fr", facts).body)
    assert "aucun mot n'a changé" in plain(letter(GUIDE, "fr", replace(facts, changed=())).body)
    assert "ébauche 1" not in letter(GUIDE, "fr", replace(facts, changed=None)).body


@pytest.mark.parametrize(
    ("facts", "said", "unsaid"),
    [
        (DRAFT, "n'engage personne", "demeure"),
        (replace(DRAFT, adopted_on="2026-11-20"), "Le texte adopté le 20 novembre 2026 demeure", "n'engage personne"),
        (replace(DRAFT, adopted_on="2026-11-20", draft=False), "C'est le texte adopté le 20 novembre", "ébauche :"),
        (replace(DRAFT, holes=True), "à préciser", "demeure"),
        (DRAFT, "dit oui à ce texte", "à préciser"),
        (replace(DRAFT, draft=False, adopted_on="2026-11-20"), "bien reçu", "dit oui"),
    ],
)
def test_it_says_truly_where_things_stand(facts: LetterFacts, said: str, unsaid: str) -> None:
    body = plain(letter(GUIDE, "fr", facts).body)
    assert said in body and unsaid not in body


@given(
    st.builds(
        LetterFacts,
        kind=st.just("Entente"), title=st.just("Une porte"), version=st.just("ébauche 2"), draft=st.booleans(),
        people=st.sampled_from([(), ("Zoé",), ("Zoé", "Luc")]), reason=st.sampled_from(["", "avant la rencontre"]),
        seen=st.sampled_from(["", "ébauche 1"]), changed=st.sampled_from([None, (), ("Vision",)]),
        holes=st.booleans(), adopted_on=st.sampled_from(["", "2026-11-20"]),
        answer_by=st.sampled_from(["", "2026-12-15", "2026-12"]), sender=st.sampled_from(["", "Marie Tremblay"]),
    ),
    st.sampled_from(["fr", "en"]),
)  # fmt: skip
def test_one_thing_is_asked_by_one_day_and_signed(facts: LetterFacts, lang: str) -> None:
    body = plain(letter(GUIDE, lang, facts).body)
    asks = [
        part for part in body.split("\n\n") if "dites-nous " in part.casefold() or "please tell us" in part.casefold()
    ]
    assert len(asks) == 1 and asks[0].endswith(".")
    if facts.answer_by:
        year = ("15 décembre 2026" if lang == "fr" else "December 15, 2026") if facts.answer_by[7:] else "2026"
        assert year in asks[0] and body.count(year) == 1 + (year == "2026" and "2026" in body.replace(asks[0], ""))
    assert body.rstrip().endswith(facts.sender or ("avec vous." if lang == "fr" else "with you."))
    assert "{" not in body and "  " not in body


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("asked", [ANSWER, RECEIVED, SEEN])
def test_it_attaches_a_statement_where_reading_alone_is_asked(asked: str, draft: bool, lang: str) -> None:
    facts = replace(DRAFT, asked=asked, draft=draft, answer_by="2026-12-15", adopted_on="" if draft else "2026-11-20")
    body = plain(letter(GUIDE, lang, facts).body)
    words = {"title": facts.title, "version": facts.version}
    attached = {
        name: plain(GUIDE.word(name, lang, **words)) for name in ("letter_attached", "letter_attached_statement")
    }
    shown = [name for name, text in attached.items() if text in body]
    assert shown == ["letter_attached_statement" if asked == SEEN else "letter_attached"]
    request = plain(GUIDE.word(RECEIVED if asked == ANSWER and not draft else asked, lang))
    assert request[1:] in body


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("seen", ["", "ébauche 1"])
@pytest.mark.parametrize("changed", [None, (), ("Vision",)])
def test_what_changed_is_told_to_those_who_saw_a_text(changed: tuple[str, ...] | None, seen: str, draft: bool) -> None:
    body = plain(letter(GUIDE, "fr", replace(DRAFT, draft=draft, seen=seen, changed=changed)).body)
    unchanged = plain(GUIDE.word("letter_unchanged", "fr", version="ébauche 1"))
    assert (unchanged in body) is (bool(seen) and changed == ())
    assert ("voici ce qui a changé" in body) is (bool(seen) and bool(changed))


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("answer_by", "word"), [("2026-12-15", "letter_by"), ("2026-12", "letter_by_about"), ("2026", "letter_by_about")]
)
def test_a_day_is_asked_by_that_day_and_a_month_by_about_then(answer_by: str, word: str, lang: str) -> None:
    body = plain(letter(GUIDE, lang, replace(DRAFT, answer_by=answer_by)).body)
    request = GUIDE.word(ANSWER, lang)
    asked = GUIDE.word(word, lang, asked=request[:1].lower() + request[1:], date=format_date(answer_by, lang))
    assert plain(asked) in body
