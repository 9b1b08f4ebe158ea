"""A Word file's zip, made the same each time and without the template's leftovers."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say (APPNOTE § 4.4.6)
_LEFTOVERS = ("thumbnail", "stylesWithEffects", "customXml")


def pack(document: Document) -> bytes:
    """Return the .docx bytes: equal documents give equal bytes, whatever the clock says."""
    package = document.part.package
    assert isinstance(package, OpcPackage)  # a document that python-docx made always has one
    for relations in (package.rels, document.part.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_LEFTOVERS)]:
            relations.pop(key)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        _write_parts(package, _Writer(target))
    return packed.getvalue()


class _Writer:
    """Takes the parts of a Word file as python-docx hands them to the zip of its own, which is dated by the clock.

    A clock before 1980 or after 2107 would end that one in an error.
    """

    def __init__(self, target: zipfile.ZipFile) -> None:
        self._target = target

    def write(self, name: PackURI, blob: bytes | str) -> None:
        """Write one part."""
        entry = zipfile.ZipInfo(name.membername, _FIRST_DAY)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o600 << 16
        entry.create_system = 3  # Unix, on every system
        self._target.writestr(entry, blob)


def _write_parts(package: OpcPackage, writer: _Writer) -> None:
    """Write what `OpcPackage.save` writes, in its order."""
    for part in package.parts:
        part.before_marshal()  # type: ignore[no-untyped-call]
    PackageWriter._write_content_types_stream(writer, package.parts)  # type: ignore[no-untyped-call]
    PackageWriter._write_pkg_rels(writer, package.rels)  # type: ignore[no-untyped-call]
    PackageWriter._write_parts(writer, package.parts)  # type: ignore[arg-type]  # it asks for nothing but `write`
