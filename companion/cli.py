"""The command line: what each command prints is a contract (see the README, Commands).

An error that a user can meet is one line on standard error and an exit code. What a
command needs is imported when it runs, so that `companion methods` starts at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import msgspec
import typer

from companion import __version__
from companion.errors import CompanionError, UsageError
from companion.vocabulary import StepMode

app = typer.Typer(
    name="companion",
    help="Follows an intervisie meeting step by step, on this machine only.",
    add_completion=False,
    pretty_exceptions_enable=False,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
MethodId = Annotated[str, typer.Option("--method", help="The method's id; see: companion methods.")]
Steps = Annotated[
    StepMode, typer.Option("--steps", help="Move steps by themselves, as a proposal, or not.")
]
Minutes = Annotated[
    float | None, typer.Option("--minutes", help="The time that the group had; else the method's.")
]
OpenActions = Annotated[
    int | None, typer.Option("--open-actions", help="Actions open from last time (look-back).")
]


def main() -> None:
    """Run the command line; the one place where errors become lines and exit codes."""
    try:
        app(standalone_mode=False)
    except CompanionError as error:
        fail(str(error), error.exit_code)
    except typer.Exit as exit_:
        sys.exit(exit_.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:  # `companion replay … | head`
        sys.stderr.close()
        sys.exit(0)
    except typer.TyperException as error:  # a wrong option or argument
        fail(getattr(error, "format_message", error.__str__)(), 2)


def fail(message: str, code: int) -> NoReturn:
    """One line on standard error, and out."""
    print(f"companion: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)


def note(message: str) -> None:
    """Progress and warnings go to standard error."""
    print(message, file=sys.stderr)


def show_url(url: str) -> None:
    """The one line that a serving companion prints; it must not wait in a buffer."""
    print(url, flush=True)


def show(value: Any, *, as_json: bool = True) -> None:
    """A result on standard output, as JSON or as text."""
    print(json.dumps(value, ensure_ascii=False, indent=1) if as_json else value)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer's callback
    if asked:
        print(f"companion {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001, FBT002
        bool, typer.Option("--version", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Without a command: serve."""
    if context.invoked_subcommand is None:
        serve()


@app.command()
def serve() -> None:
    """Start the service on 127.0.0.1 and open the browser where there is one."""
    from companion.serving import run_service

    run_service(show_url, note)


@app.command()
def demo(
    speed: Annotated[float, typer.Option(help="Times real time.", min=0.5, max=20.0)] = 1.0,
) -> None:
    """Start the service with the sample meeting, played through the real pipeline."""
    from companion.serving import run_service

    run_service(show_url, note, demo_speed=speed)


@app.command()
def methods(*, as_json: Json = False) -> None:
    """Every method with its steps, minutes and rules."""
    from companion.method.definitions import read_methods
    from companion.method.exporting import methods_as_json
    from companion.settings import load_settings

    known = read_methods(load_settings().config_dir)
    for problem in known.problems:
        note(f"companion: {problem.message}")
    if as_json:
        show(methods_as_json(known.by_id.values()))
        return
    for method in known.by_id.values():
        print(f"{method.id}: {method.name.nl} ({method.minutes:g} min)")
        for step in method.steps:
            print(f"  {step.id:20} {step.minutes:>4g} min  {step.name.nl}")


@app.command()
def classify(*, as_json: Json = False) -> None:
    """Sentences from standard input, one a line: what kind each is."""
    from companion.analysis.classify import classify as classified
    from companion.settings import load_settings

    settings = load_settings()
    try:
        texts = sys.stdin.buffer.read().decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError("classify.encoding", "Standard input is not UTF-8 text") from error
    given = [text.strip() for text in texts if text.strip()]
    for result in classified(given, settings.language_model):
        if as_json:
            scores = {kind: round(p, 4) for kind, p in result.scores.items()}
            row = {"text": result.text, "label": result.label, "scores": scores}
            print(json.dumps(row, ensure_ascii=False))
        else:
            print(f"{result.label:15} {result.scores[result.label]:4.0%}  {result.text}")


@app.command()
def replay(  # noqa: PLR0913 - a command's options
    file: Annotated[Path, typer.Argument(help="Lines of {start, end, speaker, text}.")],
    *,
    method: MethodId,
    steps: Steps = StepMode.AUTOMATISCH,
    minutes: Minutes = None,
    open_actions: OpenActions = None,
    as_json: Json = False,
) -> None:
    """A timed transcript that you own: the meeting as the program sees it."""
    from companion.method.definitions import read_methods
    from companion.replaying.offline import Choices, analyser_for, replay_transcript
    from companion.settings import load_settings

    settings = load_settings()
    chosen = read_methods(settings.config_dir).named(method)
    choices = Choices(mode=steps, minutes=minutes, open_actions=open_actions)
    result = replay_transcript(file, chosen, analyser_for(settings.language_model), choices)
    _show_report(result, as_json=as_json)


@app.command()
def analyse(  # noqa: PLR0913 - a command's options
    audio: Annotated[Path, typer.Argument(help="A recording.")],
    *,
    method: MethodId,
    model: Annotated[str, typer.Option("--model", help="A speech model's name.")] = "",
    steps: Steps = StepMode.AUTOMATISCH,
    minutes: Minutes = None,
    open_actions: OpenActions = None,
    as_json: Json = False,
) -> None:
    """A recording: the meeting as the program hears it."""
    from companion.method.definitions import read_methods
    from companion.replaying.offline import Choices, analyse_recording, analyser_for
    from companion.replaying.recording import Recording, model_folder
    from companion.settings import load_settings

    settings = load_settings()
    chosen = read_methods(settings.config_dir).named(method)
    folder = model_folder(model or settings.speech_model, settings)
    recording = Recording(audio, folder, note)
    choices = Choices(mode=steps, minutes=minutes, open_actions=open_actions)
    understands = analyser_for(settings.language_model)
    result = analyse_recording(recording, chosen, understands, choices)
    _show_report(result, as_json=as_json)


def _show_report(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        show(result)
        return
    print(f"{result['method']}, {result['duration'] / 60:.0f} minuten")
    for step in result["steps"]:
        minutes = (step["left"] - step["entered"]) / 60
        print(f"  {step['entered'] / 60:6.1f}  {step['step']:22}{minutes:5.1f} min  ({step['by']})")
    early = sum(1 for finding in result["findings"] if finding["too_early"])
    print(f"{len(result['findings'])} vragen en adviezen, {early} adviezen te vroeg")
    for action in result["actions"]:
        print(f"  afspraak: {action['what']} | {action['with'] or '-'} | {action['when'] or '-'}")


@app.command()
def models(
    action: Annotated[str, typer.Argument(help="list, get or verify")] = "list",
    name: Annotated[str, typer.Argument(help="For get: which model.")] = "",
    *,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say only what is wrong.")] = False,
    as_json: Json = False,
) -> None:
    """Speech models on this machine: size, licence, digest, source."""
    from companion import speech_models

    if action == "get":
        speech_models.get(name or "base", (lambda _: None) if quiet else note)
    elif action == "verify":
        speech_models.verify(note)
    elif action == "list":
        rows = speech_models.rows()
        show(rows if as_json else speech_models.table(rows), as_json=as_json)
    else:
        raise UsageError("models.action", f"Unknown action {action!r}", "Use list, get or verify")


@app.command()
def doctor(*, as_json: Json = False) -> None:
    """Microphone, level, model, speed, database, and what to do about what is wrong."""
    from companion.doctor import examine

    checks = examine()
    if as_json:
        show([check.as_dict() for check in checks])
    else:
        for check in checks:
            print(check.as_line())
    if any(check.state == "wrong" for check in checks):
        raise typer.Exit(1)


@app.command()
def bench(*, as_json: Json = False) -> None:
    """The figures of this machine: real-time factor, latency, sentence speed, quality."""
    from companion.bench import figures, table

    result = figures(note)
    show(result if as_json else table(result), as_json=as_json)


@app.command()
def forget(
    what: Annotated[str, typer.Argument(help="meeting, group, member or everything")],
    which: Annotated[str, typer.Argument(help="The id (group: id or name; member: name).")] = "",
    *,
    group: Annotated[str, typer.Option(help="For a member: only in this group.")] = "",
    as_json: Json = False,
) -> None:
    """Erase a meeting, a group, a member or everything; verified on the file."""
    from companion.forgetting import forget_now, receipt_line

    receipt = forget_now(what, which, group)
    show(msgspec.to_builtins(receipt) if as_json else receipt_line(receipt), as_json=as_json)


if __name__ == "__main__":
    main()
