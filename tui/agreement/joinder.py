"""Makes the joinder, the document by which a new party joins an adopted agreement (« Adhésion à l'entente »)."""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.amendment import effect_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signature
from tui.agreement.party_clauses import party_facts, verb_count
from tui.agreement.phrasing import Phrasing, bullets, line, origin
from tui.guide.guide_types import Guide
from tui.partnership.completion import answer_entry
from tui.partnership.partners import find_partner
from tui.partnership.values import Partnership
from tui.text.dates import format_of

SIGNATURES = "signatures"
# The ids of the sections that name a party. A joinder may change only these: any other change needs an amendment.
SECTIONS_OF_PARTIES = frozenset(
    {
        "partners",
        "commitments",
        "responsibilities",
        "structure",
        "term",
        "resources",
        "lead",
        "open_points",
        "signatures",
    }
)


def joining_clause(view: Partnership, lang: str) -> str:
    """Return in one line the clause on how a new party joins, part of the answer on disputes; "" for none."""
    answer = answer_entry(view, "extra.disputes", ())
    return " ".join(answer.text("joining", lang).split()) if answer is not None else ""


def joinder_document(
    guide: Guide, view: Partnership, agreement: Agreement, partner: str, *, of_date: str, effect_on: str = "",
    adopted: bool = False,
) -> Agreement:  # fmt: skip
    """Return the joinder of a partner (id) to `agreement`, the text that already names that partner.

    `view` is the public view, `of_date` the ISO date of the agreement, `effect_on` the ISO date from which the joinder
    is in force ("": once it is signed), `adopted` whether the joinder has been adopted. Without a joining clause in the
    agreement all parties have to consent, and all sign; with a joining clause only the new party signs.
    """
    lang, region, word = agreement.lang, agreement.region, guide.word
    phrasing = Phrasing(guide, view, lang)
    name, clause = phrasing.name(partner), joining_clause(view, lang)
    count = verb_count(phrasing, partner)  # 1 or 2: whether the verb after the name is plural
    to_agreement = phrasing.of_kind("amends", title=agreement.title, of_date=format_of(of_date, lang))
    opening = Paragraph((Run(polished(f"{word('joinder_of', lang, name=name)} {to_agreement}", region), strong=True),))
    commitments = tuple(
        (phrasing.text(row, "text"), origin(row, "text"))
        for row in phrasing.rows_of("open.contributions", "rows", partner)
        if row.get("state") == "accepted" and phrasing.text(row, "text")
    )
    in_force = effect_words(guide, lang, effect_on, joinder=True)
    consent = word("joinder_clause", lang, text=clause) if clause else word("joinder_consent", lang)
    parts: list[tuple[str, tuple[Block, ...]]] = [  # (id of the section, also the word of its heading; its blocks)
        ("joinder_yes", (line(word("joinder_says_yes", lang, n=count, name=_described(phrasing, partner))),))
    ]
    if commitments:
        parts.append(
            ("joinder_commitments", (line(word("joinder_undertakes", lang, n=count, name=name)), *bullets(commitments)))
        )
    parts += [("joinder_way", (line(consent),)), ("amendment_effect", (line(in_force),))]
    parts.append(("signature", _signatures(agreement, partner if clause else "")))
    sections = tuple(
        Section(section_id, number, polished(word(section_id, lang), region), polished(blocks, region))
        for number, (section_id, blocks) in enumerate(parts, 1)
    )
    # The joinder has the layout of the agreement, but no holes, other language or edition.
    return replace(
        agreement,
        kind=polished(phrasing.of_kind("joinder"), region),
        sections=sections,
        preamble=(opening,),
        holes=(),
        also=None,
        version=word("adopted" if adopted else "joinder_draft", lang),
        edition="",
    )


def _described(phrasing: Phrasing, partner_id: str) -> str:
    """Return the name of the new party, as a contract describes it: « Refuge, personne morale …, »."""
    partner = find_partner(phrasing.view, partner_id) if phrasing.is_contract else None
    facts = party_facts(phrasing, partner) if partner is not None else ""
    return phrasing.name(partner_id) + facts + ("," if facts.startswith(",") else "")


def _signatures(agreement: Agreement, partner: str) -> tuple[Block, ...]:
    """Return the signature blocks of a partner (id), or of all partners for "", none of them on a page of its own."""
    return tuple(
        replace(block, page=False)
        for section in agreement.sections
        if section.id == SIGNATURES
        for block in section.blocks
        if isinstance(block, Signature) and partner in ("", block.origin.partner)
    )
