"""The partners' own rule on silence and absence: which partners are counted though they gave no answer.

By law silence is not acceptance unless the parties want it, or the law or circumstances make it so (C.c.Q. 1394).
Therefore the rule is data of its own: whether there is one, the day by which an answer is due, which partners accepted
it, and when they got notice of the question. Whom it counts is derived from these and never stored as an answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.guide.guide_types import Guide
from tui.partnership.completion import answer_entry
from tui.partnership.partners import active
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date, is_date, last_day

RULE, ACCEPTED = "extra.decision_rule", "accepted"  # the question that holds the rule, its list of partners
SILENCE, ABSENCE = "silence", "absence"
RULE_CODES = (SILENCE, ABSENCE)  # the codes under which partners are counted by the rule; no position has them
# Ids of the questions to which the rule applies: never adoption, signature, ratification, commitments or money.
QUESTIONS_UNDER_RULE = frozenset({"gather.procedures"})
_CODES = {"": SILENCE, "none": SILENCE, "absent": ABSENCE}  # by the level of a partner without an answer


def partners_by_rule(partnership: Partnership, question: str, levels: Mapping[str, str]) -> dict[str, str]:
    """Return by partner id SILENCE or ABSENCE for the partners that the rule counts on a question.

    `levels` are the levels of the positions by partner id. The rule counts a partner that accepted it and got notice.
    For silence, the notice must have come by the day on which an answer was due, and that day must have passed.
    """
    rule = answer_entry(partnership, RULE, ())
    if question not in QUESTIONS_UNDER_RULE or rule is None or not partnership.day:
        return {}
    codes = {}
    for row in partnership.rows(RULE, ACCEPTED):
        partner_id = row.get("partner")
        if isinstance(partner_id, str) and _is_bound(row, partnership.day):
            code = _CODES.get(levels.get(partner_id, ""), "")
            if code == SILENCE and rule.get(SILENCE) is True and _is_past_due(rule, row, partnership.day):
                codes[partner_id] = SILENCE
            elif code == ABSENCE and rule.get(ABSENCE) is True:
                codes[partner_id] = ABSENCE
    active_ids = {partner.id for partner in active(partnership)}
    return {partner_id: code for partner_id, code in codes.items() if partner_id in active_ids}


def _is_bound(row: Entry, day: str) -> bool:
    """Return whether a partner had accepted the rule and got notice by an ISO day; `row` notes both."""
    dates = (row.get("on"), row.get("notice"))
    return all(isinstance(date, str) and is_date(date) and last_day(date).isoformat() <= day for date in dates)


def _is_past_due(rule: Entry, row: Entry, day: str) -> bool:
    """Return whether the day on which an answer was due has passed, and the notice had come by then."""
    until, notice = rule.get("until"), str(row.get("notice"))
    return isinstance(until, str) and is_date(until) and notice <= until and last_day(until).isoformat() < day


def rule_words(guide: Guide, partnership: Partnership, counts: Mapping[str, int], lang: str) -> str:
    """Return « 1 sans réponse au 20 novembre 2026, règle du silence »; "" if the rule counts nobody.

    `counts` are the numbers of partners by code, as in `positions.tallies`.
    """
    rule = answer_entry(partnership, RULE, ())
    until = str(rule.get("until", "")) if rule is not None else ""
    parts = []
    if counts.get(SILENCE):
        parts.append(guide.word("by_silence", lang, n=counts[SILENCE], date=format_date(until, lang)))
    if counts.get(ABSENCE):
        parts.append(guide.word("by_absence", lang, n=counts[ABSENCE]))
    return ("\u00a0; " if lang == "fr" else "; ").join(" ".join(text.split()) for text in parts)


def join_rule_words(answers: str, counted_by_rule: str, lang: str) -> str:
    """Return the counts of answers and, after a semicolon, of those counted by the rule; either may be "".

    « 5 accords ; 1 sans réponse au 20 novembre, règle du silence »
    """
    return ("\u00a0; " if lang == "fr" else "; ").join(filter(None, (answers, counted_by_rule)))
