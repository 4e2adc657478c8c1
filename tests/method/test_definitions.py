from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from companion.errors import MethodError
from companion.method.definitions import faults_of, load_methods, parse_method, read_methods
from companion.method.exporting import dump_method, methods_as_json
from companion.method.faults import FaultKind, MethodFaultError
from companion.vocabulary import (
    AdviceRule,
    Floor,
    InbrengerPart,
    QuestionRule,
    SentenceKind,
    Text,
    Writing,
)

METHODS = load_methods()
# step: minutes (~: our own), questions, advice, writing; as the methods' table has them
TABLE = {
    "incident": (
        "introductie 3 - nee .|vragen ~20 open nee first|perceptie ~10 - nee first|"
        "analyse 10 any nee .|advies 10 - ja .|afronding ~7 - - ."
    ),
    "roddel": (
        "casus ~15 any nee .|roddelen ~15 any - .|reactie ~10 open nee .|inzichten ~15 any ja first"
    ),
    "vijfstappen": (
        "vraag ~7 - nee .|verkenning ~20 open nee first|probleemdefinitie ~10 - nee .|"
        "advies ~20 - ja .|evaluatie ~10 any - ."
    ),
    "socratisch": (
        "casus 5 - nee .|vragen 10 open nee all|waarderen ~4 - nee .|antwoorden 10 - nee .|"
        "herhaling ~18 open nee first|herformuleren ~5 - nee all|probleem-waarderen ~4 - nee .|"
        "eigen-probleem ~5 - nee .|nabespreking ~10 any - .|plan ~5 - - ."
    ),
    "balint": (
        "verzamelen 5 - nee .|kiezen 5 any nee .|verhelderen 10 - nee .|associeren 5 - nee all|"
        "beeldvorming ~15 open nee .|oordeelsvorming ~15 - ja first|besluitvorming ~5 - - .|"
        "groepsgedrag ~10 any nee .|eigen-ervaring ~10 any - .|evaluatie ~10 any - ."
    ),
    "crea": (
        "opening ~10 any nee .|verkennen ~20 open nee .|collectief-denken ~20 open nee .|"
        "bewustwording ~10 - nee .|gezamenlijk ~15 - nee .|evaluatie ~10 any - .|"
        "afsluiting ~5 any - ."
    ),
    "zesstappen": (
        "terugblik ~5 any - .|inbreng ~6 - nee .|keuze ~3 any nee .|situatie ~4 - nee .|"
        "vragen ~17 open nee .|advies ~15 - ja .|besluit ~10 - - ."
    ),
    "werkplek": (
        "terugblik ~5 any - .|verzamelen 5 - nee .|kiezen 2 any nee .|toelichten 3 - nee .|"
        "verhelderen 15 open nee .|analyseren 10 any nee .|adviezen 10 - ja first|"
        "advies-kiezen 5 - - .|evaluatie 10 any - ."
    ),
}


def _row(row: str) -> tuple[str, float, bool, QuestionRule, AdviceRule, Writing]:
    name, minutes, questions, advice, write = row.split()
    return (
        name,
        float(minutes.removeprefix("~")),
        minutes.startswith("~"),
        QuestionRule(questions),
        AdviceRule(advice),
        Writing(write.replace(".", "")),
    )


@pytest.mark.parametrize("name", TABLE)
def test_steps_minutes_and_rules_are_those_of_the_table(name: str) -> None:
    steps = [
        (s.id, s.minutes, s.estimated, s.questions, s.advice, s.write) for s in METHODS[name].steps
    ]
    assert steps == [_row(row) for row in TABLE[name].split("|")]


def test_the_eight_come_in_their_order() -> None:
    assert list(METHODS) == list(TABLE)


def test_who_has_the_word_is_kept() -> None:
    floors = {
        (m.id, s.id): (s.floor, s.inbrenger, s.in_turn) for m in METHODS.values() for s in m.steps
    }
    assert floors["incident", "vragen"] == (Floor.GROEP, InbrengerPart.ANTWOORDT, False)
    assert floors["incident", "advies"] == (Floor.GROEP, InbrengerPart.VRIJ, True)
    assert floors["vijfstappen", "verkenning"] == (Floor.GROEP, InbrengerPart.ZWIJGT, False)
    assert floors["vijfstappen", "advies"] == (Floor.GROEP, InbrengerPart.DAARNA, False)
    assert floors["socratisch", "vragen"] == (Floor.NIEMAND, InbrengerPart.VRIJ, False)
    assert floors["roddel", "casus"] == (Floor.INBRENGER, InbrengerPart.VRIJ, False)
    silent = {key for key, floor in floors.items() if floor[1] is InbrengerPart.ZWIJGT}
    assert silent == {
        ("roddel", "roddelen"),
        ("vijfstappen", "verkenning"),
        ("socratisch", "nabespreking"),
    }


def test_only_crea_never_wants_advice() -> None:
    assert [m.id for m in METHODS.values() if m.advice_never] == ["crea"]


def test_totals_leave_out_what_lies_outside() -> None:
    assert METHODS["werkplek"].minutes == 60
    assert METHODS["incident"].minutes == 60


def test_every_text_stands_in_both_languages() -> None:
    for method in METHODS.values():
        texts = [method.name, method.summary]
        texts += [text for step in method.steps for text in (step.name, step.task)]
        assert all(text.nl and text.en for text in texts), method.id


@pytest.mark.parametrize("name", TABLE)
def test_a_method_survives_the_way_out_and_back(name: str) -> None:
    assert parse_method(dump_method(METHODS[name]), "copy") == METHODS[name]


OWN = """
id = "kort"
name = { nl = "Kort \\"en\\" goed" }
summary = { nl = "Eigen werkwijze" }
[[steps]]
id = "vertellen"
name = { nl = "Vertellen" }
task = { nl = "Vertel" }
minutes = 7.5
floor = "inbrenger"
function = "vertellen"
"""


def test_an_own_file_adds_a_method_and_keeps_its_quotes(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "kort.toml").write_text(OWN, encoding="utf-8")
    methods = load_methods(tmp_path)
    assert methods["kort"].name.nl == 'Kort "en" goed'
    assert parse_method(dump_method(methods["kort"]), "copy") == methods["kort"]
    assert len(methods) == 9


def test_an_own_file_replaces_a_method(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    own = OWN.replace('id = "kort"', 'id = "incident"')
    (tmp_path / "methods" / "mijn.toml").write_text(own, encoding="utf-8")
    assert [step.id for step in load_methods(tmp_path)["incident"].steps] == ["vertellen"]


def test_one_bad_file_leaves_the_others_standing(tmp_path: Path) -> None:
    (tmp_path / "methods").mkdir()
    (tmp_path / "methods" / "a.toml").write_text("id = ", encoding="utf-8")
    (tmp_path / "methods" / "b.toml").write_text(OWN, encoding="utf-8")
    (tmp_path / "methods" / "c.toml").write_bytes(b"\xff\xfe")
    methods = read_methods(tmp_path)
    assert "kort" in methods.by_id
    assert [problem.file for problem in methods.problems] == ["a.toml", "c.toml"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('floor = "inbrenger"', 'floor = "iemand"', "steps[0].floor"),
        ('floor = "inbrenger"', 'floor = "iemand"', "“niemand”"),
        ("minutes = 7.5", "minutes = 0", "steps[0].minutes"),
        ("minutes = 7.5", 'minutes = "zeven"', "steps[0].minutes"),
        ("minutes = 7.5", "minuten = 7.5", "minuten"),
        ('id = "kort"', 'id = "Kort!"', "id: “Kort!”"),
        ('name = { nl = "Vertellen" }', 'name = { nl = "" }', "steps[0].name.nl"),
        ('function = "vertellen"', 'function = "vertellen"\noutside = true', "steps:"),
        ('id = "kort"', "", "id"),
    ],
)
def test_a_mistake_is_explained_at_its_field(old: str, new: str, says: str) -> None:
    with pytest.raises(MethodError) as caught:
        parse_method(OWN.replace(old, new), "kort.toml")
    assert says in str(caught.value)
    assert "kort.toml" in str(caught.value)


def test_a_step_id_is_used_once() -> None:
    twice = OWN + OWN[OWN.index("[[steps]]") :]
    with pytest.raises(MethodError, match="used twice"):
        parse_method(twice, "kort.toml")


def test_an_unknown_method_names_those_that_exist() -> None:
    with pytest.raises(MethodError, match="incident"):
        read_methods().named("harkmethode")


def test_json_has_every_method_with_its_steps() -> None:
    rows = methods_as_json(METHODS.values())
    assert len(rows) == 8
    first = rows[0]
    assert isinstance(first, dict)
    assert first["id"] == "incident"
    steps = first["steps"]
    assert isinstance(steps, list)
    assert isinstance(steps[1], dict)
    assert steps[1]["minutes"] == 20
    assert steps[1]["questions"] == "open"
    assert steps[1]["write"] == "first"


def test_the_labels_are_the_eight_of_the_field() -> None:
    assert len(SentenceKind) == 8


def test_every_fault_is_told_not_only_the_first() -> None:
    step = METHODS["incident"].steps[0]
    bad = replace(step, name=Text(nl=""), minutes=0)
    method = replace(METHODS["incident"], id="X", name=Text(nl="n" * 81), steps=(bad, step))
    assert [(fault.where, fault.kind) for fault in faults_of(method)] == [
        ("id", FaultKind.ID),
        ("name.nl", FaultKind.LONG),
        ("steps[0].name.nl", FaultKind.EMPTY),
        ("steps[0].minutes", FaultKind.MINUTES),
        ("steps[1].id", FaultKind.TWICE),
    ]


@pytest.mark.parametrize(
    ("old", "new", "where", "kind", "detail"),
    [
        ("minutes = 7.5", "minutes = [", "", FaultKind.TOML, "10,1"),
        ("minutes = 7.5", 'minutes = "x"', "steps[0].minutes", FaultKind.TYPE, ""),
        ("minutes = 7.5\n", "", "steps[0].minutes", FaultKind.MISSING, ""),
        ("minutes = 7.5", "minuten = 7.5", "steps[0].minuten", FaultKind.UNKNOWN, ""),
        ('"inbrenger"', '"x"', "steps[0].floor", FaultKind.CHOICE, "“inbrenger”, “groep”"),
    ],
)
def test_what_is_wrong_in_a_file_has_a_place_and_a_kind(
    old: str, new: str, where: str, kind: FaultKind, detail: str
) -> None:
    with pytest.raises(MethodFaultError) as caught:
        parse_method(OWN.replace(old, new), "kort.toml")
    (fault,) = caught.value.faults
    assert (fault.where, fault.kind) == (where, kind)
    assert fault.detail.startswith(detail)


def test_brackets_without_end_are_refused_not_followed() -> None:
    with pytest.raises(MethodFaultError):
        parse_method("id = " + "[" * 50_000, "diep.toml")
