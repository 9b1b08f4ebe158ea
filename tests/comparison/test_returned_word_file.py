"""What stands in a Word file that came back: tracked changes, comments, Word's quirks, hostile files."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.workspace.returns import W, added, line, removed, said, word_file
from tui.comparison.returned_lines import CHUNK
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
    (found,) = read_word(word_file(line(said("oui"), both))).lines
    assert (found.text, found.marks) == ("oui", ()), "nobody asks for it any more"


@pytest.mark.parametrize("how", ["strike", "dstrike"])
def test_what_one_added_and_another_struck_stands_nowhere(how: str) -> None:
    both = f'<w:ins w:author="A"><w:r><w:rPr><w:{how}/></w:rPr><w:t>zut</w:t></w:r></w:ins>'
    (found,) = read_word(word_file(line(said("oui"), both))).lines
    assert (found.text, found.marks, found.whole) == ("oui", (), "")


_STRUCK = '<w:r><w:rPr><w:strike/></w:rPr><w:t xml:space="preserve">jamais le lundi, </w:t></w:r>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def test_struck_words_of_comments_and_notes_are_left_out() -> None:
    note = f'<w:comment w:id="7" w:author="Chloé">{line(_STRUCK, said("le mardi"))}</w:comment>'
    footnote = f'<w:footnote w:id="2">{line(_STRUCK, said("à 17 h"))}</w:footnote>'
    notes = f'<w:footnotes xmlns:w="{W}">{footnote}</w:footnotes>'
    body = line(said("bientôt"), '<w:r><w:commentReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r>')
    (found,) = read_word(word_file(body, note, **{"word/footnotes.xml": notes.encode()})).lines
    assert [remark.text for remark in found.remarks] == ["le mardi", "à 17 h"]


@pytest.mark.parametrize("target", ["comments2.xml", "/word/comments2.xml", "../word/comments2.xml"])
def test_parts_are_found_by_the_names_that_the_text_gives_them(target: str) -> None:
    """Word on the web writes styles2.xml, comments2.xml; the relations of the text say so."""
    comment = f'<w:comment w:id="7" w:author="Chloé">{line(said("non"))}</w:comment>'
    comments = f'<w:comments xmlns:w="{W}">{comment}</w:comments>'
    relation = f'<Relationship Id="r9" Type="{_NAMED}comments" Target="{target}"/>'
    named = f'<Relationships xmlns="{_PACKAGE}">{relation}</Relationships>'
    parts = {"word/_rels/document.xml.rels": named.encode(), "word/comments2.xml": comments.encode()}
    body = line(said("bientôt"), '<w:r><w:commentReference w:id="7"/></w:r>')
    (found,) = read_word(word_file(body, "", **parts)).lines
    assert [(remark.text, remark.author) for remark in found.remarks] == [("non", "Chloé")]


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


STYLES = (
    '<w:style w:styleId="Barre"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:styleId="Fille"><w:basedOn w:val="Barre"/></w:style>'
    '<w:style w:styleId="Non"><w:basedOn w:val="Barre"/><w:rPr><w:strike w:val="off"/></w:rPr></w:style>'
)


def part(name: str, inner: str) -> bytes:
    """A part of a Word file whose root has this name."""
    return f'<w:{name} xmlns:w="{W}">{inner}</w:{name}>'.encode()


def run(properties: str, text: str) -> str:
    """A run with properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("style", "properties", "struck"),
    [
        ("", "", False), ("", "<w:strike/>", True), ("", '<w:dstrike w:val="1"/>', True),
        ("", '<w:strike w:val="off"/>', False), ("", '<w:strike w:val="0"/>', False),
        ("", '<w:rStyle w:val="Barre"/>', True), ("", '<w:rStyle w:val="Fille"/>', True),
        ("", '<w:rStyle w:val="Non"/>', False), ("Barre", "", True), ("Fille", "", True), ("Non", "", False),
        ("Barre", '<w:strike w:val="false"/>', False), ("Barre", '<w:rStyle w:val="Non"/>', False),
        ("Autre", "", False),
    ],
)  # fmt: skip
def test_words_are_struck_by_themselves_else_by_their_style(style: str, properties: str, struck: bool) -> None:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    body = line(run(properties, "un mot"), run('<w:strike w:val="0"/>', " reste"), properties=named)
    (found,) = read_word(word_file(body, "", **{"word/styles.xml": part("styles", STYLES)})).lines
    assert (found.text, found.whole) == ((" reste", "un mot reste") if struck else ("un mot reste", ""))
    assert [mark.removed for mark in found.marks] == ["un mot"] * struck


def test_a_page_or_a_column_that_ends_is_no_line_that_ends() -> None:
    for kind, text in (("page", "undeux"), ("column", "undeux"), ("textWrapping", "un\ndeux"), ("", "un\ndeux")):
        broken = f'<w:r><w:t>un</w:t><w:br w:type="{kind}"/><w:t>deux</w:t></w:r>'
        assert texts(line(broken)) == [text]


@pytest.mark.parametrize(("name", "kind"), [("footnotes", "footnote"), ("endnotes", "endnote")])
def test_a_note_is_a_remark_unless_its_reference_was_removed(name: str, kind: str) -> None:
    notes = f'<w:{kind} w:id="0" w:type="separator">{line(said("____"))}</w:{kind}>'
    notes += f'<w:{kind} w:id="2">{line(said("à vérifier"))}</w:{kind}>'
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    parts = {f"word/{name}.xml": part(name, notes)}
    for id_, removed_by, remarks in (("2", "", ["à vérifier"]), ("0", "", []), ("2", "B", [])):
        mark = reference.format(kind, id_)
        mark = f'<w:del w:author="{removed_by}">{mark}</w:del>' if removed_by else mark
        (found,) = read_word(word_file(line(said("un mot"), mark), "", **parts)).lines
        assert [remark.text for remark in found.remarks] == remarks
        assert [remark.about for remark in found.remarks] == ["un mot"] * len(remarks)


def test_a_text_box_that_is_written_twice_is_one_remark() -> None:
    box = f"<w:txbxContent>{line(said('en marge'))}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    (found,) = read_word(word_file(line(said("un mot"), f"<w:r>{both}</w:r>"))).lines
    assert (found.text, [remark.text for remark in found.remarks]) == ("un mot", ["en marge"])


def test_an_anchor_stands_on_the_words_between_its_two_ends() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="ent_aaaaaaaaaaaa"/>', '<w:bookmarkEnd w:id="1"/>'
    other = '<w:bookmarkStart w:id="2" w:name="_Toc1"/>'
    found = read_word(word_file(line(start, said("un")) + line(other, said("deux"), end) + line(said("trois")))).lines
    assert [one.anchors for one in found] == [("ent_aaaaaaaaaaaa",), ("ent_aaaaaaaaaaaa",), ()]


def cell(*paragraphs: str) -> str:
    """A cell of a table."""
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def test_a_cell_is_one_line_without_its_removed_paragraphs() -> None:
    gone = line(removed("avant"), properties='<w:pPr><w:rPr><w:del w:author="B"/></w:rPr></w:pPr>')
    row = cell(gone, line(said("un")), line(said("et "), added("deux"))) + cell(line())
    found = read_word(word_file(f"<w:tbl><w:tr>{row}</w:tr><w:tr>{cell(line())}{cell(line())}</w:tr></w:tbl>")).lines
    assert [(one.text, one.row) for one in found] == [("un\net deux", 1), ("", 1)], "a row of empty cells is none"
    (mark,) = [mark for mark in found[0].marks if not mark.removed]
    assert found[0].text[mark.start : mark.end] == "deux" and mark.author == "Alice"


def test_the_cells_of_a_row_that_was_removed_are_gone() -> None:
    row = f'<w:tr><w:trPr><w:del w:author="B"/></w:trPr>{cell(line(said("vieux")))}{cell(line())}</w:tr>'
    found = read_word(word_file(f"<w:tbl>{row}<w:tr>{cell(line(said('neuf')))}</w:tr></w:tbl>")).lines
    assert [(one.text, one.gone, one.row) for one in found] == [("vieux", True, 1), ("neuf", False, 2)]
    assert found[0].marks[0].author == "B"


@pytest.mark.parametrize("done", ["", "0", "1", "true"])
def test_a_comment_stands_with_its_answers_until_it_is_resolved(done: str) -> None:
    ns = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    comments = "".join(
        f'<w:comment w:id="{at}" w:author="{author}"><w:p {ns} w14:paraId="P{at}">{said(text)}</w:p></w:comment>'
        for at, author, text in ((0, "Ann", "trop vague"), (1, "Bob", "d'accord"))
    )
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    resolved = f' w15:done="{done}"' if done else ""
    extended = f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="P0"{resolved}/>'
    extended += '<w15:commentEx w15:paraId="P1" w15:paraIdParent="P0"/></w15:commentsEx>'
    references = "".join(f'<w:r><w:commentReference w:id="{at}"/></w:r>' for at in range(2))
    body = line(said("un mot"), references)
    (found,) = read_word(word_file(body, comments, **{"word/commentsExtended.xml": extended.encode()})).lines
    said_of = [] if done in ("1", "true") else [("trop vague\n— Bob : d'accord", "Ann")]
    assert [(remark.text, remark.author) for remark in found.remarks] == said_of


def test_equal_headers_are_read_once_with_who_saved_the_file() -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    references = "".join(f'<w:headerReference xmlns:r="{relation}" r:id="h{at}"/>' for at in range(3))
    body = f"{line(said('texte'))}<w:sectPr>{references}</w:sectPr>"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = "".join(f'<Relationship Id="h{at}" Target="header{at}.xml"/>' for at in range(3))
    parts = {"word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>'.encode()}
    for at, text in enumerate(("Entente", "Entente", "Page 2")):
        parts[f"word/header{at}.xml"] = part("hdr", line(said(text)))
    core = '<c xmlns:d="d"><d:creator>Marie</d:creator><d:lastModifiedBy> Zoé </d:lastModifiedBy></c>'
    found = read_word(word_file(body, "", **parts, **{"docProps/core.xml": core.encode()}))
    assert [edge.text for edge in found.edges] == ["Entente", "Page 2"] and found.author == "Zoé"
    assert [one.text for one in found.lines] == ["texte"] and found.word and not found.page


@pytest.mark.parametrize("text", ["", "un mot"])
def test_an_embedded_page_is_the_text_where_there_is_no_other(text: str) -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = f'{line(said(text))}<w:altChunk xmlns:r="{relation}" r:id="c1"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{package}"><Relationship Id="c1" Target="page.html"/></Relationships>'
    parts = {"word/_rels/document.xml.rels": relations.encode(), "word/page.html": b"<p>Une page</p>"}
    found = read_word(word_file(body, "", **parts))
    assert [(one.text, one.place) for one in found.lines] == [
        *([(text, "")] if text else []),
        ("Une page", CHUNK * bool(text)),
    ]
    assert found.word and found.page is not bool(text)


@pytest.mark.parametrize("code", ["utf-8", "utf-16", "utf-16-be"])
def test_a_text_that_declares_a_type_of_its_own_is_refused(code: str) -> None:
    document = part("document", f"<w:body>{line(said('a'))}</w:body>").decode()
    declared = f'<!DOCTYPE w:document [<!ENTITY a "a">]>{document}'
    with pytest.raises(CannotRead):
        read_word(zipped(**{"_rels/.rels": b"<Relationships/>", "word/document.xml": declared.encode(code)}))


@pytest.mark.parametrize(
    ("properties", "item", "heading"),
    [
        ("", False, False), ('<w:pStyle w:val="ListParagraph"/>', True, False), ("<w:numPr/>", True, False),
        ('<w:pStyle w:val="Liste2"/>', True, False), ('<w:pStyle w:val="Titre2"/>', False, True),
        ('<w:pStyle w:val="Heading3"/>', False, True),
    ],
)  # fmt: skip
def test_an_item_is_known_by_its_number_or_its_style(properties: str, item: bool, heading: bool) -> None:
    (found,) = read_word(word_file(line(said("un mot"), added(" "), properties=f"<w:pPr>{properties}</w:pPr>"))).lines
    assert (found.item, found.heading, found.marks) == (item, heading, ()), "a blank is no change"
