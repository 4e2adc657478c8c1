"""Turns of phrase as data: patterns from a TOML file, found by spaCy's Matcher."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from spacy.matcher import Matcher
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.vocab import Vocab

from companion.errors import UsageError

KIND_RULES: Final = Path(__file__).parent / "data" / "kinds.toml"
_ANY: Final = {"OP": "{0,3}"}
_START, _END = "^", "$"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A turn of phrase: its id, the label that it speaks for, its patterns."""

    id: str
    label: str
    patterns: tuple[str, ...]


class _You(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    you: _You
    rule: tuple[Rule, ...]


class RuleBook:
    """The rules of one file, ready to match."""

    def __init__(self, file: Path = KIND_RULES) -> None:
        try:
            read = msgspec.convert(tomllib.loads(file.read_text("utf-8")), _File)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise UsageError("language-rules", f"{file.name}: {error}") from error
        self.labels = {rule.id: rule.label for rule in read.rule}
        self._vocab = Vocab()
        self._matcher = Matcher(self._vocab)
        for rule in read.rule:
            patterns = [_compiled(text, read.you.words) for text in rule.patterns]
            self._matcher.add(rule.id, patterns)

    @property
    def strings(self) -> StringStore:
        """The words that the rules know; what they are matched with doesn't stay in it."""
        return self._vocab.strings

    def matching(self, core: Sequence[str]) -> list[str]:
        """Ids of the rules that match these words, in the order of the file."""
        with self._vocab.memory_zone():  # its words leave with it
            doc = Doc(self._vocab, words=[_START, *core, _END])
            found = {self._vocab.strings[match[0]] for match in self._matcher(doc)}
        return [name for name in self.labels if name in found]


def _compiled(text: str, you: str) -> list[dict[str, object]]:
    """A pattern of spaCy's Matcher from "^ zou {you} * niet|beter"."""
    return [_token(word) for word in re.sub(r"\{you\}", you, text).split()]


def _token(word: str) -> dict[str, object]:
    if word == "*":
        return dict(_ANY)
    optional = word.endswith("?")
    words = word.removesuffix("?").split("|")
    token: dict[str, object] = {"ORTH": {"IN": words}} if len(words) > 1 else {"ORTH": words[0]}
    return token | {"OP": "?"} if optional else token


@cache
def kind_rules() -> RuleBook:
    """The rules for sentence kinds."""
    return RuleBook()
