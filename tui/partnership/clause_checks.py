"""The checks of a review on clauses: money, rules of decision, names of bodies, how commitments begin.

`review` turns each Check into a Finding; the three public generators are its levels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.bodies import foreign_bodies
from tui.partnership.completion import VOID, answer_entry, has_field, progress
from tui.partnership.conditions import watched_conditions
from tui.partnership.cost_shares import cost_lines, paid_to_others, same_amount, same_sum, unmatched_shares
from tui.partnership.partners import active, find_partner
from tui.partnership.privacy import public_view
from tui.partnership.promised_money import paid_to, promised_money
from tui.partnership.values import Entry, Partnership
from tui.text.amounts import format_amount
from tui.text.dates import format_date, is_date, last_day
from tui.text.french_names import fill_sentence
from tui.text.infinitives import begins_with_infinitive
from tui.text.name_matching import fold

Where = tuple[str, str, str, str]  # ids of (question, partner, entry, field), "" for none: where something is put right
Check = tuple[str, str, str, Where]  # (kind, what to ask, why it matters, where it is put right)
FUNDING, CONTRIBUTIONS, LEGAL = "commit.funding", "open.contributions", "extra.legal"
_SETTLED = (None, "acquired")  # the statuses of money that the document prints
_EXPLAINED = 3  # words: a rule counts as explained if its text has so many besides its name


def where(row: Entry, field: str) -> Where:
    """Return the place of a field of a row."""
    return row.question, (row.givers or ("",))[0], row.id, field


def essential_checks(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield money without obligation, services without a contract, costs that do not add up, a past review date."""
    legal = answer_entry(partnership, LEGAL, ())
    own_clause = legal.text("text", lang) if legal is not None else ""
    void = progress(partnership, guide.question(LEGAL)).state == VOID
    is_open = not own_clause and not void  # the legal nature was neither worded by the partners nor set aside
    paid = next(_money_between(partnership, lang), None)
    promised = paid or next(_accepted_money(partnership), None)
    why = _("Readers cannot tell which of the two holds.")
    if promised is not None and is_open and legal is not None and legal.get("nature") == "intention":
        words = _("Money is promised, and no legal obligation is intended: which of the two stays?")
        yield "money_nature", words, why, (LEGAL, "", LEGAL, "nature")
    if paid is not None and is_open and not has_field(legal, "nature"):
        words = _("Money goes from partner to partner, and paid services have an agreement of their own: where is it?")
        yield "money_services", words, why, where(paid, "recipients")
    yield from _costs(partnership, lang)
    review_date = answer_entry(partnership, "extra.review", ())
    on = review_date.get("date") if review_date is not None else None
    if isinstance(on, str) and is_date(on) and partnership.day and last_day(on).isoformat() < partnership.day:
        words = _("The review date, {date}, has passed: when is the next one?").format(date=format_date(on, lang))
        yield "review_past", words, _("A date keeps the agreement alive."), ("extra.review", "", "extra.review", "date")


def advice_checks(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield conditions to watch, amounts without a recipient or listed twice, unnamed bodies, unexplained rules."""
    yield from _conditions_to_watch(partnership, lang)
    for row in unmatched_shares(partnership, lang):
        words = _("“{item}”: which line of the budget is it?").format(item=row.text("item", lang))
        yield (
            "cost_line",
            words,
            _("Shares are compared with a line of the budget by its name and its year."),
            where(row, "item"),
        )
    for row in partnership.rows(FUNDING, "rows"):
        if row.get("amount") and row.get("status") in _SETTLED and not _ids(row, "recipients"):
            words = _("The money from {source}: whom is it for?").format(source=row.text("source", lang) or "?")
            yield "money_for", words, _("An amount is for a partner or for a group."), where(row, "recipients")
    for row in promised_money(partnership):
        if not paid_to(partnership, row, lang):
            words = _("“{text}”: whom is this money for?").format(text=row.text("text", lang).strip() or "?")
            yield "money_for", words, _("An amount is for a partner or for a group."), where(row, "recipients")
    yield from _perhaps_twice(partnership, lang)
    yield from _foreign_bodies(guide, partnership, lang)
    rule = answer_entry(partnership, "extra.decision_rule", ())
    rule_texts = [(rule, "rule")] if rule is not None else []
    rule_texts += [(row, "decision") for row in partnership.rows("gather.governance", "bodies")]
    # What the partnership's own rule explains, a body need not explain again.
    own_rules = _rules_named(guide, rule.text("rule", lang), lang) if rule is not None else {}
    explained_codes = {code for code, explained in own_rules.items() if explained}
    for entry, field in rule_texts:
        rules_named = _rules_named(guide, entry.text(field, lang), lang)
        if any(not explained and code not in explained_codes for code, explained in rules_named.items()):
            words = _("“{rule}”: what does it mean here?").format(rule=entry.text(field, lang).strip())
            yield "unexplained_rule", words, _("The same word means another thing elsewhere."), where(entry, field)


def _costs(partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield the lines of the budget whose shares do not add up to the budgeted amount."""
    for line in cost_lines(partnership, lang):
        difference = line.difference
        if difference:
            item = " ".join(filter(None, (line.item, line.year)))
            amounts = (line.budgeted or 0, line.shared, abs(difference))
            budgeted, shared, gap = (format_amount(f"{amount:.2f}", line.currency, lang) for amount in amounts)
            question = (
                _("“{item}”: {budgeted} budgeted, {shared} shared. Who pays the {between} that are left?")
                if difference > 0
                else _("“{item}”: {budgeted} budgeted, {shared} shared. Where do {between} more come from?")
            )
            words = question.format(item=item, budgeted=budgeted, shared=shared, between=gap)
            yield "cost_sum", words, _("What each pays has to add up to the budget."), where(line.budget[0], "amount")


def _perhaps_twice(partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield money without a payer whose amount a partner promises too: the document might list it twice."""
    promised = [row for row in partnership.rows(CONTRIBUTIONS, "rows") if row.get("type") == "money" and row.givers]
    for row in partnership.rows(FUNDING, "rows"):
        if row.givers or row.get("status") not in _SETTLED:
            continue
        alike = [
            promise
            for promise in promised
            if same_amount(row, promise, lang)
            and not same_sum(partnership, row, promise, lang)
            and not paid_to_others(partnership, row, promise, lang)
        ]
        partner = find_partner(partnership, alike[0].givers[0]) if alike else None
        if partner is not None:
            words = _("The money from {source} and what {name} promises are as much: are they one sum?")
            name = partner.in_sentence(lang) or _("unnamed organization")
            words = fill_sentence(words, source=row.text("source", lang) or "?", name=name)
            yield "money_twice", words, _("Say who pays it, and it is listed once."), where(row, "partners")


def _foreign_bodies(guide: Guide, partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield the bodies that the document names and that have no name in `lang`: it says « instance dirigeante » then.

    They are sought in the public view, since the document prints no others.
    """
    if next(foreign_bodies(partnership, lang), None) is None:
        return
    for partner, entry, field in foreign_bodies(public_view(guide, partnership), lang):
        words = _("“{body}”, at {name}: what is this body called in this language?")
        name = partner.in_sentence(lang) or _("unnamed organization")
        words = fill_sentence(words, body=entry.text(field, lang).strip(), name=name)
        why = _("Until then the document says “its governing body”.")
        yield "untranslated_body", words, why, (entry.question, partner.id, entry.id, field)


def _conditions_to_watch(partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield the conditions to watch, each with its partner only, since its text is private."""
    for row in watched_conditions(partnership):
        partner = find_partner(partnership, row.subject[0])
        name = (partner.in_sentence(lang) if partner is not None else "") or _("unnamed organization")
        words = fill_sentence(_("Something is to be watched for {name}: how does it stand?"), name=name)
        yield "watched", words, _("What was to be watched is asked at the review."), where(row, "state")


def wording_checks(partnership: Partnership, lang: str) -> Iterator[Check]:
    """Yield the commitments that do not begin with an infinitive, as « s'engage à : » and « entend : » require."""
    legal = answer_entry(partnership, LEGAL, ())
    intends = legal is not None and legal.get("nature") == "intention" and not legal.text("text", lang)
    question = (
        _("“{text}”: how does it read after “intends to”?")
        if intends
        else _("“{text}”: how does it read after “undertakes to”?")
    )
    for row in partnership.rows(CONTRIBUTIONS, "rows"):
        text = row.get(f"text@{lang}")
        is_printed = row.get("state") in ("confirmed", "accepted")
        if is_printed and isinstance(text, str) and text.strip() and not begins_with_infinitive(text, lang):
            words = question.format(text=text.strip())
            yield "no_infinitive", words, _("A commitment begins with a verb: lend, welcome."), where(row, "text")


def _money_between(partnership: Partnership, lang: str) -> Iterator[Entry]:
    """Yield the rows of money and the commitments of money that one partner pays and another receives."""
    active_ids = {partner.id for partner in active(partnership)}
    settled = [row for row in partnership.rows(FUNDING, "rows") if row.get("status") in _SETTLED]
    for row in (*settled, *promised_money(partnership)):
        payers = active_ids.intersection(row.givers)
        recipients = active_ids.intersection(paid_to(partnership, row, lang).get("ids", ()))
        if payers and recipients - payers:
            yield row


def _accepted_money(partnership: Partnership) -> Iterator[Entry]:
    """Yield the commitments of money that were accepted, whoever made them."""
    for row in partnership.rows(CONTRIBUTIONS, "rows"):
        if row.get("type") == "money" and row.get("state") == "accepted":
            yield row


def _ids(row: Entry, field: str) -> set[str]:
    value = row.get(field)
    ids = value.get("ids") if isinstance(value, dict) else None
    return set(map(str, ids)) if isinstance(ids, list | tuple) else set()


def _rules_named(guide: Guide, text: str, lang: str) -> dict[str, bool]:
    """Return by code whether a text explains each rule of the guide that it names."""
    words = re.findall(r"\w+", fold(text))
    explained: dict[str, bool] = {}
    for code in guide.definitions["decision_rule"]:
        name = re.findall(r"\w+", fold(guide.choice("decision_rule", code, lang)))
        main_words = {word for word in name if len(word) > 3}  # without articles and prepositions
        if main_words and main_words <= set(words):
            explained[code] = len(words) - len(name) >= _EXPLAINED
    return explained
