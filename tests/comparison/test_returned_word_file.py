"""What stands in a Word file that came back: tracked changes, comments, Word's quirks, hostile files."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.workspace.returns import W, added, line, removed, said, word_file
from tui.comparison.returned_match import CannotRead, parse_returned
from tui.comparison.returned_word_file import LARGEST, read_word


def texts(body: str) -> list[str]:
    return [one.text for one in read_word(word_file(body)).lines]


def test_tracked_changes_are_read_with_author_and_date() -> None:
    found = read_word(
        word_file(line(said("prêter "), removed("une salle"), added("deux salles"), said(" le soir")))
    ).lines
    assert [one.text for one in found] == ["prêter deux salles le soir"]
    taken_out, put_in = found[0].marks
    assert (taken_out.author, taken_out.date, taken_out.removed) == ("Bob", "2026-11-21", "une salle")
    assert (put_in.author, put_in.date) == ("Alice", "2026-11-20")
    assert found[0].text[put_in.start : put_in.end] == "deux salles"


def test_what_one_added_and_another_took_out_stands_nowhere() -> None:
    both = '<w:ins w:author="A"><w:del w:author="B"><w:r><w:delText>zut</w:delText></w:r></w:del></w:ins>'
    assert texts(line(said("oui"), both)) == ["oui"]


def test_moves_and_lines_taken_out() -> None:
    moved_from = '<w:moveFrom w:author="A"><w:r><w:t>ligne qui bouge</w:t></w:r></w:moveFrom>'
    moved_to = '<w:moveTo w:author="A"><w:r><w:t>ligne qui bouge</w:t></w:r></w:moveTo>'
    found = read_word(word_file(line(moved_from) + line(said("autre")) + line(moved_to))).lines
    assert [(one.text, one.gone) for one in found] == [
        ("ligne qui bouge", True), ("autre", False), ("ligne qui bouge", False),
    ]  # fmt: skip
    assert found[0].marks[0].author == "A"


def test_a_paragraph_mark_taken_out_joins_two_lines() -> None:
    gone = '<w:pPr><w:rPr><w:del w:id="3" w:author="B"/></w:rPr></w:pPr>'
    assert texts(line(said("début"), properties=gone) + line(said("fin"))) == ["début fin"]


def test_rows_of_a_table_that_were_added() -> None:
    row = (
        '<w:tr><w:trPr><w:ins w:author="A" w:date="2026-01-02T00:00:00Z"/></w:trPr><w:tc>'
        + line(said("neuf"))
        + "</w:tc></w:tr>"
    )
    found = read_word(word_file(f"<w:tbl>{row}</w:tbl>")).lines
    assert found[0].text == "neuf" and found[0].marks[0].author == "A"


def test_comments_are_remarks_on_their_words() -> None:
    note = f'<w:comment w:id="7" w:author="Chloé" w:date="2026-11-19T08:00:00Z">{line(said("trop vague"))}</w:comment>'
    body = line(
        said("d'abord "), '<w:commentRangeStart w:id="7"/>', said("bientôt"), '<w:commentRangeEnd w:id="7"/>',
        '<w:r><w:commentReference w:id="7"/></w:r>',
    )  # fmt: skip
    found = read_word(word_file(body, note)).lines
    remark = found[0].remarks[0]
    assert (remark.text, remark.author, remark.date, remark.about) == ("trop vague", "Chloé", "2026-11-19", "bientôt")


def test_quirks_of_word() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + said("22 novembre")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = f"<w:hyperlink>{said('le site')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtContent>{said('choix')}</w:sdtContent></w:sdt>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"
    broken = "<w:r><w:t>un</w:t><w:br/><w:t>deux</w:t><w:noBreakHyphen/><w:t>trois</w:t></w:r>"
    boxed = f"<w:sdt><w:sdtContent>{line(said('en boîte'))}</w:sdtContent></w:sdt>"
    assert texts(line(said("co"), said("upé"))) == ["coupé"]
    assert texts(line(field)) == ["22 novembre"]
    assert texts(line(link, said(" et "), control, hidden)) == ["le site et choix"]
    assert texts(line(broken) + boxed + line()) == ["un\ndeux-trois", "en boîte"]


def test_the_strict_form_of_word_is_read_too() -> None:
    data = word_file(line(said("strict")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            raw = source.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            target.writestr(name, raw)
    assert [one.text for one in read_word(out.getvalue()).lines] == ["strict"]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


BOMB = b"<w>" + b"a" * (LARGEST + 10) + b"</w>"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
DEEP = "<w:sdt><w:sdtContent>" * 4000 + line(said("fond")) + "</w:sdtContent></w:sdt>" * 4000


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 et puis plus rien",
        zipped(**{"un.txt": b"bonjour"}),
        zipped(**{"_rels/.rels": BOMB}),
        zipped(**{"_rels/.rels": b"<Relationships/>", "word/document.xml": LAUGHS}),
        zipped(**{"_rels/.rels": b"<Relationships/>", "word/document.xml": LAUGHS.decode().encode("utf-16")}),
        zipped(**{"_rels/.rels": b"<Relationships/>", "word/document.xml": b"<w:body>"}),
        zipped(**{"_rels/.rels": b"<Relationships/>", "word/document.xml": b"<x/>"}),
        word_file(DEEP),
        b"%PDF-1.7 ...",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 un vieux .doc",
        b"{\\rtf1 riche}",
        b"un\0deux\0",
    ],
    ids=[
        "torn",
        "no word",
        "bomb",
        "laughs",
        "laughs in utf-16",
        "broken",
        "no body",
        "deep",
        "pdf",
        "doc",
        "rtf",
        "nul",
    ],
)
def test_hostile_files_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(CannotRead, match=r"docx|MB|Mo"):
        parse_returned(data, "reponse.docx" if data[:2] == b"PK" else "reponse")


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252"])
def test_texts_in_the_usual_codes(code: str) -> None:
    assert [one.text for one in parse_returned("– prêter une salle\n".encode(code)).lines] == ["prêter une salle"]
