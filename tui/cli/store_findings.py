"""What `doctor` reports on the store's folders: who may read them, who may save in them, and whether locks work.

A *finding* has a level ("ok", "warn", "bad") and a sentence. A folder or file is *closed* if this account may not read
it. A store is *shared* if its group may write in it (GROUP), or *read by a group* (READERS) if the group only reads.
"""

from __future__ import annotations

import grp
import os
import shlex
import shutil
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from tui.atomic_files import GROUP, READERS, modes_hold, modes_of, only_reads, owner_of
from tui.clipboard import Finding
from tui.i18n import _
from tui.store.adopted_papers import PAPER
from tui.store.backup import is_backed_up
from tui.store.disk_locks import forget_lock_faults, is_allowed, lock_fault
from tui.store.file_lock import Lock
from tui.store.file_names import is_public_file
from tui.store.folder_lifecycle import bin_of, folders_of, is_inaccessible
from tui.store.store_errors import Locked, ReadOnly, StoreError, Unlocked, is_read_only_disk, read_only_disk_words

LOCK_WAIT_SECONDS = 1.0  # a save holds the lock for some hundredths of a second
LOCK = ".lock"  # the file of the lock in each folder
_LOW_SPACE_BYTES = 50_000_000  # a store of a thousand partnerships is smaller
# The store's files outside of partnerships; a « .twin » is the second copy of a file.
_STORE_FILES = ("directory.json", "directory.json.twin", "index.json", "backups.json")


def folder_findings(root: Path) -> Iterator[Finding]:
    """Yield whether the store's folder can be read and written, by whom else, and whether its disk is nearly full."""
    if modes_of(root) == READERS:
        yield from _reading_findings(root)
        if only_reads(root):
            return
    elif is_read_only_disk(root):
        yield Finding("bad", read_only_disk_words(root))
        return
    elif not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        text = _("{place}: this account may not write there. It belongs to {owner}.")
        yield Finding("bad", text.format(place=root, owner=owner_of(root)))
        return
    else:
        yield _access_of_others(root)
    yield from promise_findings(root)
    yield from closed_file_findings(root, _STORE_FILES)
    if os.geteuid() == 0 and root.stat().st_uid != 0:
        text = _("Entente runs as root, in the folder of {owner}: what it writes there belongs to {owner}.")
        yield Finding("ok", text.format(owner=owner_of(root)))
    yield from disk_findings(root)
    yield from _lock_findings(root)
    free_bytes = shutil.disk_usage(root).free
    if free_bytes < _LOW_SPACE_BYTES:
        yield Finding("warn", _("Little room is left on its disk: {n} MB.").format(n=free_bytes // 1_000_000))


def _access_of_others(root: Path) -> Finding:
    """Return who else may look into the store's folder."""
    mode = stat.S_IMODE(root.stat().st_mode)
    if modes_of(root) == GROUP and not mode & 0o007:
        text = _(
            "{place}: a shared folder. All members of the group “{group}” can read and change what is in it,"
            " private notes too."
        )
        return Finding("warn", text.format(place=root, group=_group_of(root)))
    if mode & 0o077:
        text = _("{place}: others may look into it (mode {mode}), private notes too. Close it: chmod 700.")
        return Finding("warn", text.format(place=root, mode=f"{mode:o}"))
    return Finding("ok", _("{place}: it can be read and written.").format(place=root))


def promise_findings(root: Path) -> Iterator[Finding]:
    """Yield who can read private notes in spite of the modes of files: on a disk without modes, and administrators."""
    if modes_hold(root) is False:
        text = _("{place}: this disk does not keep the modes of files: whoever reaches it can read private notes.")
        yield Finding("warn", text.format(place=root))
    text = _(
        "Administrators of this machine can read what is private, and so can whoever has its backups; "
        "destroying it does not reach those."
    )
    yield Finding("ok", text)


def _reading_findings(root: Path) -> Iterator[Finding]:
    """Yield what the group can do in a store where one account writes and the group reads, and how to restrict it."""
    text = _("{place}: {owner} writes in it; the group “{group}” reads what is public, and no private note.")
    words = {"place": root, "owner": owner_of(root), "group": _group_of(root)}
    yield Finding("ok", text.format(**words))
    if only_reads(root):
        yield Finding("ok", _("This account only reads there."))
        return
    open_folders = [path for path in folders_of(root) if modes_of(path) != READERS]
    private_files = (path for folder in (root, *folders_of(root)) for path in folder.iterdir() if _is_private(path))
    open_files = [path for path in private_files if path.stat().st_mode & 0o077]
    for paths, mode in ((open_folders, "2750"), (open_files, "600")):
        if paths:
            names = " ".join(shlex.quote(str(path)) for path in paths)
            text = _("{place}: the group can do more there than read what is public. To take it back: {command}")
            yield Finding("bad", text.format(place=root, command=f"chmod {mode} {names}"))


def _is_private(path: Path) -> bool:
    """Return whether a file is only for the account that writes."""
    is_public = is_public_file(path.name) or PAPER.fullmatch(path.name)  # PAPER: an adopted text
    return path.is_file() and not is_public


def disk_findings(root: Path) -> Iterator[Finding]:
    """Yield a finding if the locks of the store's disk do not keep other programs out; nothing if they do."""
    forget_lock_faults()
    fault = lock_fault(root)
    if fault is None:
        return
    refusal = Unlocked(root, fault.kind, fault.disk)
    if is_allowed(root):  # a person said that it is to be saved there nevertheless
        yield Finding("warn", refusal.explanation + " " + _("It is saved there all the same, as you said."))
    else:
        yield Finding("bad", str(refusal))


def access_findings(folder: Path) -> Iterator[Finding]:
    """Yield why this account cannot read, or cannot save, the partnership in `folder`; nothing if it can do both."""
    if only_reads(folder):
        return  # the finding on the store's folder says that this account only reads
    if is_inaccessible(folder) or _is_closed_to_its_store(folder):
        text = _("{place}: this account may not look into it. It belongs to {owner}, who can open it: {command}")
        yield _bad_finding(text, folder, folder)
        return
    closed = [path for path in sorted(folder.iterdir()) if _is_closed_file(path)]
    if closed:
        text = _("{place}: this account may not read {names}. They belong to {owner}, who can open them: {command}")
        names, command = ", ".join(path.name for path in closed), _opening_command(folder)
        yield Finding("bad", text.format(place=folder, names=names, owner=owner_of(closed[0]), command=command))
    if is_read_only_disk(folder):
        return  # the finding on the store's folder says so
    if not os.access(folder, os.W_OK):
        text = _("{place}: this account cannot save anything there. It belongs to {owner}, who can open it: {command}")
        yield _bad_finding(text, folder, folder)
        return
    yield from _lock_findings(folder)


def bin_findings(root: Path) -> Iterator[Finding]:
    """Yield the folders of the bin that this account may not look into."""
    places = [bin_of(root), *(path for path in folders_of(root) if path.parent == bin_of(root))]
    for place in places:
        if is_inaccessible(place):
            text = _("{place}: this account may not look into it. It belongs to {owner}, who can open it: {command}")
            yield _bad_finding(text, place, place)


def _bad_finding(text: str, path: Path, folder: Path) -> Finding:
    """Return a bad finding on `path`, with its owner and the command that opens `folder`."""
    return Finding("bad", text.format(place=path, owner=owner_of(path), command=_opening_command(folder)))


def _is_closed_file(path: Path) -> bool:
    """Return whether a file of the partnership cannot be read; the private journals of other users do not count."""
    return is_backed_up(path.name) and path.is_file() and _is_out_of_reach(path)


def _is_closed_to_its_store(folder: Path) -> bool:
    """Return whether this account is root, but the owner of the store may not open the folder."""
    folder_facts, root_facts = folder.stat(), folder.parent.stat()
    is_of_another_owner = root_facts.st_uid not in (0, folder_facts.st_uid)
    return os.geteuid() == 0 and is_of_another_owner and not folder_facts.st_mode & 0o077


def _is_out_of_reach(path: Path) -> bool:
    """Return whether this account may not read a file; for root, whether the owner of its folder may not."""
    facts, folder_facts = path.stat(), path.parent.stat()
    if os.geteuid() == 0 and folder_facts.st_uid not in (0, facts.st_uid):
        may_others_read = facts.st_mode & 0o004
        may_group_read = facts.st_mode & 0o040 and facts.st_gid == folder_facts.st_gid
        return not (may_others_read or may_group_read)
    return not os.access(path, os.R_OK)


def closed_file_findings(folder: Path, names: Collection[str] = ()) -> Iterator[Finding]:
    """Yield a finding on the files in `folder` (with `names` given, on these) that this account cannot read.

    The command in the finding gives these files back to the owner of the folder.
    """
    try:
        files = [path for path in sorted(folder.iterdir()) if path.is_file() and (not names or path.name in names)]
        closed = [path for path in files if _is_out_of_reach(path)]
    except OSError:
        return
    if closed:
        text = _("{place}: this account may not read {names}. They belong to {owner}, who can open them: {command}")
        paths = " ".join(shlex.quote(str(path)) for path in closed)
        command = f"sudo chown {owner_of(folder).removeprefix('uid ')} {paths}"
        closed_names = ", ".join(path.name for path in closed)
        yield Finding("bad", text.format(place=folder, names=closed_names, owner=owner_of(closed[0]), command=command))


def _opening_command(folder: Path) -> str:
    """Return the command that opens a folder to the store's group, or gives it to the store's owner."""
    root, place = folder.parent, shlex.quote(str(folder))
    if modes_of(root) == GROUP:
        group = _group_of(root).removeprefix("gid ")
        return f"chgrp -R {group} {place} && chmod -R g+rwX {place}"
    return f"sudo chown -R {owner_of(root).removeprefix('uid ')} {place}"


def _group_of(path: Path) -> str:
    """Return the name of the group of `path`, « gid 1234 » for one without a name."""
    number = path.stat().st_gid
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return f"gid {number}"


def _lock_findings(folder: Path) -> Iterator[Finding]:
    """Yield why the folder's lock cannot be taken; a missing lock is made by the first save, not here."""
    path = folder / LOCK
    if not os.path.lexists(path) or lock_fault(folder) is not None:
        return
    lock = Lock(path, timeout=LOCK_WAIT_SECONDS)
    try:
        lock.acquire()
    except ReadOnly:
        text = _("{place}: nothing can be saved, since this lock belongs to {owner}, who can open it: {command}")
        yield _bad_finding(text, path, folder)
    except Locked as error:
        yield Finding("warn", str(error))
    except StoreError as error:
        yield Finding(
            "bad", _("{place}: nothing can be saved, since its lock does not work.").format(place=folder) + f" {error}"
        )
    else:
        lock.release()
