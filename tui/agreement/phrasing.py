"""The set phrases of the agreement in one language, the names that may appear, and the positions that may be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tui.agreement.blocks import NOWHERE, Block, Item, ListBlock, Origin, Paragraph, Row, Run, Runs, Subheading, Table
from tui.agreement.light_markdown import prose
from tui.guide.guide_types import Field, Guide, HoleRule
from tui.partnership.field_kinds import ParseContext, format_value, someone_name
from tui.partnership.holes import open_holes
from tui.partnership.partners import ALL, Partner, active, givers, group_members, group_name, join, partner, partners
from tui.partnership.positions import Heard, points, position_statuses
from tui.partnership.privacy import Published
from tui.partnership.values import Entry, Partnership, Value


def printable_positions(voice: Phrasing) -> Heard:
    """Each partner's answers, by question and partner; worked out of the public view where nothing better is known."""
    if voice.public is not None:
        return voice.public.answers
    return position_statuses(voice.view, points(voice.guide, voice.view))


def answers_to(voice: Phrasing, questions: frozenset[str]) -> object:
    """All that may be printed of the answers to some questions, to be compared with a later one."""
    counts = {name: count for name, count in voice.view.tallies.items() if name in questions}
    return counts, [one for (asked, _partner), one in printable_positions(voice).items() if asked in questions]


DASH = "—"


@dataclass(frozen=True)
class Phrasing:
    """One public view, told in one language ("fr" or "en")."""

    guide: Guide
    view: Partnership
    lang: str
    public: Published | None = None  # what is known of the view, better from the whole project

    @cached_property
    def holes(self) -> tuple[tuple[HoleRule, str], ...]:
        """The named holes that are open, each with the partner it concerns ("" for none)."""
        return self.public.holes if self.public is not None else open_holes(self.guide, self.view)

    @cached_property
    def _fields(self) -> dict[tuple[str, str, str], Field]:
        return {
            (question.id, part.id, field.id): field
            for question in self.guide.by_id.values()
            for part in question.parts
            for field in part.fields
        }

    @cached_property
    def present(self) -> frozenset[str]:
        """The ids of the partners that count."""
        return frozenset(one.id for one in active(self.view))

    def word(self, key: str, /, **values: object) -> str:
        """A set phrase of the guide data."""
        return self.guide.word(key, self.lang, **values)

    def text(self, entry: Entry | None, field: str) -> str:
        """A text field of an entry; "" when there is no entry."""
        return entry.text(field, self.lang) if entry is not None else ""

    def shown(self, entry: Entry | None, field: str) -> str:
        """Any field of an entry in words (a date, a choice, a partner …); "" when empty or not understood."""
        if entry is None:
            return ""
        found = self._fields.get((entry.question, entry.part, field))
        if found is None:
            return ""
        if found.kind in ("line", "prose", "effort"):
            return self.text(entry, field)
        return self._value(found, entry.get(field))

    def _value(self, field: Field, value: Value) -> str:
        if value is None or value is False or (isinstance(value, dict) and "typed" in value):
            return ""
        if field.kind == "partner":
            return self.name(str(value))
        if field.kind == "someone":
            return self.someone(value)
        if field.kind == "someones":
            return ", ".join(filter(None, map(self.someone, value)))
        if field.kind == "partners":
            return self.group(value.get("ids", ()), value.get("group", ""))
        return format_value(ParseContext(self.guide, self.view, self.lang), field, value)

    def name(self, partner_id: str) -> str:
        """A partner's name, or « un organisme à confirmer » where it may not appear yet."""
        known = partner(self.view, partner_id)
        return (known.name(self.lang) if known is not None else "") or self.word("an_organisation")

    def someone(self, value: Value) -> str:
        """The name of a partner, person or anyone else; persons of partners who may not appear are not named."""
        name = someone_name(self.view, value, self.lang)
        return name or (self.word("an_organisation") if value else "")

    def group(self, ids: Sequence[str], group: str = "") -> str:
        """« Tous les partenaires, sauf X », a group's name, or the names in a row."""
        members = self.members(group)
        name = self.word("all_partners") if group == ALL else group_name(self.view, group, self.lang) if group else ""
        if name and members and set(ids) <= set(members):
            others = [self.name(one) for one in members if one not in ids]
            if len(others) < len(ids) or not others:
                listed = join(others, self.word("and"))
                return self.word("except", name=name, others=listed) if others else name
        return join([self.name(one) for one in ids], self.word("and"))

    def members(self, group: str) -> tuple[str, ...]:
        """The ids of those a group's name stands for who are still partners; () for no group."""
        return tuple(one for one in group_members(self.view, group) if one in self.present) if group else ()

    def givers(self, row: Entry) -> tuple[str, ...]:
        """Those a row belongs to who are still partners: who declined or left gives nothing any more."""
        return tuple(one for one in row.givers if one in self.present)

    def given_by(self, row: Entry) -> str:
        """The names of those a row belongs to, or the group they make."""
        given = row.get("partners")
        return self.group(self.givers(row), given.get("group", "") if isinstance(given, dict) else "")

    def partners(self) -> tuple[Partner, ...]:
        """The partners that count."""
        return active(self.view)

    def everyone(self) -> tuple[Partner, ...]:
        """All partners, with those who left."""
        return partners(self.view)

    def hole(self) -> Runs:
        """« à préciser », marked as a hole."""
        return (Run(self.word("to_be_specified"), hole=True),)

    def missing(self, question: str, partner_id: str = "") -> Paragraph:
        """A paragraph that says that an answer is still missing and where it is given."""
        return Paragraph(self.hole(), Origin(question=question, partner=partner_id))

    def prose(self, entry: Entry | None, field: str) -> tuple[Block, ...]:
        """The light Markdown of a prose field as blocks."""
        text = self.text(entry, field)
        return prose(text, origin(entry, field)) if entry is not None and text else ()

    def titled(self, title: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """Blocks under a small heading; nothing when there are none."""
        found = tuple(blocks)
        return (Subheading((Run(title),)), *found) if found else ()

    def table(self, columns: Sequence[tuple[str, str]], rows: Sequence[Entry], caption: str) -> tuple[Block, ...]:
        """A table of rows, (heading, field) a column; columns that nothing fills are left out."""
        texts = [[self.shown(row, field) for _heading, field in columns] for row in rows]
        kept = [at for at in range(len(columns)) if at == 0 or any(line[at] for line in texts)]
        if not rows:
            return ()
        fields = tuple(columns[at][1] for at in kept)
        return (
            Table(
                head=tuple((Run(columns[at][0]),) for at in kept),
                rows=tuple(
                    Row(tuple((Run(line[at] or DASH),) for at in kept), origin(row, columns[0][1]), fields)
                    for row, line in zip(rows, texts, strict=True)
                ),
                caption=caption,
            ),
        )


def origin(entry: Entry | None, field: str = "") -> Origin:
    """Where a line comes from."""
    if entry is None:
        return NOWHERE
    owners = givers(entry)
    return Origin(entry.id, field, entry.question, owners[0] if owners else "")


def line(text: str, where: Origin = NOWHERE, *, lead: bool = False) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Run(text),), where, lead)


def bullets(items: Iterable[tuple[str, Origin]], *, ordered: bool = False) -> tuple[Block, ...]:
    """A list of plain texts; nothing when there are none."""
    found = tuple(Item((line(text, where),), where) for text, where in items if text)
    return (ListBlock(found, ordered),) if found else ()
