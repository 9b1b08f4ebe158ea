"""The guide's own texts, read by those who need them: short, in plain words, alike in both languages.

What the page itself says (titles, questions, the statement) is told letter by letter and is not ours to shorten; the
notice beside private notes is given too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.guide.test_page import GUIDE, words_of
from tests.house.tree import ROOT
from tui.commands import BY_ID
from tui.guide.guide_loading import jargon
from tui.guide.guide_types import LANGUAGES, Words
from tui.guide.placeholders import COMMAND, SECTION, placeholders

LONGEST = 19  # words: Québec's guides to plain writing ask for under twenty
EXPLAINED: tuple[str, ...] = (
    *("status", "involvement", "history_progress", "trust", "contribution_state", "level", "position"),
    *("decision_rule", "funding_status", "satisfaction", "clear", "leave", "document_kind"),
)

# Words of the trade that a partner from another circle may stumble on; a list of the tests' own.
JARGON = {
    "fr": r"livrables?|parties prenantes|synergies?|maillage|arrimage|continuum|optimiser|opérationnaliser|implémenter|"
    r"prioriser|momentum|paradigme|holistique|redevabilité|monitorage|leadership|empowerment|écosystème|bonifier|"
    r"impacter|adresser|co-?construi\w+|intersectoriel\w*|mobiliser|mobilisation|concertation|transversal\w*|"
    r"pérenniser|pérennité|problématiques?",
    "en": r"deliverables?|stakeholders?|synerg\w+|leverage|operationali\w+|paradigm|holistic|capacity|wraparound|"
    r"continuum|impactful|bandwidth|empower\w*|ecosystem|actionable|proactive\w*|utili[sz]e|facilitate|"
    r"intersectoral|buy-in|alignment",
}
# What belongs to the program and not to the guide: its keys, its parts, the hand at it.
INTERFACE = {
    "fr": r"touches?|écrans?|fenêtres?|cliqu\w+|clics?|souris|clavier|champs?|onglets?|curseur|menus?|commandes?|"
    r"colonnes?|boutons?|entrée|échap|maj|tab|ctrl|alt|f\d+|saisi\w*|taper|tapez",
    "en": r"keys?|screens?|windows?|click\w*|mouse|keyboard|fields?|tabs?|cursor|menus?|commands?|columns?|buttons?|"
    r"enter|escape|esc|shift|ctrl|alt|f\d+|press|type",
}
NEGATIONS = {
    "fr": r"\bne\b|\bn['’]|\bsans\b|\bnon\b|\bni\b|\baucune?\b(?! :)|\bjamais\b(?! la)",
    "en": r"\bnot\b|n['’]t\b|\bno\b|\bnever\b|\bnothing\b|\bnobody\b|\bnone\b|\bneither\b|\bwithout\b|\bcannot\b",
}
REAL = r"windsor|acsm|cmha|st\. michael|laurier|waterloo|saint-clair|st\. clair|boussole"


def ours() -> Iterator[tuple[str, Words]]:
    """Each text of ours with its place: helps, examples, hints, what the choices mean."""
    for question in GUIDE.by_id.values():
        yield f"{question.id} help", question.help
        yield f"{question.id} example", question.example
        for part in question.parts:
            for field in part.fields:
                yield f"{question.id} {part.id}.{field.id} hint", field.hint
    yield from words_of(GUIDE.definitions, "definitions")


OURS = dict(ours())


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?…])[»”\s]+", text) if re.search(r"\w", one)]


def said(lang: str, *, examples: bool = True) -> Iterator[tuple[str, str]]:
    """Each sentence of ours in a language with its place."""
    for place, words in OURS.items():
        if examples or not place.endswith("example"):
            for sentence in sentences(words.get(lang)):
                yield place, sentence


def whole_words(lang: str, pattern: str) -> list[tuple[str, str, str]]:
    """Return (place, word, sentence) for each sentence with a word of the pattern, placeholders apart."""
    word = re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    matches = ((place, word.search(re.sub(r"\{[^}]*\}", "", text)), text) for place, text in said(lang))
    return [(place, match[0], text) for place, match, text in matches if match]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_are_short(lang: str) -> None:
    long = [(place, text) for place, text in said(lang) if len(re.findall(r"[\w'’-]+", text)) > LONGEST]
    assert long == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_trade(lang: str) -> None:
    assert whole_words(lang, JARGON[lang]) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_interface(lang: str) -> None:
    assert whole_words(lang, INTERFACE[lang]) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_of_a_section(lang: str) -> None:
    assert [text for _place, text in said(lang) if re.search(r"\b(section|article)s? \d", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_double_negative(lang: str) -> None:
    twice = [(place, text) for place, text in said(lang) if len(re.findall(NEGATIONS[lang], text.casefold())) > 1]
    assert twice == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_name_no_organisation_there_is(lang: str) -> None:
    assert [place for place, text in said(lang) if re.search(REAL, text.casefold())] == []


def test_each_place_to_fill_names_a_command_or_a_section_and_stands_in_both_languages() -> None:
    for place, words in OURS.items():
        assert placeholders(words.fr) == placeholders(words.en), place
        for kind, name in placeholders(words.fr):
            assert kind in (COMMAND, SECTION)
            assert name in BY_ID if kind == COMMAND else GUIDE.section(name) is not None, place
        assert "{" not in re.sub(r"\{(command|section):[a-z_]+\}", "", words.fr + words.en), place


@pytest.mark.parametrize("name", EXPLAINED)
def test_each_choice_is_explained_in_one_line(name: str) -> None:
    assert list(GUIDE.definitions[name]) == list(GUIDE.choices[name])
    for code, meaning in GUIDE.definitions[name].items():
        for lang in LANGUAGES:
            words, told = GUIDE.choice(name, code, lang), meaning.get(lang)
            assert told and "\n" not in told and not told.endswith("."), (name, code)
            assert len(words) + len(told) <= 110 and told.casefold() != words.casefold(), (name, code)
        meanings = [one.fr for one in GUIDE.definitions[name].values()]
        assert len(set(meanings)) == len(meanings), "no two choices mean the same"


def test_the_levels_have_the_words_of_both_guides() -> None:
    """The English page lists « advisory » where the French one lists « lien provisoire »: both stand."""
    levels = GUIDE.choices["level"]
    assert [words.fr for words in levels.values()][:3] == ["lien provisoire", "lien consultatif", "réseautage"]
    official = ["advisory", "networking", "service collaboration", "joint working group", "project-based"]
    assert [words.en for words in levels.values()][1:6] == official
    question = GUIDE.question("gather.level")
    assert all(word in question.text.en for word in official)
    for lang in LANGUAGES:
        assert "advisory" in question.help.get(lang) and "lien provisoire" in question.help.get(lang)


def test_the_path_of_a_contribution_is_told_alike_at_both_questions() -> None:
    for lang, ways in (("fr", ("« propose de »", "« s'engage à »")), ("en", ("“offers to”", "“undertakes to”"))):
        meanings = GUIDE.definitions["contribution_state"]
        assert ways[0] in meanings["confirmed"].get(lang) and ways[1] in meanings["accepted"].get(lang)
        for name in ("open.contributions", "commit.consensus"):
            found = [one for one in sentences(GUIDE.question(name).help.get(lang)) if any(way in one for way in ways)]
            assert len(found) == 2 and ways[0] in found[0] and ways[1] in found[1], name
            assert re.match("Confirm", found[0]) and re.match("Accept", found[1]), name


def test_how_many_says_of_what() -> None:
    part = GUIDE.question("open.how_many").single
    assert part is not None
    counted = [field for field in part.fields if field.kind == "number"]
    assert len(counted) == 4
    assert all(re.match("Organismes|Personnes", field.label.fr) for field in counted)
    assert all(re.match("Organi[sz]ations|People", field.label.en) for field in counted)


def test_the_notice_beside_private_notes_is_word_for_word() -> None:
    assert GUIDE.private_notice.fr == (
        "Écrivez des faits. Une personne nommée ici peut demander ce qui la concerne ; dans un organisme public, ces "
        "notes peuvent être visées par une demande d'accès. Ne détruisez rien qui est demandé."
    )
    assert GUIDE.private_notice.en == (
        "Write facts. A person named here may ask to see what concerns them; in a public body these notes may fall "
        "under an access request. Destroy nothing that has been asked for."
    )


def english_texts() -> list[str]:
    """All that is said in English: messages of the interface, words of the guide."""
    catalogue = (ROOT / "tui/locale/fr/LC_MESSAGES/entente.po").read_text(encoding="utf-8")
    messages = re.findall(r'^msgid(?:_plural)? ((?:".*"\n)+)', catalogue, re.MULTILINE)
    joined = ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', message)) for message in messages]
    return [*joined, *jargon()["en"].values(), *(words.en for _place, words in words_of(GUIDE, "guide"))]


# Organize, authorize, program; but centre, colour, and « practise » for the verb (Canadian Oxford Dictionary).
BRITISH = (
    r"\b(organi|authori|recogni|summari|apologi|prioriti|reali|customi|finali|formali|utili|mobili|standardi|"
    r"emphasi|categori|digiti|anonymi|harmoni|personali|speciali|generali|centrali|optimi|minimi|maximi)"
    r"s(e|ed|es|er|ers|ing|ations?|ational)\b|\bprogrammes?\b|\bwhilst\b|\blearnt\b"
)
AMERICAN = (
    r"\b(center|color|neighbor|favor|labor|honor|behavior|flavor|rumor|theater|fiber|liter|meter)(s|ed|ing|hoods?)?\b|"
    r"\b(defense|offense|counselors?|counseling|travelers?|traveling|traveled|canceled|canceling|catalogs?)\b"
)


def sample_texts() -> list[str]:
    """The English texts of the worked examples."""
    files = sorted((ROOT / "sample_projects").glob("*.json"))
    return [text for file in files for text in english_of(json.loads(file.read_text(encoding="utf-8")))]


def english_of(value: object) -> Iterator[str]:
    """Each English text of a stored partnership: {"en": {"text": …}}, however deep."""
    if isinstance(value, dict):
        told = value.get("en")
        if isinstance(told, dict) and isinstance(told.get("text"), str):
            yield told["text"]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from english_of(inner)


def test_english_is_spelled_as_in_canada() -> None:
    assert len(sample_texts()) > 50
    texts = [*english_texts(), *sample_texts()]
    assert [text for text in texts if re.search(f"{BRITISH}|{AMERICAN}", text, re.IGNORECASE)] == []


@pytest.mark.parametrize("word", ["organisations", "programme", "center", "colored", "counselor", "mobilising"])
def test_the_word_list_finds_words_of_other_countries(word: str) -> None:
    assert re.search(f"{BRITISH}|{AMERICAN}", f"the {word} of it")


@pytest.mark.parametrize(
    "word", ["organizations", "program", "centre", "coloured", "counsellor", "precise", "promised"]
)
def test_the_word_list_lets_canadian_words_pass(word: str) -> None:
    assert not re.search(f"{BRITISH}|{AMERICAN}", f"the {word} of it")


def test_english_says_what_canadian_english_says() -> None:
    """Contact person, person responsible, trustee organization, permission: no word for word French."""
    calques = (
        r"level of (the|a) link|old stor(y|ies)|fiscal agents?|accountable (contact|person|people)|fiduciary organi|"
        r"\b(its|their|your|given|give|gives|without|needs) leave\b|leave to (publish|be published)|\bin the measure\b|"
        r"\banimat(or|ion) of\b|\bconvention\b|\bformation of (the )?staff\b|\beventually\b|\bactually\b"
    )
    assert [text for text in english_texts() if re.search(calques, text, re.IGNORECASE)] == []


def test_no_english_text_has_a_french_space_or_french_quotes() -> None:
    french = r"\w [:;](?=\s|$)|[\u00a0\u202f][:;!?»]|«[\u00a0\u202f]"
    assert [text for text in english_texts() if re.search(french, text)] == []
