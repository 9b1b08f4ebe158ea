"""Composes section 16: the partners' positions (in drafts), the clauses on signing, a signature block for each partner.

A *draft* is a text that is not adopted yet (not `phrasing.final`).
A *position* is a partner's answer on the whole text: yes, reservation, dissent. Its exceptions are the sentences that
the partner does not agree to. *Few* answers (less than FEW) are not printed, since they would show who gave them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from tui.agreement.blocks import Block, Origin, Signatory, Signature
from tui.agreement.party_clauses import UNINCORPORATED, bare_number, legal_form, own_bylaw, title_of, verb_count
from tui.agreement.phrasing import Phrasing, line, origin
from tui.partnership.bodies import AUTHORIZES, RATIFIES, body_name
from tui.partnership.completion import answer_entry
from tui.partnership.partners import Partner, people
from tui.partnership.positions import (
    CONSENSUS,
    DISSENT,
    EXCEPTIONS,
    RESERVATION,
    UNSAID,
    YES,
    PositionStatus,
    PositionStatuses,
    counted_codes,
    exceptions_of,
    points,
    position_statuses,
)
from tui.partnership.silence import RULE_CODES, join_rule_words, rule_words
from tui.partnership.values import Entry
from tui.text.body_names import body_in_sentence
from tui.text.dates import format_of, format_on, is_date
from tui.text.french_names import capitalize
from tui.text.name_matching import words_of

FEW = 3  # answers: a count of fewer would show who gave which (contracts.md, « Values »)


def printable_positions(phrasing: Phrasing) -> PositionStatuses:
    """Return what each partner's positions are worth on the present words, by (question id, partner id)."""
    if phrasing.public is not None:
        return phrasing.public.answers  # these were computed from the same words
    return position_statuses(phrasing.view, points(phrasing.guide, phrasing.view))


def printable_answers(phrasing: Phrasing, questions: frozenset[str]) -> object:
    """Return the counts and positions on some questions that may be printed, as a value to compare with a later one."""
    counts = {question: count for question, count in phrasing.view.tallies.items() if question in questions}
    positions = printable_positions(phrasing)
    return counts, [status for (question, _partner), status in positions.items() if question in questions]


def rows_to_confirm(phrasing: Phrasing, rows: Iterable[Entry]) -> frozenset[str]:
    """Return the ids of the rows that a draft prints as to be confirmed, instead of with « s'engage à ».

    These are rows that a giver opposes, and rows of givers who have not answered once a partner opposes or FEW have
    answered: since both are printed alike, a reader cannot tell who opposes. If all have answered, and a partner
    opposes the text or one of its own rows, all rows are printed so.

    A level in UNSAID means no answer, a level in DISSENT opposes the text; `left_out` are ids of rows that a partner
    excepts from its consent.
    """
    if phrasing.final:
        return frozenset()
    answers = {
        partner_id: status
        for (question, partner_id), status in printable_positions(phrasing).items()
        if question == CONSENSUS
    }
    answered = [status for status in answers.values() if status.level not in UNSAID]
    opposed = any(status.level in DISSENT or status.left_out for status in answered)

    def opposes_text_or_own_row(partner_id: str, status: PositionStatus) -> bool:
        own_exceptions = (entry for entry in _entries(phrasing, status.left_out) if partner_id in entry.givers)
        return status.level in DISSENT or any(own_exceptions)

    have_all_answered = len(answered) == len(phrasing.partners())
    if have_all_answered and any(itertools.starmap(opposes_text_or_own_row, answers.items())):
        return frozenset(row.id for row in rows)
    # While nobody opposes, one or two answers change nothing: the draft would show who gave them.
    silence_counts = opposed or len(answered) >= FEW
    if not silence_counts and not any(status.left_out for status in answers.values()):
        return frozenset()

    def is_unsure(giver: str, row: Entry) -> bool:
        """Return whether it is not certain that a giver says yes to a row."""
        status = answers.get(giver)
        if status is None:
            return silence_counts
        opposes = status.level in DISSENT or row.id in status.left_out
        return opposes or (silence_counts and status.level in UNSAID)

    return frozenset(row.id for row in rows if any(is_unsure(giver, row) for giver in phrasing.givers(row)))


def _entries(phrasing: Phrasing, ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of `ids` that the public view holds."""
    yield from (entry for entry_id in ids if (entry := phrasing.view.entry(entry_id)) is not None)


def answer_counts(phrasing: Phrasing, question: str) -> str:
    """Return « 5 accords ; 1 sans réponse au 20, règle du silence »; "" below FEW answers, or in the adopted text.

    The adopted text says what is agreed, not who agreed when.
    """
    tally = phrasing.view.tallies.get(question, {})  # how many partners by code of answer
    # The answers that the rule of silence decides are not counted.
    answer_count = sum(n for code, n in tally.items() if code not in RULE_CODES)
    if phrasing.final or answer_count < FEW:
        return ""
    codes = counted_codes(phrasing.guide)
    counts = ", ".join(phrasing.word(f"count_{code}", n=tally[code]) for code in codes if tally.get(code))
    return join_rule_words(counts, rule_words(phrasing.guide, phrasing.view, tally, phrasing.lang), phrasing.lang)


def signatures(phrasing: Phrasing) -> tuple[Block, ...]:
    """Return section 16: positions (in drafts), what is still to be ratified, a signature block for each partner."""
    lead = line(phrasing.word(_lead_key(phrasing)))
    # A contract prints this sentence right above the signatures; other kinds begin the section with it.
    blocks: list[Block] = [] if phrasing.is_contract else [lead]
    positions = {partner.id: answer_entry(phrasing.view, CONSENSUS, (partner.id,)) for partner in phrasing.partners()}
    count = answer_counts(phrasing, CONSENSUS)
    if count:
        blocks.append(line(phrasing.word("answers", count=count), Origin(question=CONSENSUS)))
    if not phrasing.final:
        for partner in phrasing.partners():
            blocks += _reservations(phrasing, partner, positions[partner.id])
    else:
        for partner in phrasing.partners():
            blocks += _condition_of_ratification(phrasing, partner, positions[partner.id])
    legal = phrasing.answer("extra.legal")
    in_counterparts = bool(legal is not None and legal.get("counterparts"))  # each partner signs a copy of its own
    if in_counterparts:
        clause = phrasing.word(
            "counterparts", document=capitalize(phrasing.of_kind("this")), signed=phrasing.agreed_participle("signé")
        )
        blocks.append(line(clause, origin(legal, "counterparts")))
    blocks += [lead] if phrasing.is_contract else []
    # Several partners that may not be named yet are counted in one line instead of signing.
    counts_nameless = len(phrasing.nameless_ids) > 1
    signing_partners = [
        partner for partner in phrasing.partners() if not (counts_nameless and partner.id in phrasing.nameless_ids)
    ]
    # The first partner signs on the page of the lines above, which must not be alone at the foot of a page.
    for at, partner in enumerate(signing_partners):
        blocks.append(_kept_signature(phrasing, partner, positions[partner.id], page=in_counterparts and at > 0))
    if counts_nameless:
        is_nobody_named = len(phrasing.nameless_ids) == len(phrasing.partners())
        nameless_words = phrasing.counted_nameless(len(phrasing.nameless_ids), alone=is_nobody_named)
        blocks.append(line(phrasing.word("others_sign", others=nameless_words), Origin(question="open.who")))
    return tuple(blocks)


def _lead_key(phrasing: Phrasing) -> str:
    """Return the key of the set phrase above the signatures, which fits the kind of document."""
    if phrasing.kind in ("agreement", "memorandum"):
        return "in_witness"
    return "sign_lead" if phrasing.kind == "statement" else "sign_agreed"


def _condition_of_ratification(phrasing: Phrasing, partner: Partner, position: Entry | None) -> Iterator[Block]:
    """Yield « La présente entente ne lie l'Association qu'à compter de son approbation par l'assemblée générale … ».

    Nothing for a partner that has not said yes, has ratified the text already, or needs no ratification; and nothing
    if an exception of the partner may not be published (`silent`), since the line would hide it.
    """
    status = printable_positions(phrasing).get((CONSENSUS, partner.id))
    if position is None or status is None:
        return
    if status.level not in (*YES, RESERVATION) or status.silent:
        return
    body = body_name(position, RATIFIES, phrasing.lang).strip().rstrip(".;,")
    expected_on = position.get("ratify_on")  # an ISO date
    is_ratified = phrasing.text(position, "resolution") or position.get("ratified_on")
    if is_ratified or not (body or expected_on):
        return
    date = format_on(expected_on, phrasing.lang) if isinstance(expected_on, str) and is_date(expected_on) else ""
    # A declaration of intention does not bind. The second phrase of each pair is for a body that has no name.
    with_body, without_body = ("counts_once", "counts_once_it")
    if not phrasing.is_intention:
        with_body, without_body = ("binds_once", "binds_once_it")
    clause = phrasing.word(
        with_body if body else without_body,
        document=capitalize(phrasing.of_kind("this")),
        name=phrasing.sentence_name(partner.id),
        body=phrasing.word("approved_by", body=body_in_sentence(body, phrasing.lang)),
        date=phrasing.word("approved_expected", date=date) if date else "",
    )
    yield line(clause, origin(position, "ratify_by"))


def _reservations(phrasing: Phrasing, partner: Partner, position: Entry | None) -> Iterator[Block]:
    """Yield a partner's published reservation and exceptions, if it gave them on the present words."""
    status = printable_positions(phrasing).get((CONSENSUS, partner.id))
    if position is None or status is None or status.reopened:
        return
    reservation, name = phrasing.text(position, "reservation"), phrasing.name(partner.id)
    if reservation and status.level in DISSENT:
        answer = _dissent_words(phrasing, status, position)
        words = phrasing.word("dissent_of", answer=answer[:1].upper() + answer[1:], name=name, text=reservation)
        yield line(words, origin(position, "reservation"))
    elif reservation:
        yield line(phrasing.word("reservation_of", name=name, text=reservation), origin(position, "reservation"))
    # « Dit oui, sauf sur » is printed only for a partner that said yes and lets that be published.
    says_yes = position.get("level") in (*YES, RESERVATION)
    # Exceptions that were given on an earlier text are not printed.
    exceptions = () if status.is_from_earlier_text else exceptions_of(phrasing.view, position)
    for row in exceptions:
        if not _is_still_printed(phrasing, row):
            continue
        phrase_key = "exception_of" if says_yes else "sentence_left_out"
        count = verb_count(phrasing, partner.id)
        words = phrasing.word(phrase_key, n=count, name=phrasing.name(partner.id), text=phrasing.text(row, "text"))
        facts = ", ".join(filter(None, (phrasing.in_words(row, "level"), phrasing.text(row, "reservation"))))
        yield line(f"{words} ({facts})" if facts else words, origin(row, "text"))


def quoted_entries(phrasing: Phrasing) -> tuple[Entry, ...]:
    """Return the entries whose sentences the exceptions quote; `compose` composes the section again if one changes."""
    rows = phrasing.view.rows(CONSENSUS, EXCEPTIONS)
    quoted = (phrasing.view.entry(point) for row in rows if isinstance(point := row.get("point"), str))
    return tuple(entry for entry in quoted if entry is not None)


def _is_still_printed(phrasing: Phrasing, row: Entry) -> bool:
    """Return whether the text still has the sentence that an exception quotes; True for one that quotes none."""
    point = row.get("point")
    if not isinstance(point, str) or not point:
        return True
    entry = phrasing.view.entry(point)
    if entry is None or not entry.is_in_use:
        return False
    quoted_words = " ".join(words_of(phrasing.text(row, "text")))
    texts = (" ".join(words_of(str(cell.value))) for key, cell in entry.cells.items() if "@" in key and cell.value)
    return any(text and (text in quoted_words or quoted_words in text) for text in texts)


def _dissent_words(phrasing: Phrasing, status: PositionStatus, position: Entry) -> str:
    """Return « désaccord », or « désaccord donné sur l'ancien texte »."""
    return phrasing.word(status.code) if status.is_from_earlier_text else phrasing.in_words(position, "level")


def _kept_signature(phrasing: Phrasing, partner: Partner, position: Entry | None, *, page: bool) -> Signature:
    """Return the signature block of a partner; the same object as last time while it would print the same."""
    if phrasing.own_blocks is None:
        return _signature(phrasing, partner, position, page=page)
    status = printable_positions(phrasing).get((CONSENSUS, partner.id))
    # `made_from` is all that the block depends on.
    of_partner = partner, position, status, people(phrasing.view, partner.id)
    made_from = *of_partner, page, phrasing.final, phrasing.is_contract, phrasing.is_intention, phrasing.small_names
    return phrasing.own_blocks.signatures.of(
        partner.id, made_from, lambda: _signature(phrasing, partner, position, page=page)
    )


def _signature(phrasing: Phrasing, partner: Partner, position: Entry | None, *, page: bool) -> Signature:
    """Return the signature block of a partner; `page` puts it on a page of its own."""
    signing_people = [person for person in people(phrasing.view, partner.id) if person.get("signs")]
    signatories = tuple(
        Signatory(phrasing.text(person, "name"), title_of(phrasing, person)) for person in signing_people
    )
    name = partner.name(phrasing.lang)
    return Signature(
        partner=name or phrasing.capital(phrasing.name(partner.id)),
        signatories=signatories or (Signatory(),),
        authorisation=_authorisation(phrasing, partner),
        note=_note(phrasing, partner, position),
        signature_label=phrasing.word("signature"),
        name_label=phrasing.word("name_and_title"),
        date_label=phrasing.word("signed_on"),
        origin=origin(partner.entry, "auth_body"),
        named=bool(name),
        place_label=phrasing.word("signed_at"),
        page=page,
    )


def _authorisation(phrasing: Phrasing, partner: Partner) -> str:
    """Return « Signature autorisée par le conseil d'administration, résolution n° 4 … »; in English "I have …"."""
    entry = partner.entry
    body, number = body_name(entry, AUTHORIZES, phrasing.lang), bare_number(phrasing.text(entry, "auth_number"))
    authorised_on, bylaw = entry.get("auth_date"), phrasing.text(entry, "auth_bylaw")
    date = format_of(authorised_on, phrasing.lang) if isinstance(authorised_on, str) and is_date(authorised_on) else ""
    resolution = ""
    if number or date:
        numbered = phrasing.word("resolution", number=number) if number else phrasing.word("resolution_alone")
        resolution = " ".join(filter(None, (numbered, date)))
    if resolution and not body:
        english_article = "" if number else "the "
        article = "la " if phrasing.lang == "fr" else english_article
        resolution = phrasing.word("authorised", body=f"{article}{resolution}")
    named_bylaw = own_bylaw(bylaw, phrasing.lang) or phrasing.word("bylaw_on_delegation", name=bylaw)
    facts = [
        phrasing.word("authorised", body=body_in_sentence(body, phrasing.lang)) if body else "",
        resolution,
        phrasing.word("authorised_by_law", bylaw=named_bylaw) if bylaw else "",
    ]
    authorised = phrasing.capital(", ".join(filter(None, facts)))
    makes_obligations = phrasing.is_contract and not phrasing.is_intention
    is_corporation = legal_form(partner) not in ("", UNINCORPORATED)
    if phrasing.lang == "en" and makes_obligations and is_corporation:
        signatories = sum(bool(row.get("signs")) for row in people(phrasing.view, partner.id))
        binding = phrasing.word("bind_corporation", n=signatories or 1)  # "I have authority to bind the corporation."
        return f"{authorised.rstrip('.')}. {binding}" if authorised else binding
    return authorised


def _note(phrasing: Phrasing, partner: Partner, position: Entry | None) -> str:
    """Return the partner's published answer on the present words; "" for none, and in the adopted text."""
    status = printable_positions(phrasing).get((CONSENSUS, partner.id))
    if phrasing.final or position is None or status is None or not position.get("level"):
        return ""
    if status.reopened:
        return phrasing.word("reopened")
    if status.silent:
        # One of its exceptions may not be published: « accord » alone would hide that there is one.
        return ""
    note = phrasing.word("answered", answer=_dissent_words(phrasing, status, position))
    ratification = _ratification(phrasing, position) if status.level in (*YES, RESERVATION) else ""
    if ratification:
        # A ratification implies the yes, which is left out; a reservation must be printed as well.
        note = f"{note}. {ratification}" if status.level == RESERVATION else ratification
    count = len(status.exceptions)
    return phrasing.word("except_on", position=note, n=count) if count else note


def _ratification(phrasing: Phrasing, position: Entry) -> str:
    """Return « Entériné par la résolution … », « À entériner par … »; "" when neither was noted."""
    number, on = bare_number(phrasing.text(position, "resolution")), phrasing.in_words(position, "ratified_on")
    body = body_in_sentence(body_name(position, RATIFIES, phrasing.lang), phrasing.lang)
    when = phrasing.in_words(position, "ratify_on")
    if number or on:
        if not number:
            return phrasing.word("ratified_on", date=on)
        return phrasing.word("ratified", number=number, date=f", {on}" if on else "")
    if body and when:
        return phrasing.word("to_ratify", body=body, date=when)
    if body:
        return phrasing.word("to_ratify_by", body=body)
    return phrasing.word("to_ratify_on", date=when) if when else ""
