"""Makes the joinder, the document by which a new party joins an adopted agreement (« Adhésion à l'entente »)."""

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
# The sections that name a party. A joinder may change only these: a change of any other needs an amendment.
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
    """Return in one line the clause on new parties; "" if the text has none, then all parties have to consent."""
    answer = answer_entry(view, "extra.disputes", ())
    return " ".join(answer.text("joining", lang).split()) if answer is not None else ""


def joinder_document(
    guide: Guide, view: Partnership, now: Agreement, partner: str, *, of_date: str, effect_on: str = "",
    adopted: bool = False,
) -> Agreement:  # fmt: skip
    """Return the joinder of a partner (id) to the text `now`, which names it already; `view` is the public view.

    `of_date` is the ISO date of the agreement, `effect_on` the ISO date from which the joinder is in force ("": when it
    is signed), `adopted` whether it has been adopted. If the text has no joining clause, all parties sign.
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
    parts: list[tuple[str, tuple[Block, ...]]] = [  # (id of the section, its blocks)
        ("joinder_yes", (line(word("joinder_says_yes", lang, n=count, name=name)),))
    ]
    if commitments:
        parts.append(
            ("joinder_commitments", (line(word("joinder_undertakes", lang, n=count, name=name)), *bullets(commitments)))
        )
    parts += [("joinder_way", (line(by),)), ("amendment_effect", (line(effect),))]
    parts.append(("signature", _signatures(now, "" if not clause else partner)))
    sections = tuple(
        Section(name, at, polished(word(name, lang), now.region), polished(blocks, now.region))
        for at, (name, blocks) in enumerate(parts, 1)
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
    """Return the signature blocks of a partner (id), or of all partners for ""."""
    return tuple(
        replace(block, page=False)
        for section in now.sections
        if section.id == SIGNATURES
        for block in section.blocks
        if isinstance(block, Signature) and partner in ("", block.origin.partner)
    )
