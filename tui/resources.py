"""Find folders: the data of the package, in a checkout or a wheel, and the person's own folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


# By variable of the XDG Base Directory Specification 0.8, the folder in the home that is used if it is not set.
_DEFAULT_FOLDERS = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_STATE_HOME": ".local/state"}


def own_folder(environ: Mapping[str, str], variable: str) -> Path:
    """Return Entente's folder in the folder that an XDG variable names. Raises KeyError for another variable.

    A relative path in the variable is ignored, as the specification asks.
    """
    folder = environ.get(variable, "")
    if folder.startswith("/"):
        return Path(folder, "entente")
    return home_folder(environ) / _DEFAULT_FOLDERS[variable] / "entente"


def home_folder(environ: Mapping[str, str]) -> Path:
    """Return the home folder: HOME if it is an absolute path, else the account's, else « / »."""
    home = environ.get("HOME") or os.path.expanduser("~")
    if home.startswith("/"):
        return Path(home)
    return account_home() or Path("/")


def account_home() -> Path | None:
    """Return the home of this account by the system's list, not by HOME; None for a uid without an account."""
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
    return _existing(PACKAGE / "locale")


def _shared(name: str, *, packed: str) -> Path:
    """Return the checkout's folder `name` if there is a checkout, else its copy `packed` in the wheel."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    return _existing(PACKAGE / packed)


def _existing(folder: Path) -> Path:
    """Return the folder. Raises FileNotFoundError if it is missing."""
    if not folder.is_dir():
        raise FileNotFoundError(f"entente is not installed completely: {folder} is missing")
    return folder
