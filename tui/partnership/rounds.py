"""A question of the moment put to each in turn at a meeting: free or with choices; who said what, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import HELD, belonging
from tui.partnership.partners import active_ids
from tui.partnership.values import Entry, Partnership
from tui.text.name_matching import fold

ROUNDS, ANSWERS = "rounds", "round_answers"
TEXT, CHOICES, ABOUT, MEETING = "text", "choices", "about", "meeting"  # of a question put
PARTNER, LEAVE, ROUND = "partner", "leave", "round"  # of an answer, besides its text


def rounds_of(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the questions put at one meeting, in their order."""
    rows = belonging(partnership, meeting, ROUNDS)
    return tuple(row for row in rows if row.text(TEXT, "fr"))


def rounds_about(partnership: Partnership, slot: str) -> tuple[Entry, ...]:
    """Return the questions put about one sentence (the id of its entry and its field, joined by "/"), in their order.

    Each keeps the wording of then.
    """
    rows = partnership.rows(HELD, ROUNDS)
    return tuple(row for row in rows if slot and row.get(ABOUT) == slot and row.text(TEXT, "fr"))


def choices_of(row: Entry, lang: str) -> tuple[str, ...]:
    """Return the choices of a question in their order; () where each answers in its own words."""
    said = (choice.strip() for choice in row.text(CHOICES, lang).split(";"))
    return tuple(dict.fromkeys(filter(None, said)))


def choice_meant(row: Entry, text: str, lang: str) -> str:
    """Return the choice meant by its number or words; other words as they are. Raises BadValue for another number."""
    text, choices = text.strip(), choices_of(row, lang)
    if choices and text.isascii() and text.isdigit():
        if not 1 <= int(text[:3]) <= len(choices):
            raise BadValue(_("The choices are {choices}: give the number of one, or words.").format(
                choices=", ".join(f"{number} {choice}" for number, choice in enumerate(choices, 1))))  # fmt: skip
        return choices[int(text) - 1]
    return next((choice for choice in choices if fold(choice) == fold(text)), text)


def answers_to(partnership: Partnership, row: Entry) -> Mapping[str, Entry]:
    """Return what was answered to a question, by the id of the partner, in the order of the partners that take part."""
    given = {str(answer.get(PARTNER)): answer for answer in partnership.rows(HELD, ANSWERS) if _answers(answer, row)}
    return {name: given[name] for name in active_ids(partnership) if name in given}


def _answers(answer: Entry, row: Entry) -> bool:
    return answer.get(ROUND) == row.id and bool(answer.text(TEXT, "fr"))


def count_of(partnership: Partnership, row: Entry, lang: str) -> dict[str, int]:
    """Return how many gave each answer: the choices in their order, then other words; of a free question {}."""
    choices = choices_of(row, lang)
    said = Counter(answer.text(TEXT, lang) for answer in answers_to(partnership, row).values())
    if not choices:
        return {}
    order = [*choices, *(text for text in said if text not in choices)]
    return {text: said[text] for text in order if said[text]}


def may_be_told(answer: Entry) -> bool:
    """Return whether its partner lets an answer be told to others."""
    return bool(answer.get(LEAVE) == "yes")
