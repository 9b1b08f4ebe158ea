"""Reads names of partners and people in a typed text to ids, and writes ids as names that read to the same ids."""

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
_EVERYONE = frozenset({ALL, "tous", "toutes", *EVERYONE.values()})  # words for all active partners
_AND = re.compile(r"(?i)\s+(?:et|and|&)\s+")  # « A et B »
_AND_FIRST = re.compile(r"(?i)^(?:et|and)\s+")  # « et B », the last piece of « A, et B »
_EXCEPT = re.compile(r"(?i),?\s+(?:sauf|except)\s+")  # « , sauf »
_MOST_PIECES = 5  # a name that holds commas is taken for at most so many pieces between them


def partner_id(partnership: Partnership, text: str) -> str:
    """Return the id of the one partner a person means. Raises BadValue if none or several may be meant."""
    partners_called = find(partnership, text)
    if len(partners_called) == 1:
        return partners_called[0].id
    if not partners_called:
        raise BadValue(_("no partner is called “{name}”").format(name=short(text)))
    raise BadValue(
        _("several partners are called “{name}”: use an id, one of {ids}").format(
            name=short(text), ids=", ".join(partner.id for partner in partners_called)
        )
    )


def read_partner(context: ParseContext, field: Field, raw: Value) -> str:
    """Return the id of a partner given by id or name."""
    return partner_id(context.partnership, as_text(field, raw))


def read_partners(context: ParseContext, field: Field, raw: Value) -> dict[str, Value] | None:
    """Return {"ids": partner ids, "group": id of a group, "all" or ""} (docs/contracts.md); None for nobody.

    `raw` is a text of names, a list of names or ids, or {"ids", "group", "except"}; partners in "except" are taken out
    of the ids. Raises BadValue for anything else, and for an unknown name.
    """
    partnership = context.partnership
    names, group, excepted, unknown = raw, "", [], ""
    if isinstance(raw, Mapping):
        unknown = next((str(key) for key in raw if key not in ("ids", "group", "except")), "")
        names, group, excepted = raw.get("ids", []), raw.get("group", ""), raw.get("except", [])
    elif isinstance(raw, str):
        names, excepted = _split_names(partnership, raw)
    if unknown or not isinstance(names, list) or not isinstance(excepted, list) or not isinstance(group, str):
        raise BadValue(_("“{field}” takes a list of partners").format(field=field.id))
    ids: list[str] = []
    if group:
        group, members = (
            (ALL, group_members(partnership, ALL)) if group == ALL else _group_and_members(partnership, group)
        )
        ids += () if names else members
    for name in names:
        named_group, members = _group_and_members(partnership, as_text(field, name))
        group = named_group or group
        ids += [member for member in members if member not in ids]
    excepted_ids = {partner_id(partnership, as_text(field, name)) for name in excepted}
    ids = [partner_id for partner_id in ids if partner_id not in excepted_ids]
    return {"ids": ids, "group": group} if ids else None


def _split_names(partnership: Partnership, text: str) -> tuple[list[str], list[str]]:
    """Return (names meant, names excepted) of « les organismes locaux, sauf A et B » or « A, B ».

    A name may hold the word « sauf » itself: it is read as that name if the whole text can be read so.
    """

    def known(name: str) -> bool:
        return is_name(partnership, name) or fold(name) in _EVERYONE

    names = split_names(text, known)
    if all(map(known, names)):
        return names, []
    places = [(match.start(), match.end()) for match in _EXCEPT.finditer(text) if text[: match.start()].strip()]
    splits = [(split_names(text[:start], known), split_names(text[end:], known)) for start, end in places]
    splits_all_known = [(meant, excepted) for meant, excepted in splits if all(map(known, (*meant, *excepted)))]
    return (splits_all_known or splits or [(names, [])])[0]


def unknown_names(partnership: Partnership, kind: str, text: str) -> tuple[str, ...]:
    """Return the names typed in a field of `kind` "partner" or "partners" that no partner or group is called by."""
    if kind == "partner":
        names = [one_line(text)]
    elif kind == "partners":
        meant, excepted = _split_names(partnership, text)
        names = [*meant, *excepted]
    else:
        return ()
    everyone = _EVERYONE if kind == "partners" else frozenset[str]()
    return tuple(name for name in names if name and not is_name(partnership, name) and fold(name) not in everyone)


def is_name(partnership: Partnership, text: str) -> bool:
    """Return whether a partner or a group is called `text`."""
    return bool(find(partnership, text)) or find_group(partnership, text) is not None


def means_everyone(partnership: Partnership, text: str, words: Iterable[str] = ()) -> bool:
    """Return whether `text` is a word for everyone (or one of `words`, folded), and nobody is called so."""
    is_word = fold(text) in _EVERYONE or fold(text) in words
    return is_word and not is_name(partnership, text) and not _people_called(partnership, text)


def split_names(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the names of a typed list, which semicolons, commas or « et » separate.

    `is_known` says whether a text is a known name. A known name may itself hold commas or « et »; « et » separates only
    known names.
    """
    if is_known(text):
        return [text]
    separator = ";" if ";" in text else ","
    pieces, names, start = text.split(separator), [], 0
    while start < len(pieces):
        # The longest run of pieces that is a known name, else one piece.
        ends = range(min(len(pieces), start + _MOST_PIECES), start, -1)
        end = next((end for end in ends if is_known(separator.join(pieces[start:end]).strip())), start + 1)
        names.append(separator.join(pieces[start:end]).strip())
        start = end
    return [part for name in names if name for part in _split_at_and(name, is_known)]


def _split_at_and(name: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the known names that « et » joins in a piece of a list; the piece itself if one of them is unknown."""
    without_and = _AND_FIRST.sub("", name)
    if is_known(name) or is_known(without_and):
        return [name if is_known(name) else without_and]
    for match in _AND.finditer(without_and):
        rest = _split_at_and(without_and[match.end() :], is_known)
        if is_known(without_and[: match.start()]) and all(map(is_known, rest)):
            return [without_and[: match.start()], *rest]
    return [name]


def _group_and_members(partnership: Partnership, text: str) -> tuple[str, tuple[str, ...]]:
    """Return (id of the group or "", ids of the partners) that one name stands for. Raises BadValue as `partner_id`."""
    group = None if find(partnership, text) else find_group(partnership, text)
    if group is not None:
        return group.id, group_members(partnership, group.id)
    if fold(text) in _EVERYONE and not find(partnership, text):
        return ALL, group_members(partnership, ALL)
    return "", (partner_id(partnership, text),)


def read_someone(context: ParseContext, field: Field, raw: Value) -> dict[str, str]:
    """Return {"partner": id} or {"person": id} for somebody known, else {"name": the words as given}.

    Raises BadValue for a value that is neither a text nor such an object.
    """
    partnership = context.partnership
    if isinstance(raw, Mapping):
        for key in ("partner", "person", "name"):
            if isinstance(raw.get(key), str) and raw[key].strip():
                return _stored_reference(partnership, key, raw[key])
        raise BadValue(_("“{field}” takes a partner, a person or a name").format(field=field.id))
    text = one_line(as_text(field, raw))
    partners_called = find(partnership, text)
    if len(partners_called) == 1:
        return {"partner": partners_called[0].id}
    person = _person(partnership, text)
    return {"person": person} if person else {"name": text}


def _stored_reference(partnership: Partnership, key: str, text: str) -> dict[str, str]:
    """Return the stored form of {key: text}, as `read_someone` describes; an unknown person becomes a name."""
    if key == "partner":
        return {"partner": partner_id(partnership, text)}
    if key == "person":
        return {"person": _person(partnership, text)} if _person(partnership, text) else {"name": one_line(text)}
    return {"name": one_line(text)}


def _person(partnership: Partnership, text: str) -> str:
    """Return the id of the person with that id, else of the only one of that name; "" for none or several."""
    person_ids = [row.id for row in partnership.rows(WHO, PEOPLE) if row.id == text] or _people_called(
        partnership, text
    )
    return person_ids[0] if len(person_ids) == 1 else ""


def _people_called(partnership: Partnership, text: str) -> list[str]:
    """Return the ids of the people of that name."""
    wanted = fold(text)
    return [row.id for row in partnership.rows(WHO, PEOPLE) if wanted and fold(row.text("name", "fr")) == wanted]


def read_someones(context: ParseContext, field: Field, raw: Value) -> list[dict[str, str]] | None:
    """Return what `read_someone` returns for each of several; None if there are none. Raises BadValue as it does."""
    partnership = context.partnership
    names: Iterable[Value] = (
        raw if isinstance(raw, list) else split_names(as_text(field, raw), _someone_known(partnership))
    )
    if isinstance(raw, str) and means_everyone(partnership, raw):
        names = [{"partner": partner.id} for partner in active(partnership)]
    references = [
        read_someone(context, field, name) for name in names if not (isinstance(name, str) and not name.strip())
    ]
    return references or None


def _someone_known(partnership: Partnership) -> Callable[[str], bool]:
    """Return a function that says whether a partner or a single person is called by a text."""
    return lambda name: bool(find(partnership, name)) or bool(_person(partnership, name))


def someone_name(partnership: Partnership, value: Value, lang: str) -> str:
    """Return the name of the partner, person or other that a `someone` value refers to; "" if this view hides it."""
    if not isinstance(value, Mapping):
        return ""
    if "partner" in value:
        partner = find_partner(partnership, str(value["partner"]))
        return partner.name(lang) if partner else ""
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


def write_partner(context: ParseContext, field: Field, value: Value) -> str:
    """Return a partner's name, or its id if the name does not say which partner is meant."""
    partnership, wanted_id = context.partnership, str(value)
    partner = find_partner(partnership, wanted_id)
    name = partner.name(context.lang) if partner is not None else ""
    is_unique = [partner.id for partner in find(partnership, name)] == [wanted_id]
    return name if name and is_unique else wanted_id


def write_partners(context: ParseContext, field: Field, value: Value) -> str:
    """Return « tous les partenaires, sauf A », a group's name, or all names; ids if the names would be misread."""
    partnership, ids, group = context.partnership, list(value.get("ids", ())), str(value.get("group", ""))
    members = group_members(partnership, group) if group else ()
    if group and ids and ids == [member for member in members if member in ids]:
        excepted_ids = [member for member in members if member not in ids]
        excepted_names = _joined([write_partner(context, field, partner_id) for partner_id in excepted_ids])
        word = "sauf" if context.lang == "fr" else "except"
        for name in _group_names(context, group):
            for excepted in (excepted_names, _joined(excepted_ids)):
                text = f"{name}, {word} {excepted}" if excepted else name
                if _reads_as(context, field, text, ids, group):
                    return text
    text = _joined([write_partner(context, field, partner_id) for partner_id in ids])
    return text if _reads_as(context, field, text, ids, "") else _joined(ids)


def _group_names(context: ParseContext, group: str) -> tuple[str, ...]:
    """Return what a group may be called in a text, best first: its name, its id; for ALL words that are no name."""
    if group != ALL:
        return tuple(filter(None, (group_name(context.partnership, group, context.lang), group)))
    words = (EVERYONE[context.lang], *sorted(_EVERYONE))
    return tuple(word for word in words if not is_name(context.partnership, word))


def _reads_as(context: ParseContext, field: Field, text: str, ids: list[str], group: str) -> bool:
    """Return whether `text` reads as exactly these partners and this group."""
    try:
        value = read_partners(context, field, text)
    except BadValue:
        return False
    return value == {"ids": ids, "group": group}


def write_someone(context: ParseContext, field: Field, value: Value) -> str:
    """Return a name, or an id if the name alone would be read as someone else."""
    name = someone_name(context.partnership, value, context.lang)
    if isinstance(value, Mapping) and "partner" in value:
        return write_partner(context, field, value["partner"])
    if isinstance(value, Mapping) and "person" in value and read_someone(context, field, name) != value:
        return str(value["person"])
    return name


def write_someones(context: ParseContext, field: Field, value: Value) -> str:
    """Return the names as a list that reads to the same values."""
    is_known = _someone_known(context.partnership)
    # A guest whose name is a word for everyone is written « tous; »: a list of one name, which is read as a name.
    return _joined([write_someone(context, field, item) for item in value], is_known, _EVERYONE)


def _joined(
    names: list[str], may_stand_alone: Callable[[str], bool] = lambda name: True, words: frozenset[str] = frozenset()
) -> str:
    """Return names separated by commas, or by semicolons if a name holds either sign or is the only one and in `words`.

    `may_stand_alone` says whether a single name needs no semicolon behind it to be read as a list.
    """
    has_separator = any("," in name or ";" in name for name in names)
    is_single_word = len(names) == 1 and fold(names[0]) in words
    if not has_separator and not is_single_word:
        return ", ".join(names)
    return "; ".join(names) if len(names) > 1 or may_stand_alone(names[0]) else f"{names[0]};"


class BadValue(ValueError):
    """A value that a field cannot hold; the message says what was given and what is expected."""


@dataclass(frozen=True, slots=True)
class ParseContext:
    """What context or writing a value needs."""

    guide: Guide  # for its choices
    partnership: Partnership  # for the names of partners and people
    lang: str = "fr"  # the language of the text


def as_text(field: Field, raw: Value) -> str:
    """Return `raw` if it is a text. Raises BadValue if it is not."""
    if not isinstance(raw, str):
        raise BadValue(_("“{field}” takes a text, not {value}").format(field=field.id, value=short(raw)))
    return raw


def short(raw: Value) -> str:
    """Return a given value cut to 60 characters for a message: a text as it is, anything else as JSON."""
    text = one_line(raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else text[:59] + "…"
