from __future__ import annotations

import io

import docx
import pypdf
import pytest
import vobject

from companion.method.evaluation import Answers
from companion.session.commands import ConfirmAgreement
from tests.dashboard.after import ended, restart
from tests.dashboard.test_planning import NOTES
from tests.dashboard.visitor import Visitor

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
AGREED = ConfirmAgreement(
    what="Bellen met school",
    who="Ans",
    how="na de les",
    with_whom="de mentor",
    when="maandag",
    due="2027-02-01",
    needs="een rustige plek",
    noticed_by="een afspraak",
)
WHOLE = (
    *("Bellen met school", "na de les", "de mentor", "een rustige plek", "een afspraak"),
    *("Hoe blijf ik rustig?", "Ademhalen", "Wachten", "Stil zijn"),
    "Team Noord",
)


async def _meeting(leader: Visitor) -> str:
    meeting = await ended(leader, AGREED)
    await leader.post(f"/plan/{meeting}/notities", NOTES)
    for number in range(4):
        given = Answers(veilig=number, methode=5, meenemen=10)
        await leader.room.storage.evaluations.add(meeting, given)
    return meeting


def _read(kind: str, body: bytes) -> str:
    if kind == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if kind == "docx":
        made = docx.Document(io.BytesIO(body))
        cells = [c.text for table in made.tables for row in table.rows for c in row.cells]
        return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])
    return body.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_summary_says_the_same_in_every_format(
    leader: Visitor, kind: str, language: str
) -> None:
    meeting = await _meeting(leader)
    await restart(leader)
    leader.client.cookies.set("taal", language)
    answer = await leader.get(f"/plan/{meeting}/samenvatting/{kind}")
    text = _read(kind, answer.content)
    assert [word for word in WHOLE if word not in text] == []
    said = {
        "nl": ("Dit is een kopie", "maandag 1 februari", "Introductie"),
        "en": ("This is a copy", "Monday 1 February", "Introduction"),
    }
    assert all(each in text for each in said[language])


@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_comes_with_a_safe_name_and_is_never_kept_by_the_browser(
    leader: Visitor, kind: str
) -> None:
    await leader.group(name='"; x="../é')
    meeting = await ended(leader)
    headers = (await leader.get(f"/plan/{meeting}/samenvatting/{kind}")).headers
    assert headers["content-type"] == KINDS[kind]
    name = f'attachment; filename="intervisie-x-e-2027-01-15.{kind}"'
    assert headers["content-disposition"] == name
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


async def test_an_unknown_format_is_not_there(leader: Visitor) -> None:
    meeting = await ended(leader)
    assert (await leader.get(f"/plan/{meeting}/samenvatting/exe")).status_code == 404
    assert (await leader.get("/plan/weg/samenvatting/pdf")).status_code == 404


async def test_the_page_shows_the_summary_and_the_text_for_a_mail(leader: Visitor) -> None:
    meeting = await _meeting(leader)
    text = (await leader.get(f"/plan/{meeting}/samenvatting")).text
    assert all(word in text for word in WHOLE)
    assert "VRAAG VAN DE INBRENGER" in text
    assert "4 antwoorden" in text


async def test_a_running_meeting_has_a_summary_of_how_far_it_is(leader: Visitor) -> None:
    await leader.group()
    meeting = await leader.room.start(group="g1")
    text = (await leader.get(f"/plan/{meeting}/samenvatting")).text
    assert "Er is niets afgesproken." in text


async def test_few_answers_are_not_shown(leader: Visitor) -> None:
    meeting = await ended(leader)
    for _ in range(3):
        given = Answers(veilig=1, methode=5, meenemen=10)
        await leader.room.storage.evaluations.add(meeting, given)
    assert "Midden" not in (await leader.get(f"/plan/{meeting}/samenvatting")).text


async def test_a_heard_agreement_that_nobody_confirmed_is_in_no_export(leader: Visitor) -> None:
    meeting = await ended(leader)
    assert leader.room.view.candidates == ()
    answer = await leader.get(f"/plan/{meeting}/agenda")
    assert answer.text.count("BEGIN:VTODO") == 1


async def test_agreements_go_into_a_calendar(leader: Visitor) -> None:
    meeting = await ended(leader, AGREED)
    answer = await leader.get(f"/plan/{meeting}/agenda")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    read = vobject.readOne(answer.text)
    assert read.vtodo.summary.value == "Bellen met school"
    assert read.vevent.dtstart.value.isoformat() == "2027-02-01"
    assert "Dit is een kopie" in read.vtodo.description.value


async def test_a_groups_open_actions_go_into_a_calendar(leader: Visitor) -> None:
    meeting = await ended(leader, AGREED, ConfirmAgreement(what="Schrijven"))
    await leader.post(f"/acties/{meeting}.a1", {"group": "g1", "state": "gedaan"})
    answer = await leader.get("/groepen/g1/agenda")
    assert answer.headers["content-disposition"] == 'attachment; filename="team-noord-acties.ics"'
    assert vobject.readOne(answer.text).vtodo.summary.value == "Schrijven"
    assert (await leader.get("/groepen/weg/agenda")).status_code == 404
