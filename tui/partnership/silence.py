"""The rule of silence and of absence: whom the partners' own rule counts beside the answers, and never as one of them.

Silence is no acceptance, save where the parties will it, by law or by circumstances (C.c.Q. 1394). So a rule is data of
its own: that it was made, the day by which an answer is due, who accepted it and when notice came. What is counted by
it is worked out of that and kept nowhere as an answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from tui.guide.guide_types import Guide
from tui.partnership.completion import answer_entry
from tui.partnership.partners import active
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date, is_date, last_day

RULE, ACCEPTED = "extra.decision_rule", "accepted"
SILENCE, ABSENCE = "silence", "absence"
BY_RULE = (SILENCE, ABSENCE)  # codes of a count, which no position has
# All else that is asked of a partner is adoption, signature, ratification, a commitment or money: no rule speaks there.
COUNTED = frozenset({"gather.procedures"})
_CODES = {"": SILENCE, "none": SILENCE, "absent": ABSENCE}  # the level of who said nothing, and of who was away


def by_rule(partnership: Partnership, question: str, levels: Mapping[str, str]) -> dict[str, str]:
    """Return whom the rule counts on a question: partner → "silence" or "absence"; `levels` are the answers by partner.

    Only a partner that accepted the rule, and got the notice no later than the day by which an answer was due, once
    that day has passed. For an absence the day of the notice is enough.
    """
    rule = answer_entry(partnership, RULE, ())
    if question not in COUNTED or rule is None or not partnership.day:
        return {}
    found = {}
    for row in partnership.rows(RULE, ACCEPTED):
        who = row.get("partner")
        if isinstance(who, str) and _bound(row, partnership.day):
            code = _CODES.get(levels.get(who, ""), "")
            if code == SILENCE and rule.get(SILENCE) is True and _past(rule, row, partnership.day):
                found[who] = SILENCE
            elif code == ABSENCE and rule.get(ABSENCE) is True:
                found[who] = ABSENCE
    present = {partner.id for partner in active(partnership)}
    return {who: code for who, code in found.items() if who in present}


def _bound(row: Entry, day: str) -> bool:
    """Return whether a partner had accepted the rule and got the notice by a day."""
    dates = (row.get("on"), row.get("notice"))
    return all(isinstance(date, str) and is_date(date) and last_day(date).isoformat() <= day for date in dates)


def _past(rule: Entry, row: Entry, day: str) -> bool:
    """Return whether the day by which an answer was due has passed, with the notice before it."""
    until, notice = rule.get("until"), str(row.get("notice"))
    return isinstance(until, str) and is_date(until) and notice <= until and last_day(until).isoformat() < day


def rule_words(guide: Guide, partnership: Partnership, counts: Mapping[str, int], lang: str) -> str:
    """« 1 sans réponse au 20 novembre 2026, règle du silence »; "" where the rule counts nobody."""
    rule = answer_entry(partnership, RULE, ())
    until = str(rule.get("until", "")) if rule is not None else ""
    said = []
    if counts.get(SILENCE):
        said.append(guide.word("by_silence", lang, n=counts[SILENCE], date=format_date(until, lang)))
    if counts.get(ABSENCE):
        said.append(guide.word("by_absence", lang, n=counts[ABSENCE]))
    return ("\u00a0; " if lang == "fr" else "; ").join(" ".join(text.split()) for text in said)


def with_rule(answers: str, by: str, lang: str) -> str:
    """What the rule counts, set apart behind the answers: « 5 accords ; 1 sans réponse au 20, règle du silence »."""
    return ("\u00a0; " if lang == "fr" else "; ").join(filter(None, (answers, by)))
