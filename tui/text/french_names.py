"""Put names of organisations and bodies into French sentences: article, gender, number, contraction, elision.

« réponse de » and « le Collège » become « réponse du Collège ». What nobody chose is guessed by the first word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.fast_dataclass import dataclass
from tui.text.name_matching import fold

ARTICLES = ("le", "la", "l'", "les")
MASCULINE, FEMININE = "m", "f"
SINGULAR, PLURAL = "singular", "plural"
_VOWELS = "aeiouy"  # of folded words

# First words of names, folded (lower case, no accents), by gender. Source of the genders: the dictionaries; of the
# acronyms, their head noun (la MRC: municipalité), as the Office québécois de la langue française asks.
_MASCULINE = frozenset((
    "bureau", "cegep", "cegeps", "centre", "centres", "chsld", "chu", "chum", "chus", "cisss", "ciusss", "clsc",
    "club", "clubs", "collectif", "collectifs", "college", "colleges", "comite", "comites", "conseil",
    "conseils", "conservatoire", "consortium", "consulat", "cpe", "departement", "fonds", "foyer",
    "gouvernement", "groupe", "groupes", "hopital", "institut", "instituts", "jardin", "laboratoire",
    "ministere", "mouvement", "musee", "ordre", "organisme", "organismes", "partenariat", "pavillon",
    "programme", "projet", "regroupement", "reseau", "secretariat", "secteur", "service", "services",
    "syndicat", "syndicats", "theatre", "village", "ymca",
))  # fmt: skip
_FEMININE = frozenset((
    "academie", "acsm", "agence", "alliance", "amicale", "assemblee", "association", "associations", "banque",
    "bibliotheque", "brigade", "caisse", "caserne", "cite", "clinique", "cliniques", "coalition", "commission",
    "communaute", "compagnie", "confederation", "cooperative", "cooperatives", "corporation", "direction",
    "ecole", "ecoles", "eglise", "entreprise", "entreprises", "equipe", "federation", "ferme", "fondation",
    "friperie", "garderie", "halte", "institution", "ligue", "maison", "maisons", "mrc", "municipalite",
    "mutuelle", "nation", "paroisse", "police", "popote", "regie", "residence", "ressourcerie",
    "sante", "section", "societe", "societes", "station", "table", "tables", "troupe", "union", "universite",
    "universites", "ville", "villes",
))  # fmt: skip
# Beginnings of French words with a mute h, folded.
_MUTE_H = (
    "habit", "haleine", "harmoni", "hebdo", "heberg", "hemo", "herbe", "heritage", "heure", "hirondelle", "histoire",
    "histori", "hiver", "homeo", "homme", "honneur", "hopita", "horizon", "horloge", "horti", "hospi", "hote", "huitre",
    "huma", "hydro", "hygien",
)  # fmt: skip

# English words that `_MUTE_H` would match; French spells them otherwise: « héritage », « hôpital », « histoire ».
_ENGLISH_H = re.compile(r"[Hh](?:eritage|ospital|armony|uman|istor(?:y|ic|ical)|ospitality)(?![\w’'])")


@dataclass(frozen=True, slots=True)
class FrenchName:
    """A name with what a French sentence needs to know of it: « Collège » with the article "le"."""

    base: str  # the name without the article that the sentence adds
    article: str = ""  # one of ARTICLES; "" for none
    gender: str = ""  # "m", "f" or "" (not known)
    plural: bool = False
    elides: bool = True  # whether « de » becomes « d' » before a vowel of a name without article
    contracts: bool = False  # whether the name's own Le or Les is contracted: « aux Veilleuses » of « Les Veilleuses »

    @property
    def subject(self) -> str:
        """« le Collège », « l'Association », « La Boussole »."""
        return _joined(self.article, self.base)

    @property
    def of(self) -> str:
        """« du Collège », « de l'Association », « des Veilleuses », « d'Option », « de La Boussole »."""
        if self.contracts:
            word, _space, rest = self.base.partition(" ")
            return f"{'du' if word == 'Le' else 'des'} {rest}"
        if self.article == "le":
            return f"du {self.base}"
        if self.article == "les":
            return f"des {self.base}"
        if self.article:
            return f"de {self.subject}"
        return f"d'{self.base}" if self.elides and begins_with_vowel(self.base) else f"de {self.base}"

    @property
    def to(self) -> str:
        """« au Collège », « à l'Association », « aux Veilleuses », « à La Boussole »."""
        if self.contracts:
            word, _space, rest = self.base.partition(" ")
            return f"{'au' if word == 'Le' else 'aux'} {rest}"
        contraction = {"le": "au", "les": "aux"}.get(self.article)
        return f"{contraction} {self.base}" if contraction else f"à {self.subject}"

    def participle(self, masculine: str, unknown: str | None = None) -> str:
        """Return a past participle that agrees with the name: « représentée », « représentées ».

        Where the gender is not known it is `unknown`, or the masculine when that is None.
        """
        return unknown if unknown is not None and not self.gender else agree(masculine, self.gender, self.plural)


def _joined(article: str, base: str) -> str:
    if not article:
        return base
    return f"{article}{base}" if article.endswith("'") else f"{article} {base}"


def agree(masculine: str, gender: str, plural: bool = False) -> str:
    """Return a masculine singular participle or adjective in agreement: « modifié » → « modifiée », « modifiés »."""
    ending = "e" if gender == FEMININE and not masculine.endswith("e") else ""
    return masculine + ending + ("s" if plural and not masculine.endswith(("s", "x")) else "")


def begins_with_vowel(name: str) -> bool:
    """Return whether « de » and « le » lose their vowel before a name: it begins with a vowel or a mute h.

    Not before a single initial. Source: the Vitrine linguistique of Québec, on elision before names. For an acronym,
    too, only the letter counts: « la FTQ », « la FM », though FM is said with a vowel in front.
    """
    word = (fold(name).split() or [""])[0].strip('«»"“”')
    if len((name.split() or [""])[0].strip('.«»"“”')) < 2:
        return False
    if word[0] == "y" or word in ("oui", "onze", "onzieme"):
        return False  # « le YMCA », « de Yellowknife », « le oui »
    if word[0] == "h":  # the h of an English name is not mute: « de Heritage House », « d'Héritage »
        return word.startswith(_MUTE_H) and not _ENGLISH_H.match(name.strip('«»"“” '))
    return word[0] in _VOWELS


def strip_quotes(name: str) -> str:
    """Return a name without quotes typed around it: the document adds its own."""
    text = name.strip()
    for opening, closing in (("«", "»"), ("“", "”"), ('"', '"')):
        if len(text) > 2 and text.startswith(opening) and text.endswith(closing):
            return text[1:-1].strip()
    return text


def at_sentence_start(name: str) -> str:
    """Return a name for the start of a sentence: « Le Collège », “The Centre”; « artexte » keeps its small letter.

    Only an article gets a capital.
    """
    return capitalize(name) if split_article(name)[0] or name.startswith("the ") else name


def split_article(text: str) -> tuple[str, str]:
    """Return (article, rest) of a name typed with an article in small letters: « le Collège » → "le", « Collège ».

    It is ("", text) where there is none: a capital article (« La Boussole ») belongs to the name.
    """
    text = text.strip()
    for article in ("l'", "l’"):
        if text.startswith(article) and len(text) > 2:
            return "l'", text[2:].strip()
    for article in ("les", "le", "la"):
        if text.startswith(article + " "):
            return article, text[len(article) + 1 :].strip()
    return "", text


def contracted(name: str) -> tuple[str, ...]:
    """Return a name as « de » and « à » contract with its article: « du Phare » and « au Phare »; () for others."""
    article, _space, base = name.strip().partition(" ")
    forms = {"le": ("du", "au"), "les": ("des", "aux")}.get(article.lower(), ())
    return tuple(f"{form} {base.strip()}" for form in forms if base.strip())


@lru_cache(maxsize=1024)
def guess_name(text: str) -> FrenchName:
    """Return the name with the article, gender and number guessed by its first word; "" for what cannot be guessed."""
    article, base = split_article(text)
    word = (fold(base).replace("'", " ").split() or [""])[0].strip('«»"“”,.;:()')
    plural = article == "les" or (article == "" and (word == "les" or _known_plural(word)))
    gender = _gender(word)
    if not gender and article in ("le", "la"):
        gender = MASCULINE if article == "le" else FEMININE
    if not gender and word in ("le", "la"):  # the article of « La Boussole » belongs to the name
        gender = MASCULINE if word == "le" else FEMININE
    if not gender and word == "les":
        gender = _gender_by_ending(fold(base).split()[1] if len(base.split()) > 1 else "")
    if not article and (_gender(word) != ""):
        article = _article(base, gender, plural)
    return FrenchName(base, article, gender, plural)


def _gender(word: str) -> str:
    return MASCULINE if word in _MASCULINE else FEMININE if word in _FEMININE else ""


def group_gender(name: str) -> str:
    """Return the gender, "m" or "f", of a group's name in the plural (« les haltes »); "" where it is not known."""
    article, _space, rest = fold(name).partition(" ")
    word = (rest.split() or [""])[0].strip('«»"“”,.;:()') if article == "les" else ""
    if word in ("membres", "partenaires"):
        return MASCULINE
    if gender := _gender(word) or _gender(word.removesuffix("s")) or _gender_by_ending(word):
        return gender
    return FEMININE if word.endswith(("tions", "ettes", "ences", "ances", "ites", "elles")) else ""


def _gender_by_ending(word: str) -> str:
    """Return "f" for a plural with a feminine ending (« veilleuses », « amies »), else ""."""
    return FEMININE if word.endswith(("euses", "trices", "ieres", "iennes", "mmes", "ees", "ies")) else ""


def _known_plural(word: str) -> bool:
    """Return whether a word and its singular are both in the lists: « centres », but not « fonds »."""
    known_nouns = _MASCULINE | _FEMININE
    return word.endswith("s") and word[:-1] in known_nouns and word in known_nouns


def _article(base: str, gender: str, plural: bool) -> str:
    if plural:
        return "les"
    if begins_with_vowel(base):
        return "l'"
    return "la" if gender == FEMININE else "le"


def guess_fields(text: str) -> tuple[str, str, str]:
    """Return the guessed values of a name's fields: (article, or "none"; gender "m", "f" or ""; number).

    The article that begins the name itself (« La Boussole ») counts as its article: the sentence adds none.
    """
    guess = guess_name(text)
    article = guess.article or _own_article(split_article(text)[1]) or "none"
    gender = guess.gender or {"le": MASCULINE, "la": FEMININE}.get(article, "")
    return article, gender, PLURAL if guess.plural else SINGULAR


def _own_article(base: str) -> str:
    """Return the capital article at the start of a name: "le" of « Le Phare », "l'" of « L'Éveil »; "" for none."""
    if base[:2] in ("L'", "L’") and len(base) > 2:
        return "l'"
    word, _space, rest = base.partition(" ")
    return word.lower() if word in ("Le", "La", "Les") and rest else ""


@lru_cache(maxsize=1024)
def french_name(
    text: str, article: str = "", gender: str = "", number: str = "", elides: bool | None = None
) -> FrenchName:
    """Return a name as its fields say, each "" where nobody chose a value.

    `article` is one of ARTICLES or "none", `gender` "m" or "f", `number` "singular" or "plural". Without a choice, the
    article is the typed one, never a guess; gender and number are guessed. A capital article of the name itself is
    contracted (« aux Veilleuses ») unless "none" was chosen.
    """
    typed, base = split_article(text)
    guessed = guess_name(text)
    plural = number == PLURAL if number else article == "les" or guessed.plural
    known_gender = gender or {"le": MASCULINE, "la": FEMININE}.get(article, "") or guessed.gender
    if article == "none":
        return FrenchName(base if typed else text.strip(), "", known_gender, plural, elides is not False)
    own = _own_article(base)
    if own and not typed:  # the chosen article is the name's own, so none is put before the name
        return FrenchName(base, "", known_gender, plural, elides is not False, contracts=own in ("le", "les"))
    return FrenchName(base, article or typed, known_gender, plural, elides is not False)


# « de {name} », « à {name} », « que {who} » in a sentence to be filled in
_BEFORE_NAME = re.compile(r"(?i)\b(de|à|que) \{(\w+)\}")


def fill_sentence(sentence: str, **values: object) -> str:
    """Return a sentence with its {places} filled in, « de », « à » and « que » contracted or elided before names.

    « réponse de {name} » with « le Collège » gives « réponse du Collège »; « ce que {who} a écrit » with « Anne » gives
    « ce qu'Anne a écrit ». An English sentence is only filled in. A name at the start gets its capital.
    """
    if name_at_start := re.match(r"\{(name|partner)\}", sentence):
        values[name_at_start[1]] = at_sentence_start(str(values[name_at_start[1]]))
    return contract_names(sentence, values).format(**values)


def contract_names(sentence: str, values: dict[str, object]) -> str:
    """Return the sentence with « de {name} » replaced by the place « {de name} », and add its words to `values`.

    The same holds for « à » and « que ». A sentence without them is returned unchanged.
    """
    for match in _BEFORE_NAME.finditer(sentence):
        value = values.get(match[2])
        if isinstance(value, str):
            sentence = sentence.replace(match[0], f"{{{match[1]} {match[2]}}}")
            values[f"{match[1]} {match[2]}"] = _with_word(match[1], value)
    return sentence


def _with_word(word: str, value: str) -> str:
    """Return « du Collège » for « de » and « le Collège »; a capital of the word (« De ») is kept."""
    name = french_name(value)
    if word.lower() == "de":
        words = name.of
    elif word.lower() == "à":
        words = name.to
    else:
        words = f"qu'{value}" if name.article == "" and begins_with_vowel(value) else f"que {value}"
    return words if word[0].islower() else capitalize(words)


def capitalize(text: str) -> str:
    """Return the text with a capital first letter: « Le Collège ». A name like « eCampus » keeps its small letter."""
    if text[1:2].isupper():
        return text
    return text[:1].upper() + text[1:]


def label_in_sentence(label: str) -> str:
    """Return a label with a small first letter, as it stands within a sentence: « rôle », “role”.

    An acronym keeps its capitals, and so does the English name of a language (“French article of …”).
    """
    first_word = label.partition(" ")[0]
    keeps_capital = first_word in ("French", "English") or first_word[1:2].isupper()
    return label if keeps_capital else label[:1].lower() + label[1:]
