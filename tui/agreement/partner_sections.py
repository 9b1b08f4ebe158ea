"""The sections about partners: list, lead, commitments, allocation of responsibilities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tui.agreement.blocks import Block, Item, ListBlock, Origin, Paragraph, Run, Subheading
from tui.agreement.party_clauses import kind_of, person, verb_count
from tui.agreement.phrasing import CONTRIBUTIONS, Phrasing, bullets, line, origin, printable_positions
from tui.agreement.signature_section import FEW
from tui.agreement.tabulation import KnownRow, tabulated
from tui.fast_dataclass import dataclass
from tui.partnership.name_references import partner_of
from tui.partnership.partners import Partner, join, people
from tui.partnership.positions import CONSENSUS, DISSENT, UNSAID
from tui.partnership.values import Entry
from tui.text.counts import in_words, ordinal
from tui.text.dates import (
    earliest_day,
    format_by,
    format_date,
    format_from,
    format_on,
    format_period,
    format_until,
    is_date,
)
from tui.text.name_matching import fold
from tui.text.separators import colon

# The full stop of a sentence, behind a word of five letters or more: that of « etc. » or « inc. » stays.
_FULL_STOP = re.compile(r"(?<=\w{5})\.$")


def partners(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 1: one item per partner, with its role and the person responsible; then the members of each group.

    Partners that may not be named yet are counted once, behind the others; who left unnamed stands nowhere.
    """
    items = []
    for partner in phrasing.everyone():
        if partner.status == "declined" or not partner.name(phrasing.lang):
            continue
        items.append(_kept_item(phrasing, partner))
    if phrasing.nameless:
        where = Origin(question="open.who", partner=phrasing.nameless[0])
        said = phrasing.capital(phrasing.others(len(set(phrasing.nameless)), alone=not items))
        items.append(Item((Paragraph((Run(said, strong=True),), where),), where))
    return (ListBlock(tuple(items)), *_groups(phrasing)) if items else phrasing.missing("open.who")


def _kept_item(phrasing: Phrasing, partner: Partner) -> Item:
    """Return what is said of a partner; as it was told last, if all it tells is the same."""
    level = _involvement(phrasing, partner)
    involved = phrasing.capital(phrasing.word("involvement", level=level)) if level else ""
    if phrasing.own_blocks is None:
        return _item(phrasing, partner, involved)
    told = partner, involved, people(phrasing.view, partner.id), phrasing.view.day, phrasing.contract
    return phrasing.own_blocks.items.of(partner.id, told, lambda: _item(phrasing, partner, involved))


def _item(phrasing: Phrasing, partner: Partner, involved: str) -> Item:
    """Return what is said of a partner; `involved` is the sentence on how it takes part, "" for none."""
    where = origin(partner.entry, "name")
    blocks: list[Block] = [
        Paragraph((Run(phrasing.name(partner.id), strong=True), Run(_about(phrasing, partner))), where)
    ]
    if involved:
        blocks.append(line(involved, Origin(question="open.involvement", partner=partner.id)))
    named = [person(phrasing, row) for row in people(phrasing.view, partner.id) if row.get("accountable")]
    blocks += [line(phrasing.word("accountable_person", name=name), where) for name in named if name]
    return Item(tuple(blocks), where)


def _involvement(phrasing: Phrasing, partner: Partner) -> str:
    """Return « pilote le partenariat », « consultée »; "" where no level was agreed, or the partner has left."""
    answer = phrasing.answer("open.involvement", partner.id)
    level = phrasing.shown(answer, "level") if partner.active else ""
    if not level or answer is None:
        return ""
    if answer.get("level") == "leads":
        return phrasing.word("leads")
    if phrasing.lang == "fr" and answer.get("level") in ("informed", "consulted"):
        return phrasing.french(partner.id).participle(level, phrasing.word(f"level_{answer.get('level')}"))
    return level


def _groups(phrasing: Phrasing) -> Iterator[Block]:
    """Yield one line per group: its commitments bind only the members that the document lists under its name."""
    for row in phrasing.rows("extra.groups", "rows"):
        members = phrasing.members(row.id)
        if phrasing.text(row, "name") and members:
            said = phrasing.word("group_means", name=phrasing.text(row, "name"), members=phrasing.group(members))
            yield line(said, origin(row, "members"))


def _about(phrasing: Phrasing, partner: Partner) -> str:
    """Return what stands behind a name; a contract has told kind, address and short name of its parties above."""
    short = phrasing.short(partner.id)
    facts = [phrasing.text(partner.entry, "role")]
    if not phrasing.contract:
        facts.append(kind_of(phrasing, partner))
        facts.append(
            phrasing.word("address_withheld")
            if partner.entry.get("address_withheld")
            else phrasing.text(partner.entry, "address")
        )
    facts += _dates(phrasing, partner)
    defined = (
        f" ({phrasing.word('hereafter', name=short)})" if short and not (phrasing.contract and partner.active) else ""
    )
    return defined + "".join(f", {fact}" for fact in facts if fact)


def _dates(phrasing: Phrasing, partner: Partner) -> tuple[str, ...]:
    """Return « partenaire du 1er mai 2027 au 30 juin 2028 », « partenaire en mai 2027 »; else either date, if known."""
    start, end = partner.entry.get("from"), partner.entry.get("until")
    if isinstance(start, str) and isinstance(end, str) and is_date(start) and is_date(end):
        date = format_on(start, phrasing.lang) if start == end else format_period(start, end, phrasing.lang)
        return (phrasing.word("partner_from", date=date),)
    return _joined(phrasing, partner), _left(phrasing, partner)


def _joined(phrasing: Phrasing, partner: Partner) -> str:
    """Return « partenaire depuis le 1er mars 2026 », « partenaire à compter du 1er mars 2027 »; "" for no date."""
    on = partner.entry.get("from")
    if not isinstance(on, str) or not is_date(on):
        return ""
    day = phrasing.view.day
    if day and earliest_day(on).isoformat() <= day:
        date = phrasing.word("since_day" if len(on) > len("2026-11") else "since", date=format_date(on, phrasing.lang))
    else:
        date = format_from(on, phrasing.lang)
    return phrasing.word("partner_from", date=date)


def _left(phrasing: Phrasing, partner: Partner) -> str:
    """Return when a partner leaves or left, or that it left if no date is known; "" for one that stays."""
    until = partner.entry.get("until")
    if isinstance(until, str) and is_date(until) and partner.name(phrasing.lang):
        return phrasing.word("left_in", date=format_until(until, phrasing.lang))
    return "" if partner.active else phrasing.word("withdrawn")


def lead(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 6: who leads what, until when."""
    items = []
    rows = phrasing.rows("gather.lead", "rows")
    for row, who in zip(rows, _told_apart(phrasing, (_leading(phrasing, row) for row in rows)), strict=True):
        until = row.get("until")
        until = format_until(until, phrasing.lang) if isinstance(until, str) and is_date(until) else ""
        text = colon(phrasing.lang).join(filter(None, (who or phrasing.hole()[0].text, phrasing.text(row, "mandate"))))
        items.append((", ".join(filter(None, (text, until))), origin(row, "partner")))
    return bullets(items) or phrasing.missing("gather.lead")


def _leading(phrasing: Phrasing, row: Entry) -> _Responsible:
    """Return who leads by a row: the partner, and the person behind it."""
    named = (phrasing.shown(row, "partner"), _titled_name(phrasing, row, "person"))
    whose = _responsible_in(phrasing, row, "partner").nameless
    return _Responsible(phrasing.capital(", ".join(dict.fromkeys(filter(None, named)))), whose)


def _titled_name(phrasing: Phrasing, row: Entry, field: str) -> str:
    """Return a person with the title, anyone else by name; "" for nobody."""
    value, shown = row.get(field), phrasing.shown(row, field)
    if isinstance(value, dict) and "person" in value:
        return shown and (person(phrasing, phrasing.view.entry(value["person"])) or shown)
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        listed = phrasing.people_by_name.get(fold(value["name"]), ())
        # A name that only one listed person bears means that person, who has a title there.
        if len(listed) == 1:
            return person(phrasing, listed[0])
    return shown


def commitments(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 7: what several partners commit to, printed once; then each partner's own."""
    rows = phrasing.rows(CONTRIBUTIONS, "rows")
    unsure = _to_confirm(phrasing, rows)
    shared: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    received: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    for by_givers, found in ((shared, rows), (received, phrasing.rows("commit.win_win", "receives"))):
        for row in found:
            if len(row.givers) > 1 and len(phrasing.givers(row)) > 1:
                given = row.get("partners") or {}
                by_givers.setdefault((phrasing.givers(row), given.get("group", "")), []).append(row)
    blocks: list[Block] = []
    for ids, group in dict.fromkeys((*shared, *received)):
        rows_of_group = (*shared.get((ids, group), ()), *received.get((ids, group), ()))
        blocks += _shared_commitments(phrasing, phrasing.group(ids, group), rows_of_group, unsure)
    waiting, unnamed = [], False
    for partner in phrasing.partners():
        made = _own_commitments(phrasing, partner, unsure)
        says_something = any(isinstance(block, ListBlock) for block in made)  # else its heading, and what is missing
        if partner.id in phrasing.nameless and not says_something:
            waiting += [partner] if made else []
        elif partner.id in phrasing.nameless:
            blocks += _of_another(phrasing, made) if unnamed else made
            unnamed = True
        else:
            blocks += made
    blocks += _nameless_heading(phrasing, waiting)
    return tuple(blocks) or phrasing.missing(CONTRIBUTIONS)


def _nameless_heading(phrasing: Phrasing, waiting: list[Partner]) -> Iterator[Block]:
    """Yield one heading, and one missing answer, for all the partners without a name that have said nothing yet."""
    if waiting:
        alone = not any(partner.name(phrasing.lang) for partner in phrasing.partners())
        where = origin(waiting[0].entry, "name")
        several = len(waiting) > 1
        words = phrasing.others(len(waiting), alone=alone) if several else phrasing.name(waiting[0].id)
        yield Subheading((Run(phrasing.capital(words)),), where)
        yield from phrasing.missing(CONTRIBUTIONS, waiting[0].id)


def _of_another(phrasing: Phrasing, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield what a partner without a name gives and receives, apart from the one before: « Un autre organisme … »."""
    first, other = (phrasing.capital(phrasing.word(word)) for word in ("an_organisation", "another_organisation"))
    for block in blocks:
        if isinstance(block, Subheading | Paragraph) and block.runs[0].text.startswith(first):
            block = replace(block, runs=(Run(block.runs[0].text.replace(first, other)), *block.runs[1:]))
        yield block


def _shared_commitments(
    phrasing: Phrasing, name: str, rows: tuple[Entry, ...], unsure: frozenset[str]
) -> tuple[Block, ...]:
    """Return what several partners, called `name` together, give and receive; as it was told last, if that says so."""

    def make() -> tuple[Block, ...]:
        return tuple(_given_and_received(phrasing, name, rows, origin(rows[0], "partners"), unsure, many=True))

    if phrasing.own_blocks is None:
        return make()
    told = phrasing.capital(name), phrasing.intention, phrasing.final, _among(unsure, rows)
    return phrasing.own_blocks.of(" ".join(row.id for row in rows), (), rows, told, make)


def _own_commitments(phrasing: Phrasing, partner: Partner, unsure: frozenset[str]) -> tuple[Block, ...]:
    """Return what one partner alone gives and receives, under its name; as it was told last, if that says the same."""
    rows = phrasing.rows_of(CONTRIBUTIONS, "rows", partner.id) + phrasing.rows_of(
        "commit.win_win", "receives", partner.id
    )

    def make() -> tuple[Block, ...]:
        return tuple(_of_partner(phrasing, partner, rows, unsure))

    if phrasing.own_blocks is None:
        return make()
    void = phrasing.void(CONTRIBUTIONS) or phrasing.void_for(CONTRIBUTIONS, partner.id)
    name = phrasing.capital(phrasing.called(partner.id))
    told = name, phrasing.intention, phrasing.final, _among(unsure, rows), void
    return phrasing.own_blocks.of(partner.id, (partner.id,), rows, told, make)


def _among(ids: frozenset[str], rows: tuple[Entry, ...]) -> list[str]:
    return [row.id for row in rows if row.id in ids]


def _of_partner(
    phrasing: Phrasing, partner: Partner, own: tuple[Entry, ...], unsure: frozenset[str]
) -> Iterator[Block]:
    """Yield what `partner` alone gives and receives; where it gives nothing, also that this answer is missing."""
    alone = [row for row in own if len(phrasing.givers(row)) < 2]
    gives = any(row.question == CONTRIBUTIONS for row in own)
    where = _head_origin(phrasing, partner)
    yield from _given_and_received(phrasing, phrasing.called(partner.id), alone, where, unsure)
    if not gives and not phrasing.void(CONTRIBUTIONS) and not phrasing.void_for(CONTRIBUTIONS, partner.id):
        if not alone:
            yield Subheading((Run(phrasing.capital(phrasing.called(partner.id))),), where)
        yield from phrasing.missing(CONTRIBUTIONS, partner.id)


def _head_origin(phrasing: Phrasing, partner: Partner) -> Origin:
    """Return the origin of the name over a partner's commitments: its name, or the question for one that we make.

    « Le Collège » is made of the name by the program: nobody corrects it there.
    """
    if phrasing.called(partner.id) == phrasing.name(partner.id):
        return origin(partner.entry, "name")
    return Origin(question="open.who", partner=partner.id)


def _given_and_received(
    phrasing: Phrasing,
    name: str,
    rows: Sequence[Entry],
    where: Origin,
    unsure: frozenset[str],
    *,
    many: bool = False,
) -> Iterator[Block]:
    """Yield what some give and receive, under their name; rows of `unsure` (ids) as what is still to be confirmed.

    The line « reçoit : » names them again: a reader may meet it without the heading.
    """
    givers = phrasing.givers(rows[0]) if rows else ()
    count = 2 if many else 1  # the number of the verb: « s'engage » or « s'engagent »
    if not many and len(givers) == 1:
        count = verb_count(phrasing, givers[0])
    commits = "intends" if phrasing.intention else "commits"
    accepted = [row for row in rows if row.get("state") == "accepted"]
    kinds = (
        (commits, [row for row in accepted if row.id not in unsure]),
        (f"{commits}_to_confirm", [row for row in accepted if row.id in unsure]),
        ("offers", [row for row in rows if row.get("state") == "confirmed"]),
        ("receives_of", [row for row in rows if row.question == "commit.win_win"]),
    )
    if any(found for _word, found in kinds):
        yield Subheading((Run(phrasing.capital(name)),), where)
    for word, found in kinds:
        if found:
            yield line(phrasing.word(word, n=count, name=phrasing.capital(name)), where, lead=True)
            yield from bullets((sentence(phrasing, row), origin(row, "text")) for row in found)


def _to_confirm(phrasing: Phrasing, rows: Iterable[Entry]) -> frozenset[str]:
    """Return the ids of the rows of which a draft must not say « s'engage à ».

    That is a row that a giver opposes, and one whose giver has not answered while one partner opposes or FEW have
    answered: both read alike, so that the draft tells nobody who opposes. Where all have answered, and one opposes the
    text or a row of its own, it is all rows.
    """
    if phrasing.final:
        return frozenset()
    answers = {name: status for (asked, name), status in printable_positions(phrasing).items() if asked == CONSENSUS}
    answered = [status for status in answers.values() if status.level not in UNSAID]
    opposed = any(status.level in DISSENT or status.left_out for status in answered)
    if len(answered) == len(phrasing.partners()) and any(
        status.level in DISSENT or any(name in entry.givers for entry in _entries(phrasing, status.left_out))
        for name, status in answers.items()
    ):
        return frozenset(row.id for row in rows)
    # One or two answers change nothing while nobody opposes: who gave them could be told from it (FEW).
    awaited = opposed or len(answered) >= FEW
    if not awaited and not any(status.left_out for status in answers.values()):
        return frozenset()
    return frozenset(
        row.id
        for row in rows
        if any(
            status.level in DISSENT or row.id in status.left_out or (awaited and status.level in UNSAID)
            if (status := answers.get(giver)) is not None
            else awaited
            for giver in phrasing.givers(row)
        )
    )


def _entries(phrasing: Phrasing, ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of `ids` that the public view holds."""
    yield from (entry for name in ids if (entry := phrasing.view.entry(name)) is not None)


def sentence(phrasing: Phrasing, row: Entry) -> str:
    """Return a commitment as typed, with its ceiling, time, owner and due date behind it in parentheses.

    Its full stop goes where parentheses follow.
    """
    owner, due = phrasing.shown(row, "owner"), row.get("due")
    due = format_by(due, phrasing.lang) if isinstance(due, str) and is_date(due) else ""
    facts = [
        phrasing.shown(row, "ceiling"),
        phrasing.shown(row, "effort"),
        phrasing.word("accountable_short", name=owner) if owner else "",
        due,
    ]
    text, behind = phrasing.text(row, "text"), ", ".join(filter(None, facts))
    return f"{_FULL_STOP.sub('', text)} ({behind})" if behind else text


def responsibilities(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 8: who answers for what, one row per person or organisation.

    What other sections tell is named with their number, not told again.
    """
    rows: dict[_Responsible, list[tuple[str, Origin]]] = {}
    for who, what, where in _responsible(phrasing):
        if who.name and what:
            rows.setdefault(replace(who, name=phrasing.capital(who.name)), []).append((what, where))
    if not rows:
        return phrasing.missing("extra.responsibilities")
    names = _told_apart(phrasing, rows)
    texts = ("; ".join(dict.fromkeys(what for what, _where in found)) for found in rows.values())
    told = list(zip(names, texts, (found[0][1] for found in rows.values()), strict=True))
    if len(told) == 1:
        return bullets((colon(phrasing.lang).join((who, what)), where) for who, what, where in told)
    head = [phrasing.word("responsible"), phrasing.word("responsibility")]
    return tabulated(
        phrasing, head, [KnownRow((who, what), where) for who, what, where in told], phrasing.word("responsibility")
    )


@dataclass(frozen=True, slots=True)
class _Responsible:
    """Who answers for something: the name as printed, and the id of the partner where that may not be named yet."""

    name: str
    nameless: str = ""


def _responsible_in(phrasing: Phrasing, row: Entry, field: str) -> _Responsible:
    """Return whom a field names: a person with the title, a partner, anyone else."""
    value = row.get(field)
    whose = value if isinstance(value, str) else partner_of(phrasing.view, value)
    return _Responsible(_titled_name(phrasing, row, field), whose if whose in phrasing.nameless else "")


def _told_apart(phrasing: Phrasing, found: Iterable[_Responsible]) -> Iterator[str]:
    """Yield the names; of the partners without one all but the first are « Un autre organisme à confirmer »."""
    first, other = (phrasing.capital(phrasing.word(word)) for word in ("an_organisation", "another_organisation"))
    known = ""
    for who in found:
        unnamed = who.nameless if who.name == first else ""
        known = known or unnamed
        yield other if unnamed != known and unnamed else who.name


def _responsible(phrasing: Phrasing) -> Iterator[tuple[_Responsible, str, Origin]]:
    """Yield (who, for what, origin): leads, people responsible, owners, then the rows of the question itself."""
    leads = phrasing.rows("gather.lead", "rows")
    share = phrasing.word("leads_part", section=phrasing.in_section("lead"))
    for row in leads:
        who = _responsible_in(phrasing, row, "person")
        who = who if who.name else _responsible_in(phrasing, row, "partner")
        yield who, share if len(leads) > 1 else phrasing.word("leads_it"), origin(row, "person")
    for partner in phrasing.partners():
        for row in people(phrasing.view, partner.id):
            if row.get("accountable"):
                yield _Responsible(person(phrasing, row)), _contact(phrasing, partner.id), origin(row, "name")
    yield from _carried(phrasing)
    for row in phrasing.rows("extra.responsibilities", "rows"):
        yield _responsible_in(phrasing, row, "who"), phrasing.text(row, "what"), origin(row, "what")


def _contact(phrasing: Phrasing, partner_id: str) -> str:
    """Return « personne responsable du Collège », “contact person for the Centre”.

    Of a name whose article nobody knows « pour », which needs none.
    """
    if phrasing.lang != "fr" or not (phrasing.french(partner_id).article or phrasing.short(partner_id)):
        return phrasing.word("contact_for", name=phrasing.called(partner_id))
    return phrasing.word("contact_of", of_name=phrasing.of(partner_id))


def _with_one_owner(phrasing: Phrasing) -> tuple[tuple[Entry, ...], ...]:
    """Return the commitments by givers and owner as they are stored; the groups are kept while a name is typed."""
    rows = phrasing.rows(CONTRIBUTIONS, "rows")

    def group() -> tuple[tuple[Entry, ...], ...]:
        found: dict[tuple[object, ...], list[Entry]] = {}
        for row in rows:
            found.setdefault((row.subject, repr(row.get("partners")), repr(row.get("owner"))), []).append(row)
        return tuple(map(tuple, found.values()))

    return phrasing.own_blocks.groups.of(CONTRIBUTIONS, rows, group) if phrasing.own_blocks is not None else group()


def _carried(phrasing: Phrasing) -> Iterator[tuple[_Responsible, str, Origin]]:
    """Yield (who, « le premier objectif » or how many commitments of whom, origin) for each owner.

    The words of the objectives and commitments stand in sections of their own.
    """
    listed = [row for row in phrasing.rows("gather.objectives", "rows") if phrasing.text(row, "text")]
    carried: dict[_Responsible, list[int]] = {}
    for at, row in enumerate(listed, 1):
        carried.setdefault(_responsible_in(phrasing, row, "owner"), []).append(at)
    for who, numbers in carried.items():
        which = join([ordinal(number, phrasing.lang) for number in numbers], phrasing.word("and"))
        where = origin(listed[numbers[0] - 1], "owner")
        yield who, phrasing.word("nth_objective", n=len(numbers), which=which), where
    held: dict[tuple[_Responsible, tuple[str, ...], str], list[Entry]] = {}
    for alike in _with_one_owner(phrasing):
        ids = phrasing.givers(alike[0])
        if ids:
            given = alike[0].get("partners")
            group = str(given.get("group", "")) if isinstance(given, dict) else ""
            held.setdefault((_responsible_in(phrasing, alike[0], "owner"), ids, group), []).extend(alike)
    for (who, ids, group), rows in held.items():
        count = len(rows)
        name = phrasing.of(ids[0]) if len(ids) == 1 else phrasing.of_group(ids, group)
        words = phrasing.word("carries_commitments", n=count, n_words=in_words(count, phrasing.lang), of_name=name)
        yield who, words, origin(rows[0], "owner")
