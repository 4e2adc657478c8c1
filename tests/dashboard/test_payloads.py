"""What people type is text on every page: a page has the same elements whatever they type."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from companion.clock import VirtualClock
from companion.dashboard.forms import clean
from companion.session.commands import EndMeeting
from companion.storage.opening import open_plain
from tests.dashboard.payloads import payloads
from tests.dashboard.visitor import Visitor, make_visitor
from tests.session.rooms import Room

_A_MEETING = 20
_BEFORE = ("/", "/groepen/{group}", "/beginnen?groep={group}")
_DURING = (
    "/leiden",
    "/leiden/nu",
    "/leiden/stemmen",
    "/leiden/afspraak",
    "/leiden/toestemming",
    "/scherm",
    "/plan",
)
_AFTER = ("/plan", "/groepen/{group}", "/groepen/{group}/terugblik", "/")
_LONGEST_NAME = 40


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(sorted(name for name, _ in attrs))))
        self.words += [value for _, value in attrs if value]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


async def _pages(leader: Visitor, texts: list[str]) -> dict[str, Shape]:
    """Every page of a group and a meeting in which these texts are everything there is."""
    fields = {
        "method": "incident",
        "name": texts[0],
        "place": texts[1],
        "members": "\n".join(texts),
    }
    made = await leader.post("/groepen/nieuw", fields)
    assert made.status_code == 303
    (group,) = await leader.room.storage.groups.list()
    shown = {path: await _shape(leader, path.format(group=group.id)) for path in _BEFORE}
    order = {"group": group.id, "confidential": "yes", "listen": "no", "members": group.members}
    leading = {"begeleider": group.members[2], "inbrenger": group.members[3]}
    begun = await leader.post("/beginnen", order | leading)
    assert begun.status_code == 303
    for text in texts:
        what = {"what": text, "who": text, "how": text, "when": text, "with_whom": text}
        await leader.post("/leiden/doen/bevestig", what | {"needs": text, "noticed_by": text})
    shown |= {path: await _shape(leader, path) for path in _DURING}
    await leader.room.do(EndMeeting())
    for path in _AFTER:
        shown[f"after {path}"] = await _shape(leader, path.format(group=group.id))
    return shown


async def _shape(leader: Visitor, path: str) -> Shape:
    answer = await leader.get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return Shape(answer.text)


async def _shown(folder: Path, name: str, texts: list[str]) -> dict[str, Shape]:
    clock = VirtualClock()
    storage = await open_plain(folder / f"{name}.db", clock)
    try:
        async with make_visitor(Room(storage, clock, folder)) as visitor:
            await visitor.come_in()
            return await _pages(visitor, texts)
    finally:
        await storage.close()


def _batches() -> list[list[str]]:
    """Lines as the form takes them: what splits a line or cleans to nothing is filled up."""
    texts = [" ".join(text.splitlines()) or "x" for text in payloads()]
    return [texts[start : start + _A_MEETING] for start in range(0, len(texts), _A_MEETING)]


def test_there_are_two_hundred_of_them() -> None:
    texts = [text for batch in _batches() for text in batch]
    assert len(texts) == 200
    assert len(set(texts)) == 200


@pytest.mark.parametrize("batch", range(len(_batches())))
async def test_what_is_typed_is_text_on_every_page(tmp_path: Path, batch: int) -> None:
    texts = _batches()[batch]
    kept = [clean(text, _LONGEST_NAME) for text in texts]
    plain = [f"naam {chr(97 + nr)} {nr}" for nr in range(len(dict.fromkeys(kept)))]
    expected = await _shown(tmp_path, "plain", [*plain, *plain[: len(texts) - len(plain)]])
    shown = await _shown(tmp_path, "odd", texts)
    ours = {element for shape in expected.values() for element in shape.elements}
    for path, shape in shown.items():
        assert set(shape.elements) <= ours, path
        if not path.endswith("/plan"):  # which has a hint more where a text looks like a name
            assert shape.elements == expected[path].elements, path
    words = "\n".join(shown["/leiden"].words + shown["/plan"].words)
    for text in texts:
        assert clean(text) in words
