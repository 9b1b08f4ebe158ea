"""The names of bodies in a French sentence: their article, gender and number, contraction and elision; guesses."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.fast_dataclass import dataclass
from tui.text.name_matching import fold

ARTICLES = ("le", "la", "l'", "les")
MASCULINE, FEMININE = "m", "f"
SINGULAR, PLURAL = "singular", "plural"
_VOWELS = "aeiouy"

# The first word of what bodies call themselves. Source of the genders: the dictionaries; of the acronyms, their head
# noun (la MRC: municipalité), as the Office québécois de la langue française asks.
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
_ELIDED_H = (
    "habit", "haleine", "harmoni", "hebdo", "heberg", "hemo", "herbe", "heritage", "heure", "hirondelle", "histoire",
    "histori", "hiver", "homeo", "homme", "honneur", "hopita", "horizon", "horloge", "horti", "hospi", "hote", "huitre",
    "huma", "hydro", "hygien",
)  # fmt: skip

# What French writes with another letter: « héritage », « hôpital », « harmonie », « humain », « histoire ».
_ENGLISH_H = re.compile(r"[Hh](?:eritage|ospital|armony|uman|istor(?:y|ic|ical)|ospitality)(?![\w’'])")


@dataclass(frozen=True, slots=True)
class FrenchName:
    """A name as it stands after its article: « Collège » with "le". `article` "" sets it without one.

    `gender` is "m", "f" or "" (not known); `elides` tells whether « de » loses its vowel before it without an article;
    `contracts` that an article which begins the name itself is contracted (« aux Veilleuses » of « Les Veilleuses »).
    """

    base: str
    article: str = ""
    gender: str = ""
    plural: bool = False
    elides: bool = True
    contracts: bool = False

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
        contracted = {"le": "au", "les": "aux"}.get(self.article)
        return f"{contracted} {self.base}" if contracted else f"à {self.subject}"

    def participle(self, masculine: str, unknown: str | None = None) -> str:
        """Return a past participle that agrees with it: « représentée », « représentées ».

        Where nothing tells the gender it is `unknown`, or the masculine where that is not given.
        """
        return unknown if unknown is not None and not self.gender else agreed(masculine, self.gender, self.plural)


def _joined(article: str, base: str) -> str:
    if not article:
        return base
    return f"{article}{base}" if article.endswith("'") else f"{article} {base}"


def agreed(masculine: str, gender: str, plural: bool = False) -> str:
    """A participle or adjective in the masculine singular, made to agree: « modifié » → « modifiée », « modifiés »."""
    ending = "e" if gender == FEMININE and not masculine.endswith("e") else ""
    return masculine + ending + ("s" if plural and not masculine.endswith(("s", "x")) else "")


def begins_with_vowel(name: str) -> bool:
    """Return whether « de » and « le » lose their vowel before a name: a vowel or a mute h, and more than one initial.

    Source: the Vitrine linguistique of Québec, on elision before names. An acronym is said letter by letter where it
    holds no vowel (« la FTQ »); whether its first letter is said with a vowel in front (« l'FM ») decides nothing here.
    """
    word = (fold(name).split() or [""])[0].strip('«»"“”')
    if len((name.split() or [""])[0].strip('.«»"“”')) < 2:
        return False
    if word[0] == "y" or word in ("oui", "onze", "onzieme"):
        return False  # « le YMCA », « de Yellowknife », « le oui »
    if word[0] == "h":  # an English name is said with its h: « de Heritage House », « d'Héritage »
        return word.startswith(_ELIDED_H) and not _ENGLISH_H.match(name.strip('«»"“” '))
    return word[0] in _VOWELS


def unquoted(name: str) -> str:
    """A name without the quotes that somebody typed around it: the document sets its own."""
    text = name.strip()
    for opening, closing in (("«", "»"), ("“", "”"), ('"', '"')):
        if len(text) > 2 and text.startswith(opening) and text.endswith(closing):
            return text[1:-1].strip()
    return text


def at_head(name: str) -> str:
    """Return a name as a sentence begins with it: « Le Collège », “The Centre”; « artexte » as its bearer writes it."""
    return capital(name) if typed_article(name)[0] or name.startswith("the ") else name


def typed_article(text: str) -> tuple[str, str]:
    """Return the article in small letters that a name was typed with, and the rest: « le Collège » → "le", « Collège ».

    "" and the whole text where it has none: a capital (« La Boussole ») belongs to the name.
    """
    text = text.strip()
    for article in ("l'", "l’"):
        if text.startswith(article) and len(text) > 2:
            return "l'", text[2:].strip()
    for article in ("les", "le", "la"):
        if text.startswith(article + " "):
            return article, text[len(article) + 1 :].strip()
    return "", text


@lru_cache(maxsize=1024)
def guess(text: str) -> FrenchName:
    """Return the name with the article, gender and number that its first word tells; "" for each that nothing tells."""
    article, base = typed_article(text)
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
    """Return "m" or "f" for what a group calls its members (« les haltes »); "" where its first words do not tell."""
    article, _space, rest = fold(name).partition(" ")
    word = (rest.split() or [""])[0].strip('«»"“”,.;:()') if article == "les" else ""
    if word in ("membres", "partenaires"):
        return MASCULINE
    if found := _gender(word) or _gender(word.removesuffix("s")) or _gender_by_ending(word):
        return found
    return FEMININE if word.endswith(("tions", "ettes", "ences", "ances", "ites", "elles")) else ""


def _gender_by_ending(word: str) -> str:
    """« Veilleuses », « Amies »: what ends so is feminine; of the rest nothing is said."""
    return FEMININE if word.endswith(("euses", "trices", "ieres", "iennes", "mmes", "ees", "ies")) else ""


def _known_plural(word: str) -> bool:
    known = _MASCULINE | _FEMININE
    return word.endswith("s") and word[:-1] in known and word in known


def _article(base: str, gender: str, plural: bool) -> str:
    if plural:
        return "les"
    if begins_with_vowel(base):
        return "l'"
    return "la" if gender == FEMININE else "le"


def guessed_fields(text: str) -> tuple[str, str, str]:
    """What the fields of a name would hold if nobody changed the guess: article ("none" for none), gender, number.

    The article that begins the name itself (« La Boussole ») is its article too: the sentence adds none to it.
    """
    known = guess(text)
    article = known.article or _own_article(typed_article(text)[1]) or "none"
    gender = known.gender or {"le": MASCULINE, "la": FEMININE}.get(article, "")
    return article, gender, PLURAL if known.plural or article == "les" else SINGULAR


def _own_article(base: str) -> str:
    """The article in capitals that a name begins with: "le" of « Le Phare », "l'" of « L'Éveil »; "" for none."""
    if base[:2] in ("L'", "L’") and len(base) > 2:
        return "l'"
    word, _space, rest = base.partition(" ")
    return word.lower() if word in ("Le", "La", "Les") and rest else ""


@lru_cache(maxsize=1024)
def chosen(text: str, article: str = "", gender: str = "", number: str = "", elides: bool | None = None) -> FrenchName:
    """Return the name as its own fields say, each "" where nobody chose; then as typed, without a guess at the article.

    `article` is one of ARTICLES or "none"; `gender` "m" or "f"; `number` "singular" or "plural". Gender and number
    are guessed where nobody chose. A capital article of the name itself is contracted (« aux Veilleuses ») unless
    "none" was chosen.
    """
    typed, base = typed_article(text)
    guessed = guess(text)
    plural = number == PLURAL if number else article == "les" or guessed.plural
    kept = gender or {"le": MASCULINE, "la": FEMININE}.get(article, "") or guessed.gender
    if article == "none":
        return FrenchName(base if typed else text.strip(), "", kept, plural, elides is not False)
    own = _own_article(base)
    if own and not typed:  # what was chosen says what it is; no second one is put before it
        return FrenchName(base, "", kept, plural, elides is not False, contracts=own in ("le", "les"))
    return FrenchName(base, article or typed, kept, plural, elides is not False)


_GLUED = re.compile(r"(?i)\b(de|à|que) \{(\w+)\}")


def filled(sentence: str, **values: object) -> str:
    """A sentence filled in, its « de », « à » and « que » contracted or elided with what follows them.

    « réponse de {name} » with « le Collège » is « réponse du Collège », « ce que {who} a écrit » with « Anne » « ce
    qu'Anne a écrit ». An English sentence holds none of these. What begins with a name begins with a capital.
    """
    if found := re.match(r"\{(name|partner)\}", sentence):
        values[found[1]] = at_head(str(values[found[1]]))
    return contracted(sentence, values).format(**values)


def contracted(sentence: str, values: dict[str, object]) -> str:
    """The sentence with a place of its own for each name behind a « de », « à » or « que »; `values` gets the words.

    A sentence without one comes back as it is.
    """
    for found in _GLUED.finditer(sentence):
        value = values.get(found[2])
        if isinstance(value, str) and value:
            sentence = sentence.replace(found[0], f"{{{found[1]} {found[2]}}}")
            values[f"{found[1]} {found[2]}"] = _glued(found[1], value)
    return sentence


def _glued(word: str, value: str) -> str:
    name = chosen(value)
    if word.lower() == "de":
        said = name.of
    elif word.lower() == "à":
        said = name.to
    else:
        said = f"qu'{value}" if name.article == "" and begins_with_vowel(value) else f"que {value}"
    return said if word[0].islower() else capital(said)


def capital(text: str) -> str:
    """Return the text with a capital at its head: « Le Collège ». A name like « eCampus » keeps its own letters."""
    if text[1:2].isupper():
        return text
    return text[:1].upper() + text[1:]
