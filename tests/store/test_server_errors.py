"""What an error of a server's library means to whoever writes, by its code and only without one by its words."""

from __future__ import annotations

import psycopg
import pytest

from tui import i18n
from tui.store.server_errors import (
    NotAllowed,
    Refused,
    ServerBusy,
    ServerError,
    ServerFull,
    Unreachable,
    from_psycopg,
)

PLACE = "postgresql://ann@example.org/entente"
SAID = "password of nobody's interest"  # words that would mean a refusal where there is no code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("28000", Refused),
        ("28P01", Refused),
        ("42501", NotAllowed),
        ("25006", NotAllowed),  # a standby
        ("53100", ServerFull),
        ("53200", ServerFull),
        ("55P03", ServerBusy),
        ("57014", Unreachable),
        ("25P03", Unreachable),
        ("08006", Unreachable),
        ("40001", Unreachable),
        ("XX000", Unreachable),
    ],
)
def test_a_code_says_more_than_the_words_beside_it(code: str, kind: type[ServerError]) -> None:
    error = psycopg.errors.lookup(code)(SAID)
    assert type(from_psycopg(error, PLACE)) is kind


@pytest.mark.parametrize("code", ["57014", "25P03"])
def test_what_takes_too_long_is_told_in_our_words(code: str) -> None:
    i18n.use("en")
    found = from_psycopg(psycopg.errors.lookup(code)(SAID), PLACE)
    assert isinstance(found, Unreachable) and found.reason == "it takes too long"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ('FATAL:  role "eve" does not exist', Refused),
        ("FATAL:  authentification par mot de passe échouée", Refused),
        ("connection to server failed: Connection refused", Unreachable),
        ("", Unreachable),
    ],
)
def test_without_a_code_the_words_decide(said: str, kind: type[ServerError]) -> None:
    assert type(from_psycopg(psycopg.OperationalError(said), PLACE)) is kind
