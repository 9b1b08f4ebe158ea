"""One sub-step of the guide page as a table: partners are rows, the questions asked of each are columns.

What is asked once stands below, in the first words of its answer. A cell says a fact in four to six letters.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part, Question, Step
from tui.i18n import _, ngettext
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.completion import (
    ANSWERED,
    CONFIRM,
    DISCUSS,
    EMPTY,
    STARTED,
    VOID,
    Progress,
    answer_entry,
    filled,
    has_any_answer,
    is_void,
    partner_state,
    progress,
)
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.partners import WHO, Partner, active, rows_of, with_those_who_left
from tui.partnership.positions import (
    BEFORE_PREFIX,
    CONSENSUS,
    EXCEPT,
    POSITIONS,
    REOPENED,
    YES,
    PositionStatus,
    PositionStatuses,
    points,
    position_statuses,
)
from tui.partnership.privacy import public_view
from tui.partnership.values import Entry, Partnership
from tui.text.body_names import body_in_sentence
from tui.text.dates import format_date
from tui.text.efforts import short_effort
from tui.text.separators import semicolon

CONTRIBUTIONS, TIME, WIN_WIN, HOW_MANY = "open.contributions", "commit.time", "commit.win_win", "open.how_many"
GIVEN = frozenset({"confirmed", "accepted"})  # the states of a contribution that may be told
LONGEST = 6  # letters of a cell that no list of codes shortens


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell: `text` in four to six letters, `words` in full, `state` one of the states of completion."""

    text: str
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner's row: `name` in full, `short` as it is called; `facts` stand in the order of the columns."""

    partner: str
    name: str
    short: str
    facts: tuple[Fact, ...]
    gone: bool = False  # it declined or withdrew: it is in no count


@dataclass(frozen=True, slots=True)
class OnceAnswer:
    """What a question asked once holds: `words` is its answer on one line, "" while there is none."""

    question: Question
    progress: Progress
    words: str


@dataclass(frozen=True, slots=True)
class StatementItem:
    """One of the things the statement names: its heading in the agreement, and whether nothing in it is open."""

    section: str
    heading: str
    settled: bool
    question: str  # where it is answered


@dataclass(frozen=True, slots=True)
class StepTable:
    """One sub-step; `columns` are the questions asked of each partner, `number` is the sub-step's, from 1.

    With one column alone, the rows are a list of that question's answers.
    """

    step: Step
    number: int
    count: int  # of sub-steps
    columns: tuple[Question, ...]
    rows: tuple[PartnerRow, ...]
    once: tuple[OnceAnswer, ...]
    items: tuple[StatementItem, ...]
    done: int  # questions of the sub-step that are answered
    asked: int  # questions of the sub-step


def step_table(
    guide: Guide,
    partnership: Partnership,
    step: Step,
    lang: str,
    *,
    view: Partnership | None = None,
    public: bool = False,
    open_sections: Collection[str] = (),
) -> StepTable:
    """The table of one of the page's sub-steps in `lang`; `view` is the public view, made here when it is not given.

    `public`: what a room may see; no private question, no name in waiting, no position without leave, no one who left.
    `open_sections` are the sections of the agreement that still hold « to be specified ».
    """
    view = view if view is not None else public_view(guide, partnership)
    teller = _Teller(guide, view if public else partnership, view, lang, public)
    questions = tuple(question for question in step.questions if not (public and question.private))
    columns = tuple(question for question in questions if question.scope != "project")
    if public:
        columns = tuple(
            column for column in columns if any(teller.fact(each, column).state != EMPTY for each in teller.listed)
        )
    counts = [progress(partnership, question).state for question in step.questions]
    return StepTable(
        step,
        guide.main_steps.index(step) + 1,
        len(guide.main_steps),
        columns,
        tuple(teller.row(partner, columns) for partner in teller.listed),
        tuple(teller.once(question) for question in questions if question.scope == "project"),
        tuple(_item(guide, name, lang, name not in open_sections) for name in step.statement_sections),
        sum(state in (ANSWERED, VOID) for state in counts),
        len(counts),
    )


def _item(guide: Guide, section: str, lang: str, settled: bool) -> StatementItem:
    head = guide.section(section)
    asked = next((question.id for question in guide.by_id.values() if section in question.sections), "")
    return StatementItem(section, head.heading.get(lang) if head else section, settled, asked)


@dataclass(frozen=True)
class _Teller:
    """Says what a partnership (or its public view) holds, cell by cell."""

    guide: Guide
    told: Partnership
    view: Partnership
    lang: str
    public: bool

    @property
    def listed(self) -> tuple[Partner, ...]:
        """Those who count, then those who left; before a room those who count alone."""
        here = active(self.told)
        if self.public:
            return tuple(partner for partner in here if partner.name(self.lang) or self._is_told(partner))
        return with_those_who_left(self.told)

    def _is_told(self, partner: Partner) -> bool:
        """Return whether the document says something of a partner that it does not name."""
        asked = (question for step in self.guide.main_steps for question in step.questions)
        asked = (question for question in asked if question.scope == "partner" and question.id != WHO)
        return any(self.fact(partner, question).state != EMPTY for question in asked)

    def row(self, partner: Partner, columns: tuple[Question, ...]) -> PartnerRow:
        """Return one partner's row."""
        nameless = self.guide.word("an_organisation", self.lang) if self.public else _("unnamed organization")
        name = partner.name(self.lang) or nameless
        facts = tuple(self.fact(partner, question) for question in columns)
        return PartnerRow(partner.id, name, partner.short(self.lang) or name, facts, not partner.active)

    def fact(self, partner: Partner, question: Question) -> Fact:
        """Return what is known of one partner on one question."""
        if is_void(self.told, question, ()):
            return self._plain("not_applicable", VOID)
        state = (
            partner_state(self.told, question, (partner.id,))
            if question.scope != "pair"
            else self._of_pairs(partner, question)
        )
        if state == VOID:
            return self._plain("not_applicable", VOID)
        text, words = _FACTS.get(question.id, _any)(self, partner, question)
        if not text:
            marked = state in (CONFIRM, DISCUSS)
            return Fact(self._cell("empty"), self._cell("empty", "cell_words"), state if marked else EMPTY)
        return Fact(text, words, state if state != EMPTY else STARTED)

    def _of_pairs(self, partner: Partner, question: Question) -> str:
        rows = [row for row in self.told.rows(question.id) if partner.id in row.subject]
        return ANSWERED if rows else EMPTY

    def _plain(self, name: str, state: str) -> Fact:
        return Fact(self._cell(name), self._cell(name, "cell_words"), state)

    def _cell(self, name: str, table: str = "cell") -> str:
        return self.guide.choice(table, name, self.lang)

    def code(self, table: str, code: str) -> tuple[str, str]:
        """Return a choice (in its letters, in its words)."""
        words = self.guide.choice(table, code, self.lang)
        short = self.guide.choices.get(f"{table}_cell", {}).get(code)
        return short.get(self.lang) if short else _cut(words), words

    def status(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return how far the talks with the partner are; of one that may not be named, nothing."""
        if self.public and not partner.name(self.lang):
            return "", ""
        return self.code("status", partner.status)

    def contributions(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the contributions (« 2+1 », the same in words with their texts); ("", "") for none.

        The first number counts what is confirmed, the second what is wished for.
        """
        rows = rows_of(self.told, question.id, "rows", partner.id)
        given = sum(row.get("state") in GIVEN for row in rows)
        wished = len(rows) - given
        if not rows:
            return "", ""
        words = [ngettext("{n} confirmed", "{n} confirmed", given).format(n=given)] if given else []
        words += [ngettext("{n} wished for", "{n} wished for", wished).format(n=wished)] if wished else []
        texts = semicolon(self.lang).join(filter(None, (row.text("text", self.lang) for row in rows)))
        return f"{given}+{wished}" if wished else str(given), f"{', '.join(words)} ({texts})" if texts else words[0]

    def time(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the time given (« 3h/s », all of it in words); ("", "") for none. « +1 » says that there is more."""
        rows = (*rows_of(self.told, TIME, "rows", partner.id), *rows_of(self.told, CONTRIBUTIONS, "rows", partner.id))
        texts = [text for row in rows if (text := row.text("effort", self.lang))]
        if not texts:
            return "", ""
        short = short_effort(texts[0], self._cell) or _cut(texts[0])
        more = f"+{len(texts) - 1}" if len(texts) > 1 else ""
        return short + more, semicolon(self.lang).join(texts)

    def position(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return what the partner says to the procedures or to the whole text (in letters, in words with its reserve).

        It is what the answer is worth today: one given on other words counts as reopened. ("", "") for no answer.
        """
        status = self._heard.get((question.id, partner.id))
        entry = answer_entry(self.told, question.id, (partner.id,))
        if status is None or entry is None or (self.public and status.silent):
            return "", ""
        reserve = entry.text("reservation", self.lang)
        words = self.guide.choice("position", status.level, self.lang) + (_(": ") + reserve if reserve else "")
        if status.code == REOPENED:
            return self._cell("reopened"), f"{words} ; {self._cell('reopened', 'cell_words')}"
        pending = self._to_ratify(entry) if question.id == CONSENSUS and status.level in YES else None
        if pending is not None:
            return pending
        if status.code == EXCEPT:
            return self._except(status, words)
        return self.code("position", status.code.removeprefix(BEFORE_PREFIX))[0], words

    def _except(self, status: PositionStatus, words: str) -> tuple[str, str]:
        count = len(status.exceptions)
        said = ngettext("except on {n} sentence", "except on {n} sentences", count).format(n=count)
        return f"{self._cell('except')}{count}", f"{words}, {said}"

    def _to_ratify(self, entry: Entry) -> tuple[str, str] | None:
        body, on = body_name(entry, RATIFIES, self.lang), entry.get("ratify_on")
        if not (body or on) or entry.text("resolution", self.lang) or entry.get("ratified_on"):
            return None
        day = on if isinstance(on, str) else ""
        short = f"{_initials(body)}{_day(day, self.lang)}"
        body = body_in_sentence(body, self.lang)
        words = [_("to be ratified by {body}").format(body=body) if body else _("to be ratified")]
        words += [_("on {date}").format(date=format_date(day, self.lang))] if len(day) == 10 else []
        return short or self._cell("ratify"), " ".join(words)

    @property
    def _heard(self) -> PositionStatuses:
        known: PositionStatuses | None = self.told.worked_out.get("statuses")
        if known is None:
            known = self.told.worked_out["statuses"] = position_statuses(self.told, points(self.guide, self.view))
        return known

    def receives(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the benefits (how many, their texts).

        Where there is none, but something private was answered, that is noted as by `noted`.
        """
        rows = rows_of(self.told, question.id, "receives", partner.id)
        if rows:
            texts = semicolon(self.lang).join(filter(None, (row.text("text", self.lang) for row in rows)))
            return str(len(rows)), texts
        return self.noted(partner, question) if has_any_answer(self.told, question, (partner.id,)) else ("", "")

    def noted(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return that a private answer was given (a sign, words), and never which one; ("", "") where none was."""
        if question.scope == "pair":
            there = self._of_pairs(partner, question) == ANSWERED
        else:
            there = partner_state(self.told, question, (partner.id,)) != EMPTY
        return (self._cell("noted"), self._cell("noted", "cell_words")) if there else ("", "")

    def any(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the answer (short, in words) to a question that only the guide data knows; ("", "") for none.

        It is the choice, the text, or how many rows there are.
        """
        if question.private or question.scope == "pair":
            return self.noted(partner, question)
        for part in question.parts:
            if part.list and (rows := rows_of(self.told, question.id, part.id, partner.id)):
                return str(len(rows)), str(len(rows))
            entry = answer_entry(self.told, question.id, (partner.id,))
            if not part.list and entry is not None and part.main is not None:
                words = self._value(entry, part.main)
                if words and part.main.kind == "choice":
                    return self.code(part.main.choices, str(entry.get(part.main.id)))
                if words:
                    return _cut(words), words
        return "", ""

    def once(self, question: Question) -> OnceAnswer:
        """Return what was answered to a question asked once."""
        words = self._how_many() if question.id == HOW_MANY else " · ".join(self._answers(question))
        return OnceAnswer(question, progress(self.told, question), words)

    def _how_many(self) -> str:
        entry = answer_entry(self.told, HOW_MANY, ())
        low, high = (entry.get(name) if entry is not None else None for name in ("min", "max"))
        count = len(active(self.told))
        named = ngettext("{n} entered", "{n} entered", count).format(n=count) if not self.public else ""
        if not (isinstance(low, int) or isinstance(high, int)):
            return named if count else ""  # before a room those in waiting are not counted
        sizes = dict.fromkeys(size for size in (low, high) if isinstance(size, int))
        return " · ".join(filter(None, (" – ".join(map(str, sizes)), named)))

    def _answers(self, question: Question) -> list[str]:
        found: list[str] = []
        for part in question.parts:
            if part.list:
                found += [text for row in self.told.rows(question.id, part.id) if (text := self._row(part, row))]
            elif (entry := answer_entry(self.told, question.id, ())) is not None:
                fields = (field for field in part.fields if not (field.private or field.hidden or field.more))
                found += [text for field in fields if (text := self._value(entry, field))]
        return found

    def _row(self, part: Part, row: Entry) -> str:
        fields = (field for field in part.fields if not (field.private or field.hidden or field.more))
        return next((text for field in fields if (text := self._value(row, field))), "")

    def _value(self, entry: Entry, field: Field) -> str:
        if field.translatable or field.kind in ("line", "prose", "effort"):
            return " ".join(entry.text(field.id, self.lang).split())
        value = entry.get(field.id)
        if not filled(value):
            return ""
        return format_value(ParseContext(self.guide, self.told, self.lang), field, value)


def _any(teller: _Teller, partner: Partner, question: Question) -> tuple[str, str]:
    return teller.any(partner, question)


_FACTS: dict[str, Callable[[_Teller, Partner, Question], tuple[str, str]]] = {
    WHO: _Teller.status,
    CONTRIBUTIONS: _Teller.contributions,
    TIME: _Teller.time,
    WIN_WIN: _Teller.receives,
    **dict.fromkeys(POSITIONS, _Teller.position),
}


def _cut(words: str) -> str:
    """Return the first letters of words that no list of codes shortens."""
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


_SMALL = 3  # letters: a word that short is no part of a body's initials, as « d' », « of », « des »


def _initials(body: str) -> str:
    """« CA » for « conseil d'administration », « CA » itself, « Boar » for one word; "" for no body."""
    words = [word for word in body.replace("'", " ").replace("’", " ").split() if len(word) > _SMALL]
    if body.isupper() and len(body) <= _SMALL + 1:
        return body
    return "".join(word[0].upper() for word in words[:3]) if len(words) > 1 else body[:4]


def _day(iso: str, lang: str) -> str:
    """« 3/12 » in French, « 3Dec » in English, where 3/12 and 12/3 are both read; "" for what is no whole date."""
    if len(iso) != 10:
        return ""
    month, day = int(iso[5:7]), int(iso[8:10])
    return f"{day}/{month}" if lang == "fr" else f"{day}{format_date(iso[:7], 'en')[:3]}"
