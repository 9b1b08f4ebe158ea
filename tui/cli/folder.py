"""`export` into a folder: several formats at once, and the copies of the partners, under names of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.agreement.addressed import addressed, addressees
from tui.cli.call import DONE, Call, Wrong, warn
from tui.console import print_line
from tui.desk.sheets import JSON, Sheet, bundles, handed_over, write
from tui.export.formats import by_id
from tui.export.naming import stem
from tui.export.rendered import Rendered
from tui.project.named import partner_id
from tui.words import _

if TYPE_CHECKING:
    from tui.agreement.blocks import Agreement
    from tui.project.values import Project

_USUAL = ("docx", "pdf")


def copy_for(call: Call, project: Project, agreement: Agreement) -> Agreement:
    """The copy for the partner of --for. BadValue when nobody is meant, Wrong when it may not be named yet."""
    name = partner_id(project, call.args.for_)
    if name not in {one.id for one in addressees(agreement)}:
        raise Wrong(_("“{name}” may not appear in the document yet: there is no copy for it.").format(
            name=call.args.for_
        ))  # fmt: skip
    return addressed(call.guide, agreement, name)


def export_into(call: Call, folder: Path) -> int:
    """Write the formats of --format, by default Word and PDF, and print each path once all are there."""
    project_id = call.project_id()
    formats = tuple(dict.fromkeys(call.args.format.split(","))) if call.args.format else _USUAL
    papers = [by_id(one).id for one in formats if one != JSON]
    project = call.store.load(project_id)
    agreement = call.agreement(project)
    partners = [one.id for one in addressees(agreement)] if call.args.for_each else []
    if call.args.for_:
        agreement = copy_for(call, project, agreement)
    made = bundles(call.guide, [agreement], papers, common=not call.args.for_each, partners=partners)
    sheets = [sheet for bundle in made for sheet in bundle.sheets]
    if JSON in formats:
        document = call.store.public_document(project_id)
        sheets.append(Sheet(f"{stem(agreement)}.json", JSON, lambda: Rendered(handed_over(document))))
    written = write(folder, sheets)
    for path in written.files:
        print_line(_("Written: {file}").format(file=path))
    for warning in written.warnings:
        warn(warning)
    return DONE
