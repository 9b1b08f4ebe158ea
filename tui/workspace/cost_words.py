"""What a change costs, in words: whose yes it reopens, whom to ask, and when all can sign then. For the facilitator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tui.form.form_words import short_name
from tui.guide.guide_types import Field
from tui.i18n import _, ngettext
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.change_cost import MEMBERS, ChangeCost, CostMeter, answered, changed_by_question, reopened
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
    """Tells in words what another wording of one text would cost, while it is typed; it writes nothing."""

    def __init__(self, workspace: Workspace, entry: Entry, field: Field) -> None:
        self._workspace, self._entry, self._cell = workspace, entry, field.cell(workspace.typed_lang)
        self._meter = CostMeter(workspace.guide)
        self._roads: dict[tuple[str, ...], str] = {}  # by whose answers are reopened: the rest holds meanwhile

    def words(self, text: str) -> str:
        """Return what it would cost if `text` stood in the document; "" where it is the text that stands."""
        workspace, entry = self._workspace, self._entry
        now = workspace.partnership.entry(entry.id) or entry
        if text == str(now.get(self._cell, "")):
            return ""
        change = Change(entry.id, entry.question, self._cell, text, entry.part, entry.subject)
        found = self._meter.cost(workspace.partnership, [change])
        said = cost_words(workspace, found)
        if found.reopened:
            if found.reopened not in self._roads:
                self._roads[found.reopened] = _road_words(workspace, found.after)
            said += " " + self._roads[found.reopened]
        return said


def sentence_cost(workspace: Workspace, entry_id: str, field_id: str, text: str) -> str:
    """Return what it would cost if a sentence said `text`: that of a field of an entry, "" for its main one.

    Nothing of it is written. Raises BadValue where there is no sentence.
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
    """Return what today's text costs beside the version that is kept last, in lines."""
    found = text_cost_lines(workspace, versions[-1] if versions else None)
    return found or [_("Reopens nothing: no sentence of the document changes.")]


def cost_words(workspace: Workspace, cost: ChangeCost) -> str:
    """« Rouvre 2 réponses sur 9 : ACSM (au téléphone), CLSC (le conseil, le 3 février). Demander à La Boussole … »."""
    if cost.is_free:
        return _("Reopens nothing: no sentence of the document changes.")
    told = [_reopened_words(workspace, cost.reopened, cost.of)]
    told += [_left_out_words(workspace, name) for name in cost.to_ask]
    told += [_condition_words(workspace, name) for name in cost.conditions]
    return " ".join(told)


def text_cost_lines(workspace: Workspace, before: Version | None) -> list[str]:
    """Return what today's text costs beside a version (None for none): the answers it reopens, and what it touches."""
    answers = workspace.public.answers
    again = reopened(workspace.partnership, answers)
    standing = answered(workspace.partnership, answers)
    lines = [_reopened_words(workspace, again, len(again) + len(standing))] if again or standing else []
    if before is not None and before.points:
        kinds = changed_by_question(workspace.partnership, workspace.view, before.points, workspace.public.points)
        if kinds:
            lines.append(_("Touches: {list}.").format(list=", ".join(_kind_words(workspace, kinds))))
        changed = changed_since(before.points, workspace.public.points)
        lines += [_condition_words(workspace, row.id) for row in touched_conditions(workspace.partnership, changed)]
    return lines


def _kind_words(workspace: Workspace, kinds: Mapping[str, int]) -> Iterable[str]:
    for kind, count in kinds.items():
        members = _("Who takes part")
        label = members if kind == MEMBERS else workspace.guide.question(kind).short.get(workspace.lang)
        yield f"{label} ({count})"


def _reopened_words(workspace: Workspace, names: tuple[str, ...], of: int) -> str:
    if not names:
        return _("Reopens no answer.")
    listed = ", ".join(_how_given(workspace, name) for name in names)
    said = ngettext("Reopens {n} answer of {of}", "Reopens {n} answers of {of}", len(names))
    return said.format(n=len(names), of=of) + _(": ") + listed + "."


def _how_given(workspace: Workspace, partner: str) -> str:
    """« ACSM (au téléphone) », « CLSC (le conseil, le 3 février 2027) »: whose answer it is, and how it came."""
    partnership, lang = workspace.partnership, workspace.lang
    name = short_name(partnership, partner, lang)
    place = answer_id(CONSENSUS, (partner,))
    position = partnership.entry(place)
    told = []
    if position is not None and (position.get("ratified_on") or position.text("resolution", lang)):
        on = str(position.get("ratified_on", ""))
        told = [body_in_sentence(body_name(position, RATIFIES, lang), lang), format_on(on, lang) if on else ""]
    row = source_row(partnership, (place,), partner)
    if row is not None and row.get("means") == TELEPHONE:
        told.append(_("by telephone"))
    how = ", ".join(filter(None, told))
    return f"{name} ({how})" if how else name


def _left_out_words(workspace: Workspace, partner: str) -> str:
    name = short_name(workspace.partnership, partner, workspace.lang)
    return fill_sentence(_("Ask {name}: it left this sentence out of its yes."), name=name)


def _condition_words(workspace: Workspace, condition: str) -> str:
    row = workspace.partnership.entries[condition]
    name = short_name(workspace.partnership, row.subject[0], workspace.lang)
    if row.get(POINT):
        return fill_sentence(_("Touches the condition of {name}: to be asked."), name=name)
    return fill_sentence(_("{name} has a condition on the whole text: to be asked."), name=name)


def _road_words(workspace: Workspace, after: Partnership) -> str:
    day = current_moment()[:10]
    public = published(workspace.guide, after)
    found: Road = road(after, public.answers, milestones(workspace.guide, after, public), day, workspace.lang)
    when = format_on(found.not_before, workspace.lang)
    if found.earliest:
        return _("Signatures at the earliest {date}.").format(date=when)
    return _("Signatures not before {date}.").format(date=format_not_before(found.not_before, workspace.lang))
