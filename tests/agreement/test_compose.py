"""Tests that a section of which nothing changed stays the same object, so that a key typed costs little."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.agreement.reading import GUIDE, Told, lines
from tests.counted_calls import counted_calls
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer, title
from tui.partnership.privacy import public_view


def full() -> Told:
    """A partnership with something in every section."""
    told = Told("A", "B", "C")
    told.say("open.who", {"people": [{"name": "Marie", "accountable": True}]}, "A")
    told.say("gather.vision", {"vision": "v", "goal": "g"})
    told.say("gather.objectives", ["offrir", "former"])
    told.say("gather.level", "networking")
    told.say("gather.lead", {"partner": "A"})
    told.say("gather.governance", {"bodies": ["comité"], "reports": ["budget"]})
    told.say("open.contributions", {"text": "prêter", "type": "space", "state": "accepted"}, "B", op="add")
    told.say("commit.funding", {"source": "fonds", "status": "acquired"})
    told.say("extra.context", "Vingt ans.")
    told.say("extra.dates", ["2026"])
    told.say("extra.communication", "Les deux noms.")
    told.say("extra.disputes", "Se parler.")
    return told


def ids(before: Agreement, after: Agreement) -> set[str]:
    """The sections that are not the same object any more."""
    kept = {one.id: one for one in before.sections}
    return {one.id for one in after.sections if kept.get(one.id) is not one}


CHANGES: dict[str, tuple[Callable[[Told], object], set[str]]] = {
    "vision": (lambda told: told.say("gather.vision", {"goal": "h"}), {"vision", "open_points"}),
    "disputes": (lambda told: told.say("extra.disputes", "Trente jours."), {"disputes", "open_points"}),
    "article": (
        lambda told: told.say("extra.articles", {"text": "Frais.", "place": "resources"}, op="add"),
        {"resources", "open_points"},
    ),
    "money": (
        lambda told: told.say("commit.funding", {"source": "b", "status": "acquired"}),
        {"resources", "open_points"},
    ),
    "private note": (lambda told: told.say("open.history", "2015", "A"), set()),
    "reason": (lambda told: told.say("open.who", {"reason": "x"}, "A"), set()),
    "e-mail": (
        lambda told: told.say("open.who", {"email": "x@y.ca"}, row=told.partnership.rows("open.who", "people")[0].id),
        set(),
    ),
    "wish": (lambda told: told.say("open.contributions", "un souhait", "A", op="add"), set()),
    "setting": (lambda told: told.setting("drafts", 2), {"open_points"}),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", CHANGES)
def test_only_what_a_change_concerns_is_made_anew(name: str, lang: str) -> None:
    change, concerned = CHANGES[name]
    told, composer = full(), Composer(GUIDE)
    before = composer.agreement(told.partnership, lang)
    change(told)
    after = composer.agreement(told.partnership, lang)
    assert ids(before, after) <= concerned
    assert after == Composer(GUIDE).agreement(told.partnership, lang), "what was kept is what would be made"
    if concerned - {"open_points"}:
        assert concerned - {"open_points"} <= ids(before, after)


@pytest.mark.parametrize(("leave", "concerned"), [("yes", {"signatures"}), ("no", set())])
def test_a_position_concerns_the_signatures_once_it_may_be_told(leave: str, concerned: set[str]) -> None:
    told, composer = full(), Composer(GUIDE)
    before = composer.agreement(told.partnership, "fr")
    told.say("commit.consensus", {"level": "reservation", "reservation": "mot", "leave": leave}, "A")
    assert ids(before, composer.agreement(told.partnership, "fr")) == concerned


def test_the_same_partnership_gives_equal_agreements() -> None:
    told = full()
    assert Composer(GUIDE).agreement(told.partnership, "fr") == Composer(GUIDE).agreement(told.partnership, "fr")


def test_a_removed_row_leaves_what_was_kept() -> None:
    told, composer = full(), Composer(GUIDE)
    (row,) = told.partnership.rows("commit.funding", "rows")
    composer.agreement(told.partnership, "fr")
    told.say("commit.funding", row=row.id, op="remove")
    assert composer.agreement(told.partnership, "fr") == Composer(GUIDE).agreement(told.partnership, "fr")


WORDS = ("prêter", "une", "salle", "le", "mardi", "soir", "« sans frais »", "pour", "l'été", "chacun", "oreille")


def large() -> Told:
    """Thirty partners, 180 commitments and 160 KB of text."""
    chance = random.Random(1)

    def text(length: int) -> str:
        return " ".join(chance.choice(WORDS) for _each in range(length // 6))

    told = Told(*(f"Organisme {number}" for number in range(30)))
    for name in told.ids:
        for _each in range(6):
            told.say("open.contributions", {"text": text(200), "state": "accepted", "type": "space"}, name, op="add")
    told.say("extra.context", "\n\n".join(text(600) for _each in range(150)))
    told.say("gather.vision", "\n\n".join(text(600) for _each in range(30)))
    return told


@pytest.mark.slow
def test_a_change_in_a_large_partnership_costs_less_than_all_anew() -> None:
    told, composer = large(), Composer(GUIDE)
    row = told.partnership.rows("open.contributions", "rows")[7].id
    changes: dict[str, Callable[[int], object]] = {
        "a date": lambda at: told.say("extra.review", str(2027 + at)),
        "a paragraph": lambda at: told.say("gather.vision", {"goal": f"mot {at}"}),
        "a commitment": lambda at: told.say("open.contributions", {"text": f"prêter {at}"}, row=row),
    }
    composer.agreement(told.partnership, "fr")
    for name, change in changes.items():
        change(1)
        again = counted_calls(lambda: composer.agreement(told.partnership, "fr"))
        anew = counted_calls(lambda: Composer(GUIDE).agreement(told.partnership, "fr"))
        assert again < 0.8 * anew, name
        assert composer.agreement(told.partnership, "fr") == Composer(GUIDE).agreement(told.partnership, "fr")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("count", range(6))
def test_a_title_names_three_partners_or_two_and_more(count: int, lang: str) -> None:
    """One that may not be named is one more; the whole partnership names it, its public view does not."""
    names = ["le Collège", "La Porte", "« Artexte »", "D", "E"][:count]
    said = ["Le Collège", "La Porte", "Artexte", "D", "E"][:count]
    joined = {0: {"fr": "Partenariat sans titre", "en": "Untitled partnership"}[lang], 1: "Le Collège"}
    wanted = joined.get(count) or f"{', '.join(said[:-1])} {'et' if lang == 'fr' else 'and'} {said[-1]}"
    shortened = wanted if count < 4 else "Le Collège, La Porte, …"
    told = Told(*names)
    assert title(GUIDE, told.partnership, lang) == title(GUIDE, public_view(GUIDE, told.partnership), lang) == shortened
    told.join("Hors", status="contacted")
    told.join("Parti", status="declined")
    seen = ", ".join((*said[:2], "…")) if said else joined[0]
    assert title(GUIDE, public_view(GUIDE, told.partnership), lang) == seen
    assert ("Hors" in title(GUIDE, told.partnership, lang)) is (count < 3)


MARK = {"version": "v", "on": "2027-03-02", "text": "t", "number": 4, "resolution": "12",
        "replaces": {"on": "2026-03-02", "number": 3}}  # fmt: skip
AMENDED = {**MARK, "amendment": {"number": 2, "joinder": ""}}
STRANGE: list[object] = [None, "", 5, [], {}, "jamais", {"on": 5}, {"on": "jamais"}]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("mark", [MARK, AMENDED])
def test_what_a_mark_of_adoption_lacks_is_not_told(mark: dict[str, object], lang: str) -> None:
    """Whichever of its values an older or a newer program left out: no number is the first, no date is no line."""

    told = full()

    def written(held: object, *, final: bool = True) -> tuple[list[str], str, int]:
        told.setting("adopted", held)
        agreement = Composer(GUIDE).agreement(told.partnership, lang, final=final)
        plain = [line.replace("\u00a0", " ") for line in lines(agreement.preamble)]
        return plain, agreement.iso_date, agreement.number

    (whole,), day, number = written(mark)
    assert (day, number) == ("2027-03-02", 4)
    assert written(mark, final=False) == ([], "2026-11-22", 0), "a draft is not adopted"
    replaces_none = written({key: value for key, value in MARK.items() if key != "replaces"})
    for strange in STRANGE:
        assert written(strange) == ([], "2026-11-22", 0)
        assert written({**mark, "on": strange}) == ([], "2026-11-22", 4)
        if mark is MARK:
            assert written({**mark, "replaces": strange}) == replaces_none
    first = {key: {**value, "number": 1} if isinstance(value, dict) else value for key, value in mark.items()}
    no_number = {key: {inner: one for inner, one in value.items() if inner != "number"} if isinstance(value, dict)
                 else value for key, value in mark.items()}  # fmt: skip
    assert written(no_number) == written(first) != written(mark)
    bare = {key: value for key, value in mark.items() if key not in ("number", "resolution")}
    (line,), _day, none = written(bare)
    assert (line, none) == (written({**bare, "number": 1})[0][0], 0)
    assert line == whole.replace("4", "1").replace(", résolution n° 12", "").replace(", resolution no. 12", "")
