from __future__ import annotations

from pathlib import Path

import pytest

from companion.errors import TranscriptError
from companion.replaying.transcript import Line, read_transcript


def _file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "meeting.jsonl"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_lines_come_in_time_order(tmp_path: Path) -> None:
    path = _file(
        tmp_path,
        '{"start": 4, "end": 5, "text": "b", "speaker": "Ria"}\n\n'
        '{"start": 1, "end": 2, "text": "a"}\n',
    )
    assert read_transcript(path) == [Line(1, 2, "a"), Line(4, 5, "b", "Ria")]


def test_unknown_keys_are_ignored(tmp_path: Path) -> None:
    path = _file(tmp_path, '{"start": 1, "end": 2, "text": "a", "mood": "blij"}')
    assert read_transcript(path) == [Line(1, 2, "a")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no line"),
        ("{", "line 1"),
        ('{"start": 1, "end": 2, "text": "a"}\nnee', "line 2"),
        ('{"start": 1, "text": "a"}', "end"),
        ('{"start": "een", "end": 2, "text": "a"}', "start"),
        ('{"start": 3, "end": 2, "text": "a"}', "0 <= start <= end"),
        ('{"start": -3, "end": 2, "text": "a"}', "0 <= start <= end"),
        ('{"start": 1, "end": 1e9, "text": "a"}', "24 hours"),
        ("[1, 2]", "line 1"),
        ("[" * 100_000, "line 1"),
        (b'{"start": 1, "end": 2, "text": "\xff"}', "line 1"),
    ],
)
def test_bad_transcript_is_one_line_that_says_where(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    with pytest.raises(TranscriptError) as caught:
        read_transcript(_file(tmp_path, text))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"nowhere\.jsonl"):
        read_transcript(tmp_path / "nowhere.jsonl")


def test_folder_is_no_transcript(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError):
        read_transcript(tmp_path)
