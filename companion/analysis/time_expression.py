"""The component that marks time expressions; analysis.times says what they mean."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from companion.analysis.times import time_spans

GROUP = "time_expression"


@Language.component("companion_time_expression")
def mark_times(doc: Doc) -> Doc:
    """Fill doc.spans["time_expression"]."""
    found = [
        doc.char_span(start, end, label=GROUP, alignment_mode="expand")
        for start, end in time_spans(doc.text)
    ]
    doc.spans[GROUP] = [span for span in found if span is not None]
    return doc
