"""The commands a person types on their OWN machine to bring a text home when no clipboard can."""

from __future__ import annotations

import getpass
import re
import shlex
import shutil
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tui.resources import account_home

_SSH_PORT = "22"
_USUAL_FOLDERS = ("/usr/bin", "/usr/local/bin", "/bin")


def fetch_lines(path: Path, environ: Mapping[str, str], export: Sequence[str] = (), host: str = "") -> tuple[str, ...]:
    """Shell lines that fetch the file `path` into the folder one is in, and that have it made anew.

    `export` holds the words behind `entente` that write the same document to the standard output; without them there is
    one line. User and host are those of this session: `host` when the settings name it, with a user of its own or
    without, else the address that the person reached when ssh told it, else this machine's name. Each word is quoted
    for the shell of the person, and once more for the shell of the server. A file in this account's home is named from
    there, where ssh and scp begin (ssh(1), scp(1)): the line stays short.
    """
    reached, port = _server(environ)
    user, at, host = (host or reached).rpartition("@")
    person = f"{user or _user(environ)}@{host}"
    ssh = ["ssh", *(["-p", port] if port != _SSH_PORT else []), person]
    fetch = _fetch_file(path.absolute() if at else _from_home(path.absolute()), person, host, port, ssh)
    if not export:
        return (fetch,)
    remote = shlex.join([_entente(environ), *export])
    return fetch, f"{shlex.join(ssh)} {_once_more(remote)} > {shlex.quote(path.name)}"


def _from_home(path: Path) -> Path:
    """`path` as it is named from the account's home; as it is where it lies elsewhere."""
    home = account_home()
    if home is None or home == Path("/") or home not in path.parents:
        return path
    return path.relative_to(home)


def _once_more(remote: str) -> str:
    """The remote words as one word of the person's shell: in the quotes that cmd.exe and PowerShell know as well."""
    return f'"{remote}"' if re.fullmatch(r"[\w @%+=:,./-]+", remote, re.ASCII) else shlex.quote(remote)


def _fetch_file(path: Path, person: str, host: str, port: str, ssh: list[str]) -> str:
    # scp before OpenSSH 9 lets the remote shell read the path and later ones do not: a path that needs quotes
    # has no spelling that is right for both, so it goes by cat
    if shlex.quote(str(path)) != str(path):
        return f"{shlex.join([*ssh, shlex.join(['cat', str(path)])])} > {shlex.quote(path.name)}"
    # the colons of an IPv6 address would end the host (scp(1))
    target = person.replace(host, f"[{host}]") if ":" in host else person
    return shlex.join(["scp", *(["-P", port] if port != _SSH_PORT else []), f"{target}:{path}", "."])


def _server(environ: Mapping[str, str]) -> tuple[str, str]:
    # client address, client port, server address, server port (ssh(1), ENVIRONMENT)
    words = environ.get("SSH_CONNECTION", "").split()
    if len(words) == 4 and words[3].isdigit():
        return words[2], words[3]
    return socket.gethostname(), _SSH_PORT


def _user(environ: Mapping[str, str]) -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in a container
        return environ.get("USER") or "user"


def _entente(environ: Mapping[str, str]) -> str:
    """Return the command as ssh will find it: its full path unless it lies where every server looks."""
    beside = Path(sys.executable).with_name("entente")  # started by its full path, which no PATH knows
    found = shutil.which("entente", path=environ.get("PATH")) or (str(beside) if beside.is_file() else "")
    return found if found and str(Path(found).parent) not in _USUAL_FOLDERS else "entente"
