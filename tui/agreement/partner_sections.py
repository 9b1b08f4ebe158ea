"""Composes the sections about partners: list, lead, commitments, allocation of responsibilities.

A partner is *nameless* while it may not be named yet; the text calls it « un organisme à confirmer ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tui.agreement.blocks import Block, Item, ListBlock, Origin, Paragraph, Run, Subheading
from tui.agreement.party_clauses import kind_of, person, verb_count
from tui.agreement.phrasing import CONTRIBUTIONS, Phrasing, bullets, line, origin
from tui.agreement.signature_section import rows_to_confirm
from tui.agreement.tabulation import KnownRow, tabulated
from tui.fast_dataclass import dataclass
from tui.partnership.completion import has_void
from tui.partnership.name_references import partner_of
from tui.partnership.partners import Partner, join, people
from tui.partnership.values import Entry
from tui.text.counts import count_in_words, ordinal_in_words
from tui.text.dates import (
    format_by,
    format_from,
    format_on,
    format_period,
    format_until,
    is_date,
)
from tui.text.name_matching import fold
from tui.text.separators import colon

# The full stop after a word of five letters or more, which ends a sentence; that of « etc. » or « inc. » does not.
_FULL_STOP = re.compile(r"(?<=\w{5})\.$")  # « … ses membres. »


def partners(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 1: one item per partner, with its role and the person responsible; then the members of each group.

    Nameless partners are counted in one item at the end. A nameless partner that left is not mentioned.
    """
    items = []
    for partner in phrasing.everyone():
        if partner.status == "declined" or not partner.name(phrasing.lang):
            continue
        items.append(_list_item(phrasing, partner))
    if phrasing.nameless_ids:
        where = Origin(question="open.who", partner=phrasing.nameless_ids[0])
        count = phrasing.capital(phrasing.counted_nameless(len(set(phrasing.nameless_ids)), alone=not items))
        items.append(Item((Paragraph((Run(count, strong=True),), where),), where))
    return (ListBlock(tuple(items)), *_groups(phrasing)) if items else phrasing.missing_paragraph("open.who")


def _list_item(phrasing: Phrasing, partner: Partner) -> Item:
    """Return a partner's item in the list; the same object as last time while it would print the same."""
    level = _involvement(phrasing, partner)
    involved = phrasing.capital(phrasing.word("involvement", level=level)) if level else ""
    if phrasing.own_blocks is None:
        return _item(phrasing, partner, involved)
    made_from = partner, involved, people(phrasing.view, partner.id), phrasing.view.day, phrasing.is_contract
    return phrasing.own_blocks.items.of(partner.id, made_from, lambda: _item(phrasing, partner, involved))


def _item(phrasing: Phrasing, partner: Partner, involved: str) -> Item:
    """Return a partner's item in the list; `involved` is the sentence on how it takes part, "" for none."""
    where = origin(partner.entry, "name")
    blocks: list[Block] = [
        Paragraph((Run(phrasing.name(partner.id), strong=True), Run(_facts_behind_name(phrasing, partner))), where)
    ]
    if involved:
        blocks.append(line(involved, Origin(question="open.involvement", partner=partner.id)))
    accountable_people = [person(phrasing, row) for row in people(phrasing.view, partner.id) if row.get("accountable")]
    blocks += [line(phrasing.word("accountable_person", name=name), where) for name in accountable_people if name]
    return Item(tuple(blocks), where)


def _involvement(phrasing: Phrasing, partner: Partner) -> str:
    """Return « pilote le partenariat », « consultée »; "" if no level was agreed, or the partner has left."""
    if not phrasing.rows("open.involvement", ""):  # nobody has answered
        return ""
    answer = phrasing.answer("open.involvement", partner.id)
    level = phrasing.in_words(answer, "level") if partner.active else ""
    if not level or answer is None:
        return ""
    if answer.get("level") == "leads":
        return phrasing.word("leads")
    if phrasing.lang == "fr" and answer.get("level") in ("informed", "consulted"):
        return phrasing.french(partner.id).participle(level, phrasing.word(f"level_{answer.get('level')}"))
    return level


def _groups(phrasing: Phrasing) -> Iterator[Block]:
    """Yield one line for each group with its members, since the group's commitments bind only those listed here."""
    for row in phrasing.rows("extra.groups"):
        members = phrasing.members(row.id)
        if phrasing.text(row, "name") and members:
            text = phrasing.word(
                "group_means", name=phrasing.text(row, "name"), members=phrasing.names_of_group(members)
            )
            yield line(text, origin(row, "members"))


def _facts_behind_name(phrasing: Phrasing, partner: Partner) -> str:
    """Return what follows a partner's name: « (ci-après « le Collège »), organisme porteur, OSBL, 12 rue … ».

    A contract prints kind, address and short name in its party clauses instead.
    """
    short = phrasing.short(partner.id)
    facts = [phrasing.text(partner.entry, "role")]
    if not phrasing.is_contract:
        facts.append(kind_of(phrasing, partner))
        facts.append(
            phrasing.word("address_withheld")
            if partner.entry.get("address_withheld")
            else phrasing.text(partner.entry, "address")
        )
    facts += _dates(phrasing, partner)
    has_clause = phrasing.is_contract and partner.active
    defined = f" ({phrasing.word('hereafter', name=short)})" if short and not has_clause else ""
    return defined + "".join(f", {fact}" for fact in facts if fact)


def _dates(phrasing: Phrasing, partner: Partner) -> tuple[str, ...]:
    """Return « partenaire du 1er mai 2027 au 30 juin » for two known dates, else a phrase for each, "" if unknown."""
    start, end = partner.entry.get("from"), partner.entry.get("until")
    if isinstance(start, str) and isinstance(end, str) and is_date(start) and is_date(end):
        date = format_on(start, phrasing.lang) if start == end else format_period(start, end, phrasing.lang)
        return (phrasing.word("partner_from", date=date),)
    return _joined_words(phrasing, partner), _left_words(phrasing, partner)


def _joined_words(phrasing: Phrasing, partner: Partner) -> str:
    """Return « partenaire à compter du 1er mars 2027 », whether that day has come or not; "" for no date.

    A text that is sent or adopted says the same when the day comes.
    """
    on = partner.entry.get("from")
    if not isinstance(on, str) or not is_date(on):
        return ""
    return phrasing.word("partner_from", date=format_from(on, phrasing.lang))


def _left_words(phrasing: Phrasing, partner: Partner) -> str:
    """Return when a partner leaves or left, or that it left if no date is known; "" for a partner that stays."""
    until = partner.entry.get("until")
    if isinstance(until, str) and is_date(until) and partner.name(phrasing.lang):
        return phrasing.word("left_in", date=format_until(until, phrasing.lang))
    return "" if partner.active else phrasing.word("withdrawn")


def lead(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 6: who leads what, until when."""
    items = []
    rows = phrasing.rows("gather.lead")
    names = _distinct_names(phrasing, (_leader(phrasing, row) for row in rows))
    for row, name in zip(rows, names, strict=True):
        until = row.get("until")
        until = format_until(until, phrasing.lang) if isinstance(until, str) and is_date(until) else ""
        text = colon(phrasing.lang).join(
            filter(None, (name or phrasing.hole_runs()[0].text, phrasing.text(row, "mandate")))
        )
        items.append((", ".join(filter(None, (text, until))), origin(row, "partner")))
    return bullets(items) or phrasing.missing_paragraph("gather.lead")


def _leader(phrasing: Phrasing, row: Entry) -> _Responsible:
    """Return who leads according to a row: the partner and its person, « Le Collège, Marie Roy, directrice »."""
    names = (phrasing.in_words(row, "partner"), _titled_name(phrasing, row, "person"))
    nameless = _responsible_in(phrasing, row, "partner").nameless
    return _Responsible(phrasing.capital(", ".join(dict.fromkeys(filter(None, names)))), nameless)


def _titled_name(phrasing: Phrasing, row: Entry, field: str) -> str:
    """Return the name in a field of the kind "someone", with the person's title if known; "" for nobody."""
    value, words = row.get(field), phrasing.in_words(row, field)
    if isinstance(value, dict) and "person" in value:
        return words and (person(phrasing, phrasing.view.entry(value["person"])) or words)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        people_of_name = phrasing.people_by_name.get(fold(value["name"]), ())
        # A name that only one listed person bears means that person, who has a title there.
        if len(people_of_name) == 1:
            return person(phrasing, people_of_name[0])
    return words


def commitments(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 7: what several partners commit to together, then what each commits to alone.

    The two questions hold what partners give (contributions) and what they receive ("commit.win_win").
    """
    rows = phrasing.rows(CONTRIBUTIONS)
    unsure_ids = rows_to_confirm(phrasing, rows)
    # What several partners give, and receive, by their ids and the id of their group ("" for none).
    shared: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    received: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    for by_givers, entries in ((shared, rows), (received, phrasing.rows("commit.win_win", "receives"))):
        for row in entries:
            # Most rows belong to one partner alone; the first condition spares them the slower second.
            if len(row.givers) > 1 and len(phrasing.givers(row)) > 1:
                partners_value = row.get("partners") or {}
                by_givers.setdefault((phrasing.givers(row), partners_value.get("group", "")), []).append(row)
    blocks: list[Block] = []
    for ids, group in dict.fromkeys((*shared, *received)):
        rows_of_group = (*shared.get((ids, group), ()), *received.get((ids, group), ()))
        blocks += _shared_commitments(phrasing, phrasing.names_of_group(ids, group), rows_of_group, unsure_ids)
    without_commitments, had_nameless = (
        [],
        False,
    )  # the nameless partners without commitments; whether one with some was printed
    for partner in phrasing.partners():
        own_blocks = _own_commitments(phrasing, partner, unsure_ids)
        has_commitments = any(isinstance(block, ListBlock) for block in own_blocks)  # else only heading and hole
        if partner.id in phrasing.nameless_ids and not has_commitments:
            without_commitments += [partner] if own_blocks else []
        elif partner.id in phrasing.nameless_ids:
            blocks += _as_another_organisation(phrasing, own_blocks) if had_nameless else own_blocks
            had_nameless = True
        else:
            blocks += own_blocks
    blocks += _nameless_heading(phrasing, without_commitments)
    return tuple(blocks) or phrasing.missing_paragraph(CONTRIBUTIONS)


def _nameless_heading(phrasing: Phrasing, without_commitments: list[Partner]) -> Iterator[Block]:
    """Yield one heading and one « à préciser » for these nameless partners, who have no commitment."""
    if without_commitments:
        alone = not any(partner.name(phrasing.lang) for partner in phrasing.partners())
        where = origin(without_commitments[0].entry, "name")
        several = len(without_commitments) > 1
        words = (
            phrasing.counted_nameless(len(without_commitments), alone=alone)
            if several
            else phrasing.name(without_commitments[0].id)
        )
        yield Subheading((Run(phrasing.capital(words)),), where)
        yield from phrasing.missing_paragraph(CONTRIBUTIONS, without_commitments[0].id)


def _as_another_organisation(phrasing: Phrasing, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield a nameless partner's blocks with « Un autre organisme … », apart from the nameless one before."""
    first = phrasing.capital(phrasing.word("an_organisation"))
    other = phrasing.capital(phrasing.word("another_organisation"))
    for block in blocks:
        if isinstance(block, Subheading | Paragraph) and block.runs[0].text.startswith(first):
            block = replace(block, runs=(Run(block.runs[0].text.replace(first, other)), *block.runs[1:]))
        yield block


def _shared_commitments(
    phrasing: Phrasing, name: str, rows: tuple[Entry, ...], unsure_ids: frozenset[str]
) -> tuple[Block, ...]:
    """Return what several partners, together called `name`, give and receive; kept while unchanged."""

    def make() -> tuple[Block, ...]:
        return tuple(_given_and_received(phrasing, name, rows, origin(rows[0], "partners"), unsure_ids, many=True))

    if phrasing.own_blocks is None:
        return make()
    made_from = phrasing.capital(name), phrasing.is_intention, phrasing.final, _among(unsure_ids, rows)
    return phrasing.own_blocks.of(" ".join(row.id for row in rows), (), rows, made_from, make)


def _own_commitments(phrasing: Phrasing, partner: Partner, unsure_ids: frozenset[str]) -> tuple[Block, ...]:
    """Return what one partner alone gives and receives, under its name; kept while unchanged."""

    def printed() -> tuple[Entry, ...]:
        given = phrasing.rows_of(CONTRIBUTIONS, "rows", partner.id)
        return given + phrasing.rows_of("commit.win_win", "receives", partner.id)

    def make() -> tuple[Block, ...]:
        return tuple(_partner_commitments(phrasing, partner, printed(), unsure_ids))

    if phrasing.own_blocks is None:
        return make()
    # Which of its rows are printed follows from the rows and `final`, unless something is marked as not applicable.
    by_giver = phrasing.view.by_giver
    rows = (
        *by_giver.get((CONTRIBUTIONS, "rows", partner.id), ()),
        *by_giver.get(("commit.win_win", "receives", partner.id), ()),
    )
    marks: tuple[object, ...] = ()
    if has_void(phrasing.view):
        marks = phrasing.is_void(CONTRIBUTIONS), phrasing.is_void_for(CONTRIBUTIONS, partner.id), printed()
    name = phrasing.capital(phrasing.sentence_name(partner.id))
    made_from = name, phrasing.is_intention, phrasing.final, _among(unsure_ids, rows), marks
    return phrasing.own_blocks.of(partner.id, (partner.id,), rows, made_from, make)


def _among(ids: frozenset[str], rows: tuple[Entry, ...]) -> list[str]:
    """Return the ids of the rows that are in `ids`."""
    return [row.id for row in rows if row.id in ids]


def _partner_commitments(
    phrasing: Phrasing, partner: Partner, own: tuple[Entry, ...], unsure_ids: frozenset[str]
) -> Iterator[Block]:
    """Yield what `partner` alone gives and receives; if it gives nothing, « à préciser » as well."""
    alone = [row for row in own if len(phrasing.givers(row)) < 2]
    gives = any(row.question == CONTRIBUTIONS for row in own)
    where = _head_origin(phrasing, partner)
    yield from _given_and_received(phrasing, phrasing.sentence_name(partner.id), alone, where, unsure_ids)
    if not gives and not phrasing.is_void(CONTRIBUTIONS) and not phrasing.is_void_for(CONTRIBUTIONS, partner.id):
        if not alone:
            yield Subheading((Run(phrasing.capital(phrasing.sentence_name(partner.id))),), where)
        yield from phrasing.missing_paragraph(CONTRIBUTIONS, partner.id)


def _head_origin(phrasing: Phrasing, partner: Partner) -> Origin:
    """Return the origin of the heading over a partner's commitments: its name if that is printed as it was typed.

    Otherwise it is the question: « le Collège » was made from the name by the program, so no field holds it.
    """
    if phrasing.sentence_name(partner.id) == phrasing.name(partner.id):
        return origin(partner.entry, "name")
    return Origin(question="open.who", partner=partner.id)


def _given_and_received(
    phrasing: Phrasing,
    name: str,
    rows: Sequence[Entry],
    where: Origin,
    unsure_ids: frozenset[str],
    *,
    many: bool = False,
) -> Iterator[Block]:
    """Yield the heading `name`, then what these partners commit to, offer and receive, one list for each.

    The rows in `unsure_ids` are printed as to be confirmed. `many` says whether `name` stands for several partners.
    """
    givers = phrasing.givers(rows[0]) if rows else ()
    count = 2 if many else 1  # the number of the verb: « s'engage » or « s'engagent »
    if not many and len(givers) == 1:
        count = verb_count(phrasing, givers[0])
    commits = "intends" if phrasing.is_intention else "commits"
    accepted = [row for row in rows if row.get("state") == "accepted"]
    lists = (  # (set phrase above the list, rows)
        (commits, [row for row in accepted if row.id not in unsure_ids]),
        (f"{commits}_to_confirm", [row for row in accepted if row.id in unsure_ids]),
        ("offers", [row for row in rows if row.get("state") == "confirmed"]),
        ("receives_of", [row for row in rows if row.question == "commit.win_win"]),
    )
    if any(rows_of_list for _word, rows_of_list in lists):
        yield Subheading((Run(phrasing.capital(name)),), where)
    for word, rows_of_list in lists:
        if rows_of_list:
            yield line(phrasing.word(word, n=count, name=phrasing.capital(name)), where, lead=True)
            items = tuple(item for row in rows_of_list if (item := _sentence_item(phrasing, row)).blocks)
            yield from (ListBlock(items),) if items else ()


def _sentence_item(phrasing: Phrasing, row: Entry) -> Item:
    """Return a commitment as an item of a list, without blocks where it has no words; kept while unchanged."""

    def make() -> Item:
        text, where = sentence(phrasing, row), origin(row, "text")
        return Item((line(text, where),) if text else (), where)

    return phrasing.own_blocks.item(row, make) if phrasing.own_blocks is not None else make()


def sentence(phrasing: Phrasing, row: Entry) -> str:
    """Return a commitment as typed with its facts in parentheses: « tenir un kiosque (4 heures, au plus tard …) »."""
    owner, due = phrasing.in_words(row, "owner"), row.get("due")
    due = format_by(due, phrasing.lang) if isinstance(due, str) and is_date(due) else ""
    facts = [
        phrasing.in_words(row, "ceiling"),
        phrasing.in_words(row, "effort"),
        phrasing.word("accountable_short", name=owner) if owner else "",
        due,
    ]
    text, listed_facts = phrasing.text(row, "text"), ", ".join(filter(None, facts))
    return f"{_FULL_STOP.sub('', text)} ({listed_facts})" if listed_facts else text


def responsibilities(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 8: who is responsible for what, one row for each person or organisation."""
    tasks: dict[_Responsible, list[tuple[str, Origin]]] = {}
    for who, what, where in _responsibilities(phrasing):
        if who.name and what:
            tasks.setdefault(replace(who, name=phrasing.capital(who.name)), []).append((what, where))
    if not tasks:
        return phrasing.missing_paragraph("extra.responsibilities")
    names = _distinct_names(phrasing, tasks)
    texts = ("; ".join(dict.fromkeys(what for what, _where in task_list)) for task_list in tasks.values())
    first_origins = (task_list[0][1] for task_list in tasks.values())
    rows = list(zip(names, texts, first_origins, strict=True))
    if len(rows) == 1:
        return bullets((colon(phrasing.lang).join((who, what)), where) for who, what, where in rows)
    head = [phrasing.word("responsible"), phrasing.word("responsibility")]
    return tabulated(
        phrasing, head, [KnownRow((who, what), where) for who, what, where in rows], phrasing.word("responsibility")
    )


@dataclass(frozen=True, slots=True)
class _Responsible:
    """Who is responsible for something."""

    name: str  # as it is printed
    nameless: str = ""  # the id of the partner if it may not be named yet, else ""


def _responsible_in(phrasing: Phrasing, row: Entry, field: str) -> _Responsible:
    """Return who is named by a field of the kind "partner" or "someone"."""
    value = row.get(field)
    partner_id = value if isinstance(value, str) else partner_of(phrasing.view, value)
    return _Responsible(_titled_name(phrasing, row, field), partner_id if partner_id in phrasing.nameless_ids else "")


def _distinct_names(phrasing: Phrasing, responsibles: Iterable[_Responsible]) -> Iterator[str]:
    """Yield the names; nameless partners other than the first are « Un autre organisme à confirmer »."""
    first = phrasing.capital(phrasing.word("an_organisation"))
    other = phrasing.capital(phrasing.word("another_organisation"))
    first_nameless = ""  # the id of the first nameless partner
    for who in responsibles:
        nameless = who.nameless if who.name == first else ""
        first_nameless = first_nameless or nameless
        yield other if nameless and nameless != first_nameless else who.name


def _responsibilities(phrasing: Phrasing) -> Iterator[tuple[_Responsible, str, Origin]]:
    """Yield (who, for what, origin): leads, accountable people, owners of commitments, then the rows typed here."""
    leads = phrasing.rows("gather.lead")
    leads_part = phrasing.word("leads_part", section=phrasing.in_section("lead"))
    for row in leads:
        who = _responsible_in(phrasing, row, "person")
        who = who if who.name else _responsible_in(phrasing, row, "partner")
        yield who, leads_part if len(leads) > 1 else phrasing.word("leads_it"), origin(row, "person")
    for partner in phrasing.partners():
        for row in people(phrasing.view, partner.id):
            if row.get("accountable"):
                yield _Responsible(person(phrasing, row)), _contact(phrasing, partner.id), origin(row, "name")
    yield from _owners(phrasing)
    for row in phrasing.rows("extra.responsibilities"):
        yield _responsible_in(phrasing, row, "who"), phrasing.text(row, "what"), origin(row, "what")


def _contact(phrasing: Phrasing, partner_id: str) -> str:
    """Return « personne responsable du Collège », “contact person for the Centre”.

    French says « pour » before a name whose article is unknown, since « pour » needs no article behind it.
    """
    if phrasing.lang != "fr" or not (phrasing.french(partner_id).article or phrasing.short(partner_id)):
        return phrasing.word("contact_for", name=phrasing.sentence_name(partner_id))
    return phrasing.word("contact_of", of_name=phrasing.of_name(partner_id))


def _grouped_by_owner(phrasing: Phrasing) -> tuple[tuple[Entry, ...], ...]:
    """Return the commitments with an owner, in groups of equal givers and owner; kept while no commitment changes."""
    rows = phrasing.rows(CONTRIBUTIONS)

    def group() -> tuple[tuple[Entry, ...], ...]:
        groups: dict[tuple[object, ...], list[Entry]] = {}
        for row in rows:
            if owner := row.get("owner"):
                groups.setdefault((row.subject, repr(row.get("partners")), repr(owner)), []).append(row)
        return tuple(map(tuple, groups.values()))

    return phrasing.own_blocks.groups.of(CONTRIBUTIONS, rows, group) if phrasing.own_blocks is not None else group()


def _owners(phrasing: Phrasing) -> Iterator[tuple[_Responsible, str, Origin]]:
    """Yield (owner, « le premier objectif » or « deux engagements du Collège », origin).

    The words of the objectives and commitments themselves are printed in other sections.
    """
    objectives = [row for row in phrasing.rows("gather.objectives") if phrasing.text(row, "text")]
    numbers_by_owner: dict[_Responsible, list[int]] = {}
    for number, row in enumerate(objectives, 1):
        numbers_by_owner.setdefault(_responsible_in(phrasing, row, "owner"), []).append(number)
    for who, numbers in numbers_by_owner.items():
        which = join([ordinal_in_words(number, phrasing.lang) for number in numbers], phrasing.word("and"))
        where = origin(objectives[numbers[0] - 1], "owner")
        yield who, phrasing.word("nth_objective", n=len(numbers), which=which), where
    # By owner, ids of the givers and id of their group ("" for none).
    commitments_by_owner: dict[tuple[_Responsible, tuple[str, ...], str], list[Entry]] = {}
    for rows_alike in _grouped_by_owner(phrasing):
        ids = phrasing.givers(rows_alike[0])
        if ids:
            partners_value = rows_alike[0].get("partners")
            group = str(partners_value.get("group", "")) if isinstance(partners_value, dict) else ""
            owner = _responsible_in(phrasing, rows_alike[0], "owner")
            if not owner.name:  # nobody is named, so there is nothing to word
                continue
            commitments_by_owner.setdefault((owner, ids, group), []).extend(rows_alike)
    for (who, ids, group), rows in commitments_by_owner.items():
        count = len(rows)
        name = phrasing.of_name(ids[0]) if len(ids) == 1 else phrasing.of_names(ids, group)
        n_words = count_in_words(count, phrasing.lang)
        words = phrasing.word("carries_commitments", n=count, n_words=n_words, of_name=name)
        yield who, words, origin(rows[0], "owner")
