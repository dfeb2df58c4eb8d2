"""A publisher of our own, and limits that let a test talk to it and not wait."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from geo.atlas.pull import Limits


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("publisher", Path(__file__).with_name("publisher.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["publisher"] = module
    spec.loader.exec_module(module)
    return module


play = _load()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies of the machine a test runs on have no part in it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def publisher() -> Iterator[Any]:
    with play.open_for_business() as there:
        yield there


@pytest.fixture
def waits() -> list[float]:
    """How long a pull would have waited."""
    return []


@pytest.fixture
def limits(waits: list[float]) -> Limits:
    return Limits(schemes=frozenset({"http"}), connect=2, silence=1, whole=1.5, tries=3, sleep=waits.append)
