"""The sections about topics: background, vision, objectives, structure, accountability, money, term and the rest."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import Block, Origin, Paragraph, Row, Run, Subheading, Table
from tui.agreement.partner_sections import counted
from tui.agreement.phrasing import DASH, Phrasing, bullets, line, origin
from tui.partnership.completion import answer_entry
from tui.partnership.values import Entry

IN_KIND = frozenset({"expertise", "staff", "space", "equipment", "network", "data", "promotion"})


def _answer(voice: Phrasing, question: str) -> Entry | None:
    return answer_entry(voice.view, question, ())


def preamble(voice: Phrasing) -> tuple[Block, ...]:
    """What stands before the first section."""
    return voice.prose(_answer(voice, "extra.preamble"), "text")


def background(voice: Phrasing) -> tuple[Block, ...]:
    """2: the story so far, the people it is for, the words that need a definition."""
    answer = _answer(voice, "extra.context")
    words = voice.view.rows("extra.definitions", "rows")
    apart = " : " if voice.lang == "fr" else ": "
    listed = bullets(
        (apart.join(filter(None, (voice.text(row, "word"), voice.text(row, "meaning")))), origin(row, "word"))
        for row in words
    )
    return (
        *voice.prose(answer, "background"),
        *voice.titled(voice.word("population"), voice.prose(answer, "population")),
        *voice.titled(voice.word("definitions"), listed),
    )


def vision(voice: Phrasing) -> tuple[Block, ...]:
    """3: the shared vision and the shared goal, each with its hole."""
    answer = _answer(voice, "gather.vision")
    blocks: list[Block] = []
    for field in ("vision", "goal"):
        blocks.append(Subheading((Run(voice.word(field)),)))
        hole = Paragraph(voice.hole(), Origin("gather.vision", field, "gather.vision"))
        blocks += voice.prose(answer, field) or (hole,)
    return tuple(blocks)


def objectives(voice: Phrasing) -> tuple[Block, ...]:
    """4: a numbered list, or a table as soon as one objective has an indicator, a due date or an owner."""
    rows = [row for row in voice.view.rows("gather.objectives", "rows") if voice.text(row, "text")]
    if not rows:
        return (voice.missing("gather.objectives"),)
    columns = [
        (voice.word("objective"), "text"),
        (voice.word("indicator"), "indicator"),
        (voice.word("due"), "due"),
        (voice.word("owner"), "owner"),
    ]
    if any(voice.shown(row, field) for row in rows for _heading, field in columns[1:]):
        return voice.table(columns, rows, voice.word("objective"))
    return bullets(((voice.text(row, "text"), origin(row, "text")) for row in rows), ordered=True)


def structure(voice: Phrasing) -> tuple[Block, ...]:
    """5: level and function, who decides and how, the count of those who agree."""
    level = _answer(voice, "gather.level")
    chosen = voice.shown(level, "level")
    said = line(voice.word("level", level=chosen), origin(level, "level")) if chosen else voice.missing("gather.level")
    bodies = voice.view.rows("gather.governance", "bodies")
    columns = [(voice.word(word), field) for word, field in _BODY]
    count = counted(voice, "gather.procedures")
    return (
        said,
        *voice.prose(level, "function"),
        Subheading((Run(voice.word("governance")),)),
        *(voice.table(columns, bodies, voice.word("governance")) or (voice.missing("gather.governance"),)),
        *voice.titled(voice.word("decision"), voice.prose(_answer(voice, "extra.decision_rule"), "rule")),
        *((line(voice.word("procedures_count", count=count)),) if count else ()),
    )


_BODY = (("body", "name"), ("members", "members"), ("frequency", "frequency"), ("decision", "decision"))
_REPORT = (("report_what", "what"), ("report_who", "who"), ("report_to", "to"), ("report_when", "frequency"))


def accountability(voice: Phrasing) -> tuple[Block, ...]:
    """9: who reports what, to whom, when."""
    rows = voice.view.rows("gather.governance", "reports")
    columns = [(voice.word(word), field) for word, field in _REPORT]
    return voice.table(columns, rows, voice.word("report_what")) or (voice.missing("gather.governance"),)


def resources(voice: Phrasing) -> tuple[Block, ...]:
    """10: acquired money, the fiscal agent, and what is given in kind (taken from the contributions)."""
    rows = tuple(_funding(voice))
    apart = " : " if voice.lang == "fr" else ": "
    agent = _answer(voice, "commit.funding")
    chosen = voice.shown(agent, "fiscal_agent")
    head = tuple((Run(voice.word(word)),) for word in ("source", "amount", "paid_by", "due"))
    keep = [at for at in range(4) if at < 2 or any(row.cells[at] != (Run(DASH),) for row in rows)]
    money = Table(
        tuple(head[at] for at in keep),
        tuple(Row(tuple(row.cells[at] for at in keep), row.origin, tuple(_MONEY[at] for at in keep)) for row in rows),
        voice.word("source"),
    )
    given = bullets(
        (f"{voice.given_by(row)}{apart}{voice.text(row, 'text')}", origin(row, "type"))
        for row in voice.view.rows("open.contributions", "rows")
        if row.get("type") in IN_KIND and voice.givers(row)
    )
    return (
        *((money,) if rows else ()),
        *((line(voice.word("fiscal_agent", name=chosen), origin(agent, "fiscal_agent")),) if chosen else ()),
        *voice.titled(voice.word("in_kind"), given),
    )


_MONEY = ("source", "amount", "partners", "due")


def _funding(voice: Phrasing) -> Iterator[Row]:
    for row in voice.view.rows("commit.funding", "rows"):
        amount = voice.shown(row, "amount")
        if amount and row.get("ceiling"):
            amount = voice.word("up_to", amount=amount)
        if amount and row.get("each"):
            amount = voice.word("each", amount=amount)
        texts = (voice.text(row, "source"), amount, voice.shown(row, "partners"), voice.shown(row, "due"))
        yield Row(tuple((Run(text or DASH),) for text in texts), origin(row, "source"))


def term(voice: Phrasing) -> tuple[Block, ...]:
    """11: the periods, each partner's time, and when the agreement is reviewed."""
    periods = bullets((_labelled(voice, row), origin(row, "period")) for row in voice.view.rows("extra.dates", "rows"))
    blocks = (*periods, *voice.titled(voice.word("time"), _times(voice)))
    answer = _answer(voice, "extra.review")
    date, how = voice.shown(answer, "date"), voice.text(answer, "how")
    if not blocks and not date and not how:
        return ()
    apart = " : " if voice.lang == "fr" else ": "
    said = (Run(voice.word("review") + apart), *((Run(date),) if date else voice.hole()))
    where = Origin("extra.review", "date", "extra.review")
    return (*blocks, Paragraph((*said, Run(f", {how}")) if how else said, where))


def _labelled(voice: Phrasing, row: Entry) -> str:
    period, label = voice.shown(row, "period"), voice.text(row, "label")
    apart = " : " if voice.lang == "fr" else ": "
    return apart.join(filter(None, (label, period)))


def _times(voice: Phrasing) -> tuple[Block, ...]:
    rows = []
    for row in (*voice.view.rows("commit.time", "rows"), *voice.view.rows("open.contributions", "rows")):
        effort = voice.text(row, "effort")
        if effort and voice.givers(row):
            what = voice.text(row, "for") or voice.text(row, "text")
            cells = (voice.given_by(row), effort, what, voice.shown(row, "period"))
            rows.append((cells, origin(row, "effort")))
    keep = [at for at in range(4) if at < 2 or any(cells[at] for cells, _where in rows)]
    words = ("partner", "time_amount", "for_what", "period")
    head = tuple((Run(voice.word(words[at])),) for at in keep)
    body = tuple(Row(tuple((Run(cells[at] or DASH),) for at in keep), where) for cells, where in rows)
    return (Table(head, body, voice.word("time")),) if rows else ()


def communication(voice: Phrasing) -> tuple[Block, ...]:
    """12: communication and brand, confidentiality, ownership."""
    return _three(voice, "extra.communication", ("communication", "confidentiality", "ownership"))


def disputes(voice: Phrasing) -> tuple[Block, ...]:
    """13: disputes, joining and leaving, amendments."""
    return _three(voice, "extra.disputes", ("disputes", "joining", "amendments"))


def _three(voice: Phrasing, question: str, fields: tuple[str, ...]) -> tuple[Block, ...]:
    answer = _answer(voice, question)
    return tuple(block for field in fields for block in voice.titled(voice.word(field), voice.prose(answer, field)))


def open_points(voice: Phrasing) -> tuple[Block, ...]:
    """14: the named holes, then the points set aside."""
    holes = []
    for rule, partner_id in voice.holes:
        label = rule.label.get(voice.lang)
        if partner_id:
            label = voice.word("hole_of", hole=label, name=voice.name(partner_id))
        head = voice.guide.section(rule.section)
        number = head.number if head is not None else ""
        where = Origin(rule.question, rule.field, rule.question, partner_id)
        holes.append((voice.word("see_section", hole=label, number=number), where))
    columns = [(voice.word("open_point"), "text"), (voice.word("responsible"), "who"), (voice.word("by"), "due")]
    aside = voice.table(columns, voice.view.rows("extra.points", "rows"), voice.word("set_aside"))
    listed = bullets(holes)
    return (
        *((line(voice.word("to_settle"), lead=True), *listed) if listed else ()),
        *voice.titled(voice.word("set_aside"), aside),
    )


def nature(voice: Phrasing) -> tuple[Block, ...]:
    """15: what the document is worth, and how it is worded."""
    legal = _answer(voice, "extra.legal")
    default = (line(voice.word("legal"), Origin("extra.legal", "text", "extra.legal")),)
    return (*(voice.prose(legal, "text") or default), *voice.prose(_answer(voice, "extra.inclusive"), "text"))
