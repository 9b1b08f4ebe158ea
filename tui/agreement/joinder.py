"""« Adhésion à l'entente »: what a new party says yes to, what it undertakes, by which clause, and its signature."""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.amendment import effect_words
from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Run, Section, Signature
from tui.agreement.party_clauses import verb_count
from tui.agreement.phrasing import Phrasing, bullets, line, origin
from tui.guide.guide_types import Guide
from tui.partnership.completion import answer_entry
from tui.partnership.values import Partnership
from tui.text.dates import format_of

SIGNATURES = "signatures"
# The articles that name a party: a joinder changes these and no others, or it would be an amendment unseen.
OF_PARTIES = frozenset(
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
    """Return what the text says of arrivals, in one line; "" where it says nothing: then all have to consent."""
    answer = answer_entry(view, "extra.disputes", ())
    return " ".join(answer.text("joining", lang).split()) if answer is not None else ""


def joinder_document(
    guide: Guide, view: Partnership, now: Agreement, partner: str, *, of_date: str, effect_on: str = "",
    adopted: bool = False,
) -> Agreement:  # fmt: skip
    """Return the joinder of a partner to the text `now`, which names it already; `view` is the public view.

    `of_date` is the ISO date of the agreement, `effect_on` that from which it counts ("" is when it is signed),
    `adopted` whether it is agreed already. Where the text has no joining clause all the parties sign.
    """
    lang, word = now.lang, guide.word
    phrasing = Phrasing(guide, view, lang)
    name, clause = phrasing.name(partner), joining_clause(view, lang)
    count = verb_count(phrasing, partner)
    to = phrasing.of_kind("amends", title=now.title, of_date=format_of(of_date, lang))
    opening = Paragraph((Run(polished(f"{word('joinder_of', lang, name=name)} {to}", now.region), strong=True),))
    commitments = tuple(
        (phrasing.text(row, "text"), origin(row, "text"))
        for row in phrasing.rows_of("open.contributions", "rows", partner)
        if row.get("state") == "accepted" and phrasing.text(row, "text")
    )
    effect = effect_words(guide, lang, effect_on, joinder=True)
    by = word("joinder_clause", lang, text=clause) if clause else word("joinder_consent", lang)
    told: list[tuple[str, tuple[Block, ...]]] = [
        ("joinder_yes", (line(word("joinder_says_yes", lang, n=count, name=name)),))
    ]
    if commitments:
        told.append(
            ("joinder_commitments", (line(word("joinder_undertakes", lang, n=count, name=name)), *bullets(commitments)))
        )
    told += [("joinder_way", (line(by),)), ("amendment_effect", (line(effect),))]
    told.append(("signature", _signatures(now, "" if not clause else partner)))
    sections = tuple(
        Section(name, at, polished(word(name, lang), now.region), polished(blocks, now.region))
        for at, (name, blocks) in enumerate(told, 1)
    )
    return replace(
        now,
        kind=polished(phrasing.of_kind("joinder"), now.region),
        sections=sections,
        preamble=(opening,),
        holes=(),
        also=None,
        version=word("adopted" if adopted else "joinder_draft", lang),
        edition="",
    )


def _signatures(now: Agreement, partner: str) -> tuple[Block, ...]:
    """Return the signature blocks of one partner, of all where it is ""."""
    return tuple(
        replace(block, page=False)
        for section in now.sections
        if section.id == SIGNATURES
        for block in section.blocks
        if isinstance(block, Signature) and partner in ("", block.origin.partner)
    )
