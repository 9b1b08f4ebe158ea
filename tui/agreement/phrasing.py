"""Words the agreement in one language: its set phrases, the names that may appear, the rows that may be printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
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
from tui.partnership.newest import Newest
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
from tui.partnership.privacy import Published
from tui.partnership.values import Entry, Partnership, Value
from tui.text.counts import count_in_words
from tui.text.french_names import FEMININE, FrenchName, agree, capitalize, strip_quotes
from tui.text.name_matching import fold

DASH = "—"
# An article that begins a name in a sentence (« le Collège »), or the head of « deux autres organismes à confirmer ».
_ARTICLE = re.compile(r"les? |la |l['’]|the |un |[a-zé-]+ (?:autres? |other )?organi(?:sme|zation)s? (?:à|to) ")
_ADDRESS = re.compile(r"\S*[\w/][.@:/]\w")  # « info@centre.ca », « www.centre.ca/aide » at the head of a paragraph
_ENGLISH = {"renouvelé": "renewed", "signé": "signed"}  # by French participle, its English translation
# Fields that need no mark « [en français] » behind them: names, addresses and numbers are the same in both languages.
_NO_SENTENCE = frozenset({"name", "short_name", "address", "auth_number", "auth_bylaw", "resolution", "email", "phone"})
_QUOTES = {"fr": ("«»", "“”"), "en": ("“”", "‘’")}  # the (outer, inner) quotes of each language
_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?=\s|$)")  # « Inc.. », but not « … » or « ... »
# « n° n° 4 »: the set phrase and the number that was typed both have the sign.
_DOUBLED_SIGN = re.compile(r"\b(n°|[Nn]o\.|[Nn]os\.)(?:\s*(?:n°|[Nn]o\.))+(?=\s)")
_NAME_KINDS = frozenset({"partner", "partners", "someone", "someones"})  # kinds of field that hold partners or people
CONTRIBUTIONS = "open.contributions"


@dataclass(frozen=True)
class Phrasing:
    """The wording of one public view in one language ("fr" or "en").

    A partner *counts* if it has neither declined nor left, and is *nameless* while it may not be named yet. A question
    is *void* if it was marked as not applying. The *givers* of a row are the partners that it belongs to.
    """

    guide: Guide
    view: Partnership
    lang: str
    public: Published | None = None  # the view with what was derived from it before; None to derive it here
    final: bool = False  # whether this is the adopted text, which says what is agreed but not who answered what
    own_blocks: PartnerBlocks | None = None  # the blocks about each partner that were composed last, to be reused
    marked: bool = False  # whether texts written in the other language are marked, as in a bilingual document
    # Results of the methods below, kept by their arguments: the view never changes, so neither do they.
    # `_has_quotes` by set phrase, `_void` by question id, `_rows` and `_rows_by_giver` by (question id, part id),
    # `_givers` by row id.
    _has_quotes: dict[str, bool] = field(init=False, default_factory=dict, compare=False)
    _void: dict[str, bool] = field(init=False, default_factory=dict, compare=False)
    _rows: dict[tuple[str, str], tuple[Entry, ...]] = field(init=False, default_factory=dict, compare=False)
    _void_for: dict[str, set[str]] = field(init=False, default_factory=dict, compare=False)  # partners by question
    _givers: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict, compare=False)

    @cached_property
    def holes(self) -> tuple[tuple[HoleRule, str], ...]:
        """The named holes (answers the agreement lacks) that are open, each with the id of its partner, "" for none."""
        return self.public.holes if self.public is not None else open_holes(self.guide, self.view)

    @cached_property
    def _fields(self) -> dict[tuple[str, str, str], Field]:
        """Each field of the guide by (question, part, field) id."""
        return {
            (question.id, part.id, field.id): field
            for question in self.guide.by_id.values()
            for part in question.parts
            for field in part.fields
        }

    @cached_property
    def active_ids(self) -> frozenset[str]:
        """The ids of the partners that count."""
        return frozenset(partner.id for partner in active(self.view))

    def is_void(self, question: str) -> bool:
        """Return whether a question was marked as not applying: then no answer to it is printed in any section."""
        void = self._void.get(question)
        if void is None:
            void = self._void[question] = is_void_for_all(self.view, self.guide.question(question))
        return void

    def rows(self, question: str, part: str = "rows") -> tuple[Entry, ...]:
        """Return the rows that may be printed, without those whose question is void for all partners or all givers.

        Contributions that are offered but not accepted are printed in drafts only.
        """
        rows = self._rows.get((question, part))
        if rows is None:
            rows = self._rows[question, part] = self._printable(question, self.view.rows(question, part))
        return rows

    def _printable(self, question: str, rows: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Return those of some rows of a question that may be printed."""
        if self.is_void(question):
            return ()
        if has_void(self.view) and question not in self._void_for:
            self._void_for[question] = {giver for giver in self.active_ids if self.is_void_for(question, giver)}
        if void_for := self._void_for.get(question):
            # A row that belongs to no partner stays.
            rows = tuple(row for row in rows if not self.givers(row) or set(self.givers(row)) - void_for)
        if self.final and question == CONTRIBUTIONS:
            rows = tuple(row for row in rows if row.get("state") == "accepted")
        return rows

    def rows_of(self, question: str, part: str, partner_id: str) -> tuple[Entry, ...]:
        """Return those of `rows` that belong to one partner, alone or with others."""
        return self._printable(question, tuple(self.view.by_giver.get((question, part, partner_id), ())))

    def answer(self, question: str, partner_id: str = "") -> Entry | None:
        """Return the single answer to a question, of one partner if given; None if there is none or it is void."""
        subject = (partner_id,) if partner_id else ()
        if self.is_void(question) or (partner_id and self.is_void_for(question, partner_id)):
            return None
        return answer_entry(self.view, question, subject)

    def is_void_for(self, question: str, partner_id: str) -> bool:
        """Return whether a question that is asked of each partner was marked as not applying to this one."""
        return is_void(self.view, self.guide.question(question), (partner_id,))

    def word(self, key: str, /, **values: object) -> str:
        """Return a set phrase of the guide data, filled in with `values`.

        Signs that are both in the phrase and in a value are printed once: « Inc.. » becomes « Inc. », « n° n° 4 »
        becomes « n° 4 ». Quotes within quotes become inner quotes.
        """
        if not values:
            return self.guide.word(key, self.lang)
        quotes = _QUOTES[self.lang]
        has_quotes = self._has_quotes.get(key)
        if has_quotes is None:
            unfilled = self.guide.word(key, self.lang, **dict.fromkeys(values, ""))
            has_quotes = self._has_quotes[key] = quotes[0][0] in unfilled
        if has_quotes:
            values = {name: _with_inner_quotes(value, quotes) for name, value in values.items()}
        phrase = self.guide.word(key, self.lang, **values)
        return _DOUBLED_SIGN.sub(r"\1", _TWO_STOPS.sub(".", phrase))

    def text(self, entry: Entry | None, field: str) -> str:
        """Return a text field in this language, else in the other one (with a mark if `marked`); "" without entry."""
        if entry is None:
            return ""
        text = entry.text(field, self.lang)
        return self._with_marks(entry, field, text) if self.marked and text else text

    def _with_marks(self, entry: Entry, field: str, text: str) -> str:
        """Return `text` with a mark behind each line if it is in the other language and `field` holds sentences."""
        other = entry.get(f"{field}@{'en' if self.lang == 'fr' else 'fr'}")
        if field in _NO_SENTENCE or text != other or text == entry.get(f"{field}@{self.lang}"):
            return text
        mark = f" [{self.word('in_other_language')}]"
        return "\n".join(line.rstrip() + mark if line.strip() else line for line in text.split("\n"))

    def in_words(self, entry: Entry | None, field: str) -> str:
        """Return any field of an entry in words (a date, a choice, a partner …); "" when empty or not understood."""
        if entry is None:
            return ""
        guide_field = self._fields.get((entry.question, entry.part, field))
        if guide_field is None:
            return ""
        if guide_field.kind in ("line", "prose", "effort"):
            return self.text(entry, field)
        return self._value(guide_field, entry.get(field))

    def _value(self, field: Field, value: Value) -> str:
        """Return a value in words, names as they may appear; "" if it is empty or not understood."""
        # A value that could not be parsed is stored as {"typed": what was typed} (field_kinds).
        is_unparsed = isinstance(value, dict) and "typed" in value
        if value is None or value is False or is_unparsed:
            return ""
        if field.kind == "partner":
            return "" if self._is_unlisted(str(value)) else self.sentence_name(str(value))
        if field.kind == "someone":
            return self.someone(value)
        if field.kind == "someones":
            value = [someone for someone in value if not self._is_unlisted(partner_of(self.view, someone))]
            hidden = self.view.hidden_people
            ids = [someone.get("partner") or hidden.get(someone.get("person", ""), "") for someone in value]
            return self.joined_names(ids, list(map(self.someone, value)), ", ")
        if field.kind == "partners":
            return self.names_of_group(value.get("ids", ()), value.get("group", ""))
        return format_value(ParseContext(self.guide, self.view, self.lang), field, value)

    def name(self, partner_id: str) -> str:
        """Return a partner's name, or « un organisme à confirmer » where it may not appear yet."""
        partner = find_partner(self.view, partner_id)
        return (partner.name(self.lang) if partner is not None else "") or self.word("an_organisation")

    def _is_unlisted(self, partner_id: str) -> bool:
        """Return whether a partner declined, or left before it could be named: then the text does not mention it."""
        partner = None if partner_id in self.active_ids else find_partner(self.view, partner_id)
        return partner is not None and (partner.status == "declined" or not partner.name(self.lang))

    def short(self, partner_id: str) -> str:
        """Return the short name that the document defines for a partner, in its language: « le Collège »; else ""."""
        partner = find_partner(self.view, partner_id)
        if partner is None or not partner.name(self.lang):
            return ""
        short_name = strip_quotes(partner.entry.text("short_name", self.lang)) if partner_id in self.defined_ids else ""
        if not short_name or short_name == partner.name(self.lang):
            return ""
        # A short name that was typed in the other language only defines nothing here.
        if not isinstance(partner.entry.get(f"short_name@{self.lang}"), str):
            return ""
        return self.french(partner_id).subject if self.lang == "fr" else short_name

    def sentence_name(self, partner_id: str) -> str:
        """Return what a sentence calls a partner: « le Collège » if that short name is defined, else its full name."""
        partner = find_partner(self.view, partner_id)
        if partner is None or not partner.name(self.lang):
            return self.name(partner_id)
        if self.lang == "fr":
            return self.french(partner_id).subject
        return self.short(partner_id) or self.name(partner_id)

    def french(self, partner_id: str) -> FrenchName:
        """Return the name by which a French sentence calls a partner, with its article, gender and number."""
        partner = find_partner(self.view, partner_id)
        if partner is None or not partner.name("fr"):
            return FrenchName(self.word("an_organisation"), gender="m")
        short = partner_id in self.defined_ids
        kept = self.own_blocks.french_names if self.own_blocks is not None else Newest[FrenchName]()
        return kept.of(partner_id, (partner, short), lambda: partner.french(short=short))

    def of_name(self, partner_id: str) -> str:
        """Return a partner's name after « de » or "of": « du Collège », « de l'Association », "of the Centre"."""
        return self.french(partner_id).of if self.lang == "fr" else f"of {self.sentence_name(partner_id)}"

    def capital(self, text: str) -> str:
        """Return the text with a capital first letter, unless it begins with a name in lower case (« artexte »)."""
        return text if text.startswith(self.small_names) else capitalize(text)

    @cached_property
    def small_names(self) -> tuple[str, ...]:
        """The names of partners and people that begin with a small letter, and not with an article: « artexte »."""
        rows = (*self.view.rows(WHO), *self.view.rows(WHO, PEOPLE))
        kept = self.own_blocks.small_names if self.own_blocks is not None else Newest[tuple[str, ...]]()
        return kept.of("", rows, lambda: self._small_names_of(rows))

    def _small_names_of(self, rows: Iterable[Entry]) -> tuple[str, ...]:
        """Return `small_names`, given the entries of partners and people."""
        cells = ("name", "short_name")
        typed = (entry.get(f"{cell}@{lang}") for entry in rows for cell in cells for lang in ("fr", "en"))
        names = (name.strip() for name in typed if isinstance(name, str))
        return tuple(name for name in names if name[:1].islower() and not _ARTICLE.match(name))

    def of_names(self, ids: Sequence[str], group: str) -> str:
        """Return the words of `names_of_group` after « de »: « du Collège et de La Boussole », « des organismes »."""
        words = self.names_of_group(ids, group)
        if self.lang != "fr" or not self.is_listed(ids, group):
            return self.of_phrase(words)
        return self.joined_names(ids, list(map(self.of_name, ids)), before="de ")

    def of_each_name(self, ids: Sequence[str], group: str = "") -> str:
        """Return the words after « à chacun »: « des partenaires, sauf X », never « de tous les partenaires »."""
        words = self.names_of_group(ids, group)
        everyone = self.word("all_partners")
        if words == everyone or words.startswith(f"{everyone},"):
            return self.word("of_the_partners") + words[len(everyone) :]
        return self.of_names(ids, group)

    def is_listed(self, ids: Sequence[str], group: str) -> bool:
        """Return whether partners are named one by one, and not by the name of the group that they make."""
        return self.names_of_group(ids, group) == self.joined_names(ids, list(map(self.sentence_name, ids)))

    def of_phrase(self, names: str) -> str:
        """Return « de » before `names`, which `names_of_group` returned: « de tous les partenaires », « du milieu »."""
        all_partners = self.word("all_partners")
        is_everyone = names == all_partners or names.startswith(f"{all_partners},")
        small = names[:1].lower() + names[1:] if is_everyone or names.startswith("The ") else names
        if self.lang != "fr":
            return f"of {small}"
        for article, contracted in (("les ", "des "), ("le ", "du ")):
            if small[: len(article)].lower() == article:
                return contracted + small[len(article) :]
        return f"de {small}"

    def in_section(self, section: str) -> str:
        """Return « (section 7) » with a space before it; numbering takes it out if that section is not printed."""
        return f" ({self.word('in_section', number=reference(section))})"

    @cached_property
    def defined_ids(self) -> frozenset[str]:
        """The ids of the partners that the document lists; the list defines their short names."""
        return frozenset(partner.id for partner in self.everyone() if partner.status != "declined")

    @property
    def settled(self) -> frozenset[str]:
        """The ids of the holes that a private answer fills."""
        return self.public.settled if self.public is not None else frozenset()

    @cached_property
    def partners_counted(self) -> tuple[str, ...]:
        """The ids of the partners that count, in their order."""
        return tuple(partner.id for partner in self.partners())

    @cached_property
    def people_by_name(self) -> dict[str, tuple[Entry, ...]]:
        """The people of the partners that count, by name without case and accents; several may bear the same name."""
        by_name: dict[str, tuple[Entry, ...]] = {}
        for partner in self.partners():
            for row in people(self.view, partner.id):
                name = fold(self.text(row, "name"))
                by_name[name] = (*by_name.get(name, ()), row)
        return by_name

    @cached_property
    def nameless_ids(self) -> tuple[str, ...]:
        """The ids of the partners that count and may not be named yet."""
        return tuple(partner.id for partner in self.partners() if not partner.name(self.lang))

    def counted_nameless(self, count: int, *, alone: bool) -> str:
        """Return words for `count` nameless partners: « neuf autres organismes à confirmer », "" for none.

        With `alone`, no name precedes them: « neuf organismes à confirmer ».
        """
        if count == 0:
            return ""
        if count == 1:
            return self.word("an_organisation")
        key = "to_confirm_count" if alone else "others_to_confirm"
        return self.word(key, n=count, n_words=count_in_words(count, self.lang))

    @cached_property
    def kind(self) -> str:
        """The code of the kind of document: one of choices.toml [document_kind], or "own"."""
        answer = answer_entry(self.view, "extra.title", ())
        if self.text(answer, "own"):
            return "own"
        return str(answer.get("kind", "statement")) if answer is not None else "statement"

    @property
    def is_contract(self) -> bool:
        """Return whether the document names its parties and is signed by them, as all kinds but the statement are."""
        return self.kind != "statement"

    @cached_property
    def is_intention(self) -> bool:
        """Return whether no legal obligation is intended: then commitments say « entend », not « s'engage à »."""
        answer = self.answer("extra.legal")
        return answer is not None and answer.get("nature") == "intention" and not self.text(answer, "text")

    def of_kind(self, name: str, /, **values: object) -> str:
        """Return the set phrase `name` as it is worded for this kind of document: « la présente entente »."""
        key = f"{name}_{self.kind}"
        return self.word(key if key in self.guide.words else f"{name}_own", **values)

    def agreed_participle(self, masculine: str) -> str:
        """Return a French participle in the gender of the kind of document: « signée »; in English "signed"."""
        if self.lang != "fr":
            return _ENGLISH[masculine]
        return agree(masculine, FEMININE if self.of_kind("this").startswith("la ") else "")

    def someone(self, value: Value) -> str:
        """Return the name of a partner, a person or anyone else; « un organisme à confirmer » if it may not appear."""
        if self._is_unlisted(partner_of(self.view, value)):
            return ""
        if isinstance(value, dict) and isinstance(value.get("partner"), str):
            return self.sentence_name(value["partner"])
        name = someone_name(self.view, value, self.lang)
        return name or (self.word("an_organisation") if value else "")

    def names_of_group(self, ids: Sequence[str], group: str = "") -> str:
        """Return « Tous les partenaires », « Le comité, sauf X » or each name; `group`: its id, ALL, "" for none."""
        ids, members = [partner for partner in ids if not self._is_unlisted(partner)], self.members(group)
        group_words = ""
        if group:
            group_words = self.word("all_partners") if group == ALL else group_name(self.view, group, self.lang)
        if group_words and members and set(ids) <= set(members):
            absent = [member for member in members if member not in ids]
            if not absent:
                return group_words
            # « Group, except X » is said only while it names fewer partners than a list of all would.
            if len(absent) < len(ids):
                absent_names = self.joined_names(absent, list(map(self.sentence_name, absent)))
                return self.word("except", name=group_words, others=absent_names)
        return self.joined_names(ids, list(map(self.sentence_name, ids)))

    def joined_names(self, ids: Sequence[str], names: Sequence[str], separator: str = "", before: str = "") -> str:
        """Return names joined by `separator` (commas and « et » for ""); `ids` are the ids of their partners.

        Two or more nameless partners are counted at the end, after the word `before`: « … et de deux organismes … ».
        """
        unnamed = [at for at, partner_id in enumerate(ids) if partner_id in self.nameless_ids]
        if len(unnamed) > 1:
            known_names = [name for at, name in enumerate(names) if at not in unnamed]
            count_words = self.counted_nameless(len({ids[at] for at in unnamed}), alone=not known_names)
            names = [*known_names, before + count_words]
        return separator.join(filter(None, names)) if separator else join(names, self.word("and"))

    def members(self, group: str) -> tuple[str, ...]:
        """Return the ids of the members of a group that count; () for no group ("")."""
        return tuple(member for member in group_members(self.view, group) if member in self.active_ids) if group else ()

    def givers(self, row: Entry) -> tuple[str, ...]:
        """Return the ids of the partners that a row belongs to, without those who declined or left."""
        active_givers = self._givers.get(row.id)
        if active_givers is None:
            active_givers = self._givers[row.id] = tuple(giver for giver in row.givers if giver in self.active_ids)
        return active_givers

    def given_by(self, row: Entry) -> str:
        """Return the names of the partners that a row belongs to, or the name of the group that they make."""
        partners_value = row.get("partners")
        group = partners_value.get("group", "") if isinstance(partners_value, dict) else ""
        return self.names_of_group(self.givers(row), group)

    def partners(self) -> tuple[Partner, ...]:
        """Return the partners that count, in their order."""
        return active(self.view)

    def everyone(self) -> tuple[Partner, ...]:
        """Return all partners, with those who declined or left."""
        return partners(self.view)

    def hole_runs(self) -> Runs:
        """Return « à préciser », marked as a hole; « non convenu à l'adoption » in the adopted text."""
        return (Run(self.word("not_agreed" if self.final else "to_be_specified"), hole=True),)

    def missing_paragraph(self, question: str, partner_id: str = "") -> tuple[Block, ...]:
        """Return a paragraph « à préciser » whose origin is the question that lacks an answer; () if that is void."""
        if self.is_void(question):
            return ()
        return (Paragraph(self.hole_runs(), Origin(question=question, partner=partner_id)),)

    def prose(self, entry: Entry | None, field: str) -> tuple[Block, ...]:
        """Return the light Markdown of a prose field as blocks; its first letter becomes a capital."""
        text = self.text(entry, field)
        blocks = prose(text, origin(entry, field)) if entry is not None and text else ()
        return (self._with_capital(blocks[0]), *blocks[1:]) if blocks else ()

    def _with_capital(self, block: Block) -> Block:
        """Return a paragraph with a capital first letter, unless it begins with code, a link or an address."""
        if not isinstance(block, Paragraph) or not block.runs or not block.runs[0].text[:1].islower():
            return block
        first, *others = block.runs
        if first.code or first.href or _ADDRESS.match(first.text):
            return block
        return replace(block, runs=(replace(first, text=self.capital(first.text)), *others))

    def with_title(self, title: str, blocks: Iterable[Block], where: Origin = NOWHERE) -> tuple[Block, ...]:
        """Return `blocks` under a small heading whose origin is `where`; () when there are no blocks."""
        all_blocks = tuple(blocks)
        return (Subheading((Run(title),), where), *all_blocks) if all_blocks else ()

    def names_someone(self, row: Entry, field: str) -> bool:
        """Return whether a field of an entry holds partners or people, whose names may begin with an article."""
        guide_field = self._fields.get((row.question, row.part, field))
        return guide_field is not None and guide_field.kind in _NAME_KINDS

    def name_at_head(self, text: str) -> str:
        """Return a name for the beginning of a line or cell: « Le Collège » of « le Collège »."""
        return self.capital(text) if _ARTICLE.match(text) else text


def _with_inner_quotes(value: object, quotes: tuple[str, str]) -> object:
    """Return a text to be quoted, with inner quotes in place of its own: « le “Phare” »; `quotes`: see `_QUOTES`."""
    return value.translate(str.maketrans(quotes[0], quotes[1])) if isinstance(value, str) else value


def origin(entry: Entry | None, field: str = "") -> Origin:
    """Return the origin of a line that prints `field` of an entry, with the first partner it belongs to."""
    if entry is None:
        return NOWHERE
    owners = givers(entry)
    return Origin(entry.id, field, entry.question, owners[0] if owners else "")


def line(text: str, where: Origin = NOWHERE, *, lead: bool = False) -> Paragraph:
    """Return a paragraph of plain text, whose origin is `where`; `lead` as in Paragraph."""
    return Paragraph((Run(text),), where, lead)


def bullets(items: Iterable[tuple[str, Origin]], *, ordered: bool = False) -> tuple[Block, ...]:
    """Return a list with one item for each (plain text, origin) whose text is not empty; () without such a text."""
    list_items = tuple(Item((line(text, where),), where) for text, where in items if text)
    return (ListBlock(list_items, ordered),) if list_items else ()
