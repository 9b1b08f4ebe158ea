"""The agreement as a tagged PDF, set by typst from one fixed template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from tui.agreement.blocks import Agreement
from tui.export.legible import legible
from tui.export.long_words import breakable
from tui.export.pdf_content import Json, content
from tui.export.pdf_glyphs import missing_in, replaced
from tui.export.rendered import CannotExport, Rendered
from tui.words import _, ngettext

_ROOM = Path(__file__).resolve().parent
_PASSES = 6  # a replacement may itself hold something new to replace, but not for ever
_UNSPLIT = frozenset({"fonts", "href", "lang", "name", "paper", "region", "type"})
_CELLS = frozenset({"head", "rows", "who"})  # what stands in a column


def write(agreement: Agreement) -> Rendered:
    """Return the .pdf file, PDF/UA-1 where its words allow; raises CannotExport where typst is not installed.

    A character that no font can draw never fails the file: something readable stands for it, and a warning says so.
    """
    clean, warnings = legible(agreement)
    document = content(clean)
    missing: set[str] = set()
    for _pass in range(_PASSES):
        try:
            data = _compile(document, missing, tagged=True)
            break
        except RuntimeError as error:
            found = missing_in(getattr(error, "diagnostic", str(error))) - missing
            if not found:
                data, warnings = _untagged(document, missing, warnings)
                break
            missing |= found
    else:
        data, warnings = _untagged(document, missing, warnings)
    return Rendered(data, warnings + _replacements(missing))


def _untagged(document: Json, missing: set[str], warnings: tuple[str, ...]) -> tuple[bytes, tuple[str, ...]]:
    """Return the file without the promise of PDF/UA-1, and the warnings with one more."""
    more = _("This PDF could not be made fully accessible to screen readers; the Word file is.")
    return _compile(document, missing, tagged=False), (*warnings, more)


def _compile(document: Json, missing: set[str], tagged: bool) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise CannotExport(
            _("PDF needs one more piece, typst. Install it with: {command}").format(
                command='python -m pip install "entente[pdf]"'
            )
        ) from error
    words = json.dumps(_shaped(document, missing), ensure_ascii=False)
    return typst.compile(
        _ROOM / "templates" / "agreement.typ",
        format="pdf",
        font_paths=[_ROOM / "fonts"],
        ignore_system_fonts=True,  # the same pages on every machine
        sys_inputs={"doc": words},
        pdf_standards="ua-1" if tagged else None,
        timestamp=0,  # the template says the document's date; typst would ask the clock, and panic before 1970
    )


def _shaped(value: Any, missing: set[str], key: str = "", in_cell: bool = False) -> Any:
    """Return JSON whose texts (not its addresses and settings) can all be drawn and broken into lines."""
    if isinstance(value, dict):
        return {name: _shaped(one, missing, name, in_cell or name in _CELLS) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return value if key in _UNSPLIT else [_shaped(one, missing, key, in_cell) for one in value]
    if isinstance(value, str) and (key not in _UNSPLIT):
        drawn = replaced(normalize("NFC", value), missing)  # a mark lost from « 日́ » spares « é »
        return breakable(drawn, in_cell=in_cell)
    return value


def _replacements(missing: set[str]) -> tuple[str, ...]:
    signs = sorted(f"◌{one}" if category(one).startswith("M") else one for one in missing if one.isprintable())
    if not signs:
        return ()
    message = ngettext(
        "No font of the PDF can draw {signs}: its name or code stands in its place.",
        "No font of the PDF can draw {signs}: their names or codes stand in their place.",
        len(signs),
    )
    return (message.format(signs=" ".join(signs[:12]) + (" …" if len(signs) > 12 else "")),)
