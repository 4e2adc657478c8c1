"""The promises that the structure itself keeps."""

from __future__ import annotations

import subprocess
import sys
from enum import Enum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from companion import events
from companion.events import AgreementHeard, AnyFinding, Finding

_TEXT_ALLOWED = {(AgreementHeard, name) for name in ("what", "how", "with_whom", "when", "due")}


def _holds_text(hint: Any) -> bool:
    """Whether a value of this type can carry free text."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        return False
    if get_origin(hint) is Literal:
        return False
    if get_origin(hint) in (Union, UnionType, tuple, list, dict, frozenset):
        return any(_holds_text(part) for part in get_args(hint) if part is not Ellipsis)
    return hint in (str, bytes, Any, object) or not (
        hint in (int, float, bool, type(None))
        or (isinstance(hint, type) and issubclass(hint, Finding))
    )


def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.__struct_fields__}


def test_no_finding_can_carry_words_but_an_agreements_candidate() -> None:
    leaks = {
        (kind, name)
        for kind in get_args(AnyFinding)
        for name, hint in _fields(kind).items()
        if _holds_text(hint)
    }
    assert leaks == _TEXT_ALLOWED


def test_the_look_for_words_finds_a_planted_text_field() -> None:
    class Leaky(Finding, frozen=True, kw_only=True, tag=True):
        said: tuple[str, ...] | None = None

    assert _holds_text(_fields(Leaky)["said"])


def test_every_finding_is_known_to_the_pipe() -> None:
    defined = {
        kind
        for kind in vars(events).values()
        if isinstance(kind, type) and issubclass(kind, Finding) and kind is not Finding
    }
    assert defined == set(get_args(AnyFinding))


def test_candidates_with_text_are_never_journalled() -> None:
    assert AgreementHeard in events.TRANSIENT


_SERVICE = "companion.session.lifecycle, companion.dashboard.application, companion.storage.opening"


@pytest.mark.parametrize("heavy", ["numpy", "spacy", "ctranslate2", "sounddevice"])
def test_the_service_never_loads_what_listens(heavy: str) -> None:
    look = f"import sys, {_SERVICE}; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


def test_importing_the_package_opens_no_file_device_or_socket() -> None:
    look = (
        "import sys\n"
        "seen = []\n"
        "def hook(event, args):\n"
        "    writes = event == 'open' and isinstance(args[1], str) and set(args[1]) & set('wax+')\n"
        "    if writes or event.startswith('socket.'):\n"
        "        seen.append((event, args))\n"
        "sys.dont_write_bytecode = True\n"
        "sys.addaudithook(hook)\n"
        "import companion, companion.cli, companion.events, companion.listening.link\n"
        "sys.exit(str(seen) if seen else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", look], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
