"""Words around the fields of a form: facts known already, positions, how a value is typed, and names to complete it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.fast_dataclass import dataclass
from tui.form.form import Form, FormContext, Rows
from tui.guide.guide_types import Field, Guide
from tui.i18n import _, ngettext
from tui.partnership.completion import answer_entry
from tui.partnership.field_kinds import meant_date
from tui.partnership.meetings import GIVEN_BY
from tui.partnership.name_references import is_name, means_everyone, someone_name
from tui.partnership.partners import WHO, active, find_partner, partners, people, rows_of
from tui.partnership.positions import PositionStatus, count_words
from tui.partnership.received_answers import source_row, source_words
from tui.partnership.silence import join_rule_words, partners_by_rule, rule_words
from tui.partnership.values import Partnership, answer_id
from tui.text.french_names import fill_sentence
from tui.text.name_matching import fold, matches


@dataclass(frozen=True, slots=True)
class Fact:
    """A line above the fields of a question with something known already, so that nothing is typed twice."""

    text: str
    tone: str = ""  # "" plain, "strong" a sum, "muted" an aside, "warn" to be checked, "hole" still to be answered
    is_asked: bool | None = None  # in a list of all partners: whether it is the line of the one asked; None elsewhere


def facts(form: Form) -> tuple[Fact, ...]:
    """Return the facts above the fields of a question; () for most."""
    facts_of_question = _FACTS_BY_QUESTION.get(form.question.id)
    return (*(facts_of_question(form) if facts_of_question else ()), *_source_facts(form))


def _source_facts(form: Form) -> Iterator[Fact]:
    """Yield from whom the answer comes, if it was noted by telephone or came back in a form."""
    context, asked = form.context, _asked_partner(form)
    if form.question.scope != "partner" or not asked:
        return
    own_entries = frozenset({answer_id(form.question.id, (asked,)), asked if form.question.id == WHO else ""})
    rows = {row.entry.id for part in form.groups if isinstance(part, Rows) for row in part.rows}
    row = source_row(context.partnership, own_entries | rows, asked)
    if row is not None:
        words = source_words(context.guide, row, context.lang)
        yield Fact(words[:1].upper() + words[1:] + ".", "muted")


def _asked_partner(form: Form) -> str:
    """Return the id of the partner asked, of two the first; "" for none."""
    return form.subject[0] if form.subject else ""


def _count_facts(form: Form) -> Iterator[Fact]:
    """Yield how many organisations, and how many people, were entered so far."""
    partnership = form.context.partnership
    organisations = active(partnership)
    count = len(organisations)
    yield Fact(ngettext("{n} organization entered.", "{n} organizations entered.", count).format(n=count), "strong")
    count = sum(len(people(partnership, organisation.id)) for organisation in organisations)
    if count:
        yield Fact(ngettext("{n} person entered.", "{n} people entered.", count).format(n=count), "strong")


def _clarity_facts(form: Form) -> Iterator[Fact]:
    """Yield the vision and the objectives, to be checked before partners commit themselves."""
    context = form.context
    vision = answer_entry(context.partnership, "gather.vision", ())
    for field in context.guide.question("gather.vision").parts[0].fields:
        text = vision.text(field.id, context.lang) if vision else ""
        words_said = field.label.get(context.lang) + _(": ") + (text or _("to be specified"))
        yield Fact(words_said, "" if text else "hole")
    for number, row in enumerate(context.partnership.rows("gather.objectives", "rows"), 1):
        yield Fact(f"{number}. {row.text('text', context.lang)}")


def _effort_facts(form: Form) -> Iterator[Fact]:
    """Yield the time that the partner's contributions take, as noted with them."""
    lang = form.context.lang
    for row in rows_of(form.context.partnership, "open.contributions", "rows", _asked_partner(form)):
        effort = row.text("effort", lang)
        if effort:
            words_said = _("Already noted: {effort}, {text}").format(effort=effort, text=row.text("text", lang))
            yield Fact(words_said, "muted")


def _contribution_facts(form: Form) -> Iterator[Fact]:
    """Yield what the partner gives: its contributions that are confirmed or accepted."""
    rows = rows_of(form.context.partnership, "open.contributions", "rows", _asked_partner(form))
    given = [row.text("text", form.context.lang) for row in rows if row.get("state") in ("confirmed", "accepted")]
    words_said = _("Gives: {things}").format(things=_("; ").join(given) or _("to be specified"))
    yield Fact(words_said, "" if given else "hole")


def _round_facts(form: Form) -> Iterator[Fact]:
    """Yield the positions so far: their count, each partner's answer, and a warning if the one asked must confirm."""
    context, question, asked = form.context, form.question.id, _asked_partner(form)
    counts: dict[str, int] = {}
    lines: list[Fact] = []
    answers = {
        partner_id: status
        for (question_id, partner_id), status in context.public.answers.items()
        if question_id == question
    }
    levels = {partner_id: status.level for partner_id, status in answers.items()}
    # By partner id: the codes of those who gave no answer in time, where the rule of silence decides for them.
    ruled = partners_by_rule(context.partnership, question, levels)
    for partner in active(context.partnership):
        answer = answers.get(partner.id)
        code = ruled.get(partner.id, answer.code if answer is not None else "none")
        counts[code] = counts.get(code, 0) + 1
        tone = _tone_of_answer(answer)
        name = short_name(context.partnership, partner.id, context.lang)
        position = context.partnership.entry(answer_id(question, (partner.id,)))
        giver = someone_name(context.partnership, position.get(GIVEN_BY) if position else None, context.lang)
        words_said = (
            name + _(": ") + ", ".join(filter(None, (answer_words(context.guide, answer, context.lang), giver)))
        )
        lines.append(Fact(words_said, tone, partner.id == asked))
    by = rule_words(context.guide, context.partnership, counts, context.lang)
    count = join_rule_words(count_words(context.guide, counts, context.lang), by, context.lang)
    if count:
        yield Fact(count, "strong")
    yield from lines
    mine = context.public.answers.get((question, asked))
    if mine is not None and (mine.reopened or mine.is_from_earlier_text):
        yield Fact(_reopened_words(context, mine), "warn")


def _tone_of_answer(answer: PositionStatus | None) -> str:
    if answer is None:
        return "muted"
    return "warn" if answer.reopened or answer.is_from_earlier_text else ""


_FACTS_BY_QUESTION: dict[str, Callable[[Form], Iterator[Fact]]] = {
    "open.how_many": _count_facts,
    "commit.clarity": _clarity_facts,
    "commit.time": _effort_facts,
    "commit.win_win": _contribution_facts,
    "gather.procedures": _round_facts,
    "commit.consensus": _round_facts,
}


def short_name(partnership: Partnership, partner_id: str, lang: str) -> str:
    """Return a partner's short name, or words for an unnamed organisation."""
    partner = find_partner(partnership, partner_id)
    return (partner.short(lang) if partner is not None else "") or _("unnamed organization")


def name_in_sentence(partnership: Partnership, partner_id: str, lang: str) -> str:
    """Return what a sentence calls a partner, in French with its article; or words for an unnamed organisation."""
    partner = find_partner(partnership, partner_id)
    return (partner.in_sentence(lang) if partner is not None else "") or _("unnamed organization")


def answer_words(guide: Guide, answer: PositionStatus | None, lang: str) -> str:
    """Return a partner's position in words: its level, or "to confirm" if the text has changed since.

    So no partner is said to agree with words that it did not see. `answer` is None if it gave no position.
    """
    if answer is None:
        return guide.choice("position", "none", lang)
    if answer.reopened:
        return _("to confirm on the new text")
    if answer.is_from_earlier_text:
        return guide.word(answer.code, lang)
    words_said = guide.choice("position", answer.level, lang)
    count = len(answer.exceptions)
    return guide.word("except_on", lang, position=words_said, n=count) if count else words_said


def _reopened_words(context: FormContext, answer: PositionStatus) -> str:
    """Return why a position must be confirmed: « 2 phrases ont changé depuis la réponse de l'ACSM »."""
    name = name_in_sentence(context.partnership, answer.partner, context.lang)
    if answer.unseen:
        return _("Nothing says which text {name} answered on: say it with “Text answered on”.").format(name=name)
    count = len(answer.changed)
    words_said = ngettext(
        "{n} sentence has changed since the answer of {name}.",
        "{n} sentences have changed since the answer of {name}.",
        count,
    )
    return fill_sentence(words_said, n=count, name=name)


def how_written(kind: str) -> str:
    """Return how a value of this kind of field is typed; "" for kinds that need no explanation."""
    return _HOW_WRITTEN[kind]() if kind in _HOW_WRITTEN else ""


_HOW_WRITTEN: dict[str, Callable[[], str]] = {
    "date": lambda: _("A year, a month or a day: 2026, November 2026, November 22, 2026, 2026-11-22."),
    "period": lambda: _("From one date to another: from October 2026 to March 2027. One side may be missing."),
    "amount": lambda: _("As it is written: $12,000, 12 000 $, 500 €. Without a sign it is in Canadian dollars."),
    "number": lambda: _("A whole number."),
    "effort": lambda: _("As it is said: 3 h a week, two days a month."),
    "partner": lambda: _("A few letters of a partner's name are enough."),
    "partners": lambda: _(
        "Names with commas between, a group's name, or “all the partners”; “except” leaves some out."
    ),
}


_MOST_SUGGESTIONS = 5


def suggestions(context: FormContext, field: Field, text: str) -> list[str]:
    """Return what the typed text may mean: a few names or words of a choice, or the date it is read as."""
    if field.kind == "choice" and text.strip():  # in a new row, whose first field is a choice
        words = [words.get(context.lang) for words in context.guide.choices[field.choices].values()]
        return [word for word in words if matches(text, word)][:_MOST_SUGGESTIONS]
    if meant := meant_date(context.reading, field, text):
        return [meant]
    if field.kind not in ("partner", "partners", "someone", "someones"):
        return []
    last = text.rpartition(_separator(text))[2].strip() if field.kind in ("partners", "someones") else text.strip()
    if not last:
        return []
    names = [partner.name(context.lang) for partner in partners(context.partnership)]
    if field.kind in ("someone", "someones"):
        names += [row.text("name", context.lang) for row in context.partnership.rows(WHO, "people")]
    if field.kind == "partners":
        names += [row.text("name", context.lang) for row in context.partnership.rows("extra.groups", "rows")]
    return [name for name in names if name and matches(last, name)][:_MOST_SUGGESTIONS]


def complete_last_name(field: Field, text: str, name: str) -> str:
    """Return the text with the last of its names replaced by `name`."""
    if field.kind in ("partners", "someones"):
        head, separator, _last = text.rpartition(_separator(text))
        if separator == "," and ("," in name or ";" in name):  # A name with a comma needs semicolons between names.
            head, separator = head.replace(",", ";"), ";"
        return f"{head}{separator}{' ' if separator else ''}{name}"
    return name


def _separator(text: str) -> str:
    """Return the sign between the names of a typed list: a semicolon if there is one, else a comma."""
    return ";" if ";" in text else ","


def is_complete_name(context: FormContext, field: Field, text: str) -> bool:
    """Return whether the last name typed is complete: the name of a partner or person, or a word for everyone."""
    is_list = field.kind in ("partners", "someones") and not is_name(context.partnership, text)
    last = text.rpartition(_separator(text))[2].strip() if is_list else text.strip()
    names_of_people = {fold(row.text("name", context.lang)) for row in context.partnership.rows(WHO, "people")}
    names_partners = is_name(context.partnership, last) or means_everyone(context.partnership, last)
    return names_partners or (field.kind in ("someone", "someones") and fold(last) in names_of_people)
