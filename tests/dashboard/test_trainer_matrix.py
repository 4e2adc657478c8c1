"""Route by role by format: content that people typed never reaches a trainer.

The routes come from the access table and the text fields from the tables' own definition, so
a new route or column is in here by itself.
"""

from __future__ import annotations

import io
import re
from collections.abc import AsyncIterator

import httpx
import msgspec
import pypdf
import pytest
import sqlalchemy as sa

from companion.dashboard.access import ACCESS, Viewer
from companion.dashboard.trainer_exports import FORMATS
from companion.method.evaluation import Answers
from companion.session.commands import ConfirmAgreement
from companion.storage.handovers import digest
from companion.storage.records import MeetingRecord
from companion.storage.tables import METADATA
from companion.vocabulary import Indicator, Method, Text
from tests.dashboard.visitor import Visitor
from tests.method.figured import some_figures
from tests.method.meetings import METHODS
from tests.storage.made import an_action

CANARY = "kanariepiet"
CODE = "abcde-fghjk"
NO_CONTENT = {
    ("actions", "state"): "one of five words",
    ("notes", "kind"): "a word of the program",
    ("goals", "indicator"): "one of the indicators",
    ("goals", "text"): "written for the trainer and the group together; the form says so",
    ("trainer_notes", "text"): "the trainer's own",
    ("figures", "review"): "counts and the method, which has a canary in each of its texts",
    ("handovers", "code"): "a digest",
    ("evaluations", "answers"): "three numbers",
    ("preferences", "key"): "a word of the program",
    ("journal", "event"): "the meeting that runs has canaries of its own",
    ("journal", "kind"): "a class of event",
    ("journal", "command"): "a random id",
}
"""Text columns without a canary, each with its reason; every other one gets one."""
FILLED = {"meeting_id": "m1", "group_id": "g1", "action_id": "m1.a1"}
"""What stands for the parts of a path; a page for trainers needs the right ones to answer."""


def _own_method() -> Method:
    """A method of the group's own, with a canary in every text."""
    method = METHODS["incident"]
    text = Text(nl=CANARY, en=CANARY)
    steps = tuple(
        msgspec.structs.replace(step, id=f"{CANARY}-{index}", name=text, task=text)
        for index, step in enumerate(method.steps)
    )
    return msgspec.structs.replace(method, id=CANARY, name=text, summary=text, steps=steps)


async def _planted(visitor: Visitor) -> None:
    storage = visitor.room.storage
    await visitor.group(id="g1")
    await storage.meetings.create(
        MeetingRecord(id="m1", group="g1", method="x", minutes=60, started=1.0, ended=3700.0)
    )
    await storage.actions.put([an_action(id="m1.a1", group="g1", meeting="m1")])
    own, figures = _own_method(), some_figures("m1", group="g1", model=CANARY)
    rows = [
        msgspec.structs.replace(row, step=f"{CANARY}-{index}")
        for index, row in enumerate(figures.review.steps)
    ]
    renamed = {old.step: new.step for old, new in zip(figures.review.steps, rows, strict=True)}
    visits = tuple(
        msgspec.structs.replace(visit, step=renamed[visit.step]) for visit in figures.review.visits
    )
    review = msgspec.structs.replace(figures.review, steps=tuple(rows), visits=visits)
    await storage.figures.put(msgspec.structs.replace(figures, method=own, review=review))
    for _ in range(4):
        await storage.evaluations.add("m1", Answers(veilig=7, methode=6, meenemen=8))
    await storage.goals.add("g1", Indicator.OPEN_QUESTIONS, "samen geschreven")
    await storage.handovers.give("m1", digest(CODE))
    async with storage.database.transaction() as connection:
        notes = METADATA.tables["notes"]
        values = {"id": "n1", "meeting": "m1", "kind": "question", "created": 1.0}
        await connection.execute(sa.insert(notes).values(member="x", text="x", **values))
        for table, column in _content_columns():
            shape = [CANARY] if isinstance(column.type, sa.JSON) else CANARY
            await connection.execute(sa.update(table).values({column.name: shape}))
    await visitor.room.start(members=(CANARY, "Bo"), inbrenger=CANARY, group="g1")
    await visitor.room.do(ConfirmAgreement(what=CANARY, who=CANARY))


def _content_columns() -> list[tuple[sa.Table, sa.Column[object]]]:
    texts = (sa.String, sa.Text, sa.JSON)
    return [
        (table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, texts)
        and not column.primary_key
        and not column.foreign_keys
        and (table.name, column.name) not in NO_CONTENT
    ]


@pytest.fixture
async def planted(stranger: Visitor) -> AsyncIterator[Visitor]:
    await _planted(stranger)
    yield stranger
    await stranger.room.session.close()


def _as(visitor: Visitor, viewer: Viewer, scope: str = "") -> None:
    sessions = visitor.house.sessions
    visitor.client.cookies.set(sessions.cookie, sessions.open(viewer, scope))


def _paths(row: str) -> list[tuple[str, str]]:
    """A row of the table as requests: one for each format where it has formats."""
    method, path = row.split(" ", 1)
    if "{file}" in path:
        found = [path.replace("{file}", name) for name in (*FORMATS, "trainer.json")]
    else:
        found = [path]
    return [
        (method, re.sub(r"\{([a-z_]+)\}", lambda m: FILLED.get(m[1], "volgende"), each))
        for each in found
    ]


REQUESTS = [(row, *request) for row in sorted(ACCESS) for request in _paths(row)]


def _everything_said(answer: httpx.Response) -> str:
    said = f"{answer.headers} {answer.content.decode('latin-1')}"
    if answer.headers.get("content-type") == "application/pdf":
        reader = pypdf.PdfReader(io.BytesIO(answer.content))
        said += " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    return said.lower()


async def test_nothing_that_people_typed_reaches_a_trainer(planted: Visitor) -> None:
    assert _content_columns()
    _as(planted, Viewer.TRAINER, digest(CODE))
    session = planted.client.cookies[planted.house.sessions.cookie]
    reached = 0
    for row, method, path in REQUESTS:
        if row in {"POST /afmelden", "POST /trainer/binnen"}:
            continue
        for language, accept in (("nl", "text/html"), ("en", "application/json")):
            planted.client.cookies.set("taal", language)
            answer = await planted.client.request(method, path, headers={"accept": accept})
            assert CANARY not in _everything_said(answer), (row, path)
            allowed = ACCESS[row]
            if allowed is not None and Viewer.TRAINER not in allowed:
                assert answer.status_code == 403, (row, path)
            elif method == "GET" and allowed is not None and "trainer.json" not in path:
                assert answer.status_code == 200, (row, path)
                reached += 1
        assert planted.client.cookies[planted.house.sessions.cookie] == session
    assert reached >= 2 * (3 + len(FORMATS))


async def test_the_canaries_do_sing_for_the_begeleider(planted: Visitor) -> None:
    _as(planted, Viewer.BEGELEIDER)
    paths = ("/", "/groepen/g1", "/cijfers/m1", "/cijfers/m1/review.csv", "/cijfers/m1/review.json")
    for path in paths:
        assert CANARY in _everything_said(await planted.get(path)), path


async def test_not_even_for_the_begeleider_are_they_in_what_goes(planted: Visitor) -> None:
    _as(planted, Viewer.BEGELEIDER)
    assert CANARY not in (await planted.get("/cijfers/m1/trainer.json")).text


async def test_another_code_opens_nothing(planted: Visitor) -> None:
    _as(planted, Viewer.TRAINER, digest("ander-code"))
    for path in ("/trainer/reviews/m1", "/trainer/reviews/m1/review.json", "/trainer/groepen/g1"):
        assert (await planted.get(path)).status_code == 404
    answer = await planted.post("/trainer/groepen/g1/notities", {"text": "hoi"})
    assert answer.status_code == 404
    assert await planted.room.storage.trainer_notes.of_group("g1") == []


async def test_what_is_withdrawn_is_gone_at_once(planted: Visitor) -> None:
    _as(planted, Viewer.TRAINER, digest(CODE))
    assert (await planted.get("/trainer/reviews/m1")).status_code == 200
    await planted.room.storage.handovers.withdraw("m1")
    assert (await planted.get("/trainer/reviews/m1")).status_code == 404
    assert "m1" not in (await planted.get("/trainer")).text


async def test_a_group_screen_sees_no_figures_of_another_meeting(planted: Visitor) -> None:
    _as(planted, Viewer.GROUP)
    assert (await planted.get("/cijfers/m1/groep")).status_code == 404
    assert (await planted.get("/cijfers/m1")).status_code == 403
