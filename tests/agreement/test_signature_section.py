"""Tests of the signature section line by line, over combinations of level, leave, exceptions and ratification."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import pytest

from tests.agreement.reading import lines, section
from tests.partnership.told import AT, GUIDE
from tui.agreement.compose import Composer
from tui.partnership.changes import apply
from tui.partnership.partners import WHO
from tui.partnership.positions import CONSENSUS, EXCEPTIONS, points
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, REMOVED, Change, Partnership, answer_id

LEVELS = tuple(GUIDE.choices["position"])
YES = ("agree", "rallies")  # a yes, by itself or for the sake of the others
DISSENT = ("disagree", "stands_aside", "opposes")
NO_ANSWER = ("absent", "none")  # given on no words, so that no change of words touches it
LEAVES = (None, *GUIDE.choices["leave"])
LEFT_OUT: tuple[tuple[str | None, ...], ...] = ((), (None,), ("no",), ("yes",), ("yes", "yes"), ("yes", "ask"))
SEEN = ("these words", "other words", "another sentence left out", "not told")
RATIFIED = ("", "to ratify", "resolution")
SENTENCE = "objective0"  # the sentence that some leave out
WORDS = {
    "fr": {
        "lead": "Chaque partenaire confirme par sa signature ce à quoi il dit oui dans ce document.",
        "answers": "Réponses des partenaires : {}.",
        "reservation": "Réserve ({name}) : « si la salle est libre »",
        "dissent": "ANSWER ({name}) : « si la salle est libre »",
        "yes, except": "{name} dit oui, sauf sur : « ouvrir le soir »",
        "left out": "Phrase laissée de côté ({name}) : « ouvrir le soir »",
        "reopened": "À confirmer sur le nouveau texte",
        "level": "Réponse : {}",
        "to ratify": "À entériner par le conseil, mars 2027",
        "resolution": "Entériné par la résolution CA-7, avril 2027",
        "sentence": ", sauf sur {} phrase",
        "sentences": ", sauf sur {} phrases",
    },
    "en": {
        "lead": "By signing, each partner confirms what it says yes to in this document.",
        "answers": "Partners' answers: {}.",
        "reservation": "Reservation ({name}): “si la salle est libre”",
        "dissent": "ANSWER ({name}): “si la salle est libre”",
        "yes, except": "{name} says yes, except on: “ouvrir le soir”",
        "left out": "Sentence left out ({name}): “ouvrir le soir”",
        "reopened": "To be confirmed on the new text",
        "level": "Answer: {}",
        "to ratify": "To be ratified by its governing body, March 2027",
        "resolution": "Ratified by resolution CA-7, April 2027",
        "sentence": ", except on {} sentence",
        "sentences": ", except on {} sentences",
    },
}


@dataclass(frozen=True)
class Case:
    """One partner's answer; `left_out` is the leave of each of its exceptions."""

    level: str
    leave: str | None
    left_out: tuple[str | None, ...]
    seen: str
    ratified: str

    @property
    def id(self) -> str:
        """The partner's id and name, which tell the case."""
        parts = (self.level, self.leave or "-", "+".join(one or "-" for one in self.left_out), self.seen, self.ratified)
        return " | ".join(parts)

    @property
    def on_these_words(self) -> bool:
        """Whether the answer was given on these words, those that it leaves out set aside."""
        return self.seen == "these words" or (self.seen == "another sentence left out" and bool(self.left_out))

    @property
    def reopened(self) -> bool:
        """Whether the answer was given on other words and is to be confirmed; a disagreement stands."""
        return self.level not in (*NO_ANSWER, *DISSENT) and not self.on_these_words

    @property
    def from_before(self) -> bool:
        """Whether it is a disagreement given on other words."""
        return self.level in DISSENT and not self.on_these_words

    def answer(self, lang: str) -> str:
        """The answer in words."""
        return GUIDE.word(self.code, lang) if self.from_before else GUIDE.choice("position", self.level, lang)

    @property
    def code(self) -> str:
        """What it is counted as."""
        if self.reopened:
            return "reopened"
        if self.from_before:
            return f"before_{self.level}"
        return "except" if self.left_out and self.level in YES else self.level

    def changes(self) -> Iterator[Change]:
        """What makes the partner and its answer."""
        yield from (Change(self.id, WHO, cell, value, "", (self.id,)) for cell, value in {
            "name@fr": self.id, "status": "signatory", ORDER: self.id
        }.items())  # fmt: skip
        answer = {"level": self.level, "leave": self.leave, "reservation@fr": "si la salle est libre"}
        if self.ratified:
            answer |= {"ratify_by@fr": "le conseil", "ratify_on": "2027-03"}
        if self.ratified == "resolution":
            answer |= {"resolution@fr": "CA-7", "ratified_on": "2027-04"}
        yield from (self.set(cell, value) for cell, value in answer.items())
        for number, leave in enumerate(self.left_out):
            row = {"text@fr": "ouvrir le soir", "point": SENTENCE, "leave": leave, ORDER: str(number)}
            for cell, value in row.items():
                yield Change(f"{self.id}/{number}", CONSENSUS, cell, value, EXCEPTIONS, (self.id,))

    def set(self, cell: str, value: object) -> Change:
        """Set a field of the answer."""
        return Change(answer_id(CONSENSUS, (self.id,)), CONSENSUS, cell, value, "", (self.id,))


def cases(level: str) -> list[Case]:
    return [Case(level, *others) for others in product(LEAVES, LEFT_OUT, SEEN, RATIFIED)]


@cache
def partnership(level: str) -> Partnership:
    """One partnership in which each case is a partner."""
    found = cases(level)
    objective = [Change(SENTENCE, "gather.objectives", "text@fr", "ouvrir le soir", "rows")]
    made = Partnership("aaaaaaaaaa")
    made = apply(made, [*objective, *(one for case in found for one in case.changes())], by="Marie", at=AT).partnership
    now = points(GUIDE, public_view(GUIDE, made))
    seen = {
        "these words": now, "other words": {**now, "gone": "x"}, "another sentence left out": {**now, SENTENCE: "x"},
        "not told": None,
    }  # fmt: skip
    return apply(made, [case.set("seen", seen[case.seen]) for case in found], by="Marie", at=AT).partnership


def said_above(case: Case, words: dict[str, str], lang: str) -> list[str]:
    """The reservation and the sentences left out: with leave, on these words, and no yes told that was not said."""
    if case.leave is None or case.reopened:
        return []
    told = [words["reservation"]] if case.leave == "yes" else []
    if told and case.level in DISSENT:
        answer = case.answer(lang)
        told = [words["dissent"].replace("ANSWER", answer[:1].upper() + answer[1:])]
    if case.from_before:
        return [one.format(name=case.id) for one in told]
    says_yes = case.leave == "yes" and case.level in (*YES, "reservation")
    told += [words["yes, except" if says_yes else "left out"]] * case.left_out.count("yes")
    return [one.format(name=case.id) for one in told]


def note(case: Case, words: dict[str, str], lang: str) -> str:
    """What stands in the signature: the answer with leave, on these words, with all that it leaves out, or nothing."""
    if case.leave != "yes":
        return ""
    if case.reopened:
        return words["reopened"]
    if any(leave != "yes" for leave in case.left_out):
        return ""
    said = words["level"].format(case.answer(lang))
    if case.ratified and case.level in YES:
        said = words[case.ratified]
    elif case.ratified and case.level == "reservation":
        said += f". {words[case.ratified]}"
    count = len(case.left_out)
    return said + (words["sentences" if count > 1 else "sentence"].format(count) if count else "")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("level", LEVELS)
def test_the_signature_section_line_by_line(level: str, lang: str) -> None:
    found, words = cases(level), WORDS[lang]
    agreement = Composer(GUIDE).agreement(partnership(level), lang)
    signed = section(agreement, "signatures")
    assert signed is not None
    counts = Counter(case.code for case in found)
    before = [f"before_{one}" for one in LEVELS if one in DISSENT]
    codes = [code for code in (*LEVELS, *before, "except", "reopened") if counts[code]]
    total = ", ".join(GUIDE.word(f"count_{code}", lang, n=counts[code]) for code in codes)
    expected = [words["lead"], words["answers"].format(total)]
    ordered = sorted(found, key=lambda case: case.id)
    expected += [one for case in ordered for one in said_above(case, words, lang)]
    for case in ordered:
        expected += [f"✍ {case.id}", *(f"  {one}" for one in (note(case, words, lang),) if one)]
    assert [one.replace("\u00a0", " ").replace("’", "'") for one in lines(signed.blocks)] == expected


RATIFICATIONS = tuple(product(("", "CA-7"), ("", "2027-04"), ("", "le conseil"), ("", "2027-03")))


def with_ratification(number: str, on: str, body: str, when: str, *, final: bool) -> list[str]:
    """The lines of the section when a yes has these facts of its ratification, "" for what is not known."""
    case = Case("agree", "yes", (), "these words", "")
    told = apply(Partnership("aaaaaaaaaa"), list(case.changes()), by="Marie", at=AT).partnership
    told = apply(told, [case.set("seen", points(GUIDE, public_view(GUIDE, told)))], by="Marie", at=AT).partnership
    cells = {"resolution@fr": number, "ratified_on": on, "ratify_by@fr": body, "ratify_on": when}
    changes = [case.set(cell, value) for cell, value in cells.items() if value]
    known = apply(told, changes, by="Marie", at=AT).partnership
    signed = section(Composer(GUIDE).agreement(known, "fr", final=final), "signatures")
    assert signed is not None
    return [one.strip().replace("\u00a0", " ").replace("’", "'") for one in lines(signed.blocks)]


def test_a_ratification_is_told_by_what_is_known_of_it() -> None:
    for number, on, body, when in RATIFICATIONS:
        done = {
            ("", ""): "", ("", "2027-04"): "Entériné : avril 2027", ("CA-7", ""): "Entériné par la résolution CA-7",
            ("CA-7", "2027-04"): "Entériné par la résolution CA-7, avril 2027",
        }[number, on]  # fmt: skip
        awaited = f"À entériner{' par le conseil' * bool(body)}{(',' if body else ' :') * bool(when)}"
        awaited += " mars 2027" * bool(when)
        expected = done or (awaited if body or when else "Réponse : accord")
        assert with_ratification(number, on, body, when, final=False)[-1] == expected, (number, on, body, when)


def test_adopted_text_waits_for_ratifications_not_yet_given() -> None:
    name = Case("agree", "yes", (), "these words", "").id.strip()
    for number, on, body, when in RATIFICATIONS:
        said = [line for line in with_ratification(number, on, body, when, final=True) if "ne lie" in line]
        approved = f"son approbation{' par le conseil' * bool(body)}{', attendue en mars 2027' * bool(when)}"
        expected = f"Le présent énoncé ne lie {name} qu'à compter de {approved}."
        assert said == ([] if number or on or not (body or when) else [expected]), (number, on, body, when)


def binds_once(case: Case) -> list[str]:
    """What the adopted text says of a ratification that is awaited: of a yes said with leave, and of nothing hidden."""
    says_yes = case.leave == "yes" and case.level in (*YES, "reservation")
    if not says_yes or case.ratified != "to ratify" or any(leave != "yes" for leave in case.left_out):
        return []
    said = "Le présent énoncé ne lie {name} qu'à compter de son approbation par le conseil, attendue en mars 2027."
    return [said.format(name=case.id)]


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_the_signature_section_of_the_adopted_text_line_by_line(level: str) -> None:
    signed = section(Composer(GUIDE).agreement(partnership(level), "fr", final=True), "signatures")
    assert signed is not None
    ordered = sorted(cases(level), key=lambda case: case.id)
    expected = [WORDS["fr"]["lead"], *(one for case in ordered for one in binds_once(case))]
    expected += [f"✍ {case.id}" for case in ordered]
    assert [one.replace("\u00a0", " ").replace("’", "'") for one in lines(signed.blocks)] == expected


def test_a_sentence_that_was_left_out_and_is_gone_is_not_quoted() -> None:
    case = Case("agree", "yes", ("yes",), "these words", "")
    changes = [Change(SENTENCE, "gather.objectives", "text@fr", "ouvrir le soir", "rows"), *case.changes()]
    told = apply(Partnership("aaaaaaaaaa"), changes, by="Marie", at=AT).partnership
    told = apply(told, [case.set("seen", points(GUIDE, public_view(GUIDE, told)))], by="Marie", at=AT).partnership
    now = (
        (REMOVED, True, False), ("text@fr", "fermer le soir", False), ("text@fr", "", False), (ORDER, "z", True),
        ("text@fr", "Ouvrir le soir, et le samedi.", True), ("text@fr", "ouvrir", True), ("text@en", "close", True),
    )  # fmt: skip
    for cell, value, quoted in now:
        change = Change(SENTENCE, "gather.objectives", cell, value, "rows")
        changed = apply(told, [change], by="Marie", at=AT).partnership
        signed = section(Composer(GUIDE).agreement(changed, "fr"), "signatures")
        assert signed is not None
        line = WORDS["fr"]["yes, except"].format(name=case.id)
        assert (line in [one.replace("\u00a0", " ") for one in lines(signed.blocks)]) == quoted, cell
