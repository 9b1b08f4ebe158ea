"""Files that come back after weeks of mail: each difference lands where it belongs, or is listed as undecided."""

from __future__ import annotations

from typing import Any

import pytest

from tests.comparison.returned_cases import CASES, faults

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_returned_file_gives_what_it_must(case: dict[str, Any]) -> None:
    assert faults(case) == []
