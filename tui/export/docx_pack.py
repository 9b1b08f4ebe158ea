"""A Word file's zip, made the same each time and without the template's leftovers."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say (APPNOTE § 4.4.6)
_LEFTOVERS = ("thumbnail", "stylesWithEffects", "customXml")


def pack(document: Document) -> bytes:
    """Return the .docx bytes: equal documents give equal bytes, whatever the clock says."""
    package = document.part.package
    if package is not None:
        for relations in (package.rels, document.part.rels):
            for key in [key for key, one in relations.items() if one.reltype.endswith(_LEFTOVERS)]:
                relations.pop(key)
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # Unix, on every system
            target.writestr(entry, source.read(name))
    return packed.getvalue()
