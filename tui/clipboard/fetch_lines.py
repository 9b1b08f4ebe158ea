"""The shell commands that fetch a file from this server, for the user to run on their own machine."""

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
    """Return shell commands that fetch the file `path` into the current folder: one that copies it, one that makes it.

    The second one runs `entente` on the server to write the same document to the standard output; `export` are its
    arguments, and without them there is no second command. `host` is "host" or "user@host" from the settings; for "" it
    is the address in SSH_CONNECTION, else this machine's name. Words for the server are quoted twice, for its shell and
    for that of the user's machine. A file in the home folder is named relative to that folder, where ssh and scp start
    (ssh(1), scp(1)), which keeps the command short.
    """
    session_host, port = _server_and_port(environ)
    user, at, host = (host or session_host).rpartition("@")
    user_at_host = f"{user or _user(environ)}@{host}"
    ssh = ["ssh", *(["-p", port] if port != _SSH_PORT else []), user_at_host]
    fetch = _fetch_command(path.absolute() if at else _from_home(path.absolute()), user_at_host, host, port, ssh)
    if not export:
        return (fetch,)
    remote_command = shlex.join([_entente_command(environ), *export])
    return fetch, f"{shlex.join(ssh)} {_quoted_for_local_shell(remote_command)} > {shlex.quote(path.name)}"


def _from_home(path: Path) -> Path:
    """Return `path` relative to the account's home folder; unchanged if it lies elsewhere."""
    home = account_home()
    if home is None or home == Path("/") or home not in path.parents:
        return path
    return path.relative_to(home)


def _quoted_for_local_shell(remote_command: str) -> str:
    """Return a command as one word for the user's shell.

    Double quotes are used if possible, because cmd.exe and PowerShell know them too.
    """
    if re.fullmatch(r"[\w @%+=:,./-]+", remote_command, re.ASCII):
        return f'"{remote_command}"'
    return shlex.quote(remote_command)


def _fetch_command(path: Path, user_at_host: str, host: str, port: str, ssh: list[str]) -> str:
    """Return the command that copies a file of the server; `ssh` are the words of the command that connects."""
    # Before OpenSSH 9, scp lets the remote shell read the path; later versions do not. No quoting of a path is right
    # for both, so a path that needs quotes is fetched by `cat`.
    if shlex.quote(str(path)) != str(path):
        return f"{shlex.join([*ssh, shlex.join(['cat', str(path)])])} > {shlex.quote(path.name)}"
    # In scp a colon ends the host, so an IPv6 address needs brackets (scp(1)).
    target = user_at_host.replace(host, f"[{host}]") if ":" in host else user_at_host
    return shlex.join(["scp", *(["-P", port] if port != _SSH_PORT else []), f"{target}:{path}", "."])


def _server_and_port(environ: Mapping[str, str]) -> tuple[str, str]:
    """Return the address and port by which the user reached this machine; its name and 22 if ssh does not say."""
    # "client address, client port, server address, server port" (ssh(1), ENVIRONMENT), separated by spaces.
    words = environ.get("SSH_CONNECTION", "").split()
    if len(words) == 4 and words[3].isdigit():
        return words[2], words[3]
    return socket.gethostname(), _SSH_PORT


def _user(environ: Mapping[str, str]) -> str:
    """Return the login of this account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, in a container for instance
        return environ.get("USER") or "user"


def _entente_command(environ: Mapping[str, str]) -> str:
    """Return `entente` as a command over ssh finds it: by its full path, unless it is in a usual folder."""
    next_to_python = Path(sys.executable).with_name("entente")  # in a virtual environment that is not in PATH
    path = shutil.which("entente", path=environ.get("PATH")) or ""
    if not path and next_to_python.is_file():
        path = str(next_to_python)
    return path if path and str(Path(path).parent) not in _USUAL_FOLDERS else "entente"
