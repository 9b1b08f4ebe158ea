"""A house with a look of its own, for tests: a Word file with a letterhead, and a picture; a hostile one among them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor

ACCENT, FONT, LINE = "7A1F3D", "DejaVu Sans Mono", "Collège des Grands-Vents · 12, rue du Quai"
_TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
SECRET = "CANARI-DU-MODELE"  # stands in whatever of the file may not be taken


def png(width: int = 60, height: int = 20) -> bytes:
    """A whole PNG picture, plain red (PNG specification § 5)."""
    lines = b"".join(b"\x00" + b"\xc0\x20\x20" * width for _line in range(height))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def reference(*, hostile: bool = False, picture: bool = True) -> bytes:
    """A Word file with styles, paper and a letterhead of its own; a `hostile` one has all that runs or leads away."""
    document = docx.Document()
    document.styles["Normal"].font.name = FONT
    document.styles["Heading 1"].font.color.rgb = RGBColor.from_string(ACCENT)
    document.styles["Heading 1"].font.size = Pt(17)
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height, sheet.left_margin = Cm(20), Cm(28), Cm(3)
    sheet.different_first_page_header_footer = True
    if picture:
        sheet.first_page_header.paragraphs[0].add_run().add_picture(io.BytesIO(png()), Cm(3))
    sheet.first_page_header.add_paragraph(LINE)
    sheet.first_page_footer.paragraphs[0].text = "Fondé en 1969"
    document.add_paragraph(f"Texte du modèle {SECRET}")
    document.core_properties.author = document.core_properties.comments = SECRET
    if hostile:
        _arm(document)
    held = io.BytesIO()
    document.save(held)
    return _with_macro(held.getvalue()) if hostile else held.getvalue()


def _arm(document: docx.document.Document) -> None:
    """Put into the file all that Word would run, open or fetch."""
    header = document.sections[0].first_page_header
    address = f"https://{SECRET.lower()}.example/suivi.png"
    away = header.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    link = header.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    document.part.relate_to(f"file:///{SECRET}.dotm", _TEMPLATE, is_external=True)
    space = nsdecls("w", "r", "a", "wp", "pic")
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    armed = (
        f'<w:hyperlink {space} r:id="{link}"><w:r><w:t>Notre site</w:t></w:r></w:hyperlink>',
        f'<w:r {space}><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:link="{away}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>",
        f'<w:r {space}><w:object><w:control r:id="{away}" w:name="{SECRET}"/></w:object></w:r>',
        f'<w:sdt {space}><w:sdtPr><w:alias w:val="{SECRET}"/></w:sdtPr><w:sdtContent><w:r><w:t> et plus</w:t></w:r>'
        "</w:sdtContent></w:sdt>",
    )
    paragraph = header.paragraphs[-1]._p
    for one in armed:
        paragraph.append(parse_xml(one))
    told = (f"<w:r><w:instrText>DDEAUTO c:\\{SECRET}</w:instrText></w:r>", "<w:r><w:t>résultat</w:t></w:r>")
    for run in (field.format("begin"), told[0], field.format("separate"), told[1], field.format("end")):
        paragraph.append(parse_xml(run.replace("<w:r>", f"<w:r {space}>", 1)))


def _with_macro(data: bytes) -> bytes:
    """The file with a part that holds macros."""
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("word/vbaProject.bin", SECRET)
    return made.getvalue()


def settings(folder: Path, **chosen: str) -> Path:
    """A settings folder in which these are chosen; what `XDG_CONFIG_HOME` names."""
    (folder / "entente").mkdir(parents=True, exist_ok=True)
    text = "".join(f'{name} = "{value}"\n' for name, value in chosen.items())
    (folder / "entente" / "config.toml").write_text(text, encoding="utf-8")
    return folder
