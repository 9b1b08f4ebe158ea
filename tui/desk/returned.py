"""A text that came back, laid beside the version it answers: which one that is, and in which language, is found out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from tui.agreement.bilingual import both
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.agreement.returned import Difference, Line, Ours, lay
from tui.agreement.snapshot import NotASnapshot, thawed
from tui.desk.ours import dressed, ours_of
from tui.desk.text_file import read_text
from tui.desk.word_file import LARGEST, CannotRead, Returned, read_word
from tui.guide.types import Guide
from tui.project.values import Project
from tui.project.versions import Version
from tui.quick import dataclass
from tui.text.words import keys
from tui.words import _

__all__ = ["CannotRead", "Laid", "Returned", "lay_beside", "read_back", "read_path"]

_LATEST = 6  # versions that are looked at: what comes back answers one of the last
_SHARE = 0.3  # of the lines of a language that must be there for a text to be in that language too
_OTHERS = (b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")  # PDF, Word before 2007 or with a password, rich text


@dataclass(frozen=True, slots=True)
class Laid:
    """What came of it: the differences, and the text of ours they are with, of a version or (None) the present one."""

    differences: tuple[Difference, ...]
    agreement: Agreement
    version: Version | None
    author: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The language or languages of the text."""
        return tuple(part.lang for part in self.agreement.parts)


def read_path(path: Path) -> Returned:
    """What a file holds. CannotRead when it is nothing that can be read, OSError when it is not there."""
    if path.is_dir():
        raise CannotRead(_("“{name}” is a folder: name the file that came back.").format(name=path.name))
    with path.open("rb") as file:
        return read_back(file.read(LARGEST + 1), path.name)


def read_back(data: bytes, name: str = "") -> Returned:
    """What came back, as bytes: a Word file, or plain text in UTF-8 or the Windows code page. CannotRead if neither."""
    if data[:4] == b"PK\x03\x04" or PurePath(name).suffix.lower() == ".docx":
        return read_word(data)
    if data.startswith(_OTHERS) or b"\0" in data[:4096]:
        called = PurePath(name).name or _("This file")
        raise CannotRead(
            _("“{name}” cannot be read. Ask for a .docx file without a password, or paste its text.").format(
                name=called
            )
        )
    if len(data) > LARGEST:
        raise CannotRead(_("This file is too large to be an agreement ({size} MB).").format(size=len(data) // 10**6))
    return Returned(read_text(_decoded(data)))


def _decoded(data: bytes) -> str:
    for code in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def lay_beside(
    guide: Guide, project: Project, versions: Sequence[Version], returned: Returned, base: Agreement | None = None
) -> Laid:
    """Lay what came back beside `base`, else beside the version it is nearest to, the latest of the equally near."""
    version: Version | None = None
    agreement = base
    if agreement is None:
        version, agreement = _nearest(guide, project, versions, returned.lines)
    ours = _best(guide, agreement, returned.lines, word=returned.word)
    found = lay(ours, returned.lines)
    signed = tuple(one if one.author else replace(one, author=returned.author) for one in found)
    return Laid(signed, agreement, version, returned.author)


def _nearest(
    guide: Guide, project: Project, versions: Sequence[Version], lines: Sequence[Line]
) -> tuple[Version | None, Agreement]:
    """The version, and the text of it in the language or languages that came back."""
    theirs = {keys(line.text): at for at, line in reversed(list(enumerate(lines)))}
    best: tuple[int, Version | None, Agreement] | None = None
    for version in (None, *reversed(versions[-_LATEST:])):
        texts = dict(_texts(guide, project, version))
        shared = {lang: _lines_of(guide, text) for lang, text in texts.items()}
        for lang, text in texts.items():
            score = len(shared[lang] & theirs.keys())
            other = next((one for one in texts if one != lang), lang)
            own, its = shared[lang] - shared[other], shared[other] - shared[lang]
            here, there = ([theirs[line] for line in found if line in theirs] for found in (own, its))
            if own and its and min(len(here) / len(own), len(there) / len(its)) > _SHARE and min(here) < min(there):
                score += len(there)
                text = both(guide, text, texts[other])
            if best is None or score > best[0] or (score == best[0] and best[1] is None and version is not None):
                best = score, version, text
    assert best is not None
    return best[1], best[2]


def _lines_of(guide: Guide, text: Agreement) -> set[tuple[str, ...]]:
    return {keys(one.text) for one in ours_of(guide, text)}


def _texts(guide: Guide, project: Project, version: Version | None) -> Iterator[tuple[str, Agreement]]:
    """The texts of a version by language; None is the present one."""
    if version is None:
        composer = Composer(guide)
        first = "en" if project.setting("lang", "fr") == "en" else "fr"
        for lang in (first, "fr" if first == "en" else "en"):
            yield lang, composer.agreement(project, lang)
        return
    for lang in ("fr", "en"):
        try:
            yield lang, thawed(version.snapshots.get(lang))
        except NotASnapshot:
            continue


def _best(guide: Guide, agreement: Agreement, lines: Sequence[Line], *, word: bool) -> list[Ours]:
    """Our lines in the form that what came back is likest to: a Word file, a text file, a copy, Markdown."""
    from tui.export import docx, markdown, plain

    cells, rows = ours_of(guide, agreement), ours_of(guide, agreement, by_row=True)
    written = read_word(docx.write(agreement).data).lines
    if word:
        return dressed(cells, written)
    forms = [dressed(cells, read_text("\n\n".join(line.text for line in written)), bare=True)]
    texts = (plain.to_text(agreement), plain.to_text(agreement, None), markdown.to_markdown(agreement))
    forms += [dressed(rows, read_text(text), bare=True) for text in texts]
    theirs = {keys(line.text) for line in lines}
    return max(forms, key=lambda form: sum(keys(one.text) in theirs for one in form) / max(len(form), 1))
