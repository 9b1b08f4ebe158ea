"""The address of a server: told from a path, and shown without its password."""

from __future__ import annotations

import pytest

from tui.text.outside_paths import WrongPath
from tui.text.server_addresses import is_server, place_of_store, shown_address


@pytest.mark.parametrize("text", ["postgresql://h/d", "postgres:///d", " PostgreSQL://h/d"])
def test_an_address_is_no_path(text: str) -> None:
    assert is_server(text)


@pytest.mark.parametrize("text", ["/srv/postgresql", "postgresql:/h/d", "store", "", "https://h/d"])
def test_a_path_is_no_address(text: str) -> None:
    assert not is_server(text)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ann:s3cret@h:5433/d", "postgresql://ann@h:5433/d"),
        ("postgresql://ann@/d?host=/run/pg&password=s3cret", "postgresql://ann@/d?host=/run/pg"),
        ("postgres://:s3cret@h/d?sslpassword=s3cret&sslmode=require", "postgresql://h/d?sslmode=require"),
        ("postgresql:///d?PASSWORD=s3cret", "postgresql:///d"),
        ("postgresql://ann:s3%40cret@h/d?passfile=/home/s3cret", "postgresql://ann@h/d"),
        ("postgresql://[broken", "postgresql://…"),
        ("postgresql://ann:s3@cret@h/d", "postgresql://…"),
        ("postgresql://ann:s3/cret@h/d", "postgresql://…"),
        ("postgresql://ann:12/s3cret@h/d", "postgresql://…"),
        ("postgresql://ann:12?s3cret/4@h/d", "postgresql://…"),
        ("postgresql://ann:s3%zzcret@h/d", "postgresql://…"),
        ("postgresql://ann:s3#cret@h/d", "postgresql://ann@h/d"),
        ("postgresql://ann:s3?cret:5@h:1,[::1]:2/d", "postgresql://ann@h:1,[::1]:2/d"),
        ("postgresql://h/d?passwrod=s3cret&sslmode=require", "postgresql://h/d?sslmode=require"),
        ("postgresql://h/d\x1b[31m", "postgresql://h/d?[31m"),
    ],
)
def test_no_password_is_shown(address: str, shown: str) -> None:
    assert shown_address(address) == shown and "s3" not in shown_address(address)


@pytest.mark.parametrize("text", [
    "postgresql://ann:s3@cret@h/d", "postgresql://ann:s3/cret@h/d", "postgresql://ann:s3%zz@h/d", "postgresql://h/%ff",
    "postgresql://[::1/d", "postgresql://ann:s3@h:port/d", "postgresql:ann:s3@h/d", "postgres:/h/d", "mysql://ann:s3@h/d",
    "file:///srv/x", "sqlite:///s3.db",
])  # fmt: skip
def test_what_is_no_address_is_told_without_a_word_of_it(text: str) -> None:
    with pytest.raises(WrongPath) as told:
        place_of_store(text, "ENTENTE_STORE", relative=True)
    assert str(told.value).startswith("ENTENTE_STORE") and "s3" not in str(told.value)


@pytest.mark.parametrize(
    "text", ["postgresql://", "POSTGRESQL://ann:s3#@h:5433/d", "postgres://%2Frun%2Fpg/d?sslmode=require"]
)
def test_an_address_is_given_as_libpq_takes_it(text: str) -> None:
    scheme, _mark, rest = text.partition("://")
    assert place_of_store(f" {text}\n", "store") == f"{scheme.lower()}://{rest}"
