"""The sections about topics: background, vision, objectives, structure, accountability, term and the rest."""

from __future__ import annotations

from collections.abc import Iterator

from tui.agreement.blocks import Block, Origin, Paragraph, Row, Run, Subheading, Table
from tui.agreement.phrasing import CONTRIBUTIONS, DASH, Phrasing, bullets, line, origin
from tui.agreement.signature_section import counted
from tui.partnership.values import Entry
from tui.text.dates import format_on, is_date
from tui.text.french_names import capital
from tui.text.name_matching import words_of


def preamble(voice: Phrasing) -> tuple[Block, ...]:
    """What stands before the first section."""
    return voice.prose(voice.answer("extra.preamble"), "text")


def background(voice: Phrasing) -> tuple[Block, ...]:
    """2: the story so far, the people it is for, the words that need a definition."""
    answer = voice.answer("extra.context")
    words = voice.rows("extra.definitions", "rows")
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
    answer = voice.answer("gather.vision")
    blocks: list[Block] = []
    for field in ("vision", "goal") if not voice.void("gather.vision") else ():
        blocks.append(Subheading((Run(voice.word(field)),)))
        hole = Paragraph(voice.hole(), Origin("gather.vision", field, "gather.vision"))
        blocks += voice.prose(answer, field) or (hole,)
    return tuple(blocks)


def objectives(voice: Phrasing) -> tuple[Block, ...]:
    """4: a numbered list, or a table as soon as one objective has an indicator, a due date or an owner."""
    rows = [row for row in voice.rows("gather.objectives", "rows") if voice.text(row, "text")]
    if not rows:
        return voice.missing("gather.objectives")
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
    level = voice.answer("gather.level")
    other = level is not None and level.get("level") == "other" and bool(voice.text(level, "function"))
    chosen = "" if other else voice.shown(level, "level")
    told = line(voice.word("level", level=chosen), origin(level, "level")) if chosen else None
    bodies = voice.rows("gather.governance", "bodies")
    columns = [(voice.word(word), field) for word, field in _BODY]
    count = counted(voice, "gather.procedures")
    governed = voice.table(columns, bodies, voice.word("governance")) or voice.missing("gather.governance")
    return (
        *((told,) if told is not None else () if other else voice.missing("gather.level")),
        *voice.prose(level, "function"),
        *voice.titled(voice.word("governance"), governed),
        *voice.titled(voice.word("decision"), voice.prose(voice.answer("extra.decision_rule"), "rule")),
        *((line(voice.word("procedures_count", count=count)),) if count else ()),
    )


_BODY = (("body", "name"), ("members", "members"), ("frequency", "frequency"), ("decision", "decision"))
_REPORT = (("report_what", "what"), ("report_who", "who"), ("report_to", "to"), ("report_when", "frequency"))


def accountability(voice: Phrasing) -> tuple[Block, ...]:
    """9: who reports what, to whom, when."""
    rows = voice.rows("gather.governance", "reports")
    columns = [(voice.word(word), field) for word, field in _REPORT]
    return voice.table(columns, rows, voice.word("report_what")) or voice.missing("gather.governance")


def term(voice: Phrasing) -> tuple[Block, ...]:
    """11: the periods, each partner's time, and when the agreement is reviewed."""
    periods = bullets((_labelled(voice, row), origin(row, "period")) for row in voice.rows("extra.dates", "rows"))
    answer = voice.answer("extra.review")
    blocks = (*_effect(voice), *periods, *_renewal(voice, answer), *voice.titled(voice.word("time"), _times(voice)))
    date, how = voice.shown(answer, "date"), voice.text(answer, "how")
    if not blocks and not date and not how:
        return ()
    apart = " : " if voice.lang == "fr" else ": "
    if voice.void("extra.review"):
        return blocks
    said = (Run(voice.word("review") + apart), *((Run(date),) if date else voice.hole()))
    where = Origin("extra.review", "date", "extra.review")
    return (*blocks, Paragraph((*said, Run(f", {how}")) if how else said, where))


def _renewal(voice: Phrasing, answer: Entry | None) -> tuple[Block, ...]:
    """How the agreement goes on after its term, where that was chosen, with the notice that prevents it."""
    rule = str(answer.get("renewal", "")) if answer is not None else ""
    if answer is None or rule not in ("tacit", "agreed", "none"):
        return ()
    notice = answer.get("notice")
    unless = voice.word("renews_unless", n=notice) if isinstance(notice, int) and notice > 0 else ""
    said = voice.word(f"renews_{rule}", document=capital(voice.document), unless=unless,
                      renewed=voice.agreed("renouvelé"))  # fmt: skip
    return (line(said, origin(answer, "renewal")),)


def _labelled(voice: Phrasing, row: Entry) -> str:
    period, label = voice.shown(row, "period"), voice.text(row, "label")
    apart = " : " if voice.lang == "fr" else ": "
    return apart.join(filter(None, (label, period)))


def _times(voice: Phrasing) -> tuple[Block, ...]:
    """The time that was promised by itself; that of a commitment stands behind its sentence, in section 7."""
    rows = []
    for row in voice.rows("commit.time"):
        effort = voice.text(row, "effort")
        if effort and voice.givers(row) and not _said_with_a_commitment(voice, row, effort):
            cells = (voice.capital(voice.given_by(row)), effort, voice.text(row, "for"), voice.shown(row, "period"))
            rows.append((cells, origin(row, "effort")))
    keep = [at for at in range(4) if at < 2 or any(cells[at] for cells, _where in rows)]
    words = ("partner", "time_amount", "for_what", "period")
    head = tuple((Run(voice.word(words[at])),) for at in keep)
    fields = tuple(("partners", "effort", "for", "period")[at] for at in keep)
    body = tuple(
        Row(tuple((Run(cells[at] or DASH),) for at in keep), where, fields if where.question == "commit.time" else ())
        for cells, where in rows
    )
    return (Table(head, body, voice.word("time")),) if rows else ()


def _said_with_a_commitment(voice: Phrasing, row: Entry, effort: str) -> bool:
    """Whether a commitment of the same givers says this time behind its sentence, and nothing more is said here."""
    if voice.shown(row, "period"):
        return False
    aim = words_of(voice.text(row, "for"))
    for other in voice.rows(CONTRIBUTIONS):
        same = voice.givers(other) == voice.givers(row) and words_of(voice.text(other, "effort")) == words_of(effort)
        if same and (not aim or set(aim) <= set(words_of(voice.text(other, "text")))):
            return True
    return False


def communication(voice: Phrasing) -> tuple[Block, ...]:
    """12: communication and brand, confidentiality, ownership."""
    return _three(voice, "extra.communication", ("communication", "confidentiality", "ownership"))


def disputes(voice: Phrasing) -> tuple[Block, ...]:
    """13: disputes, joining and leaving, amendments."""
    return _three(voice, "extra.disputes", ("disputes", "joining", "amendments"))


def _three(voice: Phrasing, question: str, fields: tuple[str, ...]) -> tuple[Block, ...]:
    answer = voice.answer(question)
    return tuple(block for field in fields for block in voice.titled(voice.word(field), voice.prose(answer, field)))


def open_points(voice: Phrasing) -> tuple[Block, ...]:
    """14: what is still missing, each with its section, what nobody brings where that is told, the points set aside."""
    columns = [(voice.word("open_point"), "text"), (voice.word("responsible"), "who"), (voice.word("by"), "due")]
    aside = voice.table(columns, voice.rows("extra.points", "rows"), voice.word("set_aside"))
    asked = [(voice.word("needed_what"), "text"), (voice.word("needed_absent"), "absent"),
             (voice.word("needed_asks"), "asks")]  # fmt: skip
    needed = voice.table(asked, voice.rows("extra.needed", "rows"), voice.word("needed"))
    listed = bullets(_missing(voice))
    above = "not_settled" if voice.final else "to_settle"
    return (
        *((line(voice.word(above), lead=True), *listed) if listed else ()),
        *voice.titled(voice.word("needed"), needed),
        *voice.titled(voice.word("set_aside"), aside),
    )


def _missing(voice: Phrasing) -> Iterator[tuple[str, Origin]]:
    """Each hole in words, one for all the partners that may not be named yet; their names are missing themselves."""
    nameless = voice.nameless
    alone = len(nameless) == len(voice.partners())
    others = voice.others(len(nameless), alone=alone)
    if not voice.partners():
        yield _see(voice, voice.word("partners_missing"), "partners"), Origin(question="open.who")
    elif nameless:
        where = Origin(question="open.who", partner=nameless[0])
        yield _see(voice, voice.word("names_missing", who=others), "partners"), where
    told: set[str] = set()
    for rule, partner_id in voice.holes:
        label = rule.label.get(voice.lang)
        if partner_id in nameless:
            if rule.id in told:
                continue
            told.add(rule.id)
            label = voice.word("hole_of", hole=label, name=others)
        elif partner_id:
            label = voice.word("hole_of", hole=label, name=voice.called(partner_id))
        yield _see(voice, label, rule.section), Origin(rule.question, rule.field, rule.question, partner_id)


def _see(voice: Phrasing, hole: str, section: str) -> str:
    return voice.word("see_section", hole=hole, number=voice.reference(section))


def nature(voice: Phrasing) -> tuple[Block, ...]:
    """15: what the document is worth, and how it is worded."""
    legal = voice.answer("extra.legal")
    told = voice.prose(legal, "text")
    if not told and not voice.void("extra.legal"):
        chosen = str(legal.get("nature", "")) if legal is not None else ""
        key = f"nature_{chosen}" if f"nature_{chosen}" in voice.guide.words else "legal"
        told = (line(voice.word(key), Origin("extra.legal", "text", "extra.legal")),)
    if legal is not None and legal.get("no_company"):
        said = voice.word("no_company", document=capital(voice.document))
        told = (*told, line(said, origin(legal, "no_company")))
    if legal is not None and f"prevails_{legal.get('prevails')}" in voice.guide.words:
        told = (*told, line(voice.word(f"prevails_{legal.get('prevails')}"), origin(legal, "prevails")))
    return (*told, *voice.prose(voice.answer("extra.inclusive"), "text"))


def _effect(voice: Phrasing) -> tuple[Block, ...]:
    """When the document takes effect, where that was chosen."""
    legal = voice.answer("extra.legal")
    if legal is None or legal.get("effect") not in ("all_signed", "on_date"):
        return ()
    document, signed = capital(voice.document), voice.agreed("signé")
    on = legal.get("effect_on")
    if legal.get("effect") == "all_signed":
        return (line(voice.word("takes_effect_all", document=document, signed=signed), origin(legal, "effect")),)
    date = format_on(on, voice.lang) if isinstance(on, str) and is_date(on) else ""
    said = voice.word("takes_effect_on", document=document, signed=signed, date=date or voice.hole()[0].text)
    return (line(said, origin(legal, "effect_on")),)
