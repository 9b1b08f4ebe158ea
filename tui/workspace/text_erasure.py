"""« Retirer pour de bon » (take out for good): words erased from one partnership, and the lines that report it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tui.i18n import _, ngettext
from tui.named_files import MEGABYTE, read_named
from tui.partnership.partners import find_partner
from tui.partnership.versions import read_versions
from tui.resources import own_folder
from tui.store.erasure import Erasure
from tui.text.french_names import fill_sentence
from tui.text.sought_text import SoughtText
from tui.workspace.cell_labels import cell_place
from tui.workspace.kept_versions import name_of
from tui.workspace.shutdown import rescued
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.workspace.unfinished_texts import UnfinishedTexts

_MOST_FIELDS = 12  # fields that are named one by one


class ErasingStore(Protocol):
    """What erasing words needs of a store; without `write` it only finds where they stand."""

    def erase(self, partnership_id: str, sought: SoughtText, *, write: bool = False) -> Erasure: ...


def sought_text(words: str) -> SoughtText | None:
    """Return the words as a text to look for; None where they are too short."""
    with suppress(ValueError):
        return SoughtText(words)
    return None


def files_outside(partnership_id: str, sought: SoughtText, environ: Mapping[str, str]) -> list[Path]:
    """Return the files outside of the store that this program wrote and that hold the words.

    These are rescued unsaved changes, and documents that were copied to a file.
    """
    folder = own_folder(environ, "XDG_STATE_HOME") / "copies"
    copies: list[Path] = []
    with suppress(OSError):
        copies = [path for path in sorted(folder.iterdir()) if path.is_file()]
    return [path for path in (*rescued(partnership_id, environ), *copies) if _holds(path, sought)]


def _holds(path: Path, sought: SoughtText) -> bool:
    """Return whether a file holds the words; False where it cannot be read."""
    try:
        return sought.stands_in(read_named(path, MEGABYTE).decode("utf-8", "replace"))
    except OSError:
        return False


def take_out(workspace: Workspace, store: ErasingStore, unfinished: UnfinishedTexts, sought: SoughtText) -> Erasure:
    """Erase the words everywhere in the open partnership, and return what was done. Raises StoreError."""
    workspace.flush()
    unfinished.forget_holding(workspace.partnership.id, sought.stands_in)
    return store.erase(workspace.partnership.id, sought, write=True)


def found_lines(workspace: Workspace, erasure: Erasure) -> list[str]:
    """Return the places from which the words can be erased, a line each; [] for none."""
    places = dict.fromkeys(
        cell_place(workspace, cell.question, cell.part, cell.cell, cell.subject) for cell in erasure.cells
    )
    lines = list(places)[:_MOST_FIELDS]
    if more := len(places) - len(lines):
        lines.append(ngettext("and {n} more field", "and {n} more fields", more).format(n=more))
    earlier, drafts, files, binned = erasure.earlier, erasure.drafts, len(erasure.files), erasure.binned
    counts = (
        (earlier, ngettext("{n} earlier text", "{n} earlier texts", earlier)),
        (drafts, ngettext("{n} draft that went to nobody", "{n} drafts that went to nobody", drafts)),
        (files, ngettext("{n} file set aside or unfinished", "{n} files set aside or unfinished", files)),
        (binned, ngettext("{n} earlier life in the bin", "{n} earlier lives in the bin", binned)),
    )
    lines += [words.format(n=count) for count, words in counts if count]
    if erasure.organisations:
        lines.append(_("in the directory: {names}").format(names=_("; ").join(erasure.organisations)))
    return lines


def beyond_lines(workspace: Workspace, erasure: Erasure, outside: Iterable[Path]) -> list[str]:
    """Return where the words stay, a sentence each: what was sent or adopted, files, copies, other people."""
    lines = [_version_words(workspace, record) for record in erasure.gone_out]
    elsewhere = [str(path) for path in (*erasure.elsewhere, *outside)]
    for sentence, names in (
        (_("These files hold it, delete them yourself: {names}."), elsewhere),
        (_("These files cannot be looked into: {names}."), [str(path) for path in erasure.unread]),
        (_("Copies of this partnership hold it, take it out there too: {names}."), list(erasure.copies)),
        (_("The directory has it in other organizations: {names}."), list(erasure.others)),
        (_("Open elsewhere, what is typed there is theirs: {names}."), list(erasure.sessions)),
    ):
        if names:
            lines.append(sentence.format(names=_("; ").join(names)))
    if erasure.server_logs:
        lines.append(
            _("Out of reach: the server's log (WAL), its backups and standbys, and journals on other machines.")
        )
    return lines


def _version_words(workspace: Workspace, document: Mapping[str, Any]) -> str:
    """Return that a version holds the words, with to whom it was sent: « Ébauche 1, 22 novembre 2026 : … à Beta. »"""
    (version,) = read_versions([document])
    name = name_of(version, workspace.lang)
    if version.sent is None or not (version.sent.partners or version.sent.others):
        return _("{version}: it holds this, and stays as it was adopted.").format(version=name)
    partners = (find_partner(workspace.partnership, partner_id) for partner_id in version.sent.partners)
    names = [partner.name(workspace.lang) for partner in partners if partner is not None]
    if count := version.sent.others + len(version.sent.partners) - len(names):
        names.append(ngettext("{n} other address", "{n} other addresses", count).format(n=count))
    return fill_sentence(
        _("{version}: it holds this and was sent already, to {names}."), version=name, names=", ".join(names)
    )


def done_words(erasure: Erasure) -> str:
    """Return what was taken out, in one sentence."""
    fields = ngettext("{n} field", "{n} fields", len(erasure.cells)).format(n=len(erasure.cells))
    earlier = ngettext("{n} earlier text", "{n} earlier texts", erasure.earlier).format(n=erasure.earlier)
    others = erasure.drafts + len(erasure.files) + erasure.binned + len(erasure.organisations)
    other = ngettext("{n} other place", "{n} other places", others).format(n=others)
    return _("Taken out for good: {fields}, {earlier}, {others}.").format(fields=fields, earlier=earlier, others=other)


def erasure_lines(
    workspace: Workspace, sought: SoughtText, erasure: Erasure, outside: Iterable[Path] = ()
) -> Iterator[str]:
    """Yield the lines to show before anything is erased: where the words stand, and where they will stay."""
    lines = found_lines(workspace, erasure)
    if lines:
        yield _("“{words}” stands in:").format(words=sought.words)
        yield from (f"– {line}" for line in lines)
    else:
        yield _("“{words}” stands in no field, earlier text or file of this partnership.").format(words=sought.words)
    yield from beyond_lines(workspace, erasure, outside)
