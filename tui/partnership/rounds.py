"""Rounds: a question put to each partner in turn at a meeting, free or with choices, and its answers counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import HELD, rows_of_meeting
from tui.partnership.partners import active_ids
from tui.partnership.values import Entry, Partnership
from tui.text.name_matching import fold

ROUNDS, ANSWERS = "rounds", "round_answers"
TEXT, CHOICES, ABOUT, MEETING = "text", "choices", "about", "meeting"  # fields of a round
PARTNER, LEAVE, ROUND = "partner", "leave", "round"  # fields of an answer, besides TEXT


def rounds_of(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the rounds of one meeting, in their order."""
    rows = rows_of_meeting(partnership, meeting, ROUNDS)
    return tuple(row for row in rows if row.text(TEXT, "fr"))


def rounds_about(partnership: Partnership, place: str) -> tuple[Entry, ...]:
    """Return the rounds about the sentence at `place` (« entry id/field »), in their order.

    Each keeps the words that the sentence had then.
    """
    rows = partnership.rows(HELD, ROUNDS)
    return tuple(row for row in rows if place and row.get(ABOUT) == place and row.text(TEXT, "fr"))


def choices_of(row: Entry, lang: str) -> tuple[str, ...]:
    """Return the choices of a round, which are typed with semicolons between them; () for a free question."""
    choices = (choice.strip() for choice in row.text(CHOICES, lang).split(";"))
    return tuple(dict.fromkeys(filter(None, choices)))


def choice_keys(choices: Sequence[str]) -> tuple[str, ...]:
    """Return what is typed for each choice: its number, from 1.

    A choice that is a single digit, as in « Combien de soirs ? ; 2 ; 3 », is typed as such; "" for another choice whose
    number that is.
    """
    digits = {choice for choice in choices if len(choice) == 1 and choice.isdecimal()}
    numbers = (str(number) for number in range(1, len(choices) + 1))
    return tuple(
        choice if choice in digits else "" if number in digits else number
        for choice, number in zip(choices, numbers, strict=True)
    )


def labelled_choices(choices: Sequence[str], space: str = " ") -> list[str]:
    """Return each choice behind what is typed for it, unless that is the choice itself."""
    keys = choice_keys(choices)
    return [
        choice if key in ("", choice) else f"{key}{space}{choice}" for key, choice in zip(keys, choices, strict=True)
    ]


def choice_meant(row: Entry, text: str, lang: str) -> str:
    """Return the choice that `text` names by words or number, else `text`. Raises BadValue for a number too high."""
    text, choices = text.strip(), choices_of(row, lang)
    by_words = next((choice for choice in choices if fold(choice) == fold(text)), None)
    if by_words is not None or not choices or not (text.isascii() and text.isdigit()):
        return text if by_words is None else by_words
    meant = dict(zip(choice_keys(choices), choices, strict=True)).get(text)
    if meant is None:
        raise BadValue(_("The choices are {choices}: give the number of one, or words.").format(
            choices=", ".join(labelled_choices(choices))))  # fmt: skip
    return meant


def answers_to(partnership: Partnership, row: Entry) -> Mapping[str, Entry]:
    """Return the answers to a round by partner id, in the order of the active partners."""
    answers = {str(answer.get(PARTNER)): answer for answer in partnership.rows(HELD, ANSWERS) if _is_to(answer, row)}
    return {partner_id: answers[partner_id] for partner_id in active_ids(partnership) if partner_id in answers}


def _is_to(answer: Entry, row: Entry) -> bool:
    """Return whether an answer is to this round and not empty."""
    return answer.get(ROUND) == row.id and bool(answer.text(TEXT, "fr"))


def count_of(partnership: Partnership, row: Entry, lang: str) -> dict[str, int]:
    """Return how many gave each answer: the choices in their order, then other words; {} for a free question."""
    choices = choices_of(row, lang)
    counts = Counter(answer.text(TEXT, lang) for answer in answers_to(partnership, row).values())
    if not choices:
        return {}
    order = [*choices, *(text for text in counts if text not in choices)]
    return {text: counts[text] for text in order if counts[text]}


def has_leave(answer: Entry) -> bool:
    """Return whether a partner gave leave to tell its answer to others by name."""
    return bool(answer.get(LEAVE) == "yes")
