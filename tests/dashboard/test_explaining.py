from __future__ import annotations

import msgspec
import pytest

from companion.dashboard.explaining import explanation
from companion.dashboard.texts import LANGUAGES, Language
from companion.dashboard.wording import Wording
from companion.method.definitions import load_methods

_METHODS = load_methods()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", _METHODS)
def test_every_method_is_explained_in_a_few_sentences(method: str, language: Language) -> None:
    told = explanation(_METHODS[method], Wording(language))
    assert told != _METHODS[method].summary.in_language(language)
    assert 2 <= told.count(".") <= 4
    assert len(told) < 320


def test_an_own_method_has_its_summary() -> None:
    own = msgspec.structs.replace(_METHODS["incident"], id="van-ons")
    assert explanation(own, Wording("nl")) == own.summary.nl
