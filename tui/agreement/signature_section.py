"""Section 16: where the partners stand, in drafts; the clauses of signing; one signature block a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.agreement.blocks import Block, Origin, Signatory, Signature
from tui.agreement.party_clauses import UNINCORPORATED, bare_number, legal_form
from tui.agreement.phrasing import Phrasing, line, origin, printable_positions
from tui.partnership.completion import answer_entry
from tui.partnership.partners import Partner, people
from tui.partnership.positions import (
    CONSENSUS,
    DISSENT,
    EXCEPTIONS,
    RESERVATION,
    YES,
    PositionStatus,
    counted_codes,
    exceptions_of,
)
from tui.partnership.values import Entry
from tui.text.dates import format_of, format_on, is_date
from tui.text.french_names import capital, guess, typed_article
from tui.text.name_matching import words_of

FEW = 3  # below this many partners a count of positions would name them (contracts.md, « Values »)


def counted(voice: Phrasing, question: str) -> str:
    """« 5 accords, 1 accord avec réserve »; "" below three partners, where a count would tell who said what.

    The adopted text has none: it says what is agreed, not who had agreed when.
    """
    tally = voice.view.tallies.get(question, {})
    if voice.final or sum(tally.values()) < FEW:
        return ""
    codes = counted_codes(voice.guide)
    return ", ".join(voice.word(f"count_{code}", n=tally[code]) for code in codes if tally.get(code))


def signatures(voice: Phrasing) -> tuple[Block, ...]:
    """16: where the partners stand (in drafts), what is still to be ratified, then one signature block a partner."""
    above = line(voice.word(_above(voice)))
    blocks: list[Block] = [] if voice.contract else [above]
    positions = {one.id: answer_entry(voice.view, CONSENSUS, (one.id,)) for one in voice.partners()}
    count = counted(voice, CONSENSUS)
    if count:
        blocks.append(line(voice.word("answers", count=count), Origin(question=CONSENSUS)))
    if not voice.final:
        for one in voice.partners():
            blocks += _reserved(voice, one, positions[one.id])
    else:
        for one in voice.partners():
            blocks += _binds_once(voice, one, positions[one.id])
    legal = voice.answer("extra.legal")
    together = bool(legal is not None and legal.get("counterparts"))
    if together:
        said = voice.word("counterparts", document=capital(voice.document), signed=voice.agreed("signé"))
        blocks.append(line(said, origin(legal, "counterparts")))
    blocks += [above] if voice.contract else []
    several = len(voice.nameless) > 1
    for one in voice.partners():
        if not (several and one.id in voice.nameless):
            blocks.append(_signature(voice, one, positions[one.id], page=together))
    if several:
        alone = len(voice.nameless) == len(voice.partners())
        others = voice.others(len(voice.nameless), alone=alone)
        blocks.append(line(voice.word("others_sign", others=others), Origin(question="open.who")))
    return tuple(blocks)


def _above(voice: Phrasing) -> str:
    """What stands above the signatures: it fits the kind of document."""
    if voice.kind in ("agreement", "memorandum"):
        return "in_witness"
    return "sign_lead" if voice.kind == "statement" else "sign_agreed"


def _binds_once(voice: Phrasing, one: Partner, position: Entry | None) -> Iterator[Block]:
    """« La présente entente ne lie l'Association qu'à compter de son approbation par l'assemblée générale … »."""
    standing = printable_positions(voice).get((CONSENSUS, one.id))
    if position is None or standing is None or standing.level not in (*YES, RESERVATION) or standing.silent:
        return
    body, when = voice.text(position, "ratify_by").strip().rstrip(".;,"), position.get("ratify_on")
    if voice.text(position, "resolution") or position.get("ratified_on") or not (body or when):
        return
    date = format_on(when, voice.lang) if isinstance(when, str) and is_date(when) else ""
    said = voice.word(
        "binds_once" if body else "binds_once_it",
        document=capital(voice.document),
        name=voice.called(one.id),
        body=voice.word("approved_by", body=_with_article(voice, body)),
        date=voice.word("approved_expected", date=date) if date else "",
    )
    yield line(said, origin(position, "ratify_by"))


def _with_article(voice: Phrasing, body: str) -> str:
    """« l'assemblée générale » of « assemblée générale »; as typed where the article is there or nobody knows it."""
    if voice.lang != "fr":
        return re.sub(r"(?i)^(?:the|its)\s+", "", body)
    small = body[:1].lower() + body[1:]
    if typed_article(small)[0]:
        return small
    known = guess(small)
    return known.subject if known.article else body


def _reserved(voice: Phrasing, one: Partner, position: Entry | None) -> Iterator[Block]:
    """The reservation and the sentences left out that a partner lets be published, said on the present words alone."""
    standing = printable_positions(voice).get((CONSENSUS, one.id))
    if position is None or standing is None or standing.reopened:
        return
    reservation, name = voice.text(position, "reservation"), voice.name(one.id)
    if reservation and standing.level in DISSENT:
        answer = _dissent(voice, standing, position)
        said = voice.word("dissent_of", answer=answer[:1].upper() + answer[1:], name=name, text=reservation)
        yield line(said, origin(position, "reservation"))
    elif reservation:
        yield line(voice.word("reservation_of", name=name, text=reservation), origin(position, "reservation"))
    # « Dit oui, sauf sur » tells of a yes, which takes a yes and the leave to publish it.
    says_yes = position.get("level") in (*YES, RESERVATION)
    for row in exceptions_of(voice.view, position) if not standing.stands_from_before else ():
        if not _still_said(voice, row):
            continue
        word = "exception_of" if says_yes else "sentence_left_out"
        said = voice.word(word, name=voice.name(one.id), text=voice.text(row, "text"))
        facts = ", ".join(filter(None, (voice.shown(row, "level"), voice.text(row, "reservation"))))
        yield line(f"{said} ({facts})" if facts else said, origin(row, "text"))


def quoted_entries(voice: Phrasing) -> tuple[Entry, ...]:
    """The answers whose sentences the exceptions quote: the section says what these say as well."""
    rows = voice.view.rows(CONSENSUS, EXCEPTIONS)
    quoted = (voice.view.entry(point) for row in rows if isinstance(point := row.get("point"), str))
    return tuple(entry for entry in quoted if entry is not None)


def _still_said(voice: Phrasing, row: Entry) -> bool:
    """Whether the sentence that an exception quotes is still there: what nobody says any more is not quoted."""
    point = row.get("point")
    if not isinstance(point, str) or not point:
        return True
    entry = voice.view.entry(point)
    if entry is None or not entry.stands:
        return False
    quoted = " ".join(words_of(voice.text(row, "text")))
    texts = (" ".join(words_of(str(cell.value))) for key, cell in entry.cells.items() if "@" in key and cell.value)
    return any(text and (text in quoted or quoted in text) for text in texts)


def _dissent(voice: Phrasing, standing: PositionStatus, position: Entry) -> str:
    """« désaccord », or « désaccord donné sur l'ancien texte »."""
    return voice.word(standing.code) if standing.stands_from_before else voice.shown(position, "level")


def _signature(voice: Phrasing, one: Partner, position: Entry | None, *, page: bool) -> Signature:
    who = [row for row in people(voice.view, one.id) if row.get("signs")]
    signing = tuple(Signatory(voice.text(row, "name"), voice.text(row, "title")) for row in who)
    return Signature(
        partner=voice.name(one.id),
        signatories=signing or (Signatory(),),
        authorisation=_authorisation(voice, one),
        note=_note(voice, one, position),
        signature_label=voice.word("signature"),
        name_label=voice.word("name_and_title"),
        date_label=voice.word("signed_on"),
        origin=origin(one.entry, "auth_body"),
        named=bool(one.name(voice.lang)),
        place_label=voice.word("signed_at"),
        page=page,
    )


def _authorisation(voice: Phrasing, one: Partner) -> str:
    """« Signature autorisée par le conseil d'administration, résolution n° 4 du 3 mai 2026 »; in English "I have …"."""
    entry = one.entry
    body, number = voice.text(entry, "auth_body"), bare_number(voice.text(entry, "auth_number"))
    on, bylaw = entry.get("auth_date"), voice.text(entry, "auth_bylaw")
    date = format_of(on, voice.lang) if isinstance(on, str) and is_date(on) else ""
    facts = [
        voice.word("authorised", body=_with_article(voice, body)) if body else "",
        " ".join(filter(None, (voice.word("resolution", number=number) if number else "", date))),
        bylaw,
    ]
    said = voice.capital(", ".join(filter(None, facts)))
    if voice.lang == "en" and voice.contract and legal_form(one) not in ("", UNINCORPORATED):
        signing = sum(bool(row.get("signs")) for row in people(voice.view, one.id))
        binding = voice.word("bind_corporation", n=signing or 1)
        return f"{said.rstrip('.')}. {binding}" if said else binding
    return said


def _note(voice: Phrasing, one: Partner, position: Entry | None) -> str:
    """The partner's published answer, as far as it was given on the present words; none in the adopted text."""
    standing = printable_positions(voice).get((CONSENSUS, one.id))
    if voice.final or position is None or standing is None or not position.get("level"):
        return ""
    if standing.reopened:
        return voice.word("reopened")
    if standing.silent:
        return ""  # « accord » alone would hide the sentences it leaves out
    said = voice.word("answered", answer=_dissent(voice, standing, position))
    ratification = _ratification(voice, position) if standing.level in (*YES, RESERVATION) else ""
    if ratification:  # it tells of the yes by itself, but must not hide a reservation
        said = f"{said}. {ratification}" if standing.level == RESERVATION else ratification
    count = len(standing.exceptions)
    return voice.word("except_on", position=said, n=count) if count else said


def _ratification(voice: Phrasing, position: Entry) -> str:
    """« Entériné par la résolution … », « À entériner par … »; "" when neither was noted."""
    number, on = bare_number(voice.text(position, "resolution")), voice.shown(position, "ratified_on")
    body, when = voice.text(position, "ratify_by"), voice.shown(position, "ratify_on")
    if number or on:
        if not number:
            return voice.word("ratified_on", date=on)
        return voice.word("ratified", number=number, date=f", {on}" if on else "")
    if body or when:
        word = "to_ratify" if body and when else "to_ratify_by" if body else "to_ratify_on"
        return voice.word(word, body=body, date=when)
    return ""
