"""Money that commitments promise: how much and to whom, by their fields or, if these are empty, by their sentence.

From a sentence only what is beyond doubt is read: a single amount, and a partner or group named right beside it
(« verser 8 000 $ par année à la Commission », “pay the Centre $2,000”).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.partnership.partners import active, group_members
from tui.partnership.values import Entry, Partnership, Value
from tui.text.amounts import amounts_in
from tui.text.french_names import split_article
from tui.text.name_matching import fold

CONTRIBUTIONS = "open.contributions"
GIVEN = ("confirmed", "accepted")  # the states of a contribution that was promised
# Parts of the patterns for folded sentences (lower case, no accents), in which `_SUM` stands for the amount.
_SUM = "#"
_CEILING = r"(?:jusqu'a|au plus|maximum|up to|at most) "
_OFTEN = r"(?: (?:par|chaque|a|per|each|every) \w+)?"  # « 8 000 $ par année »
_ARTICLE = r"(?:la |le |les |l'|the )?"
# What may follow a whole name: « à la Maison » must not match in « à la Maison des jeunes », another organisation.
_ENDS = r"(?=$|[,;.:()]| (?:pour|for|en|in|par|per|chaque|each|every|d'ici|by|before|avant|afin|et|and)(?!\w))"
_TO = rf"(?:a |au |aux |to ){_ARTICLE}"


def promises_money(row: Entry) -> bool:
    """Return whether a row is a contribution of money."""
    return row.question == CONTRIBUTIONS and row.get("type") == "money"


def promised_money(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the contributions of money that were confirmed or accepted, of active partners."""
    rows = partnership.rows(CONTRIBUTIONS, "rows")
    present = {partner.id for partner in active(partnership)}
    return tuple(
        row for row in rows if promises_money(row) and row.get("state") in GIVEN and present.intersection(row.givers)
    )


def promised_amount(row: Entry, lang: str) -> Value:
    """Return the promised amount as it is stored, {"amount": "8000", "currency": "CAD"}; None if there is none.

    It is the value of the field (also one that was not understood), else the only amount in the sentence, unless that
    is a ceiling.
    """
    text = row.text("text", lang)
    amounts = amounts_in(text, lang)
    if row.get("value") or row.text("ceiling", lang) or len(amounts) != 1:
        return row.get("value")
    start, _end, (amount, currency) = amounts[0]
    ceiling = re.search(_CEILING + "$", fold(text[:start]) + " ")
    return None if ceiling else {"amount": amount, "currency": currency}


def paid_to(partnership: Partnership, row: Entry, lang: str) -> Mapping[str, Any]:
    """Return {"ids": partner ids, "group": a group's id or ""} for those whom a row of money pays; {} for nobody.

    For a row of funding it is the value of its field; a contribution that is not money pays nobody.
    """
    recipients = row.get("recipients")
    if row.question == CONTRIBUTIONS and not promises_money(row):
        return {}
    if recipients is not None or not promises_money(row):
        return recipients if isinstance(recipients, dict) else {}
    recipients_named = _named(partnership, row.text("text", lang), lang)
    return recipients_named if recipients_named.get("ids") != list(row.givers) else {}


def _named(partnership: Partnership, text: str, lang: str) -> Mapping[str, Any]:
    """Return, as `paid_to` does, whom a sentence names beside its only amount; {} if that is in doubt."""
    amounts, owners = amounts_in(text, lang), _names(partnership)
    if len(amounts) != 1 or not owners:
        return {}
    start, end, _amount = amounts[0]
    sentence = fold(f"{text[:start]} {_SUM} {text[end:]}")
    name = "|".join(re.escape(known_name) for known_name in sorted(owners, key=len, reverse=True))
    list_of_names = rf"(?:{name})(?:(?:,| et| and) (?:{_TO}|{_ARTICLE})(?:{name}))*"
    # « verser jusqu'à 8 000 $ par année à la Commission », “pay the Centre up to $2,000”.
    after_sum = re.match(rf"\w+ (?:{_CEILING})?{_SUM}{_OFTEN} {_TO}({list_of_names}){_ENDS}", sentence)
    match = after_sum or re.match(rf"(?:pay|give|grant) {_ARTICLE}({list_of_names}) (?:{_CEILING})?{_SUM}", sentence)
    recipients = [owners[found_name] for found_name in re.findall(name, match[1])] if match else []
    ids = [partner_id for members, _group in recipients for partner_id in members]
    return {"ids": list(dict.fromkeys(ids)), "group": recipients[0][1] if len(recipients) == 1 else ""} if ids else {}


def _names(partnership: Partnership) -> dict[str, tuple[tuple[str, ...], str]]:
    """Return by folded name, in either language, (ids of the partners that it stands for, id of the group or "").

    Names that several partners or groups have are left out.
    """
    owners_by_name: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    groups = partnership.rows("extra.groups", "rows")
    for lang in ("fr", "en"):
        named = [(group.text("name", lang), group_members(partnership, group.id), group.id) for group in groups]
        for partner in active(partnership):
            named += [(name, (partner.id,), "") for name in (partner.name(lang), partner.short(lang))]
        for name, ids, group_id in named:
            folded = re.sub("^the ", "", fold(split_article(name)[1]))
            owners_by_name.setdefault(folded, set()).add((ids, group_id))
    return {name: next(iter(owners)) for name, owners in owners_by_name.items() if name and len(owners) == 1}
