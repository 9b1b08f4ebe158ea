"""Where files lie: the data of the package, in a checkout and in a wheel, and the person's own folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


# The folders of the XDG Base Directory Specification 0.8, and where they lie in the home if no variable says otherwise.
_IN_THE_HOME = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state"}


def own_folder(environ: Mapping[str, str], variable: str) -> Path:
    """Return Entente's own folder in the one that `variable` names; KeyError for a variable that is none of the three.

    A relative path in the variable is ignored, as the specification asks.
    """
    named = environ.get(variable, "")
    if named.startswith("/"):
        return Path(named, "entente")
    return home_folder(environ) / _IN_THE_HOME[variable] / "entente"


def home_folder(environ: Mapping[str, str]) -> Path:
    """Return the account's home: HOME where it is a whole path, else what the system says of the account."""
    home = environ.get("HOME") or os.path.expanduser("~")
    if home.startswith("/"):
        return Path(home)
    return account_home() or Path("/")


def account_home() -> Path | None:
    """Return the home that the system gives this account, whatever HOME says; None for a uid without an account."""
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:  # as in a container
        return None


def styles_dir() -> Path:
    """Return the folder of all TCSS; FileNotFoundError when the installation is damaged."""
    return _shared("styles", packed="_styles")


def samples_dir() -> Path:
    """Return the folder of the sample partnerships; FileNotFoundError when the installation is damaged."""
    return _shared("sample_projects", packed="_samples")


def locale_dir() -> Path:
    """Return the folder of the message catalogues, laid out as gettext wants; FileNotFoundError when damaged."""
    return _present(PACKAGE / "locale")


def _shared(name: str, *, packed: str) -> Path:
    """Return the checkout's folder `name` where there is a checkout, else its copy `packed` in the wheel."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _present(PACKAGE / packed)


def _present(folder: Path) -> Path:
    if not folder.is_dir():
        raise FileNotFoundError(f"entente is not installed completely: {folder} is missing")
    return folder
