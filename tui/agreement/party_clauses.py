"""Who the parties are, as a contract names them: the law they stand under, their seat, who signs and by what right.

Source of the order: public forms of Québec and the usage of contracts in Ontario; each clause is to be checked by the
parties' own counsel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tui.agreement.blocks import Block, Origin, Paragraph, Run
from tui.agreement.phrasing import Phrasing, line
from tui.partnership.bodies import AUTHORIZES, body_name
from tui.partnership.partners import Partner, people
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry
from tui.text.addresses import place_in_sentence
from tui.text.body_names import own_body
from tui.text.dates import format_of, format_on
from tui.text.french_names import FEMININE, MASCULINE, FrenchName, agreed, guess
from tui.text.name_matching import fold, words_of

UNINCORPORATED = "unincorporated"
_BLANK = "____________________"
_INDEFINITE = frozenset(("a", "an"))
_FEMININE_TITLE = r"\w*(?:trice|euse|ière|enne|ente|ante|esse|cheffe|adjointe|ée|ale|elle)"
_MASCULINE_TITLE = r"\w*(?:eur|ier|ien|ent|ant|adjoint|é|al|el)"


def party_clauses(phrasing: Phrasing, preamble: tuple[Block, ...]) -> tuple[Block, ...]:
    """« ENTRE : … ET : … LES PARTIES CONVIENNENT DE CE QUI SUIT : », the preamble of one's own before the last."""
    named = [partner for partner in phrasing.partners() if partner.name(phrasing.lang)]
    blocks: list[Block] = []
    for at, partner in enumerate(named):
        blocks.append(line(phrasing.word("between" if at == 0 else "and_party"), lead=True))
        ending = " ;" if phrasing.lang == "fr" else ";"
        facts, named_after = tuple(_facts(phrasing, partner)), _hereafter(phrasing, partner)
        if phrasing.lang == "fr":
            behind = "".join(f", {said}" for said in (*facts, named_after) if said)
        else:
            behind = "".join(f", {said}" for said in facts) + (f" {named_after}" if named_after else "")
        runs = (Run(partner.name(phrasing.lang), strong=True), Run(behind + ending))
        blocks.append(Paragraph(runs, Origin(question="open.who", partner=partner.id)))
    others = phrasing.others(len(phrasing.nameless), alone=not named)
    if others:
        blocks.append(line(phrasing.word("and_party" if named else "between"), lead=True))
        ending = " ;" if phrasing.lang == "fr" else ";"
        blocks.append(Paragraph((Run(others + ending, hole=False),), Origin(question="open.who")))
    return (*blocks, *preamble, line(phrasing.word("agree_as_follows"), lead=True)) if blocks else preamble


def _hereafter(phrasing: Phrasing, partner: Partner) -> str:
    short = phrasing.short(partner.id)
    if not short:
        return ""
    if phrasing.lang == "fr":
        return phrasing.word("hereafter_party", name=short)
    bare = short[4:] if short.casefold().startswith("the ") else ""
    return phrasing.word("hereafter_party", name=bare) if bare else phrasing.word("hereafter_party_bare", name=short)


def _facts(phrasing: Phrasing, partner: Partner) -> Iterator[str]:
    form, described = legal_form(partner), legal_description(phrasing, partner)
    yield from filter(None, (described, _seat(phrasing, partner, form, described)))
    signing = [row for row in people(phrasing.view, partner.id) if row.get("signs")]
    listed = [_to_fill_in(phrasing, row, found) for row in signing if (found := person(phrasing, row))]
    apart = f", {phrasing.word('and')} " if any("," in text for text in listed) else f" {phrasing.word('and')} "
    names = apart.join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))
    if names:
        represented = _full_name(partner).participle("représenté", "") if phrasing.lang == "fr" else "represented"
        if form == UNINCORPORATED or not represented:  # « agissant par » agrees with any name
            yield phrasing.word("acting_by", people=names)
        else:
            yield phrasing.word("represented_by", represented=represented, people=names)
        yield from filter(None, (authority(phrasing, partner.entry, signing),))


def _to_fill_in(phrasing: Phrasing, row: Entry, said: str) -> str:
    """Who signs, with a line for the name of one who is known by the title alone."""
    return said if phrasing.text(row, "name") else f"{_BLANK}, {said}"


def _full_name(partner: Partner) -> FrenchName:
    """The name that stands at the head of the clause, which the words behind it agree with.

    Gender and number are fields of the short name where there is one: then the full name's own first word tells, as
    far as it is known. « Coopérative d'habitation Les Hirondelles, … représentée, … ci-après « Les Hirondelles » ».
    A plural that nobody chose and no article says (« Services à la famille ») is the name of one body, as for its verb.
    """
    told, called = guess(partner.name("fr")), partner.french()
    own = bool(told.gender and partner.entry.text("short_name", "fr"))
    name = told if own else called
    said = name.base[:4] == "Les " or (not own and (name.article or partner.entry.get("number")))
    return name if said else replace(name, plural=False)


def verb_count(phrasing: Phrasing, partner_id: str) -> int:
    """2 where a French verb behind a partner's name is in the plural, « Les Veilleuses s'engagent », else 1.

    A full name without an article (« Services à la famille ») is taken for the body that bears it.
    """
    name = phrasing.french(partner_id)
    article = name.contracts or bool(name.article) or bool(phrasing.short(partner_id))
    return 2 if phrasing.lang == "fr" and name.plural and article else 1


def legal_form(partner: Partner) -> str:
    """The code of the partner's legal form; a group that is known as unincorporated needs no other answer."""
    form = str(partner.entry.get("legal_form", ""))
    return form or (UNINCORPORATED if partner.entry.get("kind") == UNINCORPORATED else "")


def legal_description(phrasing: Phrasing, partner: Partner) -> str:
    """The description of one's own, else the one that is built from the legal form; "" where neither is known."""
    own = phrasing.text(partner.entry, "legal_text")
    if own:
        return own.strip().rstrip(".;,")
    key = f"legal_clause_{legal_form(partner)}"
    said = phrasing.word(key) if key in phrasing.guide.words else ""
    return "" if _in_name(said, partner.name(phrasing.lang)) else said


def _in_name(said: str, name: str) -> bool:
    """Whether a description of a word or two says what the name says: « Coopérative d'habitation X, coopérative »."""
    words = [word.replace("-", "") for word in fold(said).split() if word not in _INDEFINITE]
    return len(words) == 1 and words[0] in fold(name).replace("-", "").split()


def kind_of(phrasing: Phrasing, partner: Partner) -> str:
    """The kind of organisation where it says more than the name does: « autre » and « réseau de la santé » do not."""
    kind = phrasing.shown(partner.entry, "kind")
    said = set(words_of(partner.name(phrasing.lang)))
    return "" if partner.entry.get("kind") in ("other", "health", "indigenous") or set(words_of(kind)) <= said else kind


def _seat(phrasing: Phrasing, partner: Partner, form: str, described: str) -> str:
    """« ayant son siège au 48, avenue des Érables »; « leur » of a plural name with no description in between."""
    if partner.entry.get("address_withheld") and form == UNINCORPORATED:
        return phrasing.word("whose_address_withheld")
    address = phrasing.text(partner.entry, "address").strip().rstrip(".;,")
    if partner.entry.get("address_withheld"):
        place = phrasing.word("at_withheld")
    elif address:
        place = place_in_sentence(address, phrasing.lang)
    else:
        return ""
    plural = phrasing.lang == "fr" and not described and _full_name(partner).plural
    return phrasing.word("address_at" if form == UNINCORPORATED else "seat_at", n=2 if plural else 1, place=place)


def person(phrasing: Phrasing, row: Entry | None) -> str:
    """« Patrick Lizotte, directeur »."""
    return ", ".join(filter(None, (phrasing.text(row, "name"), title_of(phrasing, row))))


def title_of(phrasing: Phrasing, row: Entry | None) -> str:
    """A person's title; "" where the name was typed with it: « Chief Dawn Kabestra », whose title is “Chief”."""
    name, title = words_of(phrasing.text(row, "name")), words_of(phrasing.text(row, "title"))
    return "" if title and name[: len(title)] == title else phrasing.text(row, "title")


def authority(phrasing: Phrasing, entry: Entry, signing: list[Entry]) -> str:
    """« dûment autorisé en vertu de la résolution n° 4 adoptée par son conseil le 3 mai 2026 »; "" for none.

    Where nothing was noted of the authority itself, it is the resolution by which the partner ratified the text.
    """
    entry = _ratified(phrasing, entry)
    allowed = _authorized(phrasing, signing) if phrasing.lang == "fr" else "duly authorized"
    bylaw = phrasing.text(entry, "auth_bylaw")
    number = bare_number(phrasing.text(entry, "auth_number"))
    names = " ".join(phrasing.text(entry, field) for field in ("name", "short_name"))
    body = own_body(body_name(entry, AUTHORIZES, phrasing.lang), phrasing.lang, names)
    on = entry.get("auth_date")
    if bylaw:
        return phrasing.word("under_bylaw", authorized=allowed, name=bylaw)
    if number or isinstance(on, str):
        said_on = format_on if body else format_of  # « adoptée par son conseil le 3 mai », « la résolution du 3 mai »
        date = f" {said_on(on, phrasing.lang)}" if isinstance(on, str) else ""
        resolution = _resolution(phrasing, number, body)
        return phrasing.word("under_resolution", authorized=allowed, resolution=resolution) + date
    return phrasing.word("authorized_by", authorized=allowed, body=body) if body else ""


def _ratified(phrasing: Phrasing, entry: Entry) -> Entry:
    """The partner's entry with the resolution that ratified the text in the place of an authority not noted."""
    if entry.get("auth_date") or phrasing.text(entry, "auth_number") or phrasing.text(entry, "auth_bylaw"):
        return entry
    answer = phrasing.answer(CONSENSUS, entry.id)
    if answer is None or not (phrasing.text(answer, "resolution") or answer.get("ratified_on")):
        return entry
    cells = dict(entry.cells)
    for name, own in (("resolution", "auth_number"), ("ratified_on", "auth_date"), ("ratify_by", "auth_body")):
        for ending in ("", "@fr", "@en"):
            if f"{name}{ending}" in answer.cells and not (own == "auth_body" and phrasing.text(entry, own)):
                cells[f"{own}{ending}"] = answer.cells[f"{name}{ending}"]
    return replace(entry, cells=cells)


_BEFORE_NUMBER = r"(?i)^(?:\s*(?:r[ée]solution\s|n\s*[°º]\.?|no\.|no(?=[\s\d])|num[ée]ro\s|number\s|#))+\s*"
# « 4 du 3 mai », « CA-2026-14 adoptée le 3 mai »; neither « 20 novembre » nor « 3e rencontre ».
_BEGINS_WITH_NUMBER = r"\d+\s+(?:du|of|dated)\b|(?=\S*\d)\S*(?:[A-ZÀ-ÖØ-Þ]|[^\w\s])"


def bare_number(text: str) -> str:
    """A number as it was typed, without the « résolution n° » that the document writes itself."""
    return re.sub(_BEFORE_NUMBER, "", text).strip()


def is_number(text: str) -> bool:
    """Whether what is typed for a resolution is its number (« CA-14 du 3 mai »), not words (« rencontre du 3 mai »)."""
    bare = bare_number(text)
    return not re.search(r"[^\W\d_A-ZÀ-ÖØ-Þ]{3}", bare) or bool(re.match(_BEGINS_WITH_NUMBER, bare))


def _resolution(phrasing: Phrasing, number: str, body: str) -> str:
    """« de la résolution n° 4 adoptée par son conseil », “resolution no. 4 passed by its board”, “a resolution”."""
    if not number:
        return phrasing.word("of_a_resolution_of", body=body) if body else phrasing.word("of_a_resolution")
    numbered = f"n° {number}" if phrasing.lang == "fr" else f"no. {number}"
    if body:
        return phrasing.word("of_resolution_of", number=f"{numbered} ", body=body)
    return phrasing.word("of_resolution", number=numbered)


def _authorized(phrasing: Phrasing, signing: list[Entry]) -> str:
    """« dûment autorisé », agreeing with the titles of those who sign; both genders in full where none tells."""
    genders = {_gender(phrasing.text(row, "title")) for row in signing}
    plural = len(signing) > 1
    if "" in genders and MASCULINE not in genders:
        words = [agreed("autorisé", MASCULINE, plural), agreed("autorisé", FEMININE, plural)]
        return f"dûment {words[0]} ou {words[1]}"
    return f"dûment {agreed('autorisé', FEMININE if genders == {FEMININE} else MASCULINE, plural)}"


def _gender(title: str) -> str:
    """What a title says of who bears it: « vice-rectrice » "f", « directeur » "m", « porte-parole » ""."""
    for word in re.split(r"[\s,-]+", title.casefold())[:3]:
        if re.fullmatch(_FEMININE_TITLE, word):
            return FEMININE
        if re.fullmatch(_MASCULINE_TITLE, word):
            return MASCULINE
    return ""
