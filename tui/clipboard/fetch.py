"""The commands a person types on their OWN machine to bring a text home when no clipboard can."""

from __future__ import annotations

import getpass
import shlex
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

_SSH_PORT = "22"
_USUAL_FOLDERS = ("/usr/bin", "/usr/local/bin", "/bin")


def fetch_lines(path: Path, environ: Mapping[str, str], project_id: str) -> tuple[str, ...]:
    """Shell lines that fetch the kept file `path`, and that export the project anew, into the folder one is in.

    User and host are those of this session; the host is the address the person reached when ssh told it, else this
    machine's name. Each word is quoted for the shell of the person, and once more for the shell of the server.
    """
    host, port = _server(environ)
    person = f"{_user(environ)}@{host}"
    remote = shlex.join([_entente(environ), "export", project_id, "-"])
    ssh = ["ssh", *(["-p", port] if port != _SSH_PORT else []), person]
    export = f"{shlex.join([*ssh, remote])} > {shlex.quote(path.name)}"
    return _fetch_file(path, person, host, port, ssh), export


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
    """The command as ssh will find it: its full path unless it lies where every server looks."""
    found = shutil.which("entente", path=environ.get("PATH"))
    return found if found and str(Path(found).parent) not in _USUAL_FOLDERS else "entente"
