"""Partners and people named in a text: read to ids, and written so that reading gives the same ids again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide
from tui.i18n import _
from tui.partnership.partners import ALL, PEOPLE, WHO, active, find, find_group, find_partner, group_members, group_name
from tui.partnership.values import Partnership, Value
from tui.text.clean import one_line
from tui.text.name_matching import fold

EVERYONE = {"fr": "tous les partenaires", "en": "all the partners"}
_EVERYONE = frozenset({ALL, "tous", "toutes", *EVERYONE.values()})
_AND, _AND_FIRST = re.compile(r"(?i)\s+(?:et|and|&)\s+"), re.compile(r"(?i)^(?:et|and)\s+")
_EXCEPT = re.compile(r"(?i),?\s+(?:sauf|except)\s+")
_LONGEST = 5  # pieces between commas that may be one name


def partner_id(partnership: Partnership, text: str) -> str:
    """Return the id of the one partner a person means. Raises BadValue if none or several may be meant."""
    found = find(partnership, text)
    if len(found) == 1:
        return found[0].id
    if not found:
        raise BadValue(_("no partner is called “{name}”").format(name=short(text)))
    raise BadValue(
        _("several partners are called “{name}”: use an id, one of {ids}").format(
            name=short(text), ids=", ".join(partner.id for partner in found)
        )
    )


def read_partner(reading: ParseContext, field: Field, raw: Value) -> str:
    """Return the id of a partner given by id or name."""
    return partner_id(reading.partnership, as_text(field, raw))


def read_partners(reading: ParseContext, field: Field, raw: Value) -> dict[str, Value] | None:
    """Return {"ids": partner ids, "group": "all", a group's name or ""} of what was given; None for nobody.

    `raw` is a text of names, a list, or the value as it is stored; an "except" list takes some out. Ids are what is
    stored (docs/contracts.md). Raises BadValue for anything else, and for a name that nobody has.
    """
    partnership = reading.partnership
    names, group, out, unknown = raw, "", [], ""
    if isinstance(raw, Mapping):
        unknown = next((str(key) for key in raw if key not in ("ids", "group", "except")), "")
        names, group, out = raw.get("ids", []), raw.get("group", ""), raw.get("except", [])
    elif isinstance(raw, str):
        names, out = _typed(partnership, raw)
    if unknown or not isinstance(names, list) or not isinstance(out, list) or not isinstance(group, str):
        raise BadValue(_("“{field}” takes a list of partners").format(field=field.id))
    ids: list[str] = []
    if group:
        group, members = (ALL, group_members(partnership, ALL)) if group == ALL else _several(partnership, group)
        ids += () if names else members
    for name in names:
        known, members = _several(partnership, as_text(field, name))
        group = known or group
        ids += [member for member in members if member not in ids]
    left_out = {partner_id(partnership, as_text(field, name)) for name in out}
    ids = [partner_id for partner_id in ids if partner_id not in left_out]
    return {"ids": ids, "group": group} if ids else None


def _typed(partnership: Partnership, text: str) -> tuple[list[str], list[str]]:
    """Return the names in « les organismes locaux, sauf A et B » or « A, B »: those meant, and those left out.

    A name may itself hold the word « sauf »: it is read as that name wherever all of the text can be read so.
    """

    def known(name: str) -> bool:
        return is_name(partnership, name) or fold(name) in _EVERYONE

    names = listed(text, known)
    if all(map(known, names)):
        return names, []
    found = [(match.start(), match.end()) for match in _EXCEPT.finditer(text) if text[: match.start()].strip()]
    splits = [(listed(text[:start], known), listed(text[end:], known)) for start, end in found]
    whole = [(kept, out) for kept, out in splits if all(map(known, (*kept, *out)))]
    return (whole or splits or [(names, [])])[0]


def unknown_names(partnership: Partnership, kind: str, text: str) -> tuple[str, ...]:
    """Return the names typed in a field of `kind` "partner" or "partners" that no partner or group is called by."""
    if kind == "partner":
        names = [one_line(text)]
    elif kind == "partners":
        kept, left_out = _typed(partnership, text)
        names = [*kept, *left_out]
    else:
        return ()
    everyone = _EVERYONE if kind == "partners" else frozenset[str]()
    return tuple(name for name in names if name and not is_name(partnership, name) and fold(name) not in everyone)


def is_name(partnership: Partnership, text: str) -> bool:
    """Return whether a partner or a group is called `text`: then it means that one, whatever else the word may say."""
    return bool(find(partnership, text)) or find_group(partnership, text) is not None


def means_everyone(partnership: Partnership, text: str, words: Iterable[str] = ()) -> bool:
    """Whether `text` is a word for everyone (or one of `words`), and no partner, group or person is so called."""
    said = fold(text) in _EVERYONE or fold(text) in words
    return said and not is_name(partnership, text) and not _people_called(partnership, text)


def listed(text: str, known: Callable[[str], bool]) -> list[str]:
    """Return the names of a typed list, set apart by semicolons or commas, and by « et » where each of both is known.

    A known name may hold any of them itself.
    """
    if known(text):
        return [text]
    sign = ";" if ";" in text else ","
    pieces, found, at = text.split(sign), [], 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + _LONGEST), at, -1)
        end = next((end for end in ends if known(sign.join(pieces[at:end]).strip())), at + 1)
        found.append(sign.join(pieces[at:end]).strip())
        at = end
    return [part for name in found if name for part in _apart(name, known)]


def _apart(name: str, known: Callable[[str], bool]) -> list[str]:
    """Return the names joined by « et » in a piece of a list, each of somebody known; else the piece as it is."""
    said = _AND_FIRST.sub("", name)
    if known(name) or known(said):
        return [name if known(name) else said]
    for match in _AND.finditer(said):
        rest = _apart(said[match.end() :], known)
        if known(said[: match.start()]) and all(map(known, rest)):
            return [said[: match.start()], *rest]
    return [name]


def _several(partnership: Partnership, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the group (or "") and the partners that one name stands for."""
    group = None if find(partnership, text) else find_group(partnership, text)
    if group is not None:
        return group.id, group_members(partnership, group.id)
    if fold(text) in _EVERYONE and not find(partnership, text):
        return ALL, group_members(partnership, ALL)
    return "", (partner_id(partnership, text),)


def read_someone(reading: ParseContext, field: Field, raw: Value) -> dict[str, str]:
    """Return {"partner": id} or {"person": id} for somebody known, else {"name": the words as given}.

    Raises BadValue for a value that is neither a text nor such an object.
    """
    partnership = reading.partnership
    if isinstance(raw, Mapping):
        for key in ("partner", "person", "name"):
            if isinstance(raw.get(key), str) and raw[key].strip():
                return _referred(partnership, key, raw[key])
        raise BadValue(_("“{field}” takes a partner, a person or a name").format(field=field.id))
    text = one_line(as_text(field, raw))
    known = find(partnership, text)
    if len(known) == 1:
        return {"partner": known[0].id}
    person = _person(partnership, text)
    return {"person": person} if person else {"name": text}


def _referred(partnership: Partnership, key: str, text: str) -> dict[str, str]:
    if key == "partner":
        return {"partner": partner_id(partnership, text)}
    if key == "person":
        return {"person": _person(partnership, text)} if _person(partnership, text) else {"name": one_line(text)}
    return {"name": one_line(text)}


def _person(partnership: Partnership, text: str) -> str:
    found = [row.id for row in partnership.rows(WHO, PEOPLE) if row.id == text] or _people_called(partnership, text)
    return found[0] if len(found) == 1 else ""


def _people_called(partnership: Partnership, text: str) -> list[str]:
    """Return the ids of the people of that name."""
    wanted = fold(text)
    return [row.id for row in partnership.rows(WHO, PEOPLE) if wanted and fold(row.text("name", "fr")) == wanted]


def read_someones(reading: ParseContext, field: Field, raw: Value) -> list[dict[str, str]] | None:
    """Return what `read_someone` makes of each of several; None if there are none. Raises BadValue as it does."""
    partnership = reading.partnership
    names: Iterable[Value] = raw if isinstance(raw, list) else listed(as_text(field, raw), _someone_known(partnership))
    if isinstance(raw, str) and means_everyone(partnership, raw):
        names = [{"partner": partner.id} for partner in active(partnership)]
    found = [read_someone(reading, field, name) for name in names if not (isinstance(name, str) and not name.strip())]
    return found or None


def _someone_known(partnership: Partnership) -> Callable[[str], bool]:
    return lambda name: bool(find(partnership, name)) or bool(_person(partnership, name))


def someone_name(partnership: Partnership, value: Value, lang: str) -> str:
    """Return the name of a partner, a person or anyone else that a `someone` value refers to.

    "" when it is not to be seen.
    """
    if not isinstance(value, Mapping):
        return ""
    if "partner" in value:
        known = find_partner(partnership, str(value["partner"]))
        return known.name(lang) if known else ""
    if "person" in value:
        entry = partnership.entry(str(value["person"]))
        return entry.text("name", lang) if entry else ""
    return str(value.get("name", ""))


def partner_of(partnership: Partnership, value: Value) -> str:
    """Return the id of the partner that a `someone` value names, or that its person belongs to; "" for anyone else."""
    if not isinstance(value, Mapping):
        return ""
    if "partner" in value:
        return str(value["partner"])
    person_id = str(value.get("person", ""))
    entry = partnership.entry(person_id)
    return entry.subject[0] if entry is not None and entry.subject else partnership.hidden_people.get(person_id, "")


def write_partner(reading: ParseContext, field: Field, value: Value) -> str:
    """Return a partner's name, or its id where the name alone would not say which one is meant."""
    partnership, name = reading.partnership, str(value)
    known = find_partner(partnership, name)
    said = known.name(reading.lang) if known is not None else ""
    return said if said and [partner.id for partner in find(partnership, said)] == [name] else name


def write_partners(reading: ParseContext, field: Field, value: Value) -> str:
    """« tous les partenaires, sauf A », a group's name, or the names in a row; ids where names would be misread."""
    partnership, ids, group = reading.partnership, list(value.get("ids", ())), str(value.get("group", ""))
    members = group_members(partnership, group) if group else ()
    if group and ids and ids == [member for member in members if member in ids]:
        left_out = [member for member in members if member not in ids]
        others = _joined([write_partner(reading, field, partner_id) for partner_id in left_out])
        word = "sauf" if reading.lang == "fr" else "except"
        for name in _group_names(reading, group):
            for out in (others, _joined(left_out)):
                said = f"{name}, {word} {out}" if out else name
                if _reads_as(reading, field, said, ids, group):
                    return said
    said = _joined([write_partner(reading, field, partner_id) for partner_id in ids])
    return said if _reads_as(reading, field, said, ids, "") else _joined(ids)


def _group_names(reading: ParseContext, group: str) -> tuple[str, ...]:
    """Return what a group may be called in a text, the best first: its name, its id.

    Of everyone a word that names nobody.
    """
    if group != ALL:
        return tuple(filter(None, (group_name(reading.partnership, group, reading.lang), group)))
    words = (EVERYONE[reading.lang], *sorted(_EVERYONE))
    return tuple(word for word in words if not is_name(reading.partnership, word))


def _reads_as(reading: ParseContext, field: Field, said: str, ids: list[str], group: str) -> bool:
    try:
        found = read_partners(reading, field, said)
    except BadValue:
        return False
    return found == {"ids": ids, "group": group}


def write_someone(reading: ParseContext, field: Field, value: Value) -> str:
    """Return a name, or an id where the name alone would be read as someone else."""
    said = someone_name(reading.partnership, value, reading.lang)
    if isinstance(value, Mapping) and "partner" in value:
        return write_partner(reading, field, value["partner"])
    if isinstance(value, Mapping) and "person" in value and read_someone(reading, field, said) != value:
        return str(value["person"])
    return said


def write_someones(reading: ParseContext, field: Field, value: Value) -> str:
    """Return the names in a row."""
    known = _someone_known(reading.partnership)
    # A guest called by a word of ours stands in a list of one name, which that word alone is not.
    return _joined([write_someone(reading, field, item) for item in value], known, _EVERYONE)


def _joined(
    names: list[str], alone: Callable[[str], bool] = lambda name: True, words: frozenset[str] = frozenset()
) -> str:
    """Names set apart by commas; by semicolons where one of them holds either sign, or is alone and one of `words`."""
    if not any("," in name or ";" in name for name in names) and not (len(names) == 1 and fold(names[0]) in words):
        return ", ".join(names)
    return "; ".join(names) if len(names) > 1 or alone(names[0]) else f"{names[0]};"


class BadValue(ValueError):
    """A value that a field cannot hold; the message says what was given and what is expected."""


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What reading a value may need: the guide's choices, the partnership's partners, the language typed in."""

    guide: Guide
    partnership: Partnership
    lang: str = "fr"


def as_text(field: Field, raw: Value) -> str:
    """Return what was given, when it is a text. Raises BadValue if it is not."""
    if not isinstance(raw, str):
        raise BadValue(_("“{field}” takes a text, not {value}").format(field=field.id, value=short(raw)))
    return raw


def short(raw: Value) -> str:
    """Return what was given, short enough for a message: a text as it is, anything else as JSON writes it."""
    text = one_line(raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else text[:59] + "…"
