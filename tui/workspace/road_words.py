"""The road to the signatures in words: the steps that are left (`tui.partnership.road`), with dates or questions.

Papers are what a body (a board, an assembly) has to get before it sits; a hole is an answer that the text still lacks.

Pages, line mode and commands show it to the facilitator alone; what letters ask of a partner is read by that partner.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.agreement.compose import adoption
from tui.form.form_words import short_name
from tui.guide.guide_types import Guide
from tui.i18n import _, ngettext
from tui.partnership.due import SIGNATURE
from tui.partnership.field_kinds import someone_name
from tui.partnership.milestones import milestones
from tui.partnership.partners import people
from tui.partnership.privacy import published
from tui.partnership.road import (
    ANSWER,
    CONDITION,
    CONFIRM,
    DISAGREEMENT,
    DISCUSSION,
    HOLE,
    POINT,
    RATIFY,
    Road,
    RoadStep,
    road,
)
from tui.partnership.values import Partnership, as_of
from tui.text.body_names import body_in_sentence
from tui.text.dates import format_by, format_date, format_not_before, format_on
from tui.text.french_names import fill_sentence
from tui.workspace.condition_words import condition_text
from tui.workspace.workspace import Workspace

# The cells of a position that tell of its ratification.
_RATIFICATION_CELLS = ("ratify_by@fr", "ratify_by@en", "ratify_on", "ratify_sittings@fr", "ratify_sittings@en")


class RoadMap:
    """The road of one partnership on a day, and its words in one language.

    `partnership` is as it was on that day, and `view` is its public view.
    """

    def __init__(self, guide: Guide, partnership: Partnership, view: Partnership, road_ahead: Road, lang: str) -> None:
        self.road, self._view = road_ahead, view
        self._guide, self._partnership, self._lang = guide, partnership, lang

    def headline(self) -> str:
        """Return a sentence that answers « when can all sign? », and a second one where the text takes effect later."""
        if not self.road.steps:
            return _("Nothing holds the signatures back.")
        if self.road.earliest:
            text = _("All can sign at the earliest {date}.").format(date=format_on(self.road.earliest, self._lang))
        else:
            missing = ngettext("One date is missing", "{n} dates are missing", len(self.road.undated))
            text = _("{missing}: not before {date}.").format(
                missing=missing.format(n=len(self.road.undated)),
                date=format_not_before(self.road.not_before, self._lang),
            )
        if self.road.effect_on > self.road.not_before:
            text += " " + _("The text takes effect {date}.").format(date=format_on(self.road.effect_on, self._lang))
        return text

    def line_of_dates(self) -> str:
        """Return one line from today to the signatures: each dated step, and the day by which its papers are due.

        "" without any dated step.
        """
        dates = [(step.date, self._short_words(step)) for step in self.road.dated]
        dates += [
            (step.papers, _("papers, {name}").format(name=self.name(step))) for step in self.road.dated if step.papers
        ]
        if not dates:
            return ""
        end = _("signatures") if self.road.earliest else _("signatures: date not known yet")
        dated_words = [f"{format_date(iso, self._lang)} {words}" for iso, words in sorted(dates)]
        return " ─ ".join((_("today"), *dated_words, end))

    def words(self, step: RoadStep) -> str:
        """Return what happens at a step that has a date; for one without, what to ask and of whom."""
        return self._dated_words(step) if step.date else self._question(step)

    def date(self, step: RoadStep) -> str:
        """Return the date of a step in words; "" where none is known."""
        return format_date(step.date, self._lang) if step.date else ""

    def name(self, step: RoadStep) -> str:
        """Return the short name of the partner of a step; "" for a step of all the partners together."""
        return short_name(self._partnership, step.partner, self._lang) if step.partner else ""

    def asked_of_partner(self, step: RoadStep) -> str:
        """Return what a letter asks of the partner of a step, in the guide's phrases; "" for a point without text.

        `step` is one of `tui.partnership.road.own_part`. Which body ratifies, and when, is said only if the public view
        has it: the partner may have kept it private.
        """
        word, lang = self._guide.word, self._lang
        entry = self._view.entry(step.entry)
        if step.kind == RATIFY:
            if entry is None or not any(entry.get(cell) for cell in _RATIFICATION_CELLS):
                return word("part_ratified", lang)
            body = body_in_sentence(step.body, lang) or word("part_body", lang)
            if lang == "en" and body.startswith("its "):  # the letter speaks to the partner
                body = f"your {body.removeprefix('its ')}"
            if not step.date:
                return word("part_ratify", lang, body=body)
            papers = format_by(step.papers, lang) if step.papers else ""
            phrase = "part_papers" if papers else "part_sits"
            return word(phrase, lang, body=body, date=format_on(step.date, lang), papers=papers)
        if step.kind == HOLE:
            return word("part_hole", lang, text=self._text_of(step))
        if step.kind == POINT:
            text = " ".join(entry.text("text", lang).split()) if entry is not None else ""
            return word("part_point", lang, text=text) if text else ""
        return word(f"part_{step.kind}", lang)

    def _dated_words(self, step: RoadStep) -> str:
        """Return what happens on the day of a step, with the partner's name, without the day."""
        if step.kind == RATIFY:
            body = body_in_sentence(step.body, self._lang) or _("the body that ratifies")
            words = _("{name}: {body} sits").format(name=self.name(step), body=body)
            if step.papers:
                words += ", " + _("papers due {date}").format(date=format_by(step.papers, self._lang))
            return words
        if step.kind == ANSWER:
            return _("{name}: answers on the whole text").format(name=self.name(step))
        if step.kind == CONFIRM:
            return _("{name}: confirms on the new words").format(name=self.name(step))
        text = self._text_of(step)
        return _(": ").join(filter(None, (self.name(step), text)))

    def _question(self, step: RoadStep) -> str:
        """Return what to ask, and of whom, so that the date becomes known; or what to settle first."""
        who = self._who(step)
        sentences = {
            RATIFY: _("Ask {who} on which day it sits next ({body}), and by when papers are due."),
            ANSWER: _("Ask {who}: by when will it answer?"),
            CONFIRM: _("Ask {who}: by when will it confirm the new words?"),
            DISAGREEMENT: _("Settle with {who} its reservation or objection."),
            SIGNATURE: _("Ask {who}: when will it sign?"),
        }
        if step.kind == CONDITION:
            sentence = _("Ask {who} by when this can be met: {what}")
            return fill_sentence(sentence, who=self._who_can_meet(step), what=self._text_of(step))
        if step.kind in sentences:
            return fill_sentence(sentences[step.kind], who=who, body=step.body or _("the body that ratifies"))
        what = self._text_of(step)
        if step.partner:
            return fill_sentence(_("Agree with {who}: {what}"), who=who, what=what)
        return _("Agree together: {what}").format(what=what)

    def _who(self, step: RoadStep) -> str:
        """Return « Collège (Nadia Tremblay) »: the partner, with the first of its people who has a name."""
        names = (row.text("name", self._lang) for row in people(self._partnership, step.partner))
        person = next(filter(None, names), "")
        return f"{self.name(step)} ({person})" if person else self.name(step)

    def _who_can_meet(self, step: RoadStep) -> str:
        """Return who can meet the condition of a step; where nobody is named, the partner that made it (`_who`)."""
        entry = self._partnership.entry(step.entry)
        who = someone_name(self._partnership, entry.get("who"), self._lang) if entry is not None else ""
        return who or self._who(step)

    def _text_of(self, step: RoadStep) -> str:
        """Return what a step is about: the name of its hole or question, else the text of its entry ("" for none)."""
        if step.kind == HOLE:
            return next(rule for rule in self._guide.holes if rule.id == step.hole).label.get(self._lang)
        if step.kind == DISCUSSION:
            return self._guide.question(step.question).short.get(self._lang)
        entry = self._partnership.entry(step.entry)
        if step.kind == CONDITION and entry is not None:
            return condition_text(self._guide, entry, self._lang)
        return " ".join(entry.text("text", self._lang).split()) if entry is not None else ""

    def _short_words(self, step: RoadStep) -> str:
        """Return the words of a step in the line of dates: its partner, else what it is about."""
        if step.kind == RATIFY:
            return _("sitting, {name}").format(name=self.name(step))
        return self.name(step) or self._text_of(step)


def road_map(guide: Guide, partnership: Partnership, day: str, lang: str) -> RoadMap:
    """Return the road of a partnership on an ISO day, in `lang`."""
    on_day = as_of(partnership, day)
    public = published(guide, on_day)
    state = adoption(guide, public.view)
    goals = milestones(guide, on_day, public, adopted=bool(state), changed=state == "changed")
    return RoadMap(guide, on_day, public.view, road(on_day, public.answers, goals, day, lang), lang)


def road_in_workspace(workspace: Workspace, day: str) -> RoadMap:
    """Return the road of the open partnership on `day`, which has to be today's ISO day: it is kept as of today.

    The public view and the milestones are those that the workspace keeps.
    """
    road_ahead = road(workspace.partnership, workspace.public.answers, workspace.milestones, day, workspace.lang)
    return RoadMap(workspace.guide, workspace.partnership, workspace.view, road_ahead, workspace.lang)


def road_lines(shown: RoadMap) -> Iterator[str]:
    """Yield the whole road as lines of text: the headline, the line of dates, what is awaited, what is to be asked."""
    yield shown.headline()
    if line := shown.line_of_dates():
        yield line
    if shown.road.dated:
        yield _("Awaited:")
    for step in shown.road.dated:
        yield f"  – {shown.date(step)} · {shown.words(step)}"
    if shown.road.undated:
        yield _("To ask, or to settle:")
    for step in shown.road.undated:
        yield f"  – {shown.words(step)}"


def road_data(shown: RoadMap) -> dict[str, Any]:
    """Return the road as JSON values, the dated steps first: dates are ISO days, null where none is known.

    Of a step `partner` and `entry` are "" where it has none.
    """
    road_ahead = shown.road
    return {
        "day": road_ahead.day,
        "earliest": road_ahead.earliest or None,
        "not_before": road_ahead.not_before,
        "effect_on": road_ahead.effect_on or None,
        "steps": [
            {
                "kind": step.kind,
                "date": step.date or None,
                "papers": step.papers or None,
                "partner": step.partner,
                "text": shown.words(step),
                "question": step.question,
                "entry": step.entry,
            }
            for step in (*road_ahead.dated, *road_ahead.undated)
        ],
    }
