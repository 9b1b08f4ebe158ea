"""What `doctor` finds of the store's folders: who may read them, who may save in them, and whether locks work."""

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
from tui.store.backup import belongs
from tui.store.disk_locks import is_allowed, lock_fault, try_again
from tui.store.file_lock import Lock
from tui.store.file_names import is_public_file
from tui.store.folder_lifecycle import bin_of, folders_of, is_closed
from tui.store.store_errors import Locked, ReadOnly, StoreError, Unlocked

LOCK_WAIT_SECONDS = 1.0  # a save takes some hundredths of a second
LOCK = ".lock"
_LITTLE_ROOM_BYTES = 50_000_000  # a store of a thousand partnerships is smaller
_OF_THE_STORE = ("directory.json", "directory.json.twin", "index.json", "backups.json")  # files right in its folder


def folder_findings(root: Path) -> Iterator[Finding]:
    """The store's own folder: whether it can be read and written, by whom else, and whether its disk is nearly full."""
    if modes_of(root) == READERS:
        yield from _reading_findings(root)
        if only_reads(root):
            return
    elif not os.access(root, os.R_OK | os.W_OK | os.X_OK):
        text = _("{place}: this account may not write there. It belongs to {owner}.")
        yield Finding("bad", text.format(place=root, owner=owner_of(root)))
        return
    else:
        yield _openness(root)
    yield from promise_findings(root)
    yield from left_findings(root, _OF_THE_STORE)
    if os.geteuid() == 0 and root.stat().st_uid != 0:
        text = _("Entente runs as root, in the folder of {owner}: what it writes there belongs to {owner}.")
        yield Finding("ok", text.format(owner=owner_of(root)))
    yield from disk_findings(root)
    yield from _lock_findings(root)
    free = shutil.disk_usage(root).free
    if free < _LITTLE_ROOM_BYTES:
        yield Finding("warn", _("Little room is left on its disk: {n} MB.").format(n=free // 1_000_000))


def _openness(root: Path) -> Finding:
    """Who else may look into the store's folder."""
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
    """What no modes can keep from whom: disks that give all files the same ones, administrators and their backups."""
    if modes_hold(root) is False:
        text = _("{place}: this disk does not keep the modes of files: whoever reaches it can read private notes.")
        yield Finding("warn", text.format(place=root))
    text = _(
        "Administrators of this machine can read what is private, and so can whoever has its backups; "
        "destroying it does not reach those."
    )
    yield Finding("ok", text)


def _reading_findings(root: Path) -> Iterator[Finding]:
    """A folder in which one account writes and its group reads: what is kept from the group, and what is not."""
    text = _("{place}: {owner} writes in it; the group “{group}” reads what is public, and no private note.")
    words = {"place": root, "owner": owner_of(root), "group": _group_of(root)}
    yield Finding("ok", text.format(**words))
    if only_reads(root):
        yield Finding("ok", _("This account only reads there."))
        return
    open_folders = [path for path in folders_of(root) if modes_of(path) != READERS]
    private = (path for folder in (root, *folders_of(root)) for path in folder.iterdir() if _is_private(path))
    open_files = [path for path in private if path.stat().st_mode & 0o077]
    for paths, mode in ((open_folders, "2750"), (open_files, "600")):
        if paths:
            names = " ".join(shlex.quote(str(path)) for path in paths)
            text = _("{place}: the group can do more there than read what is public. To take it back: {command}")
            yield Finding("bad", text.format(place=root, command=f"chmod {mode} {names}"))


def _is_private(path: Path) -> bool:
    """Return whether a file is for those who write alone: of a partnership, or of the store."""
    public = is_public_file(path.name) or PAPER.fullmatch(path.name)
    return path.is_file() and not public


def disk_findings(root: Path) -> Iterator[Finding]:
    """Whether the locks of the disk where the store lies, or will lie, keep others out; nothing where they do."""
    try_again()
    fault = lock_fault(root)
    if fault is None:
        return
    refused = Unlocked(root, fault.kind, fault.disk)
    if is_allowed(root):
        yield Finding("warn", refused.told + " " + _("It is saved there all the same, as you said."))
    else:
        yield Finding("bad", str(refused))


def access_findings(folder: Path) -> Iterator[Finding]:
    """Why this account cannot read, or cannot save, the partnership in `folder`; nothing where it can do both."""
    if only_reads(folder):
        return  # it is there to be read, as said of the store's folder
    if is_closed(folder) or _is_closed_to_its_store(folder):
        text = _("{place}: this account may not look into it. It belongs to {owner}, who can open it: {command}")
        yield _bad(text, folder, folder)
        return
    closed = [path for path in sorted(folder.iterdir()) if _is_closed_file(path)]
    if closed:
        text = _("{place}: this account may not read {names}. They belong to {owner}, who can open them: {command}")
        names = ", ".join(path.name for path in closed)
        yield Finding("bad", text.format(place=folder, names=names, owner=owner_of(closed[0]), command=_cure(folder)))
    if not os.access(folder, os.W_OK):
        text = _("{place}: this account cannot save anything there. It belongs to {owner}, who can open it: {command}")
        yield _bad(text, folder, folder)
        return
    yield from _lock_findings(folder)


def bin_findings(root: Path) -> Iterator[Finding]:
    """Yield what of the bin this account may not look into."""
    places = [bin_of(root), *(path for path in folders_of(root) if path.parent == bin_of(root))]
    for place in places:
        if is_closed(place):
            text = _("{place}: this account may not look into it. It belongs to {owner}, who can open it: {command}")
            yield _bad(text, place, place)


def _bad(text: str, path: Path, folder: Path) -> Finding:
    return Finding("bad", text.format(place=path, owner=owner_of(path), command=_cure(folder)))


def _is_closed_file(path: Path) -> bool:
    # What somebody else has not finished typing is theirs alone, and no fault.
    return belongs(path.name) and path.is_file() and _is_out_of_reach(path)


def _is_closed_to_its_store(folder: Path) -> bool:
    """Return whether root, to whom all is open, looks at a folder that the owner of its store may not open."""
    found, root = folder.stat(), folder.parent.stat()
    return os.geteuid() == 0 and root.st_uid not in (0, found.st_uid) and not found.st_mode & 0o077


def _is_out_of_reach(path: Path) -> bool:
    """Whether this account may not read a file; for root, to whom all is open, whether its folder's owner may not."""
    found, folder = path.stat(), path.parent.stat()
    if os.geteuid() == 0 and folder.st_uid not in (0, found.st_uid):
        return not (found.st_mode & 0o004 or (found.st_mode & 0o040 and found.st_gid == folder.st_gid))
    return not os.access(path, os.R_OK)


def left_findings(folder: Path, names: Collection[str] = ()) -> Iterator[Finding]:
    """The files right in `folder`, of these names where some are given, that another account left and we cannot read.

    Its owner, whose program made the folder, can have them back.
    """
    try:
        there = [path for path in sorted(folder.iterdir()) if path.is_file() and (not names or path.name in names)]
        left = [path for path in there if _is_out_of_reach(path)]
    except OSError:
        return
    if left:
        text = _("{place}: this account may not read {names}. They belong to {owner}, who can open them: {command}")
        command = (
            f"sudo chown {owner_of(folder).removeprefix('uid ')} {' '.join(shlex.quote(str(path)) for path in left)}"
        )
        listed = ", ".join(path.name for path in left)
        yield Finding("bad", text.format(place=folder, names=listed, owner=owner_of(left[0]), command=command))


def _cure(folder: Path) -> str:
    """The line that opens a folder to whoever else should work in it: the store's group, or the store's owner."""
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
    """Whether the folder's lock can be taken; one that is not there yet is made by the first save, not here."""
    path = folder / LOCK
    if not os.path.lexists(path) or lock_fault(folder) is not None:
        return
    lock = Lock(path, timeout=LOCK_WAIT_SECONDS)
    try:
        lock.acquire()
    except ReadOnly:
        text = _("{place}: nothing can be saved, since this lock belongs to {owner}, who can open it: {command}")
        yield _bad(text, path, folder)
    except Locked as error:
        yield Finding("warn", str(error))
    except StoreError as error:
        yield Finding(
            "bad", _("{place}: nothing can be saved, since its lock does not work.").format(place=folder) + f" {error}"
        )
    else:
        lock.release()
