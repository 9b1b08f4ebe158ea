"""Composes the package for one partner's board: a page on what the agreement means for it, and a draft resolution.

All of it is taken from the composed text, which is made from the public view: nothing private can be in it. The
partner's own counsel is to check the clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Run,
    Section,
    Subheading,
    Table,
)
from tui.agreement.party_clauses import person
from tui.agreement.phrasing import Phrasing, line
from tui.guide.guide_types import Guide
from tui.partnership.bodies import AUTHORIZES, RATIFIES, body_name
from tui.partnership.partners import people
from tui.partnership.positions import CONSENSUS
from tui.partnership.promised_money import paid_to, promises_money
from tui.partnership.values import Partnership, Value, answer_id
from tui.partnership.versions import ADOPTED_MARK
from tui.text.dates import format_by, format_of, format_on
from tui.text.separators import colon

GIVES, RECEIVES, TIME, MONEY = "open.contributions", "commit.win_win", "commit.time", "commit.funding"
_BLANK = "____________________"  # to be filled in by hand
_ARTICLE_OR_POSSESSIVE = re.compile(r"(?i)^(?:(?:its|our|the|notre|son|sa|la|le) |l['’])")  # « son » in « son conseil »
_FEMININE = frozenset({"agreement"})  # kinds of document that French calls « la »
_VERSION_WORDS = {"fr": "version {number} du {date}", "en": "version {number} dated {date}"}
_CHARACTERS_PER_LINE = 100  # how many characters count as a line of text

# By the part of the page: the section of the text that prints its list, and that which prints its table ("" for none).
_PRINTED_IN = {
    "board_asked": ("commitments", ""), "board_receives": ("commitments", ""), "board_time": ("commitments", "term"),
    "board_money": ("", "resources"), "board_dates": ("term", "term"), "board_lead": ("lead", ""),
}  # fmt: skip


def board_package(
    guide: Guide, view: Partnership, texts: Mapping[str, Agreement], partner: str, lang: str, answer_by: str = "",
    *, longest: int | None = None, tight: bool = False,
) -> Agreement | None:  # fmt: skip
    """Return the package for a partner (id) in `lang`, followed by the text; None if the text does not name it.

    `view` is the public view from which the text was composed, `texts` holds the text in "fr" and "en". `answer_by` is
    the ISO date by which an answer is expected, or "". On the page, a reference to the section that prints it replaces
    each list, table or text of more than `longest` lines (at least 1); None prints everything. A `tight` page is
    printed in smaller type.
    """
    text = texts[lang]
    phrasing = Phrasing(guide, view, lang)
    if partner not in {named.id for named in phrasing.partners() if named.name(lang)}:
        return None
    parts = (
        ("board_page", tuple(_page(phrasing, text, partner, answer_by, longest))),
        ("board_resolution", tuple(_resolutions(guide, view, texts, partner))),
    )
    sections = tuple(
        Section(
            key,
            at,
            polished(phrasing.word(key), text.region),
            polished(blocks, text.region),
            page=at > 1,
            tight=tight and at == 1,
        )
        for at, (key, blocks) in enumerate(parts, 1)
    )
    return replace(
        text,
        kind=polished(phrasing.word("board_package"), text.region),
        copy=polished(phrasing.word("board_for", name=_board(phrasing, partner)), text.region),
        sections=sections,
        preamble=(),
        partners=(),
        holes=(),
        also=replace(text, also=None),  # the text itself is printed after the package
    )


def _page(phrasing: Phrasing, text: Agreement, partner: str, answer_by: str, longest: int | None) -> Iterator[Block]:
    """Yield the page: a small heading and its blocks for each part, then one line that names the empty parts."""
    sections = {section.id: section.blocks for section in text.sections}

    def is_row_of(question: str) -> Callable[[Origin], bool]:
        return lambda where: _concerns(phrasing.view, where, question, partner)

    def receives_money(where: Origin) -> bool:
        """Return whether a row of money goes to this partner."""
        row = phrasing.view.entry(where.entry)
        if row is None or (row.question != MONEY and not promises_money(row)):
            return False
        return partner in paid_to(phrasing.view, row, phrasing.lang).get("ids", ())

    def pays_or_receives(where: Origin) -> bool:
        """Return whether a row of money is paid by this partner or goes to it."""
        row = phrasing.view.entry(where.entry)
        is_about_money = row is not None and (row.question == MONEY or promises_money(row))
        pays = row is not None and is_about_money and partner in row.givers
        return pays or receives_money(where)

    commitments, term = sections.get("commitments", ()), sections.get("term", ())
    resources = sections.get("resources", ())
    gives = _concerned_items(commitments, is_row_of(GIVES))
    parts = {  # by the set phrase of the part's heading
        "board_vision": sections.get("vision", ()),
        "board_asked": gives,
        "board_receives": _with_money_line(
            phrasing,
            _concerned_items(commitments, is_row_of(RECEIVES)),
            is_paid=bool(_concerned_tables(resources, receives_money)),
        ),
        "board_time": (*_concerned_tables(term, is_row_of(TIME)), *_efforts(phrasing, gives)),
        "board_money": _money(phrasing.view, resources, pays_or_receives, partner, phrasing.word("said_in")),
        "board_dates": tuple(_dates(phrasing, term, partner, answer_by)),
        "board_lead": sections.get("lead", ()),
    }
    labels = {section.id: section.label for section in text.sections}
    for key, blocks in parts.items():
        if longest is not None and key == "board_vision":
            blocks = tuple(_long_texts_as_references(phrasing, labels, blocks, longest))
        elif longest is not None:
            blocks = tuple(_long_lists_as_references(phrasing, labels, key, blocks, longest))
        if blocks and not isinstance(blocks[0], Subheading):  # vision and goal have headings of their own
            yield Subheading((Run(phrasing.word(key)),))
        yield from blocks
    empty = [phrasing.word(key) for key, blocks in parts.items() if not blocks]
    if empty:
        yield line(phrasing.word("board_silent", what=", ".join(word[:1].lower() + word[1:] for word in empty)))


def _long_lists_as_references(
    phrasing: Phrasing, labels: Mapping[str, str], key: str, blocks: tuple[Block, ...], longest: int
) -> Iterator[Block]:
    """Yield the blocks of a part, each long list or table as one line: « 7 engagements : section 6 du texte ».

    `labels` are the section numbers by id, `key` is the part of the page.
    """
    in_list, in_table = _PRINTED_IN.get(key, ("", ""))
    for block in blocks:
        own: list[Item] = []  # items that only this page prints, no section of the text
        count = len(block.rows) if isinstance(block, Table) else 0
        if isinstance(block, ListBlock):
            own = [item for item in block.items if key != "board_time" and item.origin == NOWHERE]
            count = len(block.items) - len(own)
        label = labels.get(in_table if isinstance(block, Table) else in_list)
        if count <= max(longest, 1) or not label:
            yield block
            continue
        word = "board_commitments_in" if key == "board_asked" else "board_lines_in"
        yield ListBlock((*own, Item((line(phrasing.word(word, count=count, number=label)),))))


def _long_texts_as_references(
    phrasing: Phrasing, labels: Mapping[str, str], blocks: tuple[Block, ...], longest: int
) -> Iterator[Block]:
    """Yield the vision and the goal; a text of more than `longest` lines is replaced by a reference to its section."""
    groups: list[list[Block]] = [[]]  # each heading alone, and the blocks between two headings
    for block in blocks:
        if isinstance(block, Subheading):
            groups += [[block], []]
        else:
            groups[-1].append(block)
    for group in groups:
        length = sum(len(run.text) for block in group for run in _runs_of(block))
        if length <= longest * _CHARACTERS_PER_LINE or isinstance(group[0], Subheading):
            yield from group
        else:
            yield line(phrasing.word("board_said_in", number=labels["vision"]))


def _runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs of a paragraph, or of the paragraphs in a list."""
    if isinstance(block, Paragraph):
        yield from block.runs
    for item in _items_of(block):
        for inner in item.blocks:
            yield from _runs_of(inner)


def _with_money_line(phrasing: Phrasing, lists: tuple[Block, ...], *, is_paid: bool) -> tuple[Block, ...]:
    """Return what the partner receives as one list, with a line that refers to the money if the partner is paid."""
    if not is_paid:
        return lists
    money = Item((line(phrasing.word("board_receives_money")),))
    items = [item for block in lists for item in _items_of(block)]
    return (ListBlock((*items, money)),)


def _efforts(phrasing: Phrasing, gives: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the time of the partner's commitments: « 3 jours par semaine : affecter deux intervenantes »."""
    rows = [phrasing.view.entry(item.origin.entry) for block in gives for item in _items_of(block)]
    texts = [
        phrasing.text(row, "effort") + colon(phrasing.lang) + phrasing.text(row, "text")
        for row in rows
        if phrasing.text(row, "effort")
    ]
    return (ListBlock(tuple(Item((line(text),)) for text in texts)),) if texts else ()


def _items_of(block: Block) -> tuple[Item, ...]:
    """Return the items of a list; () for any other block."""
    return block.items if isinstance(block, ListBlock) else ()


def _concerns(view: Partnership, where: Origin, question: str, partner: str) -> bool:
    """Return whether a line of the text comes from a row of `question` that belongs to the partner or is about it."""
    row = view.entry(where.entry)
    return row is not None and row.question == question and (partner in row.givers or partner in row.subject)


def _concerned_items(blocks: tuple[Block, ...], concerns: Callable[[Origin], bool]) -> tuple[Block, ...]:
    """Return one list of the items that concern the partner, by their origin; () if there are none."""
    items = [item for block in blocks if isinstance(block, ListBlock) for item in block.items if concerns(item.origin)]
    return (ListBlock(tuple(items)),) if items else ()


def _concerned_tables(blocks: tuple[Block, ...], concerns: Callable[[Origin], bool]) -> tuple[Block, ...]:
    """Return the tables with only those rows that concern the partner, by their origin; without empty tables."""
    tables = []
    for block in blocks:
        if isinstance(block, Table):
            rows = tuple(row for row in block.rows if concerns(row.origin))
            if rows:
                tables.append(replace(block, rows=rows))
    return tuple(tables)


def _money(
    view: Partnership, blocks: tuple[Block, ...], concerns: Callable[[Origin], bool], partner: str, head: str
) -> tuple[Block, ...]:
    """Return the sums that the partner pays or receives, and the line that names it as fiscal agent, if it is.

    The column under `head` is left out: it holds numbers of sections, which this page numbers otherwise.
    """
    answer = view.entry(answer_id(MONEY))
    is_agent = answer is not None and answer.get("fiscal_agent") == partner
    agent_lines = tuple(
        block for block in blocks
        if is_agent and isinstance(block, Paragraph) and block.origin.field == "fiscal_agent"
    )  # fmt: skip
    return (*(_without_column(block, head) for block in _concerned_tables(blocks, concerns)), *agent_lines)


def _without_column(block: Block, head: str) -> Block:
    """Return a table without the column whose head is `head`; any other block as it is."""
    if not isinstance(block, Table):
        return block
    columns = [at for at, runs in enumerate(block.head) if "".join(run.text for run in runs) != head]
    rows = (
        replace(
            row,
            cells=tuple(row.cells[at] for at in columns),
            fields=tuple(row.fields[at] for at in columns) if row.fields else (),
        )
        for row in block.rows
    )
    return replace(block, head=tuple(block.head[at] for at in columns), rows=tuple(rows))


def _dates(phrasing: Phrasing, term: tuple[Block, ...], partner: str, answer_by: str) -> Iterator[Block]:
    """Yield the day by which an answer is expected, that of the board's meeting, then the dates of the text."""
    texts = []
    if answer_by:
        texts.append(phrasing.word("board_answer", date=format_by(answer_by, phrasing.lang)))
    answer = phrasing.answer(CONSENSUS, partner)
    board_meets_on = answer.get("ratify_on") if answer is not None else None
    if isinstance(board_meets_on, str) and board_meets_on:
        texts.append(phrasing.word("board_sitting", date=format_on(board_meets_on, phrasing.lang)))
    items = tuple(Item((line(text),)) for text in texts)
    listed = tuple(item for block in term if isinstance(block, ListBlock) for item in block.items)
    if items or listed:
        yield ListBlock((*items, *listed))
    for block in term:
        if isinstance(block, Paragraph) and block.origin.question == "extra.review":
            yield block


def _board(phrasing: Phrasing, partner: str) -> str:
    """Return « conseil d'administration, Collège des Grands-Vents », or the name alone if the board is unknown."""
    member = next(member for member in phrasing.partners() if member.id == partner)
    answer = phrasing.answer(CONSENSUS, partner)
    body = body_name(member.entry, AUTHORIZES, phrasing.lang) or body_name(answer, RATIFIES, phrasing.lang)
    return ", ".join(filter(None, (_ARTICLE_OR_POSSESSIVE.sub("", body), member.name(phrasing.lang))))


def _resolutions(guide: Guide, view: Partnership, texts: Mapping[str, Agreement], partner: str) -> Iterator[Block]:
    """Yield the resolution in both languages, each under its heading and with blanks to fill in."""
    for lang in ("fr", "en"):
        phrasing, text = Phrasing(guide, view, lang), texts[lang]
        yield Subheading((Run(phrasing.word("resolution_in")),))
        yield line(_resolution_text(phrasing, text, partner), lead=True)  # `lead` keeps it on one page with its blanks.
        for key in ("resolution_number", "resolution_moved", "resolution_seconded"):
            yield line(phrasing.word(key, blank=_BLANK), lead=True)
        yield line(phrasing.word("resolution_carried", blank=_BLANK))


def _resolution_text(phrasing: Phrasing, text: Agreement, partner: str) -> str:
    """Return « IL EST RÉSOLU d'approuver l'entente « … », version 1 du …, et d'autoriser X, [titre], à la signer. »."""
    signatories = _signatories(phrasing, partner)
    authorized = f"{signatories}," if "," in signatories else signatories
    if amendment := _amendment(phrasing.view, text):
        is_joinder = bool(amendment.get("joinder"))
        return phrasing.word(
            "resolved_amendment",
            amendment=_amendment_words(phrasing, text, amendment),
            people=authorized,
            signed=_to_sign(phrasing.lang, is_feminine=is_joinder),
        )
    return phrasing.word(
        "resolved",
        document=phrasing.of_kind("approved"),
        title=text.title,
        version=_version(text, phrasing.lang),
        people=authorized,
        signed=_to_sign(phrasing.lang, is_feminine=phrasing.kind in _FEMININE),
    )


def _to_sign(lang: str, *, is_feminine: bool) -> str:
    """Return « à la signer », « à le signer », “to sign it”."""
    if lang != "fr":
        return "to sign it"
    return "à la signer" if is_feminine else "à le signer"


def _amendment(view: Partnership, text: Agreement) -> Mapping[str, Value]:
    """Return the facts of the amendment by which a text was adopted; {} if the text was adopted as a whole.

    Such a text is consolidated and has no official value: what a board approves and its people sign is the amendment.
    """
    mark = view.setting(ADOPTED_MARK)
    if text.draft or not isinstance(mark, Mapping) or mark.get("number") != text.number:
        return {}
    amendment = mark.get("amendment")
    return amendment if isinstance(amendment, Mapping) else {}


def _amendment_words(phrasing: Phrasing, text: Agreement, amendment: Mapping[str, Value]) -> str:
    """Return « l'avenant n° 1 à l'entente de partenariat « … » du 3 mars 2026 », « l'adhésion de Refuge à … »."""
    of_date = format_of(str(amendment.get("of", "")), phrasing.lang)
    amends = phrasing.of_kind("amends", title=text.title, of_date=of_date)
    joined_id = str(amendment.get("joinder", ""))
    if joined_id:
        return phrasing.word("approved_joinder", name=phrasing.name(joined_id), amends=amends)
    return phrasing.word("approved_amendment", number=amendment.get("number", 1), amends=amends)


def _version(text: Agreement, lang: str) -> str:
    """Return « version 1 du 3 décembre 2026 », « ébauche 3 du 27 novembre 2026 »."""
    if not text.draft:
        return _VERSION_WORDS[lang].format(number=text.number or 1, date=text.date)
    return f"{text.version} du {text.date}" if lang == "fr" else f"{text.version} dated {text.date}"


def _signatories(phrasing: Phrasing, partner: str) -> str:
    """Return who is to sign for the partner, each with the title; a blank if nobody is known."""
    people_who_sign = (person(phrasing, row) for row in people(phrasing.view, partner) if row.get("signs"))
    names = [name for name in people_who_sign if name]
    if not names:
        return _BLANK
    last_separator = f", {phrasing.word('and')} "
    return last_separator.join(filter(None, (", ".join(names[:-1]), names[-1])))
