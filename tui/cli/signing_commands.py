"""The subcommand `sign`: it notes who signed the adopted text, sends it for signature, keeps annexes and copies."""

from __future__ import annotations

from typing import Any

from tui import console
from tui.cli.invocation import DONE, Invocation, UsageError, print_json, warn
from tui.console import print_line
from tui.i18n import _, language
from tui.partnership.signatures import annexes_of
from tui.partnership.versions import Version
from tui.text.outside_paths import outside_path
from tui.workspace.adoption import read_day, read_paper
from tui.workspace.output_files import WrittenFiles, write
from tui.workspace.signing import (
    HAND,
    SignatureOptions,
    kept_papers,
    note_annex,
    party_named,
    read_signing_means,
    record_signature,
    send_for_signature,
    signing_status,
    status_lines,
    usual_signer,
    version_to_sign,
)
from tui.workspace.workspace import Workspace


def sign(call: Invocation) -> int:
    """Note a signature, send the text for signature, note an annex or write copies; then print who has signed.

    Nothing private is printed: neither where an original is, nor which copy is kept. Return the exit code. Raises
    UsageError for a signer without a partner.
    """
    workspace = call.workspace()
    version = version_to_sign(workspace, call.store, call.args.signed_version or "")
    if call.args.send:
        folder = outside_path(call.args.send, "--send", relative=True)
        _print_written(call, send_for_signature(workspace, call.store, version, folder))
    if call.args.annex:
        kind = "resolution" if call.args.resolution else "annex"
        partner = call.args.partner
        fields = {f"what@{workspace.doc_lang}": call.args.annex.strip(), "kind": kind,
                  "partner": _party_id(workspace, version, partner) if partner else ""}  # fmt: skip
        file = read_paper(outside_path(call.args.file, "--file", relative=True)) if call.args.file else None
        note_annex(workspace, call.store, version, fields, file)
        workspace.flush()
    elif call.args.partner:
        record_signature(workspace, call.store, version, _signature_options(call, workspace, version))
    elif call.args.by:
        raise UsageError(_("For which partner did {name} sign? Name it.").format(name=call.args.by))
    if call.args.papers:
        written = write(
            outside_path(call.args.papers, "--papers", relative=True), kept_papers(workspace, call.store, version)
        )
        _print_written(call, written)
    _print(call, workspace, version)
    return DONE


def _print_written(call: Invocation, written: WrittenFiles) -> None:
    """Print where each file is, then what was replaced or left out."""
    for path in written.files:
        print_line(_("Written: {file}").format(file=path), error=call.args.json)
    for warning in written.warnings:
        warn(warning)


def _party_id(workspace: Workspace, version: Version, name: str) -> str:
    """Return the id of the partner named, which is a party to the version. Raises BadValue for any other."""
    return party_named(workspace.partnership, signing_status(workspace, version), name).partner


def _signature_options(call: Invocation, workspace: Workspace, version: Version) -> SignatureOptions:
    """Return the signature that the options describe. Raises BadValue or WrongPath."""
    args = call.args
    partner = _party_id(workspace, version, args.partner)
    name, title = usual_signer(workspace, version, partner)
    return SignatureOptions(
        partner=partner,
        name=args.by or name,
        title=args.title or (title if not args.by or args.by == name else ""),
        day=read_day(args.date, language()) if args.date else "",
        means=read_signing_means(workspace.guide, args.means) if args.means else HAND,
        original=args.original or "",
        file=read_paper(outside_path(args.file, "--file", relative=True)) if args.file else None,
    )


def _print(call: Invocation, workspace: Workspace, version: Version) -> None:
    """Print who has signed a version, as text or JSON."""
    if call.args.json:
        print_json(_as_data(workspace, version))
    else:
        console.print_text("\n".join(status_lines(workspace, call.store, version, private=False)))


def _as_data(workspace: Workspace, version: Version) -> dict[str, Any]:
    """Return the signatures and annexes of a version as JSON data."""
    signing = signing_status(workspace, version)
    return {
        "version": version.id,
        "adopted_on": version.date,
        "rule": signing.rule,
        "in_force_on": signing.in_force_on,
        "parties": [
            {
                "partner": party.partner,
                "name": party.name,
                "signed_on": party.signed_on,
                "binds_from": signing.binds_from(party),
                "signers": [
                    {
                        "name": signer.name,
                        "title": signer.title,
                        "asked": str(signer.row.get("asked", "")) if signer.row is not None else "",
                        "signed_on": signer.signed_on,
                        "means": str(signer.row.get("means", "")) if signer.row is not None else "",
                    }
                    for signer in party.signers
                ],
            }
            for party in signing.parties
        ],
        "annexes": [
            {
                "text": row.text("what", workspace.lang),
                "kind": row.get("kind", "annex"),
                "partner": row.get("partner", ""),
                "copy_kept": bool(row.get("file_hash")),
            }
            for row in annexes_of(workspace.partnership, version.id)
        ],
    }
