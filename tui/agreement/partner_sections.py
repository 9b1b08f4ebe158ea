"""The sections about partners: list, lead, commitments, allocation of responsibilities, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.agreement.blocks import (
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Signatory,
    Signature,
    Subheading,
    Table,
)
from tui.agreement.phrasing import Phrasing, bullets, line, origin, printable_positions
from tui.partnership.completion import VOID, answer_entry, state_of
from tui.partnership.partners import Partner, people, rows_of
from tui.partnership.positions import (
    CONSENSUS,
    DISSENT,
    RESERVATION,
    YES,
    PositionStatus,
    counted_codes,
    exceptions_of,
)
from tui.partnership.values import Entry

FEW = 3  # below this many partners a count of positions would name them (contracts.md, « Values »)


def partners(voice: Phrasing) -> tuple[Block, ...]:
    """1: one item a partner, with its role and the person responsible; then whom each group's name stands for."""
    items = []
    for one in voice.everyone():
        if one.status == "declined":
            continue
        where = origin(one.entry, "name")
        blocks: list[Block] = [Paragraph((Run(voice.name(one.id), strong=True), Run(_about(voice, one))), where)]
        level = voice.shown(answer_entry(voice.view, "open.involvement", (one.id,)), "level")
        if level:
            said = voice.word("involvement", level=level)
            blocks.append(line(said[:1].upper() + said[1:], Origin(question="open.involvement", partner=one.id)))
        named = [_person(voice, row) for row in people(voice.view, one.id) if row.get("accountable")]
        blocks += [line(voice.word("accountable_person", name=name), where) for name in named if name]
        items.append(Item(tuple(blocks), where))
    return (ListBlock(tuple(items)), *_groups(voice)) if items else (voice.missing("open.who"),)


def _groups(voice: Phrasing) -> Iterator[Block]:
    """A commitment made in a group's name binds only those whom the document lists under that name."""
    for row in voice.view.rows("extra.groups", "rows"):
        members = voice.members(row.id)
        if voice.text(row, "name") and members:
            said = voice.word("group_means", name=voice.text(row, "name"), members=voice.group(members))
            yield line(said, origin(row, "members"))


def _about(voice: Phrasing, one: Partner) -> str:
    short = one.entry.text("short_name", voice.lang)
    facts = [
        f" ({voice.word('hereafter', name=short)})" if short and one.name(voice.lang) else "",
        *(voice.shown(one.entry, field) for field in ("role", "kind", "address")),
    ]
    if one.status == "withdrawn":
        until = voice.shown(one.entry, "until")
        facts.append(voice.word("left_in", date=until) if until else voice.word("withdrawn"))
    return facts[0] + "".join(f", {fact}" for fact in facts[1:] if fact)


def _person(voice: Phrasing, row: Entry | None) -> str:
    return ", ".join(filter(None, (voice.text(row, "name"), voice.text(row, "title"))))


def lead(voice: Phrasing) -> tuple[Block, ...]:
    """6: who leads what, until when."""
    items = []
    for row in voice.view.rows("gather.lead", "rows"):
        who = ", ".join(filter(None, (voice.shown(row, "partner"), _someone(voice, row, "person"))))
        until = voice.shown(row, "until")
        facts = [who or voice.word("to_be_specified"), voice.text(row, "mandate")]
        text = " : ".join(fact for fact in facts if fact) if voice.lang == "fr" else ": ".join(filter(None, facts))
        items.append((f"{text}, {voice.word('until', date=until)}" if until else text, origin(row, "partner")))
    return bullets(items) or (voice.missing("gather.lead"),)


def _someone(voice: Phrasing, row: Entry, field: str) -> str:
    """A person with the title, anyone else by name."""
    value = row.get(field)
    if isinstance(value, dict) and "person" in value:
        return _person(voice, voice.view.entry(value["person"])) or voice.shown(row, field)
    return voice.shown(row, field)


def commitments(voice: Phrasing) -> tuple[Block, ...]:
    """7: what several partners commit to, printed once; then each partner's own."""
    view = voice.view
    rows = view.rows("open.contributions", "rows")
    shared: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    received: dict[tuple[tuple[str, ...], str], list[Entry]] = {}
    for kept, found in ((shared, rows), (received, view.rows("commit.win_win", "receives"))):
        for row in found:
            if len(voice.givers(row)) > 1:
                given = row.get("partners") or {}
                kept.setdefault((voice.givers(row), given.get("group", "")), []).append(row)
    blocks: list[Block] = []
    for ids, group in dict.fromkeys((*shared, *received)):
        owned = (*shared.get((ids, group), ()), *received.get((ids, group), ()))
        name = voice.group(ids, group)
        blocks += _given(
            voice, name[:1].upper() + name[1:] if group else name, owned, origin(owned[0], "partners"), many=True
        )
    for one in voice.partners():
        blocks += _of_partner(voice, one)
    return tuple(blocks) or (voice.missing("open.contributions"),)


def _of_partner(voice: Phrasing, one: Partner) -> Iterator[Block]:
    view = voice.view
    own = [*rows_of(view, "open.contributions", "rows", one.id), *rows_of(view, "commit.win_win", "receives", one.id)]
    alone = [row for row in own if len(voice.givers(row)) < 2]
    gives = any(row.question == "open.contributions" for row in own)
    yield from _given(voice, voice.name(one.id), alone, origin(one.entry, "name"))
    void = state_of(view, voice.guide.question("open.contributions"), (one.id,)) == VOID
    if not gives and not void:
        if not alone:
            yield Subheading((Run(voice.name(one.id)),), origin(one.entry, "name"))
        yield voice.missing("open.contributions", one.id)


def _given(voice: Phrasing, name: str, rows: Iterable[Entry], where: Origin, *, many: bool = False) -> Iterator[Block]:
    rows = list(rows)
    kinds = (
        ("commits", [row for row in rows if row.get("state") == "accepted"]),
        ("offers", [row for row in rows if row.get("state") == "confirmed"]),
        ("receives", [row for row in rows if row.question == "commit.win_win"]),
    )
    if any(found for _word, found in kinds):
        yield Subheading((Run(name),), where)
    for word, found in kinds:
        if found:
            yield line(voice.word(word, n=2 if many else 1), where, lead=True)
            yield from bullets((sentence(voice, row), origin(row, "text")) for row in found)


def sentence(voice: Phrasing, row: Entry) -> str:
    """A commitment as it was typed, with its ceiling, time, owner and due date behind it."""
    owner, due = voice.shown(row, "owner"), voice.shown(row, "due")
    facts = [
        voice.shown(row, "ceiling"),
        voice.shown(row, "effort"),
        voice.word("accountable_short", name=owner) if owner else "",
        voice.word("due_by", date=due) if due else "",
    ]
    text, behind = voice.text(row, "text"), ", ".join(filter(None, facts))
    return f"{text} ({behind})" if behind else text


def responsibilities(voice: Phrasing) -> tuple[Block, ...]:
    """8: built from lead, accountable people, owners and members of bodies; additions come last."""
    rows = tuple(Row(((Run(who),), (Run(what),)), where) for who, what, where in _responsible(voice) if who and what)
    if not rows:
        return (voice.missing("extra.responsibilities"),)
    head = (Run(voice.word("responsible")),), (Run(voice.word("responsibility")),)
    return (Table(head, rows, voice.word("responsibility")),)


def _responsible(voice: Phrasing) -> Iterator[tuple[str, str, Origin]]:
    view = voice.view
    for row in view.rows("gather.lead", "rows"):
        who = ", ".join(filter(None, (_someone(voice, row, "person"), voice.shown(row, "partner"))))
        yield who, voice.text(row, "mandate") or voice.word("leads"), origin(row, "person")
    for one in voice.partners():
        for row in people(view, one.id):
            if row.get("accountable"):
                yield _person(voice, row), voice.word("accountable_for", name=voice.name(one.id)), origin(row, "name")
    for question, word in (("gather.objectives", "owns"), ("open.contributions", "carries")):
        for row in view.rows(question, "rows"):
            if row.givers and not voice.givers(row):
                continue
            yield _someone(voice, row, "owner"), voice.word(word, text=voice.text(row, "text")), origin(row, "owner")
    for row in view.rows("gather.governance", "bodies"):
        members = row.get("members", ())
        count = len(members) if isinstance(members, list) else 0
        if count:
            yield (
                voice.shown(row, "members"),
                voice.word("sits", n=count, name=voice.text(row, "name")),
                origin(row, "members"),
            )
    for row in view.rows("extra.responsibilities", "rows"):
        yield voice.shown(row, "who"), voice.text(row, "what"), origin(row, "what")


def counted(voice: Phrasing, question: str) -> str:
    """« 5 accords, 1 accord avec réserve »; "" below three partners, where a count would tell who said what."""
    tally = voice.view.tallies.get(question, {})
    if sum(tally.values()) < FEW:
        return ""
    codes = counted_codes(voice.guide)
    return ", ".join(voice.word(f"count_{code}", n=tally[code]) for code in codes if tally.get(code))


def signatures(voice: Phrasing) -> tuple[Block, ...]:
    """16: the count of answers, what may be published of them, then one signature block a partner."""
    blocks: list[Block] = [line(voice.word("sign_lead"))]
    count = counted(voice, CONSENSUS)
    if count:
        blocks.append(line(voice.word("answers", count=count), Origin(question=CONSENSUS)))
    for one in voice.partners():
        blocks += _reserved(voice, one, answer_entry(voice.view, CONSENSUS, (one.id,)))
    for one in voice.partners():
        blocks.append(_signature(voice, one, answer_entry(voice.view, CONSENSUS, (one.id,))))
    return tuple(blocks)


def _reserved(voice: Phrasing, one: Partner, position: Entry | None) -> Iterator[Block]:
    """The reservation and the sentences left out that a partner lets be published, said on the present words alone."""
    standing = printable_positions(voice).get((CONSENSUS, one.id))
    if position is None or standing is None or standing.reopened:
        return
    reservation, name = voice.text(position, "reservation"), voice.name(one.id)
    if reservation and standing.level in DISSENT:
        answer = _dissent(voice, standing, position)
        said = voice.word("dissent_of", answer=answer[:1].upper() + answer[1:], name=name, text=reservation)
        yield line(said, origin(position, "reservation"))
    elif reservation:
        yield line(voice.word("reservation_of", name=name, text=reservation), origin(position, "reservation"))
    # « Dit oui, sauf sur » tells of a yes, which takes a yes and the leave to publish it.
    says_yes = position.get("level") in (*YES, RESERVATION)
    for row in exceptions_of(voice.view, position) if not standing.stands_from_before else ():
        word = "exception_of" if says_yes else "sentence_left_out"
        said = voice.word(word, name=voice.name(one.id), text=voice.text(row, "text"))
        facts = ", ".join(filter(None, (voice.shown(row, "level"), voice.text(row, "reservation"))))
        yield line(f"{said} ({facts})" if facts else said, origin(row, "text"))


def _dissent(voice: Phrasing, standing: PositionStatus, position: Entry) -> str:
    """« désaccord », or « désaccord donné sur l'ancien texte »."""
    return voice.word(standing.code) if standing.stands_from_before else voice.shown(position, "level")


def _signature(voice: Phrasing, one: Partner, position: Entry | None) -> Signature:
    who = [row for row in people(voice.view, one.id) if row.get("signs")]
    signing = tuple(Signatory(voice.text(row, "name"), voice.text(row, "title")) for row in who)
    return Signature(
        partner=voice.name(one.id),
        signatories=signing or (Signatory(),),
        authorisation=_authorisation(voice, one.entry),
        note=_note(voice, one, position),
        signature_label=voice.word("signature"),
        name_label=voice.word("name_and_title"),
        date_label=voice.word("date"),
        origin=origin(one.entry, "auth_body"),
        named=bool(one.name(voice.lang)),
    )


def _authorisation(voice: Phrasing, entry: Entry) -> str:
    body, number, on = voice.text(entry, "auth_body"), voice.text(entry, "auth_number"), voice.shown(entry, "auth_date")
    facts = [
        voice.word("authorised", body=body) if body else "",
        voice.word("resolution", number=number) if number else "",
        voice.word("of_date", date=on) if on else "",
    ]
    text = ", ".join(filter(None, facts[:2])) + (f" {facts[2]}" if facts[2] and (body or number) else facts[2])
    return text[:1].upper() + text[1:]


def _note(voice: Phrasing, one: Partner, position: Entry | None) -> str:
    """The partner's published answer, as far as it was given on the present words."""
    standing = printable_positions(voice).get((CONSENSUS, one.id))
    if position is None or standing is None or not position.get("level"):
        return ""
    if standing.reopened:
        return voice.word("reopened")
    if standing.silent:
        return ""  # « accord » alone would hide the sentences it leaves out
    said = voice.word("answered", answer=_dissent(voice, standing, position))
    ratification = _ratification(voice, position) if standing.level in (*YES, RESERVATION) else ""
    if ratification:  # it tells of the yes by itself, but must not hide a reservation
        said = f"{said}. {ratification}" if standing.level == RESERVATION else ratification
    count = len(standing.exceptions)
    return voice.word("except_on", position=said, n=count) if count else said


def _ratification(voice: Phrasing, position: Entry) -> str:
    """« Entériné par la résolution … », « À entériner par … »; "" when neither was noted."""
    number, on = voice.text(position, "resolution"), voice.shown(position, "ratified_on")
    body, when = voice.text(position, "ratify_by"), voice.shown(position, "ratify_on")
    if number or on:
        return voice.word("ratified", number=number or "—", date=on or "—")
    if body or when:
        return voice.word("to_ratify", body=body or "—", date=when) if when else voice.word("to_ratify_by", body=body)
    return ""
