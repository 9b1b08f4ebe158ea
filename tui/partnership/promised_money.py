"""Money that a commitment promises: how much, and to whom, by its fields or, where they are empty, by its own sentence.

Only what a sentence says beyond doubt is taken from it: one amount, and a partner or a group named right beside it
(« verser 8 000 $ par année à la Commission », “pay the Centre $2,000”). A field says otherwise at any time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tui.partnership.partners import active, group_members
from tui.partnership.values import Entry, Partnership, Value
from tui.text.amounts import amounts_in
from tui.text.french_names import typed_article
from tui.text.name_matching import fold

CONTRIBUTIONS = "open.contributions"
GIVEN = ("confirmed", "accepted")
_SUM = "#"  # stands for the amount in a folded sentence
_CEILING = r"(?:jusqu'a|au plus|maximum|up to|at most) "
_OFTEN = r"(?: (?:par|chaque|a|per|each|every) \w+)?"  # « 8 000 $ par année »
_ARTICLE = r"(?:la |le |les |l'|the )?"
# What may follow a name that is told whole: « à la Maison » is not « à la Maison des jeunes », who may be another.
_ENDS = r"(?=$|[,;.:()]| (?:pour|for|en|in|par|per|chaque|each|every|d'ici|by|before|avant|afin|et|and)(?!\w))"
_TO = rf"(?:a |au |aux |to ){_ARTICLE}"


def promises_money(row: Entry) -> bool:
    """Return whether a row is a contribution of money."""
    return row.question == CONTRIBUTIONS and row.get("type") == "money"


def promised_money(partnership: Partnership) -> tuple[Entry, ...]:
    """Return the contributions of money that were confirmed or accepted, by those who still take part."""
    rows = partnership.rows(CONTRIBUTIONS, "rows")
    present = {partner.id for partner in active(partnership)}
    return tuple(
        row for row in rows if promises_money(row) and row.get("state") in GIVEN and present.intersection(row.givers)
    )


def promised_amount(row: Entry, lang: str) -> Value:
    """Return the amount as it is stored, {"amount": "8000", "currency": "CAD"}, or as typed; None where none is told.

    Without one in its field it is the only amount of the sentence, unless that is said to be a ceiling.
    """
    text = row.text("text", lang)
    found = amounts_in(text, lang)
    if row.get("value") or row.text("ceiling", lang) or len(found) != 1:
        return row.get("value")
    start, _end, (amount, currency) = found[0]
    ceiling = re.search(_CEILING + "$", fold(text[:start]) + " ")
    return None if ceiling else {"amount": amount, "currency": currency}


def paid_to(partnership: Partnership, row: Entry, lang: str) -> Mapping[str, Any]:
    """Return {"ids": partner ids, "group": a group's id or ""} of those whom a row of money pays; {} for nobody.

    For a row of the funding it is what its field says, for a contribution that is not money nobody.
    """
    told = row.get("recipients")
    if row.question == CONTRIBUTIONS and not promises_money(row):
        return {}
    if told is not None or not promises_money(row):
        return told if isinstance(told, dict) else {}
    found = _named(partnership, row.text("text", lang), lang)
    return found if found.get("ids") != list(row.givers) else {}


def _named(partnership: Partnership, text: str, lang: str) -> Mapping[str, Any]:
    """Whom a sentence names beside its one amount; {} where it may be anybody."""
    amounts, known = amounts_in(text, lang), _names(partnership)
    if len(amounts) != 1 or not known:
        return {}
    start, end, _amount = amounts[0]
    said = fold(f"{text[:start]} {_SUM} {text[end:]}")
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    several = rf"(?:{names})(?:(?:,| et| and) (?:{_TO}|{_ARTICLE})(?:{names}))*"
    behind = re.match(rf"\w+ (?:{_CEILING})?{_SUM}{_OFTEN} {_TO}({several}){_ENDS}", said)
    found = behind or re.match(rf"(?:pay|give|grant) {_ARTICLE}({several}) (?:{_CEILING})?{_SUM}", said)
    meant = [known[name] for name in re.findall(names, found[1])] if found else []
    ids = [partner for members, _group in meant for partner in members]
    return {"ids": list(dict.fromkeys(ids)), "group": meant[0][1] if len(meant) == 1 else ""} if ids else {}


def _names(partnership: Partnership) -> dict[str, tuple[tuple[str, ...], str]]:
    """Each folded name, in either language, that is one partner's or one group's: (the partners' ids, its id or "")."""
    called: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    groups = partnership.rows("extra.groups", "rows")
    for lang in ("fr", "en"):
        said = [(group.text("name", lang), group_members(partnership, group.id), group.id) for group in groups]
        for partner in active(partnership):
            said += [(name, (partner.id,), "") for name in (partner.name(lang), partner.short(lang))]
        for name, ids, group_id in said:
            called.setdefault(re.sub("^the ", "", fold(typed_article(name)[1])), set()).add((ids, group_id))
    return {name: next(iter(whose)) for name, whose in called.items() if name and len(whose) == 1}
