"""The set phrases of the agreement in one language, the names that may appear, and the positions that may be told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tui.agreement.blocks import NOWHERE, Block, Item, ListBlock, Origin, Paragraph, Run, Runs, Subheading
from tui.agreement.light_markdown import prose
from tui.agreement.numbering import reference
from tui.agreement.partner_blocks import PartnerBlocks
from tui.guide.guide_types import Field, Guide, HoleRule
from tui.partnership.completion import answer_entry, has_void, is_void, is_void_for_all
from tui.partnership.field_kinds import ParseContext, format_value, someone_name
from tui.partnership.holes import open_holes
from tui.partnership.name_references import partner_of
from tui.partnership.partners import (
    ALL,
    PEOPLE,
    WHO,
    Partner,
    active,
    find_partner,
    givers,
    group_members,
    group_name,
    join,
    partners,
    people,
)
from tui.partnership.positions import PositionStatuses, points, position_statuses
from tui.partnership.privacy import Published
from tui.partnership.values import Entry, Partnership, Value
from tui.text.counts import in_words
from tui.text.french_names import FEMININE, FrenchName, agreed, capital, unquoted
from tui.text.name_matching import fold

DASH = "—"
# What a name may begin with in a sentence, and what stands for those who have none yet.
_ARTICLE = re.compile(r"les? |la |l['’]|the |un |[a-zé-]+ (?:autres? |other )?organi(?:sme|zation)s? (?:à|to) ")
_ADDRESS = re.compile(r"\S*[\w/][.@:/]\w")  # « info@centre.ca », « www.centre.ca/aide » at the head of a paragraph
_ENGLISH = {"renouvelé": "renewed", "signé": "signed"}
# Fields whose words are the same in both languages, or no words: no mark is put behind them.
_NO_SENTENCE = frozenset({"name", "short_name", "address", "auth_number", "auth_bylaw", "resolution", "email", "phone"})
_QUOTES = {"fr": ("«»", "“”"), "en": ("“”", "‘’")}  # the outer quotes of each language, and its inner ones
_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?=\s|$)")  # « Inc.. », never « … » nor « ... »
# « n° n° 4 »: the set phrase and the number that was typed both have the sign.
_DOUBLED = re.compile(r"\b(n°|[Nn]o\.|[Nn]os\.)(?:\s*(?:n°|[Nn]o\.))+(?=\s)")
_NAMES = frozenset({"partner", "partners", "someone", "someones"})  # the kinds of field that hold partners or people
CONTRIBUTIONS = "open.contributions"


def printable_positions(phrasing: Phrasing) -> PositionStatuses:
    """Return each partner's answers by (question id, partner id); from the public view if no better source is known."""
    if phrasing.public is not None:
        return phrasing.public.answers
    return position_statuses(phrasing.view, points(phrasing.guide, phrasing.view))


def answers_to(phrasing: Phrasing, questions: frozenset[str]) -> object:
    """Return all that may be printed of the answers to some questions, to be compared with a later one."""
    counts = {name: count for name, count in phrasing.view.tallies.items() if name in questions}
    return counts, [text for (asked, _partner), text in printable_positions(phrasing).items() if asked in questions]


@dataclass(frozen=True)
class Phrasing:
    """One public view, told in one language ("fr" or "en")."""

    guide: Guide
    view: Partnership
    lang: str
    public: Published | None = None  # what is known of the view, better from the whole partnership
    final: bool = False  # whether it is the adopted text: it says what is agreed, and nothing of who answered what
    own_blocks: PartnerBlocks | None = None  # what each partner alone commits to, as it was told last
    marked: bool = False  # whether a text that is not in the language is marked, as in one half of two

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

    # Answers worked out once, each kept by what it was asked of: a value tells the same thing for ever.

    @cached_property
    def _quoting(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _void(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _rows(self) -> dict[tuple[str, str], tuple[Entry, ...]]:
        return {}

    @cached_property
    def _rows_by_giver(self) -> dict[tuple[str, str], dict[str, tuple[Entry, ...]]]:
        return {}

    @cached_property
    def _givers(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def present(self) -> frozenset[str]:
        """The ids of the partners that count."""
        return frozenset(partner.id for partner in active(self.view))

    def void(self, question: str) -> bool:
        """Return whether a question was said not to apply: nothing that answers it is printed, in any section."""
        known = self._void.get(question)
        if known is None:
            known = self._void[question] = is_void_for_all(self.view, self.guide.question(question))
        return known

    def rows(self, question: str, part: str = "rows") -> tuple[Entry, ...]:
        """Return the rows that may be printed: none of what does not apply, to all or to those who give it.

        A contribution that is only offered is printed in drafts alone.
        """
        rows = self._rows.get((question, part))
        if rows is None:
            rows = () if self.void(question) else self.view.rows(question, part)
            if has_void(self.view) and (void := {name for name in self.present if self.void_for(question, name)}):
                rows = tuple(row for row in rows if not (self.givers(row) and void.issuperset(self.givers(row))))
            if self.final and question == CONTRIBUTIONS:
                rows = tuple(row for row in rows if row.get("state") == "accepted")
            self._rows[question, part] = rows
        return rows

    def rows_of(self, question: str, part: str, partner_id: str) -> tuple[Entry, ...]:
        """Return those of `rows` that belong to one partner, alone or with others."""
        known = self._rows_by_giver.get((question, part))
        if known is None:
            found: dict[str, list[Entry]] = {}
            for row in self.rows(question, part):
                for name in row.givers:
                    found.setdefault(name, []).append(row)
            known = self._rows_by_giver[question, part] = {name: tuple(rows) for name, rows in found.items()}
        return known.get(partner_id, ())

    def answer(self, question: str, partner_id: str = "") -> Entry | None:
        """Return the single answer that may be printed; None when there is none or the question does not apply."""
        subject = (partner_id,) if partner_id else ()
        if self.void(question) or (partner_id and self.void_for(question, partner_id)):
            return None
        return answer_entry(self.view, question, subject)

    def void_for(self, question: str, partner_id: str) -> bool:
        """Return whether a question that is asked of each partner was said not to apply to this one."""
        return is_void(self.view, self.guide.question(question), (partner_id,))

    def word(self, key: str, /, **values: object) -> str:
        """Return a set phrase of the guide data; names with their own quotes, full stop or « n° » are fitted in."""
        if not values:
            return self.guide.word(key, self.lang)
        quotes = _QUOTES[self.lang]
        quoting = self._quoting.get(key)
        if quoting is None:
            bare = self.guide.word(key, self.lang, **dict.fromkeys(values, ""))
            quoting = self._quoting[key] = quotes[0][0] in bare
        if quoting:
            values = {name: _inner(value, quotes) for name, value in values.items()}
        said = self.guide.word(key, self.lang, **values)
        return _DOUBLED.sub(r"\1", _TWO_STOPS.sub(".", said))

    def text(self, entry: Entry | None, field: str) -> str:
        """Return a text field, "" without entry; where this language lacks it, the other one's (marked if `marked`)."""
        if entry is None:
            return ""
        text = entry.text(field, self.lang)
        return self._as_other(entry, field, text) if self.marked and text else text

    def _as_other(self, entry: Entry, field: str, text: str) -> str:
        """Return each line with a mark behind it where it is in the other language; a name needs none."""
        other = entry.get(f"{field}@{'en' if self.lang == 'fr' else 'fr'}")
        if field in _NO_SENTENCE or text != other or text == entry.get(f"{field}@{self.lang}"):
            return text
        mark = f" [{self.word('in_other_language')}]"
        return "\n".join(line.rstrip() + mark if line.strip() else line for line in text.split("\n"))

    def shown(self, entry: Entry | None, field: str) -> str:
        """Return any field of an entry in words (a date, a choice, a partner …); "" when empty or not understood."""
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
            return "" if self._stands_nowhere(str(value)) else self.called(str(value))
        if field.kind == "someone":
            return self.someone(value)
        if field.kind == "someones":
            value = [share for share in value if not self._stands_nowhere(partner_of(self.view, share))]
            hidden = self.view.hidden_people
            ids = [share.get("partner") or hidden.get(share.get("person", ""), "") for share in value]
            return self.named(ids, list(map(self.someone, value)), ", ")
        if field.kind == "partners":
            return self.group(value.get("ids", ()), value.get("group", ""))
        return format_value(ParseContext(self.guide, self.view, self.lang), field, value)

    def name(self, partner_id: str) -> str:
        """Return a partner's name, or « un organisme à confirmer » where it may not appear yet."""
        known = find_partner(self.view, partner_id)
        return (known.name(self.lang) if known is not None else "") or self.word("an_organisation")

    def _stands_nowhere(self, partner_id: str) -> bool:
        """Whether a partner declined, or left before it might be named: it is no organisation to be confirmed."""
        known = None if partner_id in self.present else find_partner(self.view, partner_id)
        return known is not None and (known.status == "declined" or not known.name(self.lang))

    def short(self, partner_id: str) -> str:
        """Return the short name that the document defines for a partner: « le Collège »; "" where there is none.

        One of the other language alone is neither defined nor used: « le Collège » is no English word.
        """
        known = find_partner(self.view, partner_id)
        if known is None or not known.name(self.lang):
            return ""
        typed = unquoted(known.entry.text("short_name", self.lang)) if partner_id in self.defined else ""
        if not typed or typed == known.name(self.lang):
            return ""
        if not isinstance(known.entry.get(f"short_name@{self.lang}"), str):
            return ""
        return self.french(partner_id).subject if self.lang == "fr" else typed

    def called(self, partner_id: str) -> str:
        """Return what a partner is called in a sentence once it is defined: « le Collège », else its full name."""
        known = find_partner(self.view, partner_id)
        if known is None or not known.name(self.lang):
            return self.name(partner_id)
        if self.lang == "fr":
            return self.french(partner_id).subject
        return self.short(partner_id) or self.name(partner_id)

    def french(self, partner_id: str) -> FrenchName:
        """Return the name a French sentence calls a partner by, with its article, gender and number."""
        known = find_partner(self.view, partner_id)
        if known is None or not known.name("fr"):
            return FrenchName(self.word("an_organisation"), gender="m")
        return known.french(short=partner_id in self.defined)

    def of(self, partner_id: str) -> str:
        """Return « du Collège », « de l'Association », "of the Centre"."""
        return self.french(partner_id).of if self.lang == "fr" else f"of {self.called(partner_id)}"

    def capital(self, text: str) -> str:
        """Return the text with a capital at its head, unless it begins with a name that is written in small letters."""
        return text if text.startswith(self.small_names) else capital(text)

    @cached_property
    def small_names(self) -> tuple[str, ...]:
        """The names of partners and people that begin with a small letter which is no article: « artexte »."""
        rows = (*self.view.rows(WHO), *self.view.rows(WHO, PEOPLE))
        cells = ("name", "short_name")
        typed = (entry.get(f"{cell}@{lang}") for entry in rows for cell in cells for lang in ("fr", "en"))
        names = (name.strip() for name in typed if isinstance(name, str))
        return tuple(name for name in names if name[:1].islower() and not _ARTICLE.match(name))

    def of_group(self, ids: Sequence[str], group: str) -> str:
        """Return « du Collège et de La Boussole », « des organismes du milieu », « de tous les partenaires »."""
        said = self.group(ids, group)
        if self.lang != "fr" or not self.is_listed(ids, group):
            return self.of_several(said)
        return self.named(ids, list(map(self.of, ids)), before="de ")

    def of_each(self, ids: Sequence[str], group: str = "") -> str:
        """Return what stands behind « à chacun »: « des partenaires, sauf X », never « de tous les partenaires »."""
        said = self.group(ids, group)
        everyone = self.word("all_partners")
        if said == everyone or said.startswith(f"{everyone},"):
            return self.word("of_the_partners") + said[len(everyone) :]
        return self.of_group(ids, group)

    def is_listed(self, ids: Sequence[str], group: str) -> bool:
        """Return whether partners are called by their names in a row, not by what they are together."""
        return self.group(ids, group) == self.named(ids, list(map(self.called, ids)))

    def of_several(self, names: str) -> str:
        """Return « de tous les partenaires », « des organismes du milieu »: of what `group` calls several partners."""
        everyone = names == self.word("all_partners") or names.startswith(self.word("all_partners") + ",")
        small = names[:1].lower() + names[1:] if everyone or names.startswith("The ") else names
        if self.lang != "fr":
            return f"of {small}"
        for article, contracted in (("les ", "des "), ("le ", "du ")):
            if small[: len(article)].lower() == article:
                return contracted + small[len(article) :]
        return f"de {small}"

    def reference(self, section: str) -> str:
        """Return what stands for a section's number until the sections are numbered (tui.agreement.numbering)."""
        return reference(section)

    def in_section(self, section: str) -> str:
        """Return « (section 7) » with a space before it; numbering takes it out where that section is not printed."""
        return f" ({self.word('in_section', number=reference(section))})"

    @cached_property
    def defined(self) -> frozenset[str]:
        """The ids of the partners that the document lists, and whose short names it so defines."""
        return frozenset(partner.id for partner in self.everyone() if partner.status != "declined")

    @property
    def settled(self) -> frozenset[str]:
        """The holes that a private answer fills."""
        return self.public.settled if self.public is not None else frozenset()

    @cached_property
    def partners_counted(self) -> tuple[str, ...]:
        """The ids of the partners that count on the day, in their order."""
        return tuple(partner.id for partner in self.partners())

    @cached_property
    def people_by_name(self) -> dict[str, tuple[Entry, ...]]:
        """The people of the partners that count, by their folded names: two may bear the same."""
        found: dict[str, tuple[Entry, ...]] = {}
        for partner in self.partners():
            for row in people(self.view, partner.id):
                name = fold(self.text(row, "name"))
                found[name] = (*found.get(name, ()), row)
        return found

    @cached_property
    def nameless(self) -> tuple[str, ...]:
        """The ids of the partners that count and may not be named yet."""
        return tuple(partner.id for partner in self.partners() if not partner.name(self.lang))

    def others(self, count: int, *, alone: bool) -> str:
        """Return « neuf autres organismes à confirmer »; without « autres » when they stand `alone`."""
        if count == 1:
            return self.word("an_organisation")
        word = "to_confirm_count" if alone else "others_to_confirm"
        return self.word(word, n=count, n_words=in_words(count, self.lang)) if count else ""

    @property
    def kind(self) -> str:
        """The code of the kind of document: one of choices.toml [document_kind], or "own"."""
        answer = answer_entry(self.view, "extra.title", ())
        if self.text(answer, "own"):
            return "own"
        return str(answer.get("kind", "statement")) if answer is not None else "statement"

    @property
    def contract(self) -> bool:
        """Return whether the document names its parties and is signed by them, as all but a statement do."""
        return self.kind != "statement"

    @cached_property
    def intention(self) -> bool:
        """Return whether no legal obligation is intended: then commitments read « entend », not « s'engage à »."""
        answer = self.answer("extra.legal")
        return answer is not None and answer.get("nature") == "intention" and not self.text(answer, "text")

    def of_kind(self, name: str, /, **values: object) -> str:
        """Return the set phrase `name` as the kind of document has it: « la présente entente », « au protocole »."""
        key = f"{name}_{self.kind}"
        return self.word(key if key in self.guide.words else f"{name}_own", **values)

    def agreed(self, masculine: str) -> str:
        """Return « signée » of « la présente entente »; of an English document the English word, "signed"."""
        if self.lang != "fr":
            return _ENGLISH[masculine]
        return agreed(masculine, FEMININE if self.of_kind("this").startswith("la ") else "")

    def someone(self, value: Value) -> str:
        """Return the name of a partner, person or anyone else; persons of partners who may not appear are not named."""
        if self._stands_nowhere(partner_of(self.view, value)):
            return ""
        if isinstance(value, dict) and isinstance(value.get("partner"), str):
            return self.called(value["partner"])
        name = someone_name(self.view, value, self.lang)
        return name or (self.word("an_organisation") if value else "")

    def group(self, ids: Sequence[str], group: str = "") -> str:
        """Return « Tous les partenaires, sauf X », a group's name, or the names in a row."""
        ids, members = [partner for partner in ids if not self._stands_nowhere(partner)], self.members(group)
        name = self.word("all_partners") if group == ALL else group_name(self.view, group, self.lang) if group else ""
        if name and members and set(ids) <= set(members):
            others = [member for member in members if member not in ids]
            if len(others) < len(ids) or not others:
                listed = self.named(others, list(map(self.called, others)))
                return self.word("except", name=name, others=listed) if others else name
        return self.named(ids, list(map(self.called, ids)))

    def named(self, ids: Sequence[str], names: Sequence[str], last: str = "", before: str = "") -> str:
        """Return names in a row, those who may not be named counted once behind them (and behind `before`).

        `last` stands between them where it is given, else commas and « et ».
        """
        unnamed = [at for at, text in enumerate(ids) if text in self.nameless]
        if len(unnamed) > 1:
            kept = [name for at, name in enumerate(names) if at not in unnamed]
            names = [*kept, before + self.others(len({ids[at] for at in unnamed}), alone=not kept)]
        return last.join(filter(None, names)) if last else join(names, self.word("and"))

    def members(self, group: str) -> tuple[str, ...]:
        """Return the ids of the partners that a group's name stands for, without those who left; () for no group."""
        return tuple(member for member in group_members(self.view, group) if member in self.present) if group else ()

    def givers(self, row: Entry) -> tuple[str, ...]:
        """Return the ids of those a row belongs to, without those who declined or left: these give nothing any more."""
        known = self._givers.get(row.id)
        if known is None:
            known = self._givers[row.id] = tuple(giver for giver in row.givers if giver in self.present)
        return known

    def given_by(self, row: Entry) -> str:
        """Return the names of those a row belongs to, or the group they make."""
        given = row.get("partners")
        return self.group(self.givers(row), given.get("group", "") if isinstance(given, dict) else "")

    def partners(self) -> tuple[Partner, ...]:
        """Return the partners that count."""
        return active(self.view)

    def everyone(self) -> tuple[Partner, ...]:
        """Return all partners, with those who left."""
        return partners(self.view)

    def hole(self) -> Runs:
        """Return « à préciser », marked as a hole; « non convenu à l'adoption » in the adopted text."""
        return (Run(self.word("not_agreed" if self.final else "to_be_specified"), hole=True),)

    def missing(self, question: str, partner_id: str = "") -> tuple[Block, ...]:
        """Return a paragraph that tells of a missing answer and where it is given; () if it does not apply."""
        if self.void(question):
            return ()
        return (Paragraph(self.hole(), Origin(question=question, partner=partner_id)),)

    def prose(self, entry: Entry | None, field: str) -> tuple[Block, ...]:
        """Return the light Markdown of a prose field as blocks; what begins it has a capital, however it was typed."""
        text = self.text(entry, field)
        blocks = prose(text, origin(entry, field)) if entry is not None and text else ()
        return (self._begun(blocks[0]), *blocks[1:]) if blocks else ()

    def _begun(self, block: Block) -> Block:
        if not isinstance(block, Paragraph) or not block.runs or not block.runs[0].text[:1].islower():
            return block
        first, *others = block.runs
        if first.code or first.href or _ADDRESS.match(first.text):
            return block
        return replace(block, runs=(replace(first, text=self.capital(first.text)), *others))

    def titled(self, title: str, blocks: Iterable[Block], where: Origin = NOWHERE) -> tuple[Block, ...]:
        """Return `blocks` under a small heading whose origin is `where`; () when there are no blocks."""
        found = tuple(blocks)
        return (Subheading((Run(title),), where), *found) if found else ()

    def names_someone(self, row: Entry, field: str) -> bool:
        """Return whether a field of an entry holds partners or people, which a sentence calls by their articles."""
        found = self._fields.get((row.question, row.part, field))
        return found is not None and found.kind in _NAMES

    def name_at_head(self, text: str) -> str:
        """Return a name as it begins a line or a cell: « Le Collège », where a sentence calls it « le Collège »."""
        return self.capital(text) if _ARTICLE.match(text) else text


def _inner(value: object, quotes: tuple[str, str]) -> object:
    """Return a text that comes to stand between quotes, its own made the inner ones: « le “Phare” »."""
    return value.translate(str.maketrans(quotes[0], quotes[1])) if isinstance(value, str) else value


def origin(entry: Entry | None, field: str = "") -> Origin:
    """Return where a line comes from: entry, field, question, first of the partners it belongs to; NOWHERE for None."""
    if entry is None:
        return NOWHERE
    owners = givers(entry)
    return Origin(entry.id, field, entry.question, owners[0] if owners else "")


def line(text: str, where: Origin = NOWHERE, *, lead: bool = False) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph((Run(text),), where, lead)


def bullets(items: Iterable[tuple[str, Origin]], *, ordered: bool = False) -> tuple[Block, ...]:
    """Return a list of plain (text, origin) pairs, empty texts left out; () when none is left."""
    found = tuple(Item((line(text, where),), where) for text, where in items if text)
    return (ListBlock(found, ordered),) if found else ()
