"""Composes the sections about topics: background, vision, objectives, structure, accountability, term and the rest.

`compose` calls each public function with the Phrasing that words the text. « Section 3 » in a docstring is the number
of the section in a document that prints all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile

from tui.agreement import numbering
from tui.agreement.blocks import Block, Origin, Paragraph, Run, Subheading
from tui.agreement.phrasing import CONTRIBUTIONS, Phrasing, bullets, line, origin
from tui.agreement.signature_section import answer_counts
from tui.agreement.tabulation import KnownRow, entries_tabulated, tabulated
from tui.guide.guide_types import Part, Question
from tui.partnership.attachments import ATTACHMENTS, attachments
from tui.partnership.section_order import ARTICLES, section_of
from tui.partnership.silence import ABSENCE, RULE, SILENCE
from tui.partnership.values import Entry
from tui.partnership.versions import ADOPTED_MARK, is_later_point
from tui.text.dates import format_by, format_of, format_on, is_date
from tui.text.efforts import efforts_in, normal_effort
from tui.text.french_names import capitalize
from tui.text.name_matching import words_of
from tui.text.separators import colon

_HOLE_MARK = "\x02"  # holds the place of a hole while a sentence is made
# Words that begin the sentence of a rule without saying which: « Les décisions se prennent (par consensus) ».
_OPENING_WORDS = frozenset(
    words_of(
        "les nos toutes toute chaque la une décisions décision se prennent prend sont est prises prise nous on décidons"
        " décide all the our every each a decisions are is made taken reached we decide"
    )
)
# The columns of a table of bodies and of reports: (set phrase of its heading, field).
_BODY_COLUMNS = (("body", "name"), ("members", "members"), ("frequency", "frequency"), ("decision", "decision"))
_REPORT_COLUMNS = (("report_what", "what"), ("report_who", "who"), ("report_to", "to"), ("report_when", "frequency"))
# By the rule of renewal the set phrase on the days of notice: « unless a partner gives notice … », « if all agree … ».
_BEFORE_TERM = {"tacit": "renews_unless", "agreed": "renews_before"}
# Words that are left out when the aims of two efforts are compared.
_ARTICLE_WORDS = frozenset(("le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the", "a", "an"))


def preamble(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return the preamble, which is printed before the first section."""
    return phrasing.prose(phrasing.answer("extra.preamble"), "text")


def background(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 2: the story so far, the people it is for, the words that need a definition."""
    answer = phrasing.answer("extra.context")
    definitions = bullets(
        (
            colon(phrasing.lang).join(filter(None, (phrasing.text(row, "word"), phrasing.text(row, "meaning")))),
            origin(row, "word"),
        )
        for row in phrasing.rows("extra.definitions")
    )
    return (
        *phrasing.prose(answer, "background"),
        *phrasing.with_title(phrasing.word("population"), phrasing.prose(answer, "population")),
        *phrasing.with_title(phrasing.word("definitions"), definitions),
    )


def vision(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 3: the shared vision and the shared goal, « à préciser » for each that is missing."""
    answer = phrasing.answer("gather.vision")
    blocks: list[Block] = []
    if phrasing.is_void("gather.vision"):
        return ()
    for field in ("vision", "goal"):
        blocks.append(Subheading((Run(phrasing.word(field)),)))
        hole = Paragraph(phrasing.hole_runs(), Origin("gather.vision", field, "gather.vision"))
        blocks += phrasing.prose(answer, field) or (hole,)
    return tuple(blocks)


def objectives(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 4: a numbered list, or a table once an objective has an indicator, a due date or an owner."""
    rows = [row for row in phrasing.rows("gather.objectives") if phrasing.text(row, "text")]
    if not rows:
        return phrasing.missing_paragraph("gather.objectives")
    columns = [
        (phrasing.word("objective"), "text"),
        (phrasing.word("indicator"), "indicator"),
        (phrasing.word("due"), "due"),
        (phrasing.word("owner"), "owner"),
    ]
    if any(phrasing.in_words(row, field) for row in rows for _heading, field in columns[1:]):
        return entries_tabulated(phrasing, columns, rows, phrasing.word("objective"))
    return bullets(((phrasing.text(row, "text"), origin(row, "text")) for row in rows), ordered=True)


def structure(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 5: level and function, who decides and how, the count of those who agree."""
    answer = phrasing.answer("gather.level")
    # The level « autre » is not printed: the function that describes it is enough.
    is_other = answer is not None and answer.get("level") == "other"
    level = "" if is_other else phrasing.in_words(answer, "level")
    level_blocks: tuple[Block, ...]
    if level:
        level_blocks = (line(phrasing.word("level", level=level), origin(answer, "level")),)
    elif is_other and phrasing.text(answer, "function"):
        level_blocks = ()
    else:
        level_blocks = phrasing.missing_paragraph("gather.level")
    bodies = phrasing.rows("gather.governance", "bodies")
    all_same = _same_rule(phrasing, bodies)
    columns = [(phrasing.word(word), field) for word, field in _BODY_COLUMNS if not (all_same and field == "decision")]
    count = answer_counts(phrasing, "gather.procedures")
    body_table = entries_tabulated(phrasing, columns, bodies, phrasing.word("governance"))
    return (
        *level_blocks,
        *phrasing.prose(answer, "function"),
        *phrasing.with_title(
            phrasing.word("governance"), body_table or phrasing.missing_paragraph("gather.governance")
        ),
        *phrasing.with_title(phrasing.word("decision"), _decision_rule(phrasing)),
        *((line(phrasing.word("procedures_count", count=count)),) if count else ()),
    )


def _same_rule(phrasing: Phrasing, bodies: tuple[Entry, ...]) -> bool:
    """Return whether all bodies decide by the rule of the partnership, which is printed below their table anyway."""
    rules = {_rule_words(phrasing.text(row, "decision")) for row in bodies} - {()}
    return rules == {_rule_words(phrasing.text(phrasing.answer(RULE), "rule"))}


def _rule_words(text: str) -> tuple[str, ...]:
    """Return the words of a rule without those of `_OPENING_WORDS` that begin it, to compare it with another."""
    return tuple(dropwhile(_OPENING_WORDS.__contains__, words_of(text)))


def _decision_rule(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return how decisions are made, the quorum, and what silence and absence count for if there is a rule on them."""
    rule = phrasing.answer(RULE)
    presumptions = []  # that silence, or absence, counts as consent
    if rule is not None and rule.get(SILENCE) is True:
        until = rule.get("until")
        date = format_by(until, phrasing.lang) if isinstance(until, str) and is_date(until) else ""
        silence = phrasing.word("rule_of_silence" if date else "rule_of_silence_notice", date=date)
        presumptions.append(line(silence, origin(rule, SILENCE)))
    if rule is not None and rule.get(ABSENCE) is True:
        presumptions.append(line(phrasing.word("rule_of_absence"), origin(rule, ABSENCE)))
    limit = (line(phrasing.word("rule_limit")),) if presumptions else ()
    quorum = phrasing.text(rule, "quorum") if rule is not None else ""
    quorum_line = (line(phrasing.word("quorum", text=quorum), origin(rule, "quorum")),) if quorum else ()
    return (*phrasing.prose(rule, "rule"), *quorum_line, *presumptions, *limit)


def accountability(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 9: who reports what, to whom, when."""
    rows = phrasing.rows("gather.governance", "reports")
    columns = [(phrasing.word(word), field) for word, field in _REPORT_COLUMNS]
    return entries_tabulated(phrasing, columns, rows, phrasing.word("report_what")) or phrasing.missing_paragraph(
        "gather.governance"
    )


def term(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 11: the periods, each partner's time, and when the agreement is reviewed."""
    rows = phrasing.rows("extra.dates")
    periods = bullets((_period_words(phrasing, row, alone=len(rows) == 1), origin(row, "period")) for row in rows)
    answer = phrasing.answer("extra.review")
    duration = (*_effect(phrasing), *periods, *_renewal(phrasing, answer))
    times = phrasing.with_title(phrasing.word("time"), _times(phrasing))
    date, how = phrasing.in_words(answer, "date"), phrasing.text(answer, "how")
    # A missing date of review is « à préciser » only in a section that says something else.
    is_empty = not (duration or times or date or how)
    if phrasing.is_void("extra.review") or is_empty:
        return (*duration, *times)
    review = (Run(phrasing.word("review") + colon(phrasing.lang)), *((Run(date),) if date else phrasing.hole_runs()))
    where = Origin("extra.review", "date", "extra.review")
    return (*duration, Paragraph((*review, Run(f", {how}")) if how else review, where), *times)


def _renewal(phrasing: Phrasing, answer: Entry | None) -> tuple[Block, ...]:
    """Return whether and how the agreement is renewed after its term, with the days of notice; () if not chosen."""
    rule = answer.get("renewal") if answer is not None else None
    if answer is None or rule not in ("tacit", "agreed", "none"):
        return ()
    notice, notice_phrase = answer.get("notice"), _BEFORE_TERM.get(rule)  # `notice` in days
    has_notice = isinstance(notice, int) and notice > 0
    unless = phrasing.word(notice_phrase, n=notice) if notice_phrase and has_notice else ""
    text = phrasing.word(f"renews_{rule}", document=capitalize(phrasing.of_kind("this")), unless=unless,
                      renewed=phrasing.agreed_participle("renouvelé"))  # fmt: skip
    return (line(text, origin(answer, "renewal")),)


def _period_words(phrasing: Phrasing, row: Entry, *, alone: bool) -> str:
    """Return « du 1er mars au 31 décembre 2027 », « pilote : 2027 » with its label; « en 2027 » if it is `alone`."""
    period, label = phrasing.in_words(row, "period"), phrasing.text(row, "label")
    value = row.get("period") or {}
    is_one_date = value.get("start") and value.get("start") == value.get("end")
    if alone and not label and is_one_date:
        return format_on(value["start"], phrasing.lang)
    return colon(phrasing.lang).join(filter(None, (label, period)))


def _times(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return a table of the time that partners promise, without time that section 7 prints with a commitment."""
    rows = []
    for row in phrasing.rows("commit.time"):
        effort = phrasing.text(row, "effort")
        if effort and phrasing.givers(row) and not _is_in_a_commitment(phrasing, row, effort):
            cells = (
                phrasing.given_by(row),
                effort,
                phrasing.text(row, "for"),
                phrasing.in_words(row, "period"),
            )
            fields = ("partners", "effort", "for", "period")
            name_columns = frozenset({0})
            rows.append(KnownRow(cells, origin(row, "effort"), fields, name_columns))
    words = ("partner", "time_amount", "for_what", "period")
    return tabulated(phrasing, [phrasing.word(word) for word in words], rows, phrasing.word("time"))


def _is_in_a_commitment(phrasing: Phrasing, row: Entry, effort: str) -> bool:
    """Return whether a commitment of the same givers names the same time (`effort`) for the same aim.

    It may name the time in its text or in its field of time. Time promised for a period is never the same.
    """
    if phrasing.in_words(row, "period"):
        return False
    aim, givers = set(words_of(phrasing.text(row, "for"))) - _ARTICLE_WORDS, phrasing.givers(row)
    for commitment in phrasing.rows_of(CONTRIBUTIONS, "rows", givers[0]):
        if phrasing.givers(commitment) != givers:
            continue
        text, own_effort = phrasing.text(commitment, "text"), phrasing.text(commitment, "effort")
        same_time = words_of(own_effort) == words_of(effort) or (
            normal_effort(effort) in efforts_in(f"{text} ({own_effort})")
        )
        if same_time and (not aim or aim <= set(words_of(text))):
            return True
    return False


def communication(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 12: communication and brand, confidentiality, ownership."""
    return _titled_fields(phrasing, "extra.communication", ("communication", "confidentiality", "ownership"))


def disputes(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 13: disputes, joining and leaving, amendments."""
    return _titled_fields(phrasing, "extra.disputes", ("disputes", "joining", "amendments"))


def _titled_fields(phrasing: Phrasing, question: str, fields: tuple[str, ...]) -> tuple[Block, ...]:
    """Return each field of a question under its own small heading, empty ones left out."""
    answer = phrasing.answer(question)
    return tuple(
        block for field in fields for block in phrasing.with_title(phrasing.word(field), phrasing.prose(answer, field))
    )


def open_points(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 14: the answers still missing, what is needed and nobody offers, the points put off for later."""
    columns = [
        (phrasing.word("open_point"), "text"),
        (phrasing.word("responsible"), "who"),
        (phrasing.word("by"), "due"),
    ]
    adopted = bool(phrasing.view.setting(ADOPTED_MARK))
    points = [row for row in phrasing.rows("extra.points") if not (adopted and is_later_point(row))]
    aside = entries_tabulated(phrasing, columns, points, phrasing.word("set_aside"))
    needed_columns = [(phrasing.word("needed_what"), "text"), (phrasing.word("needed_absent"), "absent"),
                      (phrasing.word("needed_asks"), "asks")]  # fmt: skip
    needed = entries_tabulated(phrasing, needed_columns, phrasing.rows("extra.needed"), phrasing.word("needed"))
    missing = bullets(_missing_answers(phrasing))
    lead = "not_settled" if phrasing.final else "to_settle"
    return (
        *((line(phrasing.word(lead), lead=True), *missing) if missing else ()),
        *phrasing.with_title(phrasing.word("needed"), needed),
        *phrasing.with_title(phrasing.word("set_aside"), aside),
    )


def _missing_answers(phrasing: Phrasing) -> Iterator[tuple[str, Origin]]:
    """Yield (words, origin) of the partners' missing names, then of each hole (an answer that the agreement lacks).

    Equal holes of partners that may not be named yet are one line: « engagements de deux organismes à confirmer ».
    """
    nameless = phrasing.nameless_ids
    alone = len(nameless) == len(phrasing.partners())
    nameless_words = phrasing.counted_nameless(len(nameless), alone=alone)
    if not phrasing.partners():
        yield _with_section(phrasing, phrasing.word("partners_missing"), "partners"), Origin(question="open.who")
    elif nameless:
        where = Origin(question="open.who", partner=nameless[0])
        yield (
            _with_section(phrasing, phrasing.word("names_missing", n=len(nameless), who=nameless_words), "partners"),
            where,
        )
    counted_rules: set[str] = set()  # ids of the rules whose holes of nameless partners have been yielded
    for rule, partner_id in phrasing.holes:
        label = rule.label.get(phrasing.lang)
        if partner_id in nameless:
            if rule.id in counted_rules:
                continue
            counted_rules.add(rule.id)
            label = phrasing.word("hole_of", hole=label, name=nameless_words)
        elif partner_id:
            label = phrasing.word("hole_of", hole=label, name=phrasing.sentence_name(partner_id))
        yield _with_section(phrasing, label, rule.section), Origin(rule.question, rule.field, rule.question, partner_id)


def _with_section(phrasing: Phrasing, hole: str, section: str) -> str:
    """Return the words of a hole with the number of the section that lacks the answer."""
    return phrasing.word("see_section", hole=hole, number=numbering.reference(section))


def nature(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 15: the legal nature of the document, which language prevails, inclusive writing, annexes."""
    legal = phrasing.answer("extra.legal")
    clauses = phrasing.prose(legal, "text")
    if not clauses and not phrasing.is_void("extra.legal"):
        key = f"nature_{legal.get('nature')}" if legal is not None else ""
        text = phrasing.word(key if key in phrasing.guide.words else "legal")
        clauses = (line(text, Origin("extra.legal", "text", "extra.legal")),)
    if legal is not None and legal.get("no_company"):
        text = phrasing.word("no_company", document=capitalize(phrasing.of_kind("this")))
        clauses = (*clauses, line(text, origin(legal, "no_company")))
    if legal is not None and f"prevails_{legal.get('prevails')}" in phrasing.guide.words:
        clauses = (*clauses, line(phrasing.word(f"prevails_{legal.get('prevails')}"), origin(legal, "prevails")))
    return (*clauses, *phrasing.prose(phrasing.answer("extra.inclusive"), "text"), *_annexes(phrasing))


def _annexes(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return the list of annexes (papers that are part of the text), with numbers and the dates of their copies."""
    items = []
    for number, row in enumerate(attachments(phrasing.view), 1):
        on = row.get("on")
        what = phrasing.text(row, "what")
        if isinstance(on, str) and is_date(on):
            text = phrasing.word("annex_of_day", number=number, what=what, of_date=format_of(on, phrasing.lang))
        else:
            text = phrasing.word("annex_line", number=number, what=what)
        items.append((text, origin(row, "what")))
    blocks = (line(phrasing.word("annexes_lead"), lead=True), *bullets(items)) if items else ()
    return phrasing.with_title(phrasing.word("annexes"), blocks, Origin(question=ATTACHMENTS))


def _effect(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return when the document takes effect; () if that was not chosen."""
    legal = phrasing.answer("extra.legal")
    if legal is None or legal.get("effect") not in ("all_signed", "on_date"):
        return ()
    document, signed = capitalize(phrasing.of_kind("this")), phrasing.agreed_participle("signé")
    on = legal.get("effect_on")
    if legal.get("effect") == "all_signed":
        return (line(phrasing.word("takes_effect_all", document=document, signed=signed), origin(legal, "effect")),)
    is_known = isinstance(on, str) and is_date(on)
    date = format_on(str(on), phrasing.lang) if is_known else _HOLE_MARK
    text = phrasing.word("takes_effect_on", document=document, signed=signed, date=date)
    before, _mark, after = text.partition(_HOLE_MARK)
    runs = (Run(text),) if is_known else (Run(before), *phrasing.hole_runs(), Run(after))
    return (Paragraph(runs, origin(legal, "effect_on")),)


def articles(phrasing: Phrasing, section: str) -> tuple[Block, ...]:
    """Return the articles that the partnership added to a section, each under its title if it has one."""
    blocks: list[Block] = []
    for row in phrasing.rows(ARTICLES):
        if section_of(row) == section:
            if phrasing.text(row, "title") and not row.get("own_section"):
                blocks.append(Subheading((Run(phrasing.text(row, "title")),), origin(row, "title")))
            blocks += phrasing.prose(row, "text")
    return tuple(blocks)


def plain_blocks(phrasing: Phrasing, question: Question, part: Part) -> tuple[Block, ...]:
    """Return the fields of a part under its question's short name, or its rows as a list.

    Answers that belong to partners follow the names of these, in the order of the partners.
    """
    rows = phrasing.rows(question.id, part.id)
    shared = question.scope == "project"
    if not shared:
        positions = {partner.id: at for at, partner in enumerate(phrasing.partners())}
        rows = tuple(sorted(filter(phrasing.givers, rows), key=lambda row: positions[phrasing.givers(row)[0]]))
    if part.list:
        prefixes = [("" if shared else phrasing.given_by(row) + colon(phrasing.lang)) for row in rows]
        list_block = bullets(
            (prefix + ", ".join(_fields(phrasing, part, row)), origin(row, part.fields[0].id))
            for prefix, row in zip(prefixes, rows, strict=True)
        )
        return phrasing.with_title(part.title.get(phrasing.lang) or question.short.get(phrasing.lang), list_block)
    blocks: list[Block] = []
    for row in rows:
        if not shared:
            blocks.append(line(phrasing.given_by(row), origin(row)))
        for field in part.fields:
            if field.kind == "prose":
                blocks += phrasing.prose(row, field.id)
            elif words := phrasing.in_words(row, field.id):
                blocks.append(line(words, origin(row, field.id)))
    return phrasing.with_title(question.short.get(phrasing.lang), blocks)


def _fields(phrasing: Phrasing, part: Part, row: Entry) -> Iterator[str]:
    """Yield the fields of a row in words, without empty ones."""
    return (text for field in part.fields if (text := phrasing.in_words(row, field.id)))
