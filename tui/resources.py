"""Where the data of the package lies: styles, samples and messages, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def styles_dir() -> Path:
    """Return the folder of all TCSS; FileNotFoundError when the installation is damaged."""
    return _shared("styles", packed="_styles")


def samples_dir() -> Path:
    """Return the folder of the sample projects; FileNotFoundError when the installation is damaged."""
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
