"""Own methods: all methods, a copy, a method's form, its steps, in from a file and out to one."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from companion.dashboard.forms import parse_form
from companion.dashboard.method_forms import (
    BLANK,
    Filled,
    field_of,
    filled_method,
    filled_step,
    method_from,
    step_from,
    typed_method,
    typed_step,
)
from companion.dashboard.method_words import fault_text, flags, label_of, options, rules_of
from companion.dashboard.visit import Notice, Visit, WebRequest, goto
from companion.errors import MethodError
from companion.method.definitions import Methods, faults_of, parse_method, shipped
from companion.method.editing import (
    copy_of,
    free_id,
    moved,
    place_of,
    with_changed_step,
    with_new_step,
    without_step,
)
from companion.method.exporting import dump_method
from companion.method.faults import Fault, FaultKind, MethodFaultError
from companion.method.own import OwnMethods
from companion.vocabulary import Method, Step


class Mistake(msgspec.Struct, frozen=True):
    """A fault at the field where it can be mended."""

    field: str
    label: str
    text: str


class MethodPages(Controller):
    """The pages about methods."""

    path = "/"

    @get("/methoden")
    async def all(self, request: WebRequest) -> Response[str]:
        """Every method: the user's own, those that ship, and files that can't be used."""
        visit = Visit(request)
        return _list(visit, _read(visit))

    @post("/methoden")
    async def copy(self, request: WebRequest) -> Redirect:
        """A copy of a method, to change."""
        visit = Visit(request)
        form = parse_form(await request.body())
        known = _read(visit)
        copy = copy_of(_known(known, form.text("method")), known.by_id)
        _save(visit, copy)
        return goto(f"/methoden/{copy.id}")

    @get("/methode-invoer", sync_to_thread=False)
    def blank_import(self, request: WebRequest) -> Response[str]:
        """Where a file comes in."""
        return Visit(request).page("method_import.html", text="", mistakes=[])

    @post("/methode-invoer")
    async def import_file(self, request: WebRequest) -> Response[str] | Redirect:
        """A method from the text of a file: read as data, under an id that is still free."""
        visit = Visit(request)
        text = parse_form(await request.body()).verbatim("text")
        try:
            method = parse_method(text, "invoer")
        except MethodFaultError as error:
            mistakes = [_in_file(fault, visit) for fault in error.faults]
            return visit.page("method_import.html", status=422, text=text, mistakes=mistakes)
        known = _read(visit)
        method = msgspec.structs.replace(method, id=free_id(method.id, known.by_id))
        _save(visit, method)
        return goto(f"/methoden/{method.id}")

    @get("/methoden/{method_id:str}")
    async def one(self, request: WebRequest, method_id: FromPath[str]) -> Response[str]:
        """A method: to change when it is one's own, else to read."""
        visit = Visit(request)
        known = _read(visit)
        method = _known(known, method_id)
        return _page(visit, known, method, filled_method(method))

    @post("/methoden/{method_id:str}")
    async def change(
        self, request: WebRequest, method_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Names, minutes and order; `go` is "up:" or "down:" and a step's id."""
        visit = Visit(request)
        known = _read(visit)
        method = _own(known, method_id)
        form = parse_form(await request.body())
        filled = typed_method(form, method)
        changed, faults = method_from(filled, method)
        if faults:
            return _page(visit, known, method, filled, faults)
        way, _, step = form.text("go").partition(":")
        changed = moved(changed, step, {"up": -1, "down": 1}.get(way, 0))
        _save(visit, changed)
        return goto(f"/methoden/{method.id}" + (f"#stap-{step}" if step else "#bewaard"))

    @get("/methoden/{method_id:str}/bestand")
    async def export(self, request: WebRequest, method_id: FromPath[str]) -> Response[str]:
        """The method as a file to keep or share."""
        method = _known(_read(Visit(request)), method_id)
        return Response(
            dump_method(method),
            media_type="application/toml",
            headers={"Content-Disposition": f'attachment; filename="{method.id}.toml"'},
        )

    @post("/methoden/{method_id:str}/wis")
    async def remove(
        self, request: WebRequest, method_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Delete an own method that no group counts on."""
        visit = Visit(request)
        known = _read(visit)
        method = _own(known, method_id)
        groups = await visit.session.storage.groups.list()
        users = [group.name for group in groups if group.method == method.id]
        if users and method.id not in shipped():
            text = visit.wording.say(
                "Dit is de gebruikelijke methode van %(groups)s. Kies daar eerst een andere."
            ) % {"groups": ", ".join(users)}
            notice = Notice(text, trouble=True)
            return _page(visit, known, method, filled_method(method), notice=notice, status=409)
        OwnMethods(visit.session.settings.config_dir).remove(method.id)
        _read(visit)
        return goto("/methoden")


class StepPages(Controller):
    """The pages of one step of an own method."""

    path = "/methoden/{method_id:str}"

    @get("/stap")
    async def blank(self, request: WebRequest, method_id: FromPath[str]) -> Response[str]:
        """The form of a new step."""
        visit = Visit(request)
        method = _own(_read(visit), method_id)
        return _step_page(visit, method, None, filled_step(BLANK) | {"after": method.steps[-1].id})

    @post("/stap")
    async def add(self, request: WebRequest, method_id: FromPath[str]) -> Response[str] | Redirect:
        """Put a step in."""
        visit = Visit(request)
        method = _own(_read(visit), method_id)
        form = parse_form(await request.body())
        filled = typed_step(form) | {"after": form.text("after")}
        step, faults = step_from(filled, BLANK)
        changed = with_new_step(method, step, filled["after"])
        return _keep_step(visit, method, changed, None, filled, faults)

    @get("/stap/{step_id:str}")
    async def one(
        self, request: WebRequest, method_id: FromPath[str], step_id: FromPath[str]
    ) -> Response[str]:
        """The form of a step."""
        visit = Visit(request)
        method = _own(_read(visit), method_id)
        step = _step(method, step_id)
        return _step_page(visit, method, step, filled_step(step))

    @post("/stap/{step_id:str}")
    async def change(
        self, request: WebRequest, method_id: FromPath[str], step_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Other names, minutes or rules for a step."""
        visit = Visit(request)
        method = _own(_read(visit), method_id)
        base = _step(method, step_id)
        filled = typed_step(parse_form(await request.body()))
        step, faults = step_from(filled, base)
        return _keep_step(visit, method, with_changed_step(method, step), base, filled, faults)

    @post("/stap/{step_id:str}/wis")
    async def remove(
        self, request: WebRequest, method_id: FromPath[str], step_id: FromPath[str]
    ) -> Response[str] | Redirect:
        """Take a step out; the last one that counts stays."""
        visit = Visit(request)
        method = _own(_read(visit), method_id)
        step = _step(method, step_id)
        shorter = without_step(method, step.id)
        faults = faults_of(shorter)
        if faults:
            notice = Notice(fault_text(faults[0], visit.wording), trouble=True)
            return _step_page(visit, method, step, filled_step(step), [], notice, 422)
        _save(visit, shorter)
        return goto(f"/methoden/{method.id}")


# ── finding and keeping ───────────────────────────────────────────────────────


def _read(visit: Visit) -> Methods:
    """The methods as they are on the disk; the next meeting has them too."""
    known = OwnMethods(visit.session.settings.config_dir).read()
    visit.session.methods = known.by_id
    return known


def _save(visit: Visit, method: Method) -> None:
    OwnMethods(visit.session.settings.config_dir).save(method)
    _read(visit)


def _known(known: Methods, name: str) -> Method:
    if name not in known.by_id:
        raise NotFoundException
    return known.by_id[name]


def _own(known: Methods, name: str) -> Method:
    """The own method of this id; one that ships can't be changed."""
    method = _known(known, name)
    if method.id not in known.own:
        raise MethodError("method.shipped", "A method that ships can only be copied")
    return method


def _step(method: Method, step: str) -> Step:
    place = place_of(method, step)
    if place is None:
        raise NotFoundException
    return method.steps[place]


def _keep_step(  # noqa: PLR0913, PLR0917 (what a refused form is shown again with)
    visit: Visit,
    method: Method,
    changed: Method,
    base: Step | None,
    filled: Filled,
    faults: list[Fault],
) -> Response[str] | Redirect:
    """Save the method with its step, or show the form again."""
    whole = [f for f in faults_of(changed) if not f.where.startswith("steps[")]
    faults = faults or [_at_a_field(fault) for fault in whole]
    if faults:
        return _step_page(visit, method, base, filled, faults, status=422)
    _save(visit, changed)
    return goto(f"/methoden/{method.id}#stap-{base.id if base else ''}")


def _at_a_field(fault: Fault) -> Fault:
    """A fault of the steps together, at the field by which one of them can mend it."""
    where = "outside" if fault.kind is FaultKind.NO_STEP_INSIDE else fault.where
    return Fault(where, fault.kind, fault.said, fault.detail)


# ── showing ───────────────────────────────────────────────────────────────────


def _list(visit: Visit, known: Methods) -> Response[str]:
    return visit.page(
        "methods.html",
        own=[known.by_id[name] for name in known.own],
        shipped=[method for name, method in known.by_id.items() if name not in known.own],
        problems=[(p.file, [_in_file(f, visit) for f in p.faults]) for p in known.problems],
    )


def _page(  # noqa: PLR0913 (what a refused form is shown again with)
    visit: Visit,
    known: Methods,
    method: Method,
    filled: Filled,
    faults: list[Fault] | None = None,
    *,
    notice: Notice | None = None,
    status: int = 200,
) -> Response[str]:
    own = method.id in known.own
    return visit.page(
        "method.html" if own else "method_read.html",
        status=422 if faults else status,
        notice=notice,
        method=method,
        filled=filled,
        rules={step.id: rules_of(step, visit.wording) for step in method.steps},
        **_mistakes(visit, method, faults or []),
    )


def _step_page(  # noqa: PLR0913, PLR0917 (what a refused form is shown again with)
    visit: Visit,
    method: Method,
    step: Step | None,
    filled: Filled,
    faults: list[Fault] | None = None,
    notice: Notice | None = None,
    status: int = 200,
) -> Response[str]:
    return visit.page(
        "method_step.html",
        status=status,
        notice=notice,
        method=method,
        step=step,
        filled=filled,
        options=options(visit.wording),
        flags=flags(visit.wording),
        **_mistakes(visit, None, faults or []),
    )


def _mistakes(visit: Visit, method: Method | None, faults: list[Fault]) -> dict[str, Any]:
    found = []
    for fault in faults:
        field = field_of(fault.where)
        label = label_of(field, method, visit.wording)
        found.append(Mistake(field, label, fault_text(fault, visit.wording)))
    return {"mistakes": found, "wrong": {each.field: each.text for each in found}}


def _in_file(fault: Fault, visit: Visit) -> Mistake:
    """A fault of a file, with its place there."""
    return Mistake("text", fault.where, fault_text(fault, visit.wording))
