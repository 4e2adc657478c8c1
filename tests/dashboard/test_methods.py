"""Own methods as someone makes them, without a script."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from companion.method.definitions import parse_method
from companion.method.exporting import dump_method
from companion.method.own import OwnMethods
from companion.vocabulary import Method, Writing
from tests.dashboard.visitor import Visitor
from tests.method.meetings import METHODS

OWN = "incident-2"


def _library(visitor: Visitor) -> OwnMethods:
    return OwnMethods(visitor.room.settings.config_dir)


def _stored(visitor: Visitor, name: str = OWN) -> Method:
    return _library(visitor).read().by_id[name]


def _fields(text: str) -> dict[str, str]:
    """What a browser would send of the largest form on the page."""
    form = max(re.findall(r"<form.*?</form>", text, re.DOTALL), key=len)
    found = dict(re.findall(r'<input type="text"[^>]* name="([^"]+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    found |= dict(
        re.findall(
            r'<select[^>]* name="([^"]+)".*?<option value="([^"]*)" selected', form, re.DOTALL
        )
    )
    for name, value in re.findall(
        r'type="checkbox"[^>]* name="([^"]+)" value="(yes)" checked', form
    ):
        found[name] = value
    return {name: html.unescape(value) for name, value in found.items()}


async def _copied(leader: Visitor) -> str:
    answer = await leader.post("/methoden", {"method": "incident"})
    return str(answer.headers["location"])


def _mistakes(answer: httpx.Response) -> list[str]:
    """The fields that the list on top links to."""
    top = answer.text.split('id="mistakes"')[1].split("</section>")[0]
    return re.findall(r'href="#([^"]+)"', top)


async def test_a_copy_is_ready_for_the_next_meeting_at_once(leader: Visitor) -> None:
    await leader.group()
    assert await _copied(leader) == f"/methoden/{OWN}"
    assert "Incidentmethode (eigen)" in (await leader.get("/methoden")).text
    asked = {"groep": "g1", "methode": OWN}
    assert "Incidentmethode (eigen)" in (await leader.get("/beginnen", params=asked)).text


async def test_a_form_that_is_sent_as_it_came_changes_nothing(leader: Visitor) -> None:
    path = await _copied(leader)
    before = _stored(leader)
    await leader.post(path, _fields((await leader.get(path)).text))
    for step in before.steps:
        page = f"{path}/stap/{step.id}"
        assert (await leader.post(page, _fields((await leader.get(page)).text))).status_code == 303
    assert _stored(leader) == before


async def test_names_and_minutes_are_changed_together(leader: Visitor) -> None:
    path = await _copied(leader)
    fields = _fields((await leader.get(path)).text)
    fields |= {"name-nl": "Onze manier", "minutes-vragen": "12,5", "advice-never": "yes"}
    await leader.post(path, fields)
    method = _stored(leader)
    assert (method.name.nl, method.steps[1].minutes) == ("Onze manier", 12.5)
    assert (method.advice_never, method.steps[1].estimated) == (True, False)


async def test_a_step_moves_at_a_button_and_keeps_what_was_typed(leader: Visitor) -> None:
    path = await _copied(leader)
    fields = _fields((await leader.get(path)).text) | {"go": "up:vragen", "minutes-vragen": "25"}
    answer = await leader.post(path, fields)
    assert answer.headers["location"].endswith("#stap-vragen")
    assert [s.id for s in _stored(leader).steps][:2] == ["vragen", "introductie"]
    assert _stored(leader).steps[0].minutes == 25
    await leader.post(path, fields | {"go": "down:vragen"})
    assert [s.id for s in _stored(leader).steps][:2] == ["introductie", "vragen"]


async def test_a_refused_form_says_so_at_the_field_and_loses_nothing(leader: Visitor) -> None:
    path = await _copied(leader)
    fields = _fields((await leader.get(path)).text)
    fields |= {"name-nl": "", "summary-nl": "Mijn <zin>", "minutes-advies": "tien"}
    answer = await leader.post(path, fields)
    assert answer.status_code == 422
    assert _mistakes(answer) == ["name-nl", "minutes-advies"]
    field = re.search(r'<input[^>]*id="minutes-advies"[^>]*>', answer.text)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="minutes-advies-mistake"' in field[0]
    assert 'value="tien"' in field[0]
    assert "Mijn &lt;zin&gt;" in answer.text
    assert answer.text.count('aria-invalid="true"') == 2
    assert _stored(leader).name.nl == "Incidentmethode (eigen)"


async def test_the_explanation_speaks_the_visitors_language(leader: Visitor) -> None:
    path = await _copied(leader)
    await leader.post("/taal", {"language": "en", "back": path})
    answer = await leader.post(path, _fields((await leader.get(path)).text) | {"name-nl": ""})
    assert "Fill in something here." in answer.text


async def test_a_steps_rules_are_changed(leader: Visitor) -> None:
    page = f"{await _copied(leader)}/stap/vragen"
    fields = _fields((await leader.get(page)).text)
    fields |= {"write": "all", "in-turn": "yes", "floor": "niemand", "task-en": "Write"}
    fields.pop("discussion", None)
    await leader.post(page, fields)
    step = _stored(leader).steps[1]
    assert (step.write, step.in_turn, step.floor) == (Writing.ALL, True, "niemand")
    assert (step.task.en, step.discussion) == ("Write", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", "0"),
        ("minutes", "nan"),
        ("minutes", "1e9"),
        ("floor", "iemand"),
        ("function", ""),
        ("name-nl", " "),
        ("task-nl", "t" * 601),
    ],
)
async def test_a_step_that_is_not_right_is_shown_again(
    leader: Visitor, field: str, value: str
) -> None:
    page = f"{await _copied(leader)}/stap/vragen"
    fields = _fields((await leader.get(page)).text) | {field: value, "name-en": "Mine"}
    answer = await leader.post(page, fields)
    assert answer.status_code == 422
    assert _mistakes(answer) == [field]
    assert 'value="Mine"' in answer.text
    assert _stored(leader).steps[1] == METHODS["incident"].steps[1]


async def test_a_step_is_put_in_behind_another_and_taken_out_again(leader: Visitor) -> None:
    path = await _copied(leader)
    fields = _fields((await leader.get(f"{path}/stap")).text)
    await leader.post(f"{path}/stap", fields | {"name-nl": "Stilte & rust", "after": "vragen"})
    assert [s.id for s in _stored(leader).steps][1:3] == ["vragen", "stilte-rust"]
    await leader.post(f"{path}/stap/stilte-rust/wis")
    assert _stored(leader).steps == METHODS["incident"].steps


async def test_the_last_step_that_counts_stays(leader: Visitor) -> None:
    path = await _copied(leader)
    for step in _stored(leader).steps[1:]:
        await leader.post(f"{path}/stap/{step.id}/wis")
    answer = await leader.post(f"{path}/stap/introductie/wis")
    assert answer.status_code == 422
    page = f"{path}/stap/introductie"
    answer = await leader.post(page, _fields((await leader.get(page)).text) | {"outside": "yes"})
    assert _mistakes(answer) == ["outside"]
    assert len(_stored(leader).steps) == 1


async def test_a_shipped_method_can_only_be_read_and_copied(leader: Visitor) -> None:
    text = (await leader.get("/methoden/incident")).text
    assert '<input type="text"' not in text
    for path in ("", "/wis", "/stap", "/stap/vragen", "/stap/vragen/wis"):
        answer = await leader.post(f"/methoden/incident{path}", {"name-nl": "Anders"})
        assert answer.status_code == 422
        assert "Maak een kopie" in answer.text
    assert _stored(leader, "incident") == METHODS["incident"]


async def test_a_running_meeting_keeps_the_steps_it_began_with(leader: Visitor) -> None:
    path = await _copied(leader)
    await leader.room.start(method=OWN)
    await leader.post(f"{path}/stap/vragen/wis")
    assert [each.step.id for each in leader.room.view.steps][1] == "vragen"
    await leader.post(f"{path}/wis")
    assert (await leader.get("/leiden")).status_code == 200
    assert OWN not in leader.room.session.methods


async def test_a_method_that_a_group_counts_on_is_not_deleted(leader: Visitor) -> None:
    path = await _copied(leader)
    await leader.group(method=OWN)
    answer = await leader.post(f"{path}/wis")
    assert answer.status_code == 409
    assert "Team Noord" in answer.text
    await leader.group(method="roddel")
    assert (await leader.post(f"{path}/wis")).headers["location"] == "/methoden"
    assert OWN not in _library(leader).read().by_id


async def test_what_is_exported_comes_in_again_beside_what_is_there(leader: Visitor) -> None:
    path = await _copied(leader)
    file = await leader.get(f"{path}/bestand")
    assert f'filename="{OWN}.toml"' in file.headers["content-disposition"]
    assert parse_method(file.text, "file") == _stored(leader)
    answer = await leader.post("/methode-invoer", {"text": file.text})
    assert answer.headers["location"] == "/methoden/incident-2-2"
    assert _stored(leader, "incident-2-2").steps == _stored(leader).steps


async def test_a_shipped_method_that_comes_in_gets_a_place_of_its_own(leader: Visitor) -> None:
    await leader.post("/methode-invoer", {"text": dump_method(METHODS["crea"])})
    assert _library(leader).read().own == {"crea-2": "crea-2.toml"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('floor = "inbrenger"', 'floor = "iemand"', "Kies een van: “inbrenger”"),
        ("minutes = 3", "minutes = 0", "steps[0].minutes"),
        ("[[steps]]", "[[steps", "Regel"),
        ("minutes = 3", "", "ontbreekt"),
        ("minutes = 3", "__import__ = 3", "steps[0].__import__"),
    ],
)
async def test_a_file_that_is_not_right_is_explained_and_stays_to_be_mended(
    leader: Visitor, old: str, new: str, says: str
) -> None:
    text = dump_method(METHODS["incident"]).replace(old, new, 1)
    answer = await leader.post("/methode-invoer", {"text": text})
    assert answer.status_code == 422
    assert _mistakes(answer) == ["text"]
    assert says in html.unescape(answer.text)
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert shown is not None
    assert html.unescape(shown[1]) == text
    assert _library(leader).read().own == {}


async def test_a_file_too_large_for_a_method_never_gets_in(leader: Visitor) -> None:
    text = dump_method(METHODS["incident"]) + "#" * 70_000
    assert (await leader.post("/methode-invoer", {"text": text})).status_code == 413


async def test_a_bad_file_in_the_folder_is_named_on_the_page(leader: Visitor) -> None:
    folder: Path = leader.room.settings.config_dir / "methods"
    folder.mkdir(parents=True)  # noqa: ASYNC240
    bad = dump_method(METHODS["incident"]).replace("minutes = 3", "minutes = -3", 1)
    (folder / "onze<b>.toml").write_text(bad, encoding="utf-8")
    (folder / "los.toml").write_bytes(b"\xff")
    text = (await leader.get("/methoden")).text
    assert "onze&lt;b&gt;.toml" in text
    assert "steps[0].minutes" in text
    assert "Het bestand is niet te lezen." in text


async def test_a_disk_that_refuses_is_said_on_the_page(leader: Visitor) -> None:
    leader.room.settings.config_dir.write_text("", encoding="utf-8")
    answer = await leader.post("/methoden", {"method": "incident"})
    assert answer.status_code == 422
    assert "kan niet bewaard worden" in answer.text


async def test_a_file_put_in_the_folder_by_hand_is_seen_without_a_restart(leader: Visitor) -> None:
    own = OwnMethods(leader.room.settings.config_dir)
    own.save(parse_method(dump_method(METHODS["roddel"]).replace('"roddel"', '"onze"', 1), "x"))
    await leader.get("/methoden")
    assert "onze" in leader.room.session.methods
