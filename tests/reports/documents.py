"""Documents for tests, and texts that try to be something else than text."""

from __future__ import annotations

from hypothesis import strategies as st

from companion.reports.document import Bullets, Document, Facts, Paragraph, Section, Table

NASTY = (
    "#set text(red) $x^2$ *vet* _schuin_ [blok] @verwijzing <label> \\ // /* raw */ `code`",
    '#eval("1+1") #read("/etc/passwd") #panic() "; sys.inputs',
    "=cmd|' /C calc'!A0",
    "BEGIN:VEVENT\r\nSUMMARY:ingevoegd\r\nEND:VEVENT",
    "a\x00b\x07c\x1bd\x7fe\x85f\ud800g\uffffh",
    "x" * 400,
    "שלום עולם en مرحبا بالعالم",
    "\u202etxt.exe\u2066 \u200b",
    "😀👩🏽‍🏫 日本語 ☃ ✓",
    "| cel | - lijst | 1. nummer | # kop | ![a](b) | https://voorbeeld.nl | <script>",
    "&lt;b&gt; &amp; ñandú ĳ “aanhaling” – €",
)
anything = st.text(max_size=60) | st.sampled_from(NASTY)


def a_document(text: str, language: str = "nl") -> Document:
    """The same text in every place where a document has one."""
    return Document(
        language=language,  # type: ignore[arg-type]
        title=f"Titel {text}",
        subtitle=text,
        sections=(
            Section(title=f"Eerst {text}", blocks=(Paragraph(text=text), Bullets(items=(text,)))),
            Section(
                title="Dan",
                blocks=(
                    Facts(title=f"Afspraak {text}", pairs=(("Wie", text), (text, "Daan"))),
                    Table(header=("Stap", text), rows=((text, "1"), ("b", text)), numbers=(1,)),
                ),
            ),
        ),
        footer=text,
    )
