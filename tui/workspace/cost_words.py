"""The cost of a change in words, for the facilitator: whose yes it reopens, whom to ask, when all can sign then.

A yes is reopened when the words change that it was said to: the partner is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.form.form_words import name_in_sentence, short_name
from tui.guide.guide_types import Field
from tui.i18n import _, ngettext
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.change_cost import (
    MEMBERS,
    ChangeCost,
    CostMeter,
    changed_by_question,
    partners_answered,
    partners_reopened,
)
from tui.partnership.conditions import POINT, touched_conditions
from tui.partnership.field_kinds import BadValue
from tui.partnership.milestones import milestones
from tui.partnership.positions import CONSENSUS, changed_since
from tui.partnership.privacy import published
from tui.partnership.received_answers import TELEPHONE, source_row
from tui.partnership.road import Road, road
from tui.partnership.values import Change, Entry, Partnership, answer_id, may_have_second_wording
from tui.partnership.versions import Version
from tui.text.body_names import body_in_sentence
from tui.text.dates import format_not_before, format_on
from tui.text.french_names import fill_sentence
from tui.workspace.sentence_words import sentence_field
from tui.workspace.workspace import Workspace, current_moment


class WordingCost:
    """Tells what another wording of one text would cost, while it is being typed; the partnership stays as it is."""

    def __init__(self, workspace: Workspace, entry: Entry, field: Field) -> None:
        self._workspace, self._entry, self._cell = workspace, entry, field.cell(workspace.typed_lang)
        self._meter = CostMeter(workspace.guide)
        self._roads: dict[tuple[str, ...], str] = {}  # words on the signatures, by the partners whose yes is reopened

    def words(self, text: str) -> str:
        """Return what it would cost to replace the text by `text`; "" where it is the present text."""
        workspace, entry = self._workspace, self._entry
        present = workspace.partnership.entry(entry.id) or entry
        if text == str(present.get(self._cell, "")):
            return ""
        change = Change(entry.id, entry.question, self._cell, text, entry.part, entry.subject)
        cost = self._meter.cost(workspace.partnership, [change])
        words = cost_words(workspace, cost)
        if cost.reopened:
            if cost.reopened not in self._roads:
                self._roads[cost.reopened] = _road_words(workspace, cost.after)
            words += " " + self._roads[cost.reopened]
        return words


def sentence_cost(workspace: Workspace, entry_id: str, field_id: str, text: str) -> str:
    """Return what it would cost if the sentence of a field of an entry were `text`; "" is the entry's main field.

    Nothing is written. Raises BadValue where there is no sentence.
    """
    entry = workspace.partnership.entry(entry_id)
    field = sentence_field(workspace.guide, entry) if entry is not None else None
    if entry is not None and field_id:
        question = workspace.guide.by_id.get(entry.question)
        part = question.part(entry.part) if question is not None else None
        field = part.field(field_id) if part is not None else None
    if entry is None or field is None or not may_have_second_wording(field):
        raise BadValue(_("This is no sentence of the document that can be worded anew."))
    return WordingCost(workspace, entry, field).words(text.strip()) or _("These are the words that stand.")


def draft_cost(workspace: Workspace, versions: Sequence[Version]) -> list[str]:
    """Return in lines what today's text costs compared to the last kept version."""
    lines = text_cost_lines(workspace, versions[-1] if versions else None)
    return lines or [_("Reopens nothing: no sentence of the document changes.")]


def cost_words(workspace: Workspace, cost: ChangeCost) -> str:
    """Return « Rouvre 2 réponses sur 9 : ACSM (au téléphone), CLSC (le conseil, le 3 février). Demander à … »."""
    if cost.is_free:
        return _("Reopens nothing: no sentence of the document changes.")
    sentences = [_reopened_words(workspace, cost.reopened, cost.answered_count)]
    sentences += [_left_out_words(workspace, partner_id) for partner_id in cost.to_ask]
    sentences += [_condition_words(workspace, row_id) for row_id in cost.conditions]
    return " ".join(sentences)


def text_cost_lines(workspace: Workspace, before: Version | None) -> list[str]:
    """Return in lines what today's text costs compared to a version (None for none): the answers it reopens, the
    questions whose answers changed, and the conditions that this touches.
    """
    answers = workspace.public.answers
    reopened_ids = partners_reopened(workspace.partnership, answers)
    still_given = partners_answered(workspace.partnership, answers)
    count = len(reopened_ids) + len(still_given)
    lines = [_reopened_words(workspace, reopened_ids, count)] if count else []
    if before is not None and before.points:
        kinds = changed_by_question(workspace.partnership, workspace.view, before.points, workspace.public.points)
        if kinds:
            lines.append(_("Touches: {list}.").format(list=", ".join(_kind_words(workspace, kinds))))
        changed = changed_since(before.points, workspace.public.points)
        lines += [_condition_words(workspace, row.id) for row in touched_conditions(workspace.partnership, changed)]
    return lines


def _kind_words(workspace: Workspace, kinds: Mapping[str, int]) -> Iterable[str]:
    """Yield « Contributions (2) » for each question id, or MEMBERS, with its count."""
    for kind, count in kinds.items():
        members = _("Who takes part")
        label = members if kind == MEMBERS else workspace.guide.question(kind).short.get(workspace.lang)
        yield f"{label} ({count})"


def _reopened_words(workspace: Workspace, partners: tuple[str, ...], of: int) -> str:
    """Return whose answers (ids of partners) are reopened, of how many."""
    if not partners:
        return _("Reopens no answer.")
    partner_words = ", ".join(_how_given(workspace, partner) for partner in partners)
    words = ngettext("Reopens {n} answer of {of}", "Reopens {n} answers of {of}", len(partners))
    return words.format(n=len(partners), of=of) + _(": ") + partner_words + "."


def _how_given(workspace: Workspace, partner: str) -> str:
    """Return a partner and how it answered: « ACSM (au téléphone) », « CLSC (le conseil, le 3 février 2027) »."""
    partnership, lang = workspace.partnership, workspace.lang
    name = short_name(partnership, partner, lang)
    position_id = answer_id(CONSENSUS, (partner,))
    position = partnership.entry(position_id)
    facts = []
    if position is not None and (position.get("ratified_on") or position.text("resolution", lang)):
        on = str(position.get("ratified_on", ""))
        facts = [body_in_sentence(body_name(position, RATIFIES, lang), lang), format_on(on, lang) if on else ""]
    row = source_row(partnership, (position_id,), partner)
    if row is not None and row.get("means") == TELEPHONE:
        facts.append(_("by telephone"))
    how = ", ".join(filter(None, facts))
    return f"{name} ({how})" if how else name


def _left_out_words(workspace: Workspace, partner: str) -> str:
    """Return that a partner is to be asked, since its yes left this sentence out."""
    name = name_in_sentence(workspace.partnership, partner, workspace.lang)
    return fill_sentence(_("Ask {name}: it left this sentence out of its yes."), name=name)


def _condition_words(workspace: Workspace, condition: str) -> str:
    """Return that a partner is to be asked about its condition (the row's id)."""
    row = workspace.partnership.entries[condition]
    name = name_in_sentence(workspace.partnership, row.subject[0], workspace.lang)
    if row.get(POINT):
        return fill_sentence(_("Touches the condition of {name}: to be asked."), name=name)
    return fill_sentence(_("{name} has a condition on the whole text: to be asked."), name=name)


def _road_words(workspace: Workspace, after: Partnership) -> str:
    """Return when all can sign, after the change was made."""
    day = current_moment()[:10]
    public = published(workspace.guide, after)
    way: Road = road(after, public.answers, milestones(workspace.guide, after, public), day, workspace.lang)
    if way.earliest:
        return _("Signatures at the earliest {date}.").format(date=format_on(way.not_before, workspace.lang))
    return _("Signatures not before {date}.").format(date=format_not_before(way.not_before, workspace.lang))
