"""Composes the clauses of a contract that name the parties: legal form, seat, who signs and by what authority.

The order follows public forms of Québec and the usage of contracts in Ontario. The parties' own counsel is to check
each clause.
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
from tui.text.french_names import FEMININE, MASCULINE, FrenchName, agree, guess_name, split_article
from tui.text.name_matching import fold, words_of

UNINCORPORATED = "unincorporated"
# By language the words that a by-law's own name begins with, folded, each with « son », « sa » or “its”.
_BYLAW_WORDS = {
    "fr": {"reglement": "son", "politique": "sa", "directive": "sa", "delegation": "sa"},
    "en": {"by-law": "its", "bylaw": "its", "policy": "its", "directive": "its", "delegation": "its"},
}
_BLANK = "____________________"  # to be filled in by hand
_INDEFINITE = frozenset(("a", "an"))  # articles of an English description: “a cooperative”
# Endings of a word in a title that show the gender: « directrice », « présidente »; « directeur », « adjoint ».
_FEMININE_TITLE = r"\w*(?:trice|euse|ière|enne|ente|ante|esse|cheffe|adjointe|ée|ale|elle)"
_MASCULINE_TITLE = r"\w*(?:eur|ier|ien|ent|ant|adjoint|é|al|el)"


def party_clauses(phrasing: Phrasing, preamble: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return « ENTRE : … ET : … », the typed `preamble`, then « LES PARTIES CONVIENNENT DE CE QUI SUIT : ».

    Only `preamble` if there is no partner.
    """
    partners_with_name = [partner for partner in phrasing.partners() if partner.name(phrasing.lang)]
    blocks: list[Block] = []
    ending = " ;" if phrasing.lang == "fr" else ";"
    for at, partner in enumerate(partners_with_name):
        blocks.append(line(phrasing.word("between" if at == 0 else "and_party"), lead=True))
        runs = (Run(partner.name(phrasing.lang), strong=True), Run(party_facts(phrasing, partner) + ending))
        blocks.append(Paragraph(runs, Origin(question="open.who", partner=partner.id)))
    nameless_words = phrasing.counted_nameless(len(phrasing.nameless_ids), alone=not partners_with_name)
    if nameless_words:
        blocks.append(line(phrasing.word("and_party" if partners_with_name else "between"), lead=True))
        blocks.append(Paragraph((Run(nameless_words + ending),), Origin(question="open.who")))
    return (*blocks, *preamble, line(phrasing.word("agree_as_follows"), lead=True)) if blocks else preamble


def party_facts(phrasing: Phrasing, partner: Partner) -> str:
    """Return what a contract says of a party behind its name: « , personne morale …, ci-après « le Collège » »."""
    facts, hereafter = tuple(_party_facts(phrasing, partner)), _hereafter(phrasing, partner)
    # « …, ci-après « le Collège » », but in English without a comma: “… (hereafter the “Centre”)”.
    if phrasing.lang == "fr":
        return "".join(f", {fact}" for fact in (*facts, hereafter) if fact)
    return "".join(f", {fact}" for fact in facts) + (f" {hereafter}" if hereafter else "")


def _hereafter(phrasing: Phrasing, partner: Partner) -> str:
    """Return « ci-après « le Collège » », “(hereafter the “Centre”)”; "" without a short name."""
    short = phrasing.short(partner.id)
    if not short:
        return ""
    if phrasing.lang == "fr":
        return phrasing.word("hereafter_party", name=short)
    if short.casefold().startswith("the "):
        return phrasing.word("hereafter_party", name=short[len("the ") :])  # this phrase has “the” before the name
    return phrasing.word("hereafter_party_bare", name=short)


def _party_facts(phrasing: Phrasing, partner: Partner) -> Iterator[str]:
    """Yield what follows the name of a party, as far as known: legal form, seat, representatives, their authority."""
    form, described = legal_form(partner), legal_description(phrasing, partner)
    yield from filter(None, (described, _seat(phrasing, partner, form, described)))
    signing = [row for row in people(phrasing.view, partner.id) if row.get("signs")]
    described_people = ((row, person(phrasing, row)) for row in signing)
    people_words = [_with_blank_for_name(phrasing, row, words) for row, words in described_people if words]
    has_commas = any("," in text for text in people_words)  # then there is a comma before « et » too
    last_separator = f"{',' if has_commas else ''} {phrasing.word('and')} "
    names = last_separator.join(filter(None, (", ".join(people_words[:-1]), *people_words[-1:])))
    if names:
        represented = _full_name(partner).participle("représenté", "") if phrasing.lang == "fr" else "represented"
        if form == UNINCORPORATED or not represented:
            # « agissant par » needs no agreement with the gender of the name, which is unknown here.
            yield phrasing.word("acting_by", people=names)
        else:
            yield phrasing.word("represented_by", represented=represented, people=names)
        if by_authority := authority(phrasing, partner.entry, signing):
            yield by_authority


def _with_blank_for_name(phrasing: Phrasing, row: Entry, words: str) -> str:
    """Return `words` (the name and title of a signatory), after a blank for the name if only the title is known."""
    return words if phrasing.text(row, "name") else f"{_BLANK}, {words}"


def _full_name(partner: Partner) -> FrenchName:
    """Return the full French name of a party with its gender and number, for the words that agree with it.

    If there is a short name, the typed gender and number are those of the short name; those of the full name are then
    guessed from its first word: « Coopérative d'habitation Les Hirondelles, … représentée, … ci-après « Les
    Hirondelles » ». A plural that neither an article nor a typed field shows (« Services à la famille ») counts as
    singular, as it does for the verb.
    """
    guessed, typed = guess_name(partner.name("fr")), partner.french()
    is_guessed = bool(guessed.gender and partner.entry.text("short_name", "fr"))
    name = guessed if is_guessed else typed
    begins_with_les = name.base.startswith("Les ")
    number_is_typed = not is_guessed and (name.article or partner.entry.get("number"))
    shows_number = begins_with_les or number_is_typed
    return name if shows_number else replace(name, plural=False)


def verb_count(phrasing: Phrasing, partner_id: str) -> int:
    """Return 2 if a French verb after a partner's name is plural, « Les Veilleuses s'engagent », else 1.

    A full name without an article (« Services à la famille ») counts as singular.
    """
    name = phrasing.french(partner_id)
    has_article = name.contracts or bool(name.article) or bool(phrasing.short(partner_id))
    is_plural = phrasing.lang == "fr" and name.plural and has_article
    return 2 if is_plural else 1


def legal_form(partner: Partner) -> str:
    """Return the code of the partner's legal form, that of an unincorporated group from its kind; "" if unknown."""
    form = str(partner.entry.get("legal_form", ""))
    return form or (UNINCORPORATED if partner.entry.get("kind") == UNINCORPORATED else "")


def legal_description(phrasing: Phrasing, partner: Partner) -> str:
    """Return the legal description as typed, else that of the legal form; "" if unknown or if the name says it."""
    own = phrasing.text(partner.entry, "legal_text")
    if own:
        return own.strip().rstrip(".;,")
    key = f"legal_clause_{legal_form(partner)}"
    description = phrasing.word(key) if key in phrasing.guide.words else ""
    return "" if _is_in_name(description, partner.name(phrasing.lang)) else description


def _is_in_name(description: str, name: str) -> bool:
    """Return whether a description of one word is in the name: « Coopérative d'habitation X, coopérative »."""
    words = [word.replace("-", "") for word in fold(description).split() if word not in _INDEFINITE]
    return len(words) == 1 and words[0] in fold(name).replace("-", "").split()


def kind_of(phrasing: Phrasing, partner: Partner) -> str:
    """Return the kind of organisation; "" if it says little (« autre ») or if the name says it already."""
    kind = phrasing.in_words(partner.entry, "kind")
    says_little = partner.entry.get("kind") in ("other", "health", "indigenous")
    in_name = set(words_of(kind)) <= set(words_of(partner.name(phrasing.lang)))
    return "" if says_little or in_name else kind


def _seat(phrasing: Phrasing, partner: Partner, form: str, described: str) -> str:
    """Return « ayant son siège au 48, avenue des Érables », "" without address.

    « leur » instead of « son » if the name is plural and no description (`described`) is in between.
    """
    if partner.entry.get("address_withheld") and form == UNINCORPORATED:
        return phrasing.word("whose_address_withheld")
    address = phrasing.text(partner.entry, "address").strip().rstrip(".;,")
    if partner.entry.get("address_withheld"):
        place = phrasing.word("at_withheld")
    elif address:
        place = place_in_sentence(address, phrasing.lang)
    else:
        return ""
    is_plural = phrasing.lang == "fr" and not described and _full_name(partner).plural
    return phrasing.word("address_at" if form == UNINCORPORATED else "seat_at", n=2 if is_plural else 1, place=place)


def person(phrasing: Phrasing, row: Entry | None) -> str:
    """Return « Patrick Lizotte, directeur »; "" for None."""
    return ", ".join(filter(None, (phrasing.text(row, "name"), title_of(phrasing, row))))


def title_of(phrasing: Phrasing, row: Entry | None) -> str:
    """Return a person's title; "" if the typed name begins with it: « Chief Dawn Kabestra », title “Chief”."""
    name, title = words_of(phrasing.text(row, "name")), words_of(phrasing.text(row, "title"))
    return "" if title and name[: len(title)] == title else phrasing.text(row, "title")


def authority(phrasing: Phrasing, entry: Entry, signing: list[Entry]) -> str:
    """Return « dûment autorisé en vertu de la résolution n° 4 adoptée par son conseil le 3 mai 2026 »; "" for none.

    `entry` is the partner's, `signing` are the people who sign. If no authority was noted, it is the resolution by
    which the partner ratified the text.
    """
    entry = _with_ratification(phrasing, entry)
    authorized = _authorized_words(phrasing, signing) if phrasing.lang == "fr" else "duly authorized"
    bylaw = phrasing.text(entry, "auth_bylaw")
    number = bare_number(phrasing.text(entry, "auth_number"))
    names = " ".join(phrasing.text(entry, field) for field in ("name", "short_name"))
    body = own_body(body_name(entry, AUTHORIZES, phrasing.lang), phrasing.lang, names)
    on = entry.get("auth_date")
    if bylaw:
        bylaw = own_bylaw(bylaw, phrasing.lang) or phrasing.word("bylaw_named", name=bylaw)
        return phrasing.word("under_bylaw", authorized=authorized, bylaw=bylaw)
    if number or isinstance(on, str):
        # « adoptée par son conseil le 3 mai », but « la résolution du 3 mai ».
        format_day = format_on if body else format_of
        date = f" {format_day(on, phrasing.lang)}" if isinstance(on, str) else ""
        resolution = _resolution_words(phrasing, number, body)
        return phrasing.word("under_resolution", authorized=authorized, resolution=resolution) + date
    return phrasing.word("authorized_by", authorized=authorized, body=body) if body else ""


def own_bylaw(bylaw: str, lang: str) -> str:
    """Return « son règlement n° 12 de délégation de signature », “its Policy on Signing”; "" unless the words say it.

    A number or a mere name (« règlement 12 ») says neither what it is nor what it is about.
    """
    text = split_article(bylaw)[1] if lang == "fr" else bylaw.strip().removeprefix("the ")
    first = re.split(r"[\s,]", fold(text))[0]
    possessive = _BYLAW_WORDS[lang].get(first, "")
    if not possessive or not re.search(r"\b(?:deleg|sign)", fold(text)):
        return ""
    return f"{possessive} {text[:1].lower() + text[1:] if lang == 'fr' else text}"


def _with_ratification(phrasing: Phrasing, entry: Entry) -> Entry:
    """Return the partner's entry, with the resolution that ratified the text as its authority if none was noted."""
    if entry.get("auth_date") or phrasing.text(entry, "auth_number") or phrasing.text(entry, "auth_bylaw"):
        return entry
    answer = phrasing.answer(CONSENSUS, entry.id)
    if answer is None or not (phrasing.text(answer, "resolution") or answer.get("ratified_on")):
        return entry
    cells = dict(entry.cells)
    # (field of the ratification, field of the authority that it fills)
    fields = [("resolution", "auth_number"), ("ratified_on", "auth_date")]
    if not phrasing.text(entry, "auth_body"):
        fields.append(("ratify_by", "auth_body"))
    for source, target in fields:
        for ending in ("", "@fr", "@en"):
            if f"{source}{ending}" in answer.cells:
                cells[f"{target}{ending}"] = answer.cells[f"{source}{ending}"]
    return replace(entry, cells=cells)


# « Résolution n° », « No. », « # », also several in a row, before a number.
_BEFORE_NUMBER = r"(?i)^(?:\s*(?:r[ée]solution\s|n\s*[°º]\.?|no\.|no(?=[\s\d])|num[ée]ro\s|number\s|#))+\s*"
# Matches « 4 du 3 mai », « CA-2026-14 adoptée le 3 mai », but not « 20 novembre » or « 3e rencontre ».
_BEGINS_WITH_NUMBER = r"\d+\s+(?:du|of|dated)\b|(?=\S*\d)\S*(?:[A-ZÀ-ÖØ-Þ]|[^\w\s])"


def bare_number(text: str) -> str:
    """Return the number of a resolution as typed, without « résolution n° », which the document prints itself."""
    return re.sub(_BEFORE_NUMBER, "", text).strip()


def is_number(text: str) -> bool:
    """Return whether a typed resolution is a number (« CA-14 du 3 mai »), not words (« rencontre du 3 mai »)."""
    bare = bare_number(text)
    has_word = re.search(r"[^\W\d_A-ZÀ-ÖØ-Þ]{3}", bare)  # three lower-case letters in a row
    return not has_word or bool(re.match(_BEGINS_WITH_NUMBER, bare))


def _resolution_words(phrasing: Phrasing, number: str, body: str) -> str:
    """Return « de la résolution n° 4 adoptée par son conseil », “resolution no. 4 …”; “a resolution” without number."""
    if not number:
        return phrasing.word("of_a_resolution_of", body=body) if body else phrasing.word("of_a_resolution")
    numbered = f"n° {number}" if phrasing.lang == "fr" else f"no. {number}"
    if body:
        return phrasing.word("of_resolution_of", number=f"{numbered} ", body=body)
    return phrasing.word("of_resolution", number=numbered)


def _authorized_words(phrasing: Phrasing, signing: list[Entry]) -> str:
    """Return « dûment autorisé » agreed with the titles of those who sign; in both genders if the titles show none."""
    genders = {_gender(phrasing.text(row, "title")) for row in signing}
    plural = len(signing) > 1
    if "" in genders and MASCULINE not in genders:
        words = [agree("autorisé", MASCULINE, plural), agree("autorisé", FEMININE, plural)]
        return f"dûment {words[0]} ou {words[1]}"
    return f"dûment {agree('autorisé', FEMININE if genders == {FEMININE} else MASCULINE, plural)}"


def _gender(title: str) -> str:
    """Return the gender that a title shows: "f" « vice-rectrice », "m" « directeur », "" « porte-parole ».

    Only the first three words are looked at.
    """
    for word in re.split(r"[\s,-]+", title.casefold())[:3]:
        if re.fullmatch(_FEMININE_TITLE, word):
            return FEMININE
        if re.fullmatch(_MASCULINE_TITLE, word):
            return MASCULINE
    return ""
