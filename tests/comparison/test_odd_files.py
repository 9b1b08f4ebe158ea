"""Returned files in shapes of other programs: one changed word lands, or is listed, and no other field changes."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, accepted_whole, changed_cells, plain
from tests.partnership.told import GUIDE
from tests.workspace.returns import edited
from tui.agreement.compose import Composer
from tui.export.formats import render
from tui.export.plain_text import to_text

pytestmark = pytest.mark.sampled

PARTNERSHIP = PARTNERSHIPS["04-une-porte-ouverte-le-soir.json"]
AGREEMENT = Composer(GUIDE).agreement(PARTNERSHIP, "fr")
WAS, NOW = "quatre soirs par semaine, un lieu", "cinq soirs par semaine, un lieu"
WORD = render(AGREEMENT, "docx").data
PAGE = plain(render(AGREEMENT, "html").data.decode())
TEXT = plain(to_text(AGREEMENT))
_STRICT = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships":
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
}  # fmt: skip


def word_file(change: Callable[[str], str], part: str = "word/document.xml", code: str = "utf-8") -> bytes:
    """Our Word file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            raw = old.read(name)
            new.writestr(name, change(raw.decode()).encode(code) if name == part else raw)
    return out.getvalue()


def reworded(text: str) -> str:
    assert WAS in text
    return text.replace(WAS, NOW)


def strict(text: str) -> str:
    for usual, other in _STRICT.items():
        text = text.replace(usual, other)
    return reworded(text)


def utf16(text: str) -> str:
    return re.sub("encoding=(['\"])UTF-8\\1", 'encoding="UTF-16"', reworded(text))


def quoted(sign: str, above: str = "Bonjour,\n\nUn mot.\n\nMarie Roy\n\n") -> bytes:
    return (above + "\n".join(sign + line for line in reworded(TEXT).split("\n"))).encode()


def struck(before: str, behind: str) -> bytes:
    return PAGE.replace(WAS, f"{before}quatre{behind} cinq {WAS.partition(' ')[2]}").encode()


def mail(kind: str, content: str, encoding: str = "8bit") -> bytes:
    head = f"From: marie@b.example\nTo: n@c.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: {kind}\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\n\n{content}".encode()


def forwarded() -> bytes:
    """A mail that holds the mail with the file."""
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "x@y.example", "Ébauche"
    inner.set_content("Voilà.")
    inner.add_attachment(word_file(reworded), maintype="application", subtype="octet-stream", filename="e.docx")
    outer["From"], outer["To"], outer["Subject"] = "a@b.example", "c@d.example", "TR"
    outer.set_content("Voir ci-joint.")
    outer.add_attachment(inner)
    return outer.as_bytes()


_BODY = PAGE.partition("<body>")[2].partition("</body>")[0]
_OUTLOOK = "Bonjour.\n\n-----Message d'origine-----\nDe : N <n@c.example>\nEnvoyé : lundi 23\nÀ : M\nObjet : É\n\n"
_ENGLISH = "Hello.\n\n________________________________\nFrom: N <n@c.example>\nSent: Monday\nTo: M\nSubject: D\n\n"
_GMAIL = "Le lun. 23 nov. 2026 à 10:12, Nadia Caron <n@c.example> a écrit :\n\n"
_ARCHIVE = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n{PAGE.replace(WAS, NOW)}"
SHAPES: dict[str, tuple[str, bytes]] = {
    "strict office": ("r.docx", word_file(strict)),
    "utf-16": ("r.docx", word_file(utf16, code="utf-16")),
    "without bookmarks": ("r.docx", word_file(lambda t: re.sub(r"<w:bookmark(Start|End)[^>]*/>", "", reworded(t)))),
    "a word in a field": ("r.docx", word_file(lambda t: t.replace(WAS, (
        "</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r>"
        "<w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>cinq</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/>"
        f"</w:r><w:r><w:t xml:space='preserve'> {NOW.partition(' ')[2]}"
    )))),
    "a word that is hidden": ("r.docx", word_file(lambda t: t.replace(WAS, (
        "</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space='preserve'>quatre </w:t></w:r><w:r>"
        f"<w:t xml:space='preserve'>{NOW}"
    )))),
    "struck by a style": ("r.html", struck('<span style="color: red; text-decoration: line-through">', "</span>")),
    "struck by a tag": ("r.html", struck("<strike>", "</strike>")),
    "hidden by a style": ("r.html", struck('<span style="display: none">', "</span>")),
    "a page in one file": ("r.mht", _ARCHIVE.encode()),
    "a mail that is a page": ("r.eml", mail("text/html; charset=utf-8", f"<blockquote>{reworded(_BODY)}</blockquote>")),
    "a mail that is the file": ("r.eml", mail(
        "application/octet-stream; name=e.docx", base64.encodebytes(word_file(reworded)).decode(), "base64"
    )),
    "forwarded as a file": ("r.eml", forwarded()),
    "Outlook": ("r.txt", quoted("", _OUTLOOK)),
    "Outlook in English": ("r.txt", quoted("", _ENGLISH)),
    "Gmail": ("r.txt", quoted("> ", _GMAIL)),
    "a bar": ("r.txt", quoted("| ")),
    "initials": ("r.txt", quoted("NC> ")),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_one_word_changed_lands_in_its_field_and_nothing_else_does(name: str) -> None:
    file, data = SHAPES[name]
    outcome = accepted_whole(data, file, PARTNERSHIP)
    assert outcome.after is not None, outcome.refused
    changed = changed_cells(PARTNERSHIP, outcome.after)
    assert list(changed) == [("gather.vision", "goal@fr")]
    assert "Tenir ensemble, cinq soirs par semaine, un lieu" in changed["gather.vision", "goal@fr"]


def tabbed(text: str) -> str:
    """The text with the table of objectives as rows that another program pasted: tabs between its cells."""
    record = re.compile(r"Objectif : (.*(?:\n  .*)?)\nIndicateur : (.*)\nÉchéance : (.*)\nPorté par : (.*)\n\n?")
    found, count = record.subn(lambda one: "\t".join(cell.replace("\n  ", " ") for cell in one.groups()) + "\n", text)
    assert count == 3
    return found


def test_rows_with_tabs_are_no_words_of_the_cells_beside_them() -> None:
    for text in (tabbed(TEXT), tabbed(TEXT).replace("16 personnes formées", "18 personnes formées")):
        outcome = accepted_whole(text.encode(), "r.txt", PARTNERSHIP)
        assert outcome.after is not None and len(outcome.open) < 5
        assert set(changed_cells(PARTNERSHIP, outcome.after)) <= {("auekmacack", "indicator@fr")}
        assert ("18 personnes" in text) == any("18" in one.now for one in outcome.open)


def test_a_label_taken_from_a_line_of_a_list_is_listed() -> None:
    """There each label is the program's word; those of a table are its head, which a row that is pasted leaves."""
    outcome = accepted_whole(TEXT.replace("Montant : 24 000", "24 000").encode(), "r.txt", PARTNERSHIP)
    assert ["24 000" in one.now for one in outcome.open] == [True]
    assert outcome.after is not None and not changed_cells(PARTNERSHIP, outcome.after)


DATES = {
    "fr": {"mars 2027": "2027-03", "2027-03": "2027-03", "3 mars 2027": "2027-03-03", "2027": "2027", "bientôt": None},
    "en": {"March 2027": "2027-03", "2027-03-03": "2027-03-03", "March 3, 2027": "2027-03-03", "soon": None},
}


def _retyped(was: str, typed: str, text: str) -> str:
    return typed if plain(text) == was else text


@pytest.mark.parametrize("ending", ["txt", "md", "html", "docx"])
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("sign", ["", "> "])
def test_a_date_in_a_table_reads_back_in_each_format(ending: str, lang: str, sign: str) -> None:
    """As it was printed, as an ISO date, or in words; what is no date is listed, and no other cell takes it."""
    if sign and ending in ("html", "docx"):
        return
    agreement = Composer(GUIDE).agreement(PARTNERSHIP, lang)
    was = "avril 2027" if lang == "fr" else "April 2027"
    sent = render(agreement, ending).data
    for typed, stored in DATES[lang].items():
        if ending == "docx":
            data = edited(sent, partial(_retyped, was, typed))
        else:
            text = plain(sent.decode())
            at = text.index(was, text.index("16 "))
            text = text[:at] + typed + text[at + len(was) :]
            data = "\n".join(sign + line for line in text.split("\n")).encode()
        outcome = accepted_whole(data, f"r.{ending}", PARTNERSHIP)
        assert outcome.after is not None, outcome.refused
        wanted = {("auekmacack", "due"): stored} if stored else {}
        assert changed_cells(PARTNERSHIP, outcome.after) == wanted, (typed, outcome.open)
        assert any(typed in one.now for one in outcome.open)


@pytest.mark.parametrize("mark", ["•\t", "o\t", "1.\t", "-\t", "\t"])
def test_a_tab_behind_a_mark_is_no_cell(mark: str) -> None:
    text = TEXT.replace("– prêter le salon", f"{mark}prêter le salon")
    assert text != TEXT
    outcome = accepted_whole(text.encode(), "r.txt", PARTNERSHIP)
    assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {} and outcome.open == []


ARTICLE = "Chaque partenaire assume les frais de ses propres déplacements."
TYPED = (
    "Chaque partenaire (petit ou grand) assume les frais de ses propres déplacements.",
    "Dès mars 2027. Chaque partenaire assume les frais de ses propres déplacements.",
    "Chaque partenaire assume - sauf La Boussole - les frais de ses propres déplacements.",
    "Chaque partenaire assume 2 + 2 frais de ses propres déplacements.",
    "Chaque partenaire assume les frais (a) de train et (b) de route de ses propres déplacements.",
    "Chaque partenaire assume les frais # 4 de ses propres déplacements.",
    "Chaque partenaire assume les frais de ses propres déplacements, à partir de\n20. Il les note.",
    "Chaque partenaire assume les frais de ses propres déplacements\n– sauf le lundi – et les note.",
    "Chaque partenaire assume les frais de ses propres déplacements, selon\na) et b) du guide.",
)


@pytest.mark.parametrize("sign", ["", "> "])
@pytest.mark.parametrize("typed", TYPED)
def test_signs_within_a_sentence_are_no_marks_of_items(typed: str, sign: str) -> None:
    assert ARTICLE in TEXT
    text = "\n".join(sign + line for line in TEXT.replace(ARTICLE, typed).split("\n"))
    outcome = accepted_whole(text.encode(), "r.txt", PARTNERSHIP)
    assert outcome.after is not None
    ((cell, now),) = changed_cells(PARTNERSHIP, outcome.after).items()
    assert cell == ("k4zgfc4oif", "text@fr") and plain(now) == typed.replace("\n", " ")


@pytest.mark.parametrize("typed", ["~~quatre~~ cinq", "*cinq*", "**cinq**", "_cinq_", "~~quatre~~ **cinq**"])
def test_signs_that_show_how_words_look_enter_no_field(typed: str) -> None:
    text = TEXT.replace(WAS, WAS.replace("quatre", typed))
    outcome = accepted_whole(text.encode(), "r.txt", PARTNERSHIP)
    assert outcome.after is not None
    ((cell, now),) = changed_cells(PARTNERSHIP, outcome.after).items()
    assert cell == ("gather.vision", "goal@fr") and plain(now).startswith("Tenir ensemble, cinq soirs par semaine")


def test_an_item_between_signs_that_strike_it_is_removed() -> None:
    item = "gérer les fonds et tenir les comptes"
    outcome = accepted_whole(TEXT.replace(item, f"~~{item}~~").encode(), "r.txt", PARTNERSHIP)
    assert outcome.after is not None
    assert changed_cells(PARTNERSHIP, outcome.after) == {("wie6iwezlb", "#removed"): True}


@pytest.mark.parametrize(
    "note",
    [
        "[Marie : non, c'est le Collège]",
        "(tous les deux ?)",
        "(tous?)",
        "→ à revoir",
        "-> non",
        "???",
        "(OK)",
        "Note de Marie : voir le conseil",
        "N.B. : à valider",
    ],
)
def test_what_is_said_about_an_item_in_its_line_is_no_part_of_it(note: str) -> None:
    item = "gérer les fonds et tenir les comptes"
    for typed in (f"{item} {note}", f"{item}\n– {note}"):
        outcome = accepted_whole(TEXT.replace(item, typed).encode(), "r.txt", PARTNERSHIP)
        assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {}
        assert [plain(one.now) for one in outcome.open] == [note]


@pytest.mark.parametrize("sign", ["", "> ", "| "])
def test_new_words_that_fill_the_first_line_of_an_item_are_its_words(sign: str) -> None:
    item = "libérer une conseillère pour épauler l'équipe"
    typed = "libérer (dans la mesure du possible, et selon le budget)\n  une conseillère pour épauler l'équipe"
    assert item in TEXT
    text = "\n".join(sign + line for line in TEXT.replace(item, typed).split("\n"))
    outcome = accepted_whole(text.encode(), "r.txt", PARTNERSHIP)
    assert outcome.after is not None
    ((cell, now),) = changed_cells(PARTNERSHIP, outcome.after).items()
    assert cell[1] == "text@fr" and plain(now) == " ".join(typed.split())


def test_an_answer_above_a_quoted_line_is_no_part_of_it() -> None:
    quoted_text = "\n".join(f"> {line}" for line in TEXT.split("\n"))
    text = quoted_text.replace("> – gérer les fonds", "Gérer, mais pas seuls\n> – gérer les fonds")
    outcome = accepted_whole(text.encode(), "r.txt", PARTNERSHIP)
    assert outcome.after is not None and changed_cells(PARTNERSHIP, outcome.after) == {}
    assert [one.now for one in outcome.open] == ["Gérer, mais pas seuls"]


_LINES = reworded(TEXT).replace("&", "&amp;").split("\n")
_SIGNED = "<table><tr><td>Marie Roy</td><td>819 555-0100</td></tr></table>"
PASTED = {
    "Outlook": "".join(f"<p class=MsoNormal>{line or '&nbsp;'}<o:p></o:p></p>" for line in _LINES),
    "Gmail": f"<div><blockquote class=gmail_quote>{'<br>'.join(_LINES)}</blockquote></div>",
    "Apple": "".join(f"<div>{line or '<br>'}</div>" for line in _LINES),
    "a signature in a table": f"<div>{'<br>'.join(_LINES)}</div>{_SIGNED}",
    "as it is": f"<pre>{reworded(TEXT)}</pre>",
}


@pytest.mark.parametrize("name", sorted(PASTED))
def test_our_text_pasted_into_a_mail_that_is_a_page_is_read_as_text(name: str) -> None:
    """Its lines were taken for cells and paragraphs: « Objectif : » was put before the objective."""
    outcome = accepted_whole(mail("text/html; charset=utf-8", f"<html>{PASTED[name]}</html>"), "r.eml", PARTNERSHIP)
    assert outcome.after is not None, outcome.refused
    assert list(changed_cells(PARTNERSHIP, outcome.after)) == [("gather.vision", "goal@fr")]
    assert len(outcome.open) <= 3
