"""The sections about partners: list, lead, commitments, allocation of responsibilities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.agreement.blocks import Block, Item, ListBlock, Origin, Paragraph, Row, Run, Subheading, Table
from tui.agreement.party_clauses import kind_of, person
from tui.agreement.phrasing import CONTRIBUTIONS, Phrasing, bullets, line, origin, printable_positions
from tui.agreement.signature_section import FEW
from tui.partnership.partners import Partner, join, people
from tui.partnership.positions import CONSENSUS, DISSENT, UNSAID
from tui.partnership.values import Entry
from tui.text.counts import in_words, ordinal
from tui.text.dates import earliest_day, format_by, format_date, format_from, format_until, is_date


def partners(voice: Phrasing) -> tuple[Block, ...]:
    """1: one item a partner, with its role and the person responsible; then whom each group's name stands for.

    Who may not be named yet is counted once, behind the others.
    """
    items, nameless = [], set(voice.nameless)
    for one in voice.everyone():
        if one.status == "declined" or one.id in nameless:
            continue
        where = origin(one.entry, "name")
        blocks: list[Block] = [Paragraph((Run(voice.name(one.id), strong=True), Run(_about(voice, one))), where)]
        level = _involvement(voice, one)
        if level:
            said = voice.word("involvement", level=level)
            blocks.append(line(voice.capital(said), Origin(question="open.involvement", partner=one.id)))
        named = [person(voice, row) for row in people(voice.view, one.id) if row.get("accountable")]
        blocks += [line(voice.word("accountable_person", name=name), where) for name in named if name]
        items.append(Item(tuple(blocks), where))
    if nameless:
        where = Origin(question="open.who", partner=voice.nameless[0])
        said = voice.capital(voice.others(len(nameless), alone=not items))
        items.append(Item((Paragraph((Run(said, strong=True),), where),), where))
    return (ListBlock(tuple(items)), *_groups(voice)) if items else voice.missing("open.who")


def _involvement(voice: Phrasing, one: Partner) -> str:
    """« pilote le partenariat », « consultée »; "" where no level was agreed, or the partner has left."""
    answer = voice.answer("open.involvement", one.id)
    level = voice.shown(answer, "level") if one.active else ""
    if not level or answer is None:
        return ""
    if answer.get("level") == "leads":
        return voice.word("leads")
    if voice.lang == "fr" and answer.get("level") in ("informed", "consulted"):
        return voice.french(one.id).participle(level)
    return level


def _groups(voice: Phrasing) -> Iterator[Block]:
    """A commitment made in a group's name binds only those whom the document lists under that name."""
    for row in voice.rows("extra.groups", "rows"):
        members = voice.members(row.id)
        if voice.text(row, "name") and members:
            said = voice.word("group_means", name=voice.text(row, "name"), members=voice.group(members))
            yield line(said, origin(row, "members"))


def _about(voice: Phrasing, one: Partner) -> str:
    """What stands behind a name; a contract has named its parties above, so that nothing of it is said again."""
    short = voice.short(one.id)
    facts = [voice.text(one.entry, "role")]
    if not voice.contract:
        facts.append(kind_of(voice, one))
        facts.append(
            voice.word("address_withheld") if one.entry.get("address_withheld") else voice.text(one.entry, "address")
        )
    facts += [_joined(voice, one), _left(voice, one)]
    defined = f" ({voice.word('hereafter', name=short)})" if short and not (voice.contract and one.active) else ""
    return defined + "".join(f", {fact}" for fact in facts if fact)


def _joined(voice: Phrasing, one: Partner) -> str:
    """« partenaire depuis le 1er mars 2026 », « partenaire à compter du 1er mars 2027 »; "" for no date."""
    on = one.entry.get("from")
    if not isinstance(on, str) or not is_date(on):
        return ""
    day = voice.view.day
    if day and earliest_day(on).isoformat() <= day:
        date = voice.word("since_day" if len(on) > len("2026-11") else "since", date=format_date(on, voice.lang))
    else:
        date = format_from(on, voice.lang)
    return voice.word("partner_from", date=date)


def _left(voice: Phrasing, one: Partner) -> str:
    until = one.entry.get("until")
    if isinstance(until, str) and is_date(until):
        return voice.word("left_in", date=format_until(until, voice.lang))
    return "" if one.active else voice.word("withdrawn")


def lead(voice: Phrasing) -> tuple[Block, ...]:
    """6: who leads what, until when."""
    items = []
    apart = " : " if voice.lang == "fr" else ": "
    for row in voice.rows("gather.lead", "rows"):
        who = voice.capital(", ".join(filter(None, (voice.shown(row, "partner"), _someone(voice, row, "person")))))
        until = row.get("until")
        until = format_until(until, voice.lang) if isinstance(until, str) and is_date(until) else ""
        text = apart.join(filter(None, (who or voice.hole()[0].text, voice.text(row, "mandate"))))
        items.append((", ".join(filter(None, (text, until))), origin(row, "partner")))
    return bullets(items) or voice.missing("gather.lead")


def _someone(voice: Phrasing, row: Entry, field: str) -> str:
    """A person with the title, anyone else by name."""
    value = row.get(field)
    if isinstance(value, dict) and "person" in value:
        return person(voice, voice.view.entry(value["person"])) or voice.shown(row, field)
    return voice.shown(row, field)


def commitments(voice: Phrasing) -> tuple[Block, ...]:
    """7: what several partners commit to, printed once; then each partner's own."""
    rows = voice.rows("open.contributions", "rows")
    shared: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    received: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    for kept, found in ((shared, rows), (received, voice.rows("commit.win_win", "receives"))):
        for row in found:
            if len(voice.givers(row)) > 1:
                given = row.get("partners") or {}
                kept.setdefault((voice.givers(row), given.get("group", "")), []).append(row)
    blocks: list[Block] = []
    for ids, group in dict.fromkeys((*shared, *received)):
        owned = (*shared.get((ids, group), ()), *received.get((ids, group), ()))
        name = voice.group(ids, group)
        blocks += _given(voice, name, owned, origin(owned[0], "partners"), many=True)
    waiting = []
    for one in voice.partners():
        made = _own(voice, one)
        if one.id in voice.nameless and not any(isinstance(block, ListBlock) for block in made):
            waiting += [one] if made else []
        else:
            blocks += made
    blocks += _waiting(voice, waiting)
    return tuple(blocks) or voice.missing("open.contributions")


def _waiting(voice: Phrasing, partners: list[Partner]) -> Iterator[Block]:
    """The partners without a name of whom nothing is known yet: one heading for all."""
    if partners:
        alone = not any(one.name(voice.lang) for one in voice.partners())
        where = origin(partners[0].entry, "name")
        several = len(partners) > 1
        words = voice.others(len(partners), alone=alone) if several else voice.name(partners[0].id)
        yield Subheading((Run(voice.capital(words)),), where)
        yield from voice.missing(CONTRIBUTIONS, partners[0].id)


def _own(voice: Phrasing, one: Partner) -> tuple[Block, ...]:
    """What one partner alone gives and receives, under its name."""
    rows = voice.rows_of(CONTRIBUTIONS, "rows", one.id) + voice.rows_of("commit.win_win", "receives", one.id)
    if voice.own_blocks is None:
        return tuple(_of_partner(voice, one, rows))
    return voice.own_blocks.of(one.id, rows, lambda: tuple(_of_partner(voice, one, rows)))


def _of_partner(voice: Phrasing, one: Partner, own: tuple[Entry, ...]) -> Iterator[Block]:
    alone = [row for row in own if len(voice.givers(row)) < 2]
    gives = any(row.question == "open.contributions" for row in own)
    yield from _given(voice, voice.called(one.id), alone, _head_origin(voice, one))
    if not gives and not voice.void("open.contributions") and not voice.void_for("open.contributions", one.id):
        if not alone:
            yield Subheading((Run(voice.capital(voice.called(one.id))),), _head_origin(voice, one))
        yield from voice.missing("open.contributions", one.id)


def _head_origin(voice: Phrasing, one: Partner) -> Origin:
    """Where the name over its commitments comes from: of a form that the program makes, « Le Collège », no field."""
    if voice.called(one.id) == voice.name(one.id):
        return origin(one.entry, "name")
    return Origin(question="open.who", partner=one.id)


def _given(voice: Phrasing, name: str, rows: Iterable[Entry], where: Origin, *, many: bool = False) -> Iterator[Block]:
    """What some give and receive, under their name; the line « reçoit : » names them again, for it may stand alone."""
    rows = list(rows)
    plural = many or (voice.lang == "fr" and len(rows) > 0 and _is_plural(voice, rows[0]))
    commits = "intends" if voice.intention else "commits"
    accepted = [row for row in rows if row.get("state") == "accepted"]
    unsure = {row.id for row in accepted if _to_confirm(voice, row)}
    kinds = (
        (commits, [row for row in accepted if row.id not in unsure]),
        (f"{commits}_to_confirm", [row for row in accepted if row.id in unsure]),
        ("offers", [row for row in rows if row.get("state") == "confirmed"]),
        ("receives_of", [row for row in rows if row.question == "commit.win_win"]),
    )
    if any(found for _word, found in kinds):
        yield Subheading((Run(voice.capital(name)),), where)
    for word, found in kinds:
        if found:
            yield line(voice.word(word, n=2 if plural else 1, name=voice.capital(name)), where, lead=True)
            yield from bullets((sentence(voice, row), origin(row, "text")) for row in found)


def _is_plural(voice: Phrasing, row: Entry) -> bool:
    """Whether the name of the one who gives or receives is a plural (« Les Veilleuses s'engagent »)."""
    ids = voice.givers(row)
    return len(ids) == 1 and bool(voice.short(ids[0])) and voice.french(ids[0]).plural


def _to_confirm(voice: Phrasing, row: Entry) -> bool:
    """Whether a draft must not say « s'engage à »: who is to do it opposes it, or has not answered where others have.

    Both read alike, so that the draft tells nobody who opposes.
    """
    if voice.final:
        return False
    heard = printable_positions(voice)
    asked = [heard.get((CONSENSUS, one)) for one in voice.givers(row)]
    if any(one is not None and (one.level in DISSENT or row.id in one.left_out) for one in asked):
        return True
    answered = [one for (question, _id), one in heard.items() if question == CONSENSUS and one.level not in UNSAID]
    opposed = any(one.level in DISSENT or one.left_out for one in answered)
    # One or two answers alone change nothing: who gave them could be told from it (FEW).
    return (opposed or len(answered) >= FEW) and any(one is None or one.level in UNSAID for one in asked)


def sentence(voice: Phrasing, row: Entry) -> str:
    """A commitment as it was typed, with its ceiling, time, owner and due date behind it."""
    owner, due = voice.shown(row, "owner"), row.get("due")
    due = format_by(due, voice.lang) if isinstance(due, str) and is_date(due) else ""
    facts = [
        voice.shown(row, "ceiling"),
        voice.shown(row, "effort"),
        voice.word("accountable_short", name=owner) if owner else "",
        due,
    ]
    text, behind = voice.text(row, "text"), ", ".join(filter(None, facts))
    return f"{text} ({behind})" if behind else text


def responsibilities(voice: Phrasing) -> tuple[Block, ...]:
    """8: who answers for what, one row a person or organisation; what other sections say is named, not said again."""
    rows: dict[str, list[tuple[str, Origin]]] = {}
    for who, what, where in _responsible(voice):
        if who and what:
            rows.setdefault(voice.capital(who), []).append((what, where))
    if not rows:
        return voice.missing("extra.responsibilities")
    head = (Run(voice.word("responsible")),), (Run(voice.word("responsibility")),)
    body = tuple(
        Row(((Run(who),), (Run("; ".join(dict.fromkeys(what for what, _where in found))),)), found[0][1])
        for who, found in rows.items()
    )
    return (Table(head, body, voice.word("responsibility")),)


def _responsible(voice: Phrasing) -> Iterator[tuple[str, str, Origin]]:
    for row in voice.rows("gather.lead", "rows"):
        who = _someone(voice, row, "person") or voice.shown(row, "partner")
        yield who, voice.word("leads_it"), origin(row, "person")
    for one in voice.partners():
        for row in people(voice.view, one.id):
            if row.get("accountable"):
                yield person(voice, row), _contact(voice, one.id), origin(row, "name")
    yield from _owners(voice)
    for row in voice.rows("extra.responsibilities", "rows"):
        yield _someone(voice, row, "who"), voice.text(row, "what"), origin(row, "what")


def _contact(voice: Phrasing, partner_id: str) -> str:
    """« personne responsable du Collège »; of a name whose article nobody knows « pour », which needs none."""
    if voice.lang == "fr" and not voice.french(partner_id).article and not voice.short(partner_id):
        return voice.word("contact_for", name=voice.called(partner_id))
    return voice.word("contact_of", of_name=voice.of(partner_id))


def _owners(voice: Phrasing) -> Iterator[tuple[str, str, Origin]]:
    """Who carries which objectives, and how many commitments of whom: their words stand in sections of their own."""
    listed = [row for row in voice.rows("gather.objectives", "rows") if voice.text(row, "text")]
    carried: dict[str, list[int]] = {}
    for at, row in enumerate(listed, 1):
        carried.setdefault(_someone(voice, row, "owner"), []).append(at)
    for who, numbers in carried.items():
        which = join([ordinal(number, voice.lang) for number in numbers], voice.word("and"))
        where = origin(listed[numbers[0] - 1], "owner")
        yield who, voice.word("nth_objective", n=len(numbers), which=which), where
    held: dict[tuple[str, tuple[str, ...], str], list[Entry]] = {}
    for row in voice.rows(CONTRIBUTIONS, "rows"):
        ids = voice.givers(row)
        if ids:
            given = row.get("partners")
            group = str(given.get("group", "")) if isinstance(given, dict) else ""
            held.setdefault((_someone(voice, row, "owner"), ids, group), []).append(row)
    for (who, ids, group), rows in held.items():
        count = len(rows)
        name = voice.of(ids[0]) if len(ids) == 1 else voice.of_group(ids, group)
        words = voice.word("carries_commitments", n=count, n_words=in_words(count, voice.lang), of_name=name)
        yield who, words, origin(rows[0], "owner")
