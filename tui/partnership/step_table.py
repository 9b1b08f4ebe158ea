"""Makes the table of one sub-step of the guide page: partners are rows, the questions asked of each are columns.

Each cell shows a fact in four to six letters (« 2+1 », « 3h/s »). Questions asked once for all are listed below it.
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
    has_any_answer,
    is_filled,
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
GIVEN = frozenset({"confirmed", "accepted"})  # the states of a contribution that was promised
LONGEST_TEXT = 6  # how many letters of a text a cell shows, where the guide has no short form of it


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell of the table."""

    text: str  # in four to six letters
    words: str  # in full
    state: str  # one of the states of completion.py: EMPTY, STARTED, ANSWERED …


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner's row."""

    partner: str  # its id
    name: str  # in full
    short: str
    facts: tuple[Fact, ...]  # one for each column, in their order
    gone: bool = False  # whether it declined or left


@dataclass(frozen=True, slots=True)
class OnceAnswer:
    """A question that is asked once for all partners, with its answer."""

    question: Question
    progress: Progress
    words: str  # the answer on one line, "" while there is none


@dataclass(frozen=True, slots=True)
class StatementItem:
    """One of the things that the statement of a sub-step asks for."""

    section: str  # the id of the section of the agreement that says it
    heading: str  # of that section
    settled: bool  # whether nothing in that section is to be specified
    question: str  # the first question that feeds that section, "" for none


@dataclass(frozen=True, slots=True)
class StepTable:
    """The table of one sub-step."""

    step: Step
    number: int  # of the sub-step, from 1
    count: int  # of sub-steps
    columns: tuple[Question, ...]  # the questions asked of each partner
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
    """Return the table of a sub-step in `lang`; `view` is the public view, made here if not given.

    `public` makes the table that may be projected in a room: without private questions, names that may not appear yet,
    positions without leave, and partners that left. `open_sections` are the ids of the sections of the agreement that
    still say « to be specified ».
    """
    view = view if view is not None else public_view(guide, partnership)
    cells = _Cells(guide, partnership, view if public else partnership, view, lang, public)
    questions = tuple(question for question in step.questions if not (public and question.private))
    columns = tuple(question for question in questions if question.scope != "project")
    if public:
        columns = tuple(
            column for column in columns if any(cells.fact(partner, column).state != EMPTY for partner in cells.listed)
        )
    states = [progress(partnership, question).state for question in step.questions]
    return StepTable(
        step,
        guide.main_steps.index(step) + 1,
        len(guide.main_steps),
        columns,
        tuple(cells.row(partner, columns) for partner in cells.listed),
        tuple(cells.once(question) for question in questions if question.scope == "project"),
        tuple(_item(guide, name, lang, name not in open_sections) for name in step.statement_sections),
        sum(state in (ANSWERED, VOID) for state in states),
        len(states),
    )


def _item(guide: Guide, section: str, lang: str, settled: bool) -> StatementItem:
    """Return the item of a statement that a section (id) answers."""
    head = guide.section(section)
    question_id = next((question.id for question in guide.by_id.values() if section in question.sections), "")
    return StatementItem(section, head.heading.get(lang) if head else section, settled, question_id)


@dataclass(frozen=True)
class _Cells:
    """Makes the cells of one table.

    The methods in `_FACTS` return a cell as (text in a few letters, words in full), ("", "") for no answer.
    """

    guide: Guide
    partnership: Partnership  # the whole one
    shown: Partnership  # whose answers are shown: the whole partnership, or its public view if `public`
    view: Partnership  # the public view
    lang: str
    public: bool

    @property
    def listed(self) -> tuple[Partner, ...]:
        """The active partners, then those that left; if `public`, the active ones with a name or an answer."""
        if self.public:
            return tuple(
                partner for partner in active(self.shown) if partner.name(self.lang) or self._has_public_answer(partner)
            )
        return with_those_who_left(self.shown)

    def _has_public_answer(self, partner: Partner) -> bool:
        """Return whether a partner has an answer to a question besides WHO."""
        questions = (question for step in self.guide.main_steps for question in step.questions)
        return any(
            self.fact(partner, question).state != EMPTY
            for question in questions
            if question.scope == "partner" and question.id != WHO
        )

    def row(self, partner: Partner, columns: tuple[Question, ...]) -> PartnerRow:
        """Return one partner's row."""
        nameless = self.guide.word("an_organisation", self.lang) if self.public else _("unnamed organization")
        name = partner.name(self.lang) or nameless
        facts = tuple(self.fact(partner, question) for question in columns)
        return PartnerRow(partner.id, name, partner.short(self.lang) or name, facts, not partner.active)

    def fact(self, partner: Partner, question: Question) -> Fact:
        """Return the cell of one partner for one question."""
        if is_void(self.shown, question, ()):
            return self._plain("not_applicable", VOID)
        if question.scope == "pair":
            state = self._pair_state(partner, question)
        else:
            state = partner_state(self.shown, question, (partner.id,))
        if state == VOID:
            return self._plain("not_applicable", VOID)
        text, words = _FACTS.get(question.id, _Cells.any)(self, partner, question)
        if not text:
            is_marked = state in (CONFIRM, DISCUSS)
            return Fact(self._cell("empty"), self._cell("empty", "cell_words"), state if is_marked else EMPTY)
        return Fact(text, words, state if state != EMPTY else STARTED)

    def _pair_state(self, partner: Partner, question: Question) -> str:
        """Return the state of a question asked of pairs: ANSWERED if the partner is in a pair with an answer."""
        rows = [row for row in self.shown.rows(question.id) if partner.id in row.subject]
        return ANSWERED if rows else EMPTY

    def _plain(self, name: str, state: str) -> Fact:
        """Return a cell with a fixed text of choices.toml [cell], and its words of [cell_words]."""
        return Fact(self._cell(name), self._cell(name, "cell_words"), state)

    def _cell(self, name: str, table: str = "cell") -> str:
        return self.guide.choice(table, name, self.lang)

    def code(self, table: str, code: str) -> tuple[str, str]:
        """Return a choice as (its short form for a cell, its words)."""
        words = self.guide.choice(table, code, self.lang)
        short = self.guide.choices.get(f"{table}_cell", {}).get(code)
        return short.get(self.lang) if short else _cut(words), words

    def status(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return how far the talks with the partner are; ("", "") for one that may not be named."""
        if self.public and not partner.name(self.lang):
            return "", ""
        return self.code("status", partner.status)

    def contributions(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the contributions (« 2+1 », the same in words with their texts); ("", "") for none.

        The first number counts what is confirmed, the second what is wished for.
        """
        rows = rows_of(self.shown, question.id, "rows", partner.id)
        given = sum(row.get("state") in GIVEN for row in rows)
        wished = len(rows) - given
        if not rows:
            return "", ""
        words = [ngettext("{n} confirmed", "{n} confirmed", given).format(n=given)] if given else []
        words += [ngettext("{n} wished for", "{n} wished for", wished).format(n=wished)] if wished else []
        texts = semicolon(self.lang).join(filter(None, (row.text("text", self.lang) for row in rows)))
        return f"{given}+{wished}" if wished else str(given), f"{', '.join(words)} ({texts})" if texts else words[0]

    def time(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the time given: « 3h/s+1 » for one and another, and all of it in words."""
        rows = (*rows_of(self.shown, TIME, "rows", partner.id), *rows_of(self.shown, CONTRIBUTIONS, "rows", partner.id))
        texts = [text for row in rows if (text := row.text("effort", self.lang))]
        if not texts:
            return "", ""
        short = short_effort(texts[0], self._cell) or _cut(texts[0])
        more = f"+{len(texts) - 1}" if len(texts) > 1 else ""
        return short + more, semicolon(self.lang).join(texts)

    def position(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the partner's position on the procedures or on the whole text, with its reservation in the words.

        A position given on other words than today's is shown as reopened.
        """
        status = self._statuses.get((question.id, partner.id))
        entry = answer_entry(self.shown, question.id, (partner.id,))
        if status is None or entry is None or not entry.get("level") or (self.public and status.silent):
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
        """Return the cell of a yes with exceptions; `words` are those of the position."""
        count = len(status.exceptions)
        exceptions = ngettext("except on {n} sentence", "except on {n} sentences", count).format(n=count)
        return f"{self._cell('except')}{count}", f"{words}, {exceptions}"

    def _to_ratify(self, entry: Entry) -> tuple[str, str] | None:
        """Return the cell of a position that is still to be ratified: « CA3/12 »; None for any other."""
        body, on = body_name(entry, RATIFIES, self.lang), entry.get("ratify_on")
        is_ratified = entry.text("resolution", self.lang) or entry.get("ratified_on")
        if is_ratified or not (body or on):
            return None
        day = on if isinstance(on, str) else ""
        short = f"{_initials(body)}{_day(day, self.lang)}"
        body = body_in_sentence(body, self.lang)
        words = [_("to be ratified by {body}").format(body=body) if body else _("to be ratified")]
        words += [_("on {date}").format(date=format_date(day, self.lang))] if len(day) == _WHOLE_DATE else []
        return short or self._cell("ratify"), " ".join(words)

    @property
    def _statuses(self) -> PositionStatuses:
        """The positions of all active partners, kept with the partnership.

        They are those of the whole one: its public view lacks the exceptions that make a position `silent`.
        """
        derived = self.partnership.derived
        statuses: PositionStatuses | None = derived.get("statuses")
        if statuses is None:
            statuses = derived["statuses"] = position_statuses(self.partnership, points(self.guide, self.view))
        return statuses

    def receives(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return how many benefits the partner receives, and their texts; without any, what `noted` returns."""
        rows = rows_of(self.shown, question.id, "receives", partner.id)
        if rows:
            texts = semicolon(self.lang).join(filter(None, (row.text("text", self.lang) for row in rows)))
            return str(len(rows)), texts
        return self.noted(partner, question) if has_any_answer(self.shown, question, (partner.id,)) else ("", "")

    def noted(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return that a private answer was given, without saying which."""
        if question.scope == "pair":
            has_answer = self._pair_state(partner, question) == ANSWERED
        else:
            has_answer = partner_state(self.shown, question, (partner.id,)) != EMPTY
        return (self._cell("noted"), self._cell("noted", "cell_words")) if has_answer else ("", "")

    def any(self, partner: Partner, question: Question) -> tuple[str, str]:
        """Return the answer to a question without a method of its own: the choice, the text, or the number of rows."""
        if question.private or question.scope == "pair":
            return self.noted(partner, question)
        for part in question.parts:
            if part.list and (rows := rows_of(self.shown, question.id, part.id, partner.id)):
                return str(len(rows)), str(len(rows))
            entry = answer_entry(self.shown, question.id, (partner.id,))
            if not part.list and entry is not None and part.main is not None:
                words = self._value(entry, part.main)
                if words and part.main.kind == "choice":
                    return self.code(part.main.choices, str(entry.get(part.main.id)))
                if words:
                    return _cut(words), words
        return "", ""

    def once(self, question: Question) -> OnceAnswer:
        """Return a question asked once, with its answer."""
        words = self._how_many() if question.id == HOW_MANY else " · ".join(self._answers(question))
        return OnceAnswer(question, progress(self.shown, question), words)

    def _how_many(self) -> str:
        """Return how many partners are wanted and entered: « 4 – 6 · 3 inscrits »; if `public`, without the latter."""
        entry = answer_entry(self.shown, HOW_MANY, ())
        low, high = (entry.get(name) if entry is not None else None for name in ("min", "max"))
        count = len(active(self.shown))
        entered = ngettext("{n} entered", "{n} entered", count).format(n=count) if not self.public else ""
        if not (isinstance(low, int) or isinstance(high, int)):
            return entered if count else ""
        sizes = dict.fromkeys(size for size in (low, high) if isinstance(size, int))
        return " · ".join(filter(None, (" – ".join(map(str, sizes)), entered)))

    def _answers(self, question: Question) -> list[str]:
        """Return the answers to a question asked once, one for each row or field, without private and folded fields."""
        texts: list[str] = []
        for part in question.parts:
            if part.list:
                texts += [text for row in self.shown.rows(question.id, part.id) if (text := self._row(part, row))]
            elif (entry := answer_entry(self.shown, question.id, ())) is not None:
                fields = (field for field in part.fields if not (field.private or field.hidden or field.more))
                texts += [text for field in fields if (text := self._value(entry, field))]
        return texts

    def _row(self, part: Part, row: Entry) -> str:
        """Return the first field of a row that has a value, in words."""
        fields = (field for field in part.fields if not (field.private or field.hidden or field.more))
        return next((text for field in fields if (text := self._value(row, field))), "")

    def _value(self, entry: Entry, field: Field) -> str:
        if field.translatable or field.kind in ("line", "prose", "effort"):
            return " ".join(entry.text(field.id, self.lang).split())
        value = entry.get(field.id)
        if not is_filled(value):
            return ""
        return format_value(ParseContext(self.guide, self.shown, self.lang), field, value)


# By question id the method that makes its cells; `_Cells.any` makes those of other questions.
_FACTS: dict[str, Callable[[_Cells, Partner, Question], tuple[str, str]]] = {
    WHO: _Cells.status,
    CONTRIBUTIONS: _Cells.contributions,
    TIME: _Cells.time,
    WIN_WIN: _Cells.receives,
    **dict.fromkeys(POSITIONS, _Cells.position),
}


def _cut(words: str) -> str:
    """Return words cut to the length of a cell."""
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1].rstrip() + "…"


_SMALL = 3  # letters: initials leave out words as short as « d' », « of », « des »
_WHOLE_DATE = len("2026-12-03")


def _initials(body: str) -> str:
    """Return « CA » for « conseil d'administration » or « CA », « Boar » for « Board »; "" for no body."""
    words = [word for word in body.replace("'", " ").replace("’", " ").split() if len(word) > _SMALL]
    if body.isupper() and len(body) <= _SMALL + 1:
        return body
    return "".join(word[0].upper() for word in words[:3]) if len(words) > 1 else body[:4]


def _day(iso: str, lang: str) -> str:
    """Return « 3/12 » in French, « 3Dec » in English (which could read 3/12 as 12 March); "" for no whole date."""
    if len(iso) != _WHOLE_DATE:
        return ""
    month, day = int(iso[5:7]), int(iso[8:10])
    return f"{day}/{month}" if lang == "fr" else f"{day}{format_date(iso[:7], 'en')[:3]}"
