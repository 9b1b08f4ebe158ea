"""The kinds of field: what is given, read to the value that is stored; and the stored value in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tui.guide.types import Field, Guide
from tui.project.partners import ALL, WHO, active, find, find_group, group_members, partner
from tui.project.values import Project, Value
from tui.text.amounts import format_amount, parse_amount
from tui.text.clean import clean, one_line
from tui.text.dates import format_date, format_period, parse_date, parse_period
from tui.text.names import fold
from tui.words import _


class BadValue(ValueError):
    """A value that a field cannot hold; the message says what was given and what is expected."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a value may need: the guide's choices, the project's partners, the language typed in."""

    guide: Guide
    project: Project
    lang: str = "fr"


def read_value(reading: Reading, field: Field, raw: Value) -> Value:
    """The value to store for what was given; None clears the field. BadValue when the field cannot hold it."""
    if raw is None:
        return None
    if raw == "" and field.kind not in ("line", "prose", "effort"):
        return None
    return _READERS[field.kind](reading, field, raw)


def _line(reading: Reading, field: Field, raw: Value) -> str:
    return one_line(_text(field, raw))


def _prose(reading: Reading, field: Field, raw: Value) -> str:
    return clean(_text(field, raw))


def _text(field: Field, raw: Value) -> str:
    if not isinstance(raw, str):
        raise BadValue(_("“{field}” takes a text, not {value}").format(field=field.id, value=_short(raw)))
    return raw


def _short(raw: Value) -> str:
    text = one_line(str(raw))
    return text if len(text) <= 60 else text[:59] + "…"


def _choice(reading: Reading, field: Field, raw: Value) -> str:
    codes = reading.guide.choices[field.choices]
    text = one_line(_text(field, raw))
    if text in codes:
        return text
    wanted = fold(text)
    for code, words in codes.items():
        if wanted in (fold(words.fr), fold(words.en)):
            return code
    raise BadValue(
        _("“{value}” is no choice of “{field}”; it takes one of: {codes}").format(
            value=_short(text), field=field.id, codes=", ".join(codes)
        )
    )


def _flag(reading: Reading, field: Field, raw: Value) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(raw) if isinstance(raw, str) else ""
    if word in ("oui", "yes", "true", "vrai", "x", "1"):
        return True
    if word in ("non", "no", "false", "faux", "0"):
        return False
    raise BadValue(_("“{field}” takes yes or no, not {value}").format(field=field.id, value=_short(raw)))


def _number(reading: Reading, field: Field, raw: Value) -> int:
    if isinstance(raw, str) and raw.strip().isascii() and raw.strip().isdigit() and len(raw.strip()) < 10:
        return int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 10**9:
        return raw
    raise BadValue(_("“{field}” takes a whole number, not {value}").format(field=field.id, value=_short(raw)))


def _date(reading: Reading, field: Field, raw: Value) -> str:
    found = parse_date(raw, reading.lang) if isinstance(raw, str) else None
    if found is None:
        raise BadValue(
            _("“{value}” is no date; write 2026, November 2026 or 22 November 2026").format(value=_short(raw))
        )
    return found


def _period(reading: Reading, field: Field, raw: Value) -> dict[str, str]:
    if isinstance(raw, Mapping):
        start, end = (_date(reading, field, raw[name]) if raw.get(name) else "" for name in ("start", "end"))
        if start or end:
            return _in_order(start, end, raw)
    found = parse_period(raw, reading.lang) if isinstance(raw, str) else None
    if found is None:
        raise BadValue(_("“{value}” is no period; write October 2026 to March 2027").format(value=_short(raw)))
    return {"start": found[0], "end": found[1]}


def _in_order(start: str, end: str, raw: Value) -> dict[str, str]:
    width = min(len(start), len(end))
    if start and end and start[:width] > end[:width]:
        raise BadValue(_("“{value}” ends before it begins").format(value=_short(raw)))
    return {"start": start, "end": end}


def _amount(reading: Reading, field: Field, raw: Value) -> dict[str, str]:
    text = raw
    if isinstance(raw, Mapping) and isinstance(raw.get("amount"), (str, int)):
        text = f"{raw['amount']} {raw.get('currency', 'CAD')}"
    elif isinstance(raw, int) and not isinstance(raw, bool):
        text = str(raw)
    found = parse_amount(text, reading.lang) if isinstance(text, str) else None
    if found is None:
        raise BadValue(_("“{value}” is no amount; write 12 000 $ or 12000 CAD").format(value=_short(raw)))
    return {"amount": found[0], "currency": found[1]}


def _partner(reading: Reading, field: Field, raw: Value) -> str:
    return partner_id(reading.project, _text(field, raw))


def partner_id(project: Project, text: str) -> str:
    """The id of the one partner a person means. BadValue when none or several may be meant."""
    found = find(project, text)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise BadValue(_("no partner is called “{name}”").format(name=_short(text)))
    raise BadValue(
        _("several partners are called “{name}”: use an id, one of {ids}").format(
            name=_short(text), ids=", ".join(one.id for one in found)
        )
    )


def _partners(reading: Reading, field: Field, raw: Value) -> dict[str, Value] | None:
    """Ids, names, "all" or a group; an "except" list takes some out. Ids are what is stored (contracts.md)."""
    project = reading.project
    names, group, out = raw, "", []
    if isinstance(raw, Mapping):
        names, group, out = raw.get("ids", []), str(raw.get("group", "")), raw.get("except", [])
    names = [names] if isinstance(names, str) else names
    if not isinstance(names, list) or not isinstance(out, list):
        raise BadValue(_("“{field}” takes a list of partners").format(field=field.id))
    ids: list[str] = []
    for name in names or ([group] if group else []):
        text = _text(field, name)
        known = None if fold(text) in (ALL, "tous", "toutes") else find_group(project, text)
        if fold(text) in (ALL, "tous", "toutes"):
            group, members = ALL, group_members(project, ALL)
        elif known is not None and not find(project, text):
            group, members = known.id, group_members(project, known.id)
        else:
            members = (partner_id(project, text),)
        ids += [one for one in members if one not in ids]
    left_out = {partner_id(project, _text(field, name)) for name in out}
    ids = [one for one in ids if one not in left_out]
    return {"ids": ids, "group": group} if ids else None


def _someone(reading: Reading, field: Field, raw: Value) -> dict[str, str]:
    """A partner or a person of the partnership by id or name; anyone else by name alone."""
    project = reading.project
    if isinstance(raw, Mapping):
        for key in ("partner", "person", "name"):
            if isinstance(raw.get(key), str) and raw[key].strip():
                return _referred(project, key, raw[key])
        raise BadValue(_("“{field}” takes a partner, a person or a name").format(field=field.id))
    text = one_line(_text(field, raw))
    known = find(project, text)
    if len(known) == 1:
        return {"partner": known[0].id}
    person = _person(project, text)
    return {"person": person} if person else {"name": text}


def _referred(project: Project, key: str, text: str) -> dict[str, str]:
    if key == "partner":
        return {"partner": partner_id(project, text)}
    if key == "person":
        return {"person": _person(project, text)} if _person(project, text) else {"name": one_line(text)}
    return {"name": one_line(text)}


def _person(project: Project, text: str) -> str:
    wanted = fold(text)
    found = [row.id for row in project.rows(WHO, "people") if row.id == text or fold(row.text("name", "fr")) == wanted]
    return found[0] if len(found) == 1 else ""


def _someones(reading: Reading, field: Field, raw: Value) -> list[dict[str, str]] | None:
    listed: Iterable[Value] = raw if isinstance(raw, list) else _text(field, raw).replace(";", ",").split(",")
    if isinstance(raw, str) and fold(raw) in (ALL, "tous", "toutes", "tous les partenaires", "all the partners"):
        listed = [{"partner": one.id} for one in active(reading.project)]
    found = [_someone(reading, field, one) for one in listed if not (isinstance(one, str) and not one.strip())]
    return found or None


def _record(reading: Reading, field: Field, raw: Value) -> Value:
    if not isinstance(raw, (dict, str)):
        raise BadValue(_("“{field}” is kept by the program").format(field=field.id))
    return raw


_READERS: dict[str, Callable[[Reading, Field, Any], Value]] = {
    "line": _line,
    "effort": _line,
    "prose": _prose,
    "choice": _choice,
    "flag": _flag,
    "number": _number,
    "date": _date,
    "period": _period,
    "amount": _amount,
    "partner": _partner,
    "partners": _partners,
    "someone": _someone,
    "someones": _someones,
    "reference": _line,
    "record": _record,
}


def in_words(reading: Reading, field: Field, value: Value) -> str:
    """A stored value as a person would write it in `reading.lang`, so that reading it again gives the same value."""
    if value is None:
        return ""
    if isinstance(value, Mapping) and "typed" in value:  # typed but not understood: kept as it was
        return str(value["typed"])
    return _WRITERS.get(field.kind, _as_text)(reading, field, value)


def _as_text(reading: Reading, field: Field, value: Value) -> str:
    return value if isinstance(value, str) else str(value)


def _write_partners(reading: Reading, field: Field, value: Value) -> str:
    project, lang = reading.project, reading.lang
    return ", ".join(_partner_name(project, one, lang) for one in value.get("ids", ()))


def _partner_name(project: Project, name: str, lang: str) -> str:
    known = partner(project, name)
    return (known.name(lang) if known else "") or name


def someone_name(project: Project, value: Value, lang: str) -> str:
    """The name of a partner, a person or anyone else that a `someone` value refers to; "" when it is not to be seen."""
    if not isinstance(value, Mapping):
        return ""
    if "partner" in value:
        known = partner(project, str(value["partner"]))
        return known.name(lang) if known else ""
    if "person" in value:
        entry = project.entry(str(value["person"]))
        return entry.text("name", lang) if entry else ""
    return str(value.get("name", ""))


_WRITERS: dict[str, Callable[[Reading, Field, Any], str]] = {
    "choice": lambda reading, field, value: reading.guide.choice(field.choices, value, reading.lang),
    "flag": lambda reading, field, value: _("yes") if value else _("no"),
    "date": lambda reading, field, value: format_date(str(value), reading.lang),
    "period": lambda reading, field, value: format_period(value.get("start", ""), value.get("end", ""), reading.lang),
    "amount": lambda reading, field, value: format_amount(value["amount"], value["currency"], reading.lang),
    "partner": lambda reading, field, value: _partner_name(reading.project, str(value), reading.lang),
    "partners": _write_partners,
    "someone": lambda reading, field, value: someone_name(reading.project, value, reading.lang),
    "someones": lambda reading, field, value: ", ".join(
        someone_name(reading.project, one, reading.lang) for one in value
    ),
}
