"""What all tests share: where the real data lies, where it is there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data to test on; it may not be redistributed, so a user has no such folder."""
    if not SHARED.is_dir():
        pytest.skip("the real data this test reads is not part of the project (no ../shared)")
    return SHARED
