"""Partnerships whose document has a wanted length, made by `entente new` and `entente answer` like anybody's."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHAPES = ("many", "prose")  # many partners with many commitments; few partners and long texts

_WORDS = {
    "fr": "la rencontre mensuelle réunit chaque organisme dès l'été où l'on prête une salle à l'équipe d'accueil qui"
    " reçoit les étudiantes et étudiants après les heures de cours ; les coûts sont partagés à parts égales et le"
    " relevé paraît à la mi-août, sauf décision contraire du comité réuni sans délai",
    "en": "the monthly meeting brings every organisation together where a room is lent to the welcome team"
    " that sees students after hours ; costs are shared in equal parts and the report appears in mid August unless"
    " the committee decides otherwise without delay",
}
_ORGANISATIONS = {
    "fr": ("Maison de l'amitié", "Centre communautaire", "Réseau santé", "Collège", "Université", "Coopérative"),
    "en": ("Friendship House", "Community Centre", "Health Network", "College", "University", "Cooperative"),
}
_PLACES = {
    "fr": ("de Windsor-Essex", "de l'Érablière", "du Témiscamingue", "de la Vallée", "de Saint-Boniface"),
    "en": ("of Windsor-Essex", "of Maple Creek", "of Temiscaming", "of the Valley", "of St. Boniface"),
}
Answer = dict[str, Any]


class Writer:
    """Writes sentences, paragraphs and names of one language; the same seed writes the same."""

    def __init__(self, lang: str, seed: int = 5) -> None:
        self.lang = lang
        self._dice = random.Random(seed)
        self._words = _WORDS[lang].split()

    def clause(self, words: int = 12) -> str:
        """A few words without a full stop."""
        return " ".join(self._dice.choices(self._words, k=words))

    def prose(self, length: int) -> str:
        """Paragraphs of about `length` characters together, some words strong."""
        paragraphs: list[str] = []
        while sum(map(len, paragraphs)) < length:
            sentences = [self.clause(self._dice.randrange(8, 22)).lstrip("; ").capitalize() + "." for _ in range(4)]
            sentences[1] = f"**{sentences[1]}**"
            paragraphs.append(" ".join(sentences))
        return "\n\n".join(paragraphs)

    def partner(self, number: int) -> str:
        """The name of the partner of that number."""
        names, places = _ORGANISATIONS[self.lang], _PLACES[self.lang]
        return f"{names[number % len(names)]} {places[number // len(names) % len(places)]} {number}"


def answers(size: int, lang: str, shape: str = "many") -> Iterator[Answer]:
    """Answers whose document is about `size` characters long."""
    writer = Writer(lang)
    partners = [writer.partner(number) for number in range(max(4, min(size // 2500, 40)) if shape == "many" else 4)]
    for name in partners:
        value = {"name": name, "status": "committed", "role": writer.clause(6)}
        yield {"question": "open.who", "op": "add", "value": value}
    if shape == "many":
        yield from _commitments(writer, partners, size)
    long = size * 2 // 5 if shape == "prose" else size // 8
    yield {"question": "gather.vision", "op": "set", "value": {"vision": writer.prose(long), "goal": writer.prose(400)}}
    yield {"question": "extra.communication", "op": "set", "value": {"communication": writer.prose(long)}}
    for _ in range(6):
        yield {"question": "gather.objectives", "op": "add", "value": {"text": writer.clause(9)}}


def _commitments(writer: Writer, partners: list[str], size: int) -> Iterator[Answer]:
    """As many rows for each partner as it takes: the document shows a commitment in three sections."""
    each = max(size * 62 // 100 // len(partners) // 270, 1)
    for name in partners:
        rows = [{"text": writer.clause(), "state": "accepted", "effort": "3 h par semaine"} for _ in range(each)]
        yield {"question": "open.contributions", "partner": name, "op": "add", "value": {"rows": rows}}


def make(store: Path, size: int, lang: str, shape: str = "many", *, sent: bool = False) -> str:
    """Make a partnership in `store`, its first draft `sent` or not. Returns its id.

    CalledProcessError when an answer is refused.
    """
    entente = [sys.executable, "-m", "tui", "--store", str(store), "--lang", lang]
    made = _run([*entente, "new", f"Partenariat de {size} caractères"], "").strip()
    _run([*entente, "answer", made], "\n".join(json.dumps(one) for one in answers(size, lang, shape)))
    if sent:
        to = Writer(lang).partner(0)
        _run([*entente, "send", made, "--yes", "--to", to, "--format", "docx", "--folder", str(store.parent)], "")
    return made


def _run(command: list[str], given: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, input=given, env=environment, text=True, capture_output=True, check=True)
    return done.stdout


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]))
