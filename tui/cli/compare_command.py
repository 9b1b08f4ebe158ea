"""The subcommands `compare` and `versions`.

`compare` prints in what a text that a partner sent back, or another version, differs; `versions` lists the versions
(texts that were sent or adopted and are kept).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tui.cli.agreement_commands import write_file
from tui.cli.form_review_command import review_form
from tui.cli.invocation import DONE, NO, Invocation, UsageError, print_json
from tui.cli.sending_commands import dialog_of
from tui.comparison.returned_diff import Difference
from tui.comparison.returned_match import CannotRead, parse_returned, read_returned
from tui.comparison.returned_word_file import LARGEST
from tui.console import print_line, print_text
from tui.export.formats import by_ending, render
from tui.export.plain_text import to_text
from tui.i18n import _, language, ngettext
from tui.partnership.versions import ADOPTED as ADOPTED_STATUS
from tui.partnership.versions import DRAFT, RESENT, Version, status_of
from tui.store.store_errors import as_store_errors
from tui.text.dates import format_date
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.text.outside_paths import outside_path
from tui.workspace.form_review import read_returned_form
from tui.workspace.hangup import refuse_cut_input
from tui.workspace.kept_versions import changes_between, differ, name_of, status_words, versions_of
from tui.workspace.returned_decisions import ReturnedReview, place_words
from tui.workspace.returned_minutes import review_of, review_returned
from tui.workspace.workspace import Workspace

TODAY_WORDS = ("today", "aujourd'hui")  # name today's text
ADOPTED_WORDS = ("adopted", "adopté")  # name the last adopted version


_MARK_LETTERS = 8  # of the mark of a text (a hash), in the list


def versions(call: Invocation) -> int:
    """List the kept versions, the oldest first, then whether today's text is the adopted one; return the exit code."""
    workspace = call.workspace()
    kept_versions = versions_of(workspace, call.store)
    state = workspace.adoption
    if call.args.json:
        print_json(
            {
                "today": state or "draft",
                "versions": [_as_data(version, status_of(kept_versions, version)) for version in kept_versions],
            }
        )
        return DONE
    for version in kept_versions:
        paper = call.store.paper(workspace.partnership.id, version.id) if version.file else None
        facts = [
            name_of(version, workspace.lang),
            status_words(kept_versions, version),
            version.text[:_MARK_LETTERS],
            version.reason,
            version.resolution,
        ]
        print_line("  ".join(filter(None, [*facts, str(paper or version.file)])))
    if not kept_versions:
        print_line(_("No version yet: “Send the draft” makes the first one."))
    if state:
        state_words = _("changed since adoption") if state == "changed" else _("as adopted")
        print_line(_("Today's text: {state}").format(state=state_words))
    return DONE


def _as_data(version: Version, status: str) -> dict[str, object]:
    """Return a version as JSON data."""
    return {
        "id": version.id, "number": version.number, "status": status, "date": version.date, "reason": version.reason,
        "resolution": version.resolution, "file": version.file, "text": version.text, "outside": version.outside,
    }  # fmt: skip


def compare(call: Invocation) -> int:
    """Print what a returned file or another version changes; return NO if anything differs, DONE if nothing does."""
    workspace = call.workspace()
    file = outside_path(str(call.args.file), _("WHAT"), relative=True)
    if str(call.args.file) == "-" or file.exists():
        _refuse(call, _("a text that came back"), "to", "output")
        return _compare_returned(call, workspace, file)
    _refuse(call, _("a version"), "accept", "yes", "json")
    return _compare_versions(call, workspace)


def _refuse(call: Invocation, what: str, *options: str) -> None:
    """Raise UsageError for an option that was given and does nothing beside `what` is compared."""
    for option in options:
        if getattr(call.args, option):
            raise UsageError(_("--{option} does not go with {what}.").format(option=option, what=what))


# -- two of our own texts ----------------------------------------------------------------------------------------------


def _compare_versions(call: Invocation, workspace: Workspace) -> int:
    """Print the changes between two versions, or write them to a file."""
    kept_versions = versions_of(workspace, call.store)
    first = _version_named(kept_versions, str(call.args.file), workspace)
    second = _version_named(kept_versions, call.args.to or TODAY_WORDS[0], workspace)
    agreement = changes_between(workspace, first, second, workspace.doc_lang)
    if agreement is None:
        raise UsageError(_("These versions were kept in no common language."))
    if call.args.output:
        target = outside_path(call.args.output, "--output", relative=True)
        write_file(target, render(agreement, by_ending(target)).data)
        print_line(_("Written: {file}").format(file=target))
    else:
        print_text(to_text(agreement))
    return NO if differ(workspace, first, second, workspace.doc_lang) else DONE


def _version_named(kept_versions: Sequence[Version], name: str, workspace: Workspace) -> Version | None:
    """Return the version that `name` means: its number, id, words in the list, or « adopted »; None for today's text.

    Raises UsageError if no version has that name, or several.
    """
    if name in TODAY_WORDS:
        return None
    for version in reversed(kept_versions):
        is_adopted = name in ADOPTED_WORDS and version.status == ADOPTED_STATUS
        is_draft = name == str(version.number) and version.status == DRAFT
        if name == version.id or is_adopted or is_draft:
            return version
    matches = [version for version in kept_versions if _is_called(version, name, workspace.lang)]
    if len(matches) == 1:
        return matches[0]
    lines = [
        f"  {_unique_name(version, kept_versions)}  {name_of(version, workspace.lang)}"
        for version in matches or kept_versions
    ]
    if not lines:
        raise UsageError(_("There is no file “{name}”.").format(name=name))
    message = _("There is no file and no version “{name}”. The versions:")
    if matches:
        message = _("Several versions are called “{name}”:")
    raise UsageError("\n".join([message.format(name=name), *lines]))


def _is_called(version: Version, name: str, lang: str) -> bool:
    """Return whether `name` is the words by which a version is listed, their beginning up to a comma, or its date."""
    list_words, folded_name = fold(name_of(version, lang)), fold(name)
    if not folded_name:
        return False
    is_date = folded_name in (version.date, fold(format_date(version.date, lang)))
    return is_date or list_words == folded_name or list_words.startswith(f"{folded_name},")


def _unique_name(version: Version, kept_versions: Sequence[Version]) -> str:
    """Return a unique name of a version: the number of a draft, « adopted » for the last adopted one, else the id."""
    if version.status == DRAFT:
        return str(version.number)
    if version.status == RESENT:
        return version.id
    last_adopted = [other for other in kept_versions if other.status == ADOPTED_STATUS][-1]
    return ADOPTED_WORDS[0] if version is last_adopted else version.id


# -- what came back ----------------------------------------------------------------------------------------------------


def _compare_returned(call: Invocation, workspace: Workspace, file: Path) -> int:
    """Print the changes in a returned file, or the answers in a returned form; with --accept, accept them."""
    is_stdin = str(call.args.file) == "-"
    try:
        with as_store_errors(file):
            raw = sys.stdin.buffer.read(LARGEST + 1) if is_stdin else read_returned(file)
        if is_stdin:
            refuse_cut_input()
        form = read_returned_form(workspace, raw, "" if is_stdin else file.name)
        if form is not None:
            return review_form(call, workspace, form, raw, "" if is_stdin else file.name)
        returned = parse_returned(raw, "" if is_stdin else file.name)
        matched, meeting = review_returned(workspace, call.store, versions_of(workspace, call.store), returned, raw)
    except CannotRead as error:
        raise UsageError(str(error)) from error
    review = review_of(workspace, matched, meeting, source=file.name, raw=raw)
    our_text = name_of(matched.version, workspace.lang) if matched.version is not None else _("Today's text")
    if meeting is not None:  # the minutes of a meeting came back
        our_text = matched.agreement.kind
    if call.args.json:
        print_json({"with": matched.version.id if matched.version else "today", "languages": matched.languages,
                    "differences": [_as_json(review, difference) for difference in matched.differences]})  # fmt: skip
    else:
        print_line(_("Laid beside: {version}").format(version=our_text))
        for at, difference in enumerate(matched.differences, 1):
            print_text("\n" + "\n".join(_lines(review, difference, at)))
        count = len(matched.differences)
        message = ngettext("{n} difference.", "{n} differences.", count) if count else _("Not one word differs.")
        print_text("\n" + message.format(n=count))
    if call.args.accept:
        return _accept(call, review)
    return NO if matched.differences else DONE


def _accept(call: Invocation, review: ReturnedReview) -> int:
    """Accept the differences of --accept, each with its author; return NO if no field takes one of them."""
    differences, accept_option = review.differences, str(call.args.accept)
    if accept_option == "all":
        return _accept_all(call, review)
    numbers = [list_number(part.strip(), len(differences)) for part in accept_option.split(",")]
    if not all(numbers):
        message = _("--accept takes numbers from 1 to {n}, or “all”, not “{text}”.")
        raise UsageError(message.format(n=len(differences), text=accept_option))
    results = [review.accept(differences[number - 1]) for number in numbers]  # whether each was accepted
    review.workspace.flush()
    count = sum(results)
    print_line(ngettext("{n} accepted.", "{n} accepted.", count).format(n=count))
    return DONE if all(results) else NO


def _accept_all(call: Invocation, review: ReturnedReview) -> int:
    """Accept all differences that a field takes, if the user agrees on a terminal; the others stay undecided."""
    acceptable = [difference for difference in review.open if review.changes(difference)]
    dialog = dialog_of(call)
    message = ngettext("Accept this difference?", "Accept these {n} differences?", len(acceptable)).format(
        n=len(acceptable)
    )
    if acceptable and dialog is not None and not dialog.agree(message):
        return NO
    count = review.accept_all()
    review.workspace.flush()
    print_line(ngettext("{n} accepted.", "{n} accepted.", count).format(n=count))
    if undecided := len(review.open):
        message = ngettext("{n} left undecided.", "{n} left undecided.", undecided)
        print_line(message.format(n=undecided))
    return DONE


def _as_json(review: ReturnedReview, difference: Difference) -> dict[str, object]:
    """Return a difference as JSON data."""
    changes = review.changes(difference)
    target = changes[0] if changes else None
    return {
        "kind": difference.kind,
        "section": difference.ours.section,
        "heading": difference.ours.heading,
        "lang": difference.ours.lang,
        "was": difference.was,
        "now": difference.now,
        "before": difference.before,
        "after": difference.after,
        "remark": difference.remark,
        "author": difference.author,
        "date": difference.date,
        "question": target.question if target else "",
        "entry": target.entry if target else "",
        "already": changes == (),
    }


def _lines(review: ReturnedReview, difference: Difference, at: int) -> list[str]:
    """Return the lines that print a difference, the number `at` of the list."""
    when = format_date(difference.date, language()) if difference.date else ""
    head = " · ".join(filter(None, (difference.ours.heading, difference.author, when)))
    lines = [f"{at} · {head}"]
    if difference.remark:
        about = "   " + _("“{text}”").format(text=difference.about)
        lines += [about] if difference.about else []
        return [*lines, *(f"   > {line}" for line in difference.remark.split("\n"))]
    lines += [f"   − {difference.before}"] if difference.before else []
    lines += [f"   + {difference.after}"] if difference.after else []
    return [*lines, "   " + place_words(review, difference)]
