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
from tui.partnership.partners import Partner, people
from tui.partnership.positions import CONSENSUS
from tui.partnership.values import Entry
from tui.text.dates import format_of
from tui.text.french_names import FEMININE, MASCULINE, agreed, guess, typed_article
from tui.text.name_matching import words_of

UNINCORPORATED = "unincorporated"
_FEMININE_TITLE = re.compile(r"\w*(?:trice|euse|ière|enne|ente|ante|esse|cheffe|adjointe|ée|ale|elle)")
_MASCULINE_TITLE = re.compile(r"\w*(?:eur|ier|ien|ent|ant|adjoint|é|al|el)")


def party_clauses(voice: Phrasing, preamble: tuple[Block, ...]) -> tuple[Block, ...]:
    """« ENTRE : … ET : … LES PARTIES CONVIENNENT DE CE QUI SUIT : », the preamble of one's own before the last."""
    named = [one for one in voice.partners() if one.name(voice.lang)]
    blocks: list[Block] = []
    for at, one in enumerate(named):
        blocks.append(line(voice.word("between" if at == 0 else "and_party"), lead=True))
        ending = " ;" if voice.lang == "fr" else ";"
        clause = ", ".join(_facts(voice, one))
        named_after = _hereafter(voice, one)
        said = ", ".join(filter(None, (clause, named_after))) if voice.lang == "fr" else f"{clause} {named_after}"
        behind = f", {said.strip()}" if said.strip() and clause else f" {said}" if said.strip() else ""
        runs = (Run(one.name(voice.lang), strong=True), Run(behind.rstrip() + ending))
        blocks.append(Paragraph(runs, Origin(question="open.who", partner=one.id)))
    others = voice.others(len(voice.nameless), alone=not named)
    if others:
        blocks.append(line(voice.word("and_party" if named else "between"), lead=True))
        ending = " ;" if voice.lang == "fr" else ";"
        blocks.append(Paragraph((Run(others + ending, hole=False),), Origin(question="open.who")))
    return (*blocks, *preamble, line(voice.word("agree_as_follows"), lead=True)) if blocks else preamble


def _hereafter(voice: Phrasing, one: Partner) -> str:
    short = voice.short(one.id)
    if not short:
        return ""
    if voice.lang == "fr":
        return voice.word("hereafter_party", name=short)
    bare = short[4:] if short.casefold().startswith("the ") else ""
    return voice.word("hereafter_party", name=bare) if bare else voice.word("hereafter_party_bare", name=short)


def _facts(voice: Phrasing, one: Partner) -> Iterator[str]:
    form = legal_form(one)
    yield from filter(None, (legal_description(voice, one), _seat(voice, one, form)))
    signing = [row for row in people(voice.view, one.id) if row.get("signs")]
    listed = [found for row in signing if (found := person(voice, row))]
    apart = f", {voice.word('and')} " if any("," in one for one in listed) else f" {voice.word('and')} "
    names = apart.join(filter(None, (", ".join(listed[:-1]), *listed[-1:])))
    if names:
        if form == UNINCORPORATED:
            yield voice.word("acting_by", people=names)
        else:
            represented = voice.french(one.id).participle("représenté") if voice.lang == "fr" else "represented"
            yield voice.word("represented_by", represented=represented, people=names)
        yield from filter(None, (authority(voice, one.entry, signing),))


def legal_form(one: Partner) -> str:
    """The code of the partner's legal form; a group that is known as unincorporated needs no other answer."""
    form = str(one.entry.get("legal_form", ""))
    return form or (UNINCORPORATED if one.entry.get("kind") == UNINCORPORATED else "")


def legal_description(voice: Phrasing, one: Partner) -> str:
    """The description of one's own, else the one that is built from the legal form; "" where neither is known."""
    own = voice.text(one.entry, "legal_text")
    if own:
        return own.strip().rstrip(".;,")
    key = f"legal_clause_{legal_form(one)}"
    return voice.word(key) if key in voice.guide.words else ""


def kind_of(voice: Phrasing, one: Partner) -> str:
    """The kind of organisation where it says more than the name does: « autre » and « réseau de la santé » do not."""
    kind = voice.shown(one.entry, "kind")
    said = set(words_of(one.name(voice.lang)))
    return "" if one.entry.get("kind") in ("other", "health", "indigenous") or set(words_of(kind)) <= said else kind


def _seat(voice: Phrasing, one: Partner, form: str) -> str:
    address = voice.text(one.entry, "address").strip().rstrip(".;,")
    if one.entry.get("address_withheld"):
        place = voice.word("at_withheld")
    elif address:
        place = voice.word("at_number" if address[:1].isdigit() else "at_place", address=address)
    else:
        return ""
    return voice.word("address_at" if form == UNINCORPORATED else "seat_at", place=place)


def person(voice: Phrasing, row: Entry | None) -> str:
    """« Patrick Lizotte, directeur »."""
    return ", ".join(filter(None, (voice.text(row, "name"), voice.text(row, "title"))))


def authority(voice: Phrasing, entry: Entry, signing: list[Entry]) -> str:
    """« dûment autorisé en vertu de la résolution n° 4 de son conseil d'administration du 3 mai 2026 »; "" for none.

    Where nothing was noted of the authority itself, it is the resolution by which the partner ratified the text.
    """
    entry = _ratified(voice, entry)
    allowed = _authorized(voice, signing) if voice.lang == "fr" else "duly authorized"
    bylaw = voice.text(entry, "auth_bylaw")
    number, body, on = bare_number(voice.text(entry, "auth_number")), _body(voice, entry), entry.get("auth_date")
    if bylaw:
        return voice.word("under_bylaw", authorized=allowed, name=bylaw)
    if number or isinstance(on, str):
        told = f"{_numbered(voice, number)} " if number else ""
        said = (
            voice.word("of_resolution_of", number=told, body=body) if body else
            voice.word("of_resolution", number=told).rstrip()
        )  # fmt: skip
        date = f" {format_of(on, voice.lang)}" if isinstance(on, str) else ""
        return voice.word("under_resolution", authorized=allowed, resolution=" ".join(said.split())) + date
    return voice.word("authorized_by", authorized=allowed, body=body) if body else ""


def _ratified(voice: Phrasing, entry: Entry) -> Entry:
    """The partner's entry with the resolution that ratified the text in the place of an authority not noted."""
    if entry.get("auth_date") or voice.text(entry, "auth_number") or voice.text(entry, "auth_bylaw"):
        return entry
    answer = voice.answer(CONSENSUS, entry.id)
    if answer is None or not (voice.text(answer, "resolution") or answer.get("ratified_on")):
        return entry
    cells = dict(entry.cells)
    for name, own in (("resolution", "auth_number"), ("ratified_on", "auth_date"), ("ratify_by", "auth_body")):
        for ending in ("", "@fr", "@en"):
            if f"{name}{ending}" in answer.cells and not (own == "auth_body" and voice.text(entry, own)):
                cells[f"{own}{ending}"] = answer.cells[f"{name}{ending}"]
    return replace(entry, cells=cells)


def bare_number(text: str) -> str:
    """A number as it was typed, without the « n° » that the document writes itself."""
    return re.sub(r"(?i)^(?:\s*(?:n\s*[°º]\.?|no\.|no(?=[\s\d])|num[ée]ro\s|number\s|#))+\s*", "", text).strip()


def _numbered(voice: Phrasing, number: str) -> str:
    return f"n° {number}" if voice.lang == "fr" else f"no. {number}"


def _body(voice: Phrasing, entry: Entry) -> str:
    """« son conseil d'administration », "its board of directors"."""
    text = voice.text(entry, "auth_body").strip().rstrip(".;,")
    if not text:
        return ""
    if voice.lang != "fr":
        bare = re.sub(r"(?i)^(?:the|its)\s+", "", text)
        return f"its {bare}"
    if re.match(r"(?i)(?:son|sa|ses)\s", text):
        return text
    _article, bare = typed_article(text[:1].lower() + text[1:])
    known = guess(bare)
    return f"{'sa' if known.article == 'la' else 'son'} {bare}"


def _authorized(voice: Phrasing, signing: list[Entry]) -> str:
    """« dûment autorisé », agreeing with the titles of those who sign; both genders in full where none tells."""
    genders = {_gender(voice.text(row, "title")) for row in signing}
    plural = len(signing) > 1
    if "" in genders and MASCULINE not in genders:
        words = [agreed("autorisé", MASCULINE, plural), agreed("autorisé", FEMININE, plural)]
        return f"dûment {words[0]} ou {words[1]}"
    return f"dûment {agreed('autorisé', FEMININE if genders == {FEMININE} else MASCULINE, plural)}"


def _gender(title: str) -> str:
    """What a title says of who bears it: « directrice » "f", « directeur » "m", « porte-parole » ""."""
    for word in title.casefold().replace(",", " ").split()[:2]:
        if _FEMININE_TITLE.fullmatch(word):
            return FEMININE
        if _MASCULINE_TITLE.fullmatch(word):
            return MASCULINE
    return ""
