"""The address of a server: told from a path, and shown without its password."""

from __future__ import annotations

import pytest

from tui.text.server_addresses import is_server, shown_address


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
        ("postgresql://ann:s3@cret@h/d", "postgresql://ann@h/d"),
        ("postgresql://h/d\x1b[31m", "postgresql://h/d?[31m"),
    ],
)
def test_no_password_is_shown(address: str, shown: str) -> None:
    assert shown_address(address) == shown and "s3" not in shown_address(address)
