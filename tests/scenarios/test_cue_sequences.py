"""The cues of every development scenario, from its own marks: a change in the rules shows here."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.scenarios.marked import cue_sequence
from tests.scenarios.reading import read_scenario, scenario_files


@pytest.mark.parametrize("path", scenario_files(test=False), ids=lambda path: path.stem)
def test_cues_of_a_development_meeting(path: Path, snapshot: SnapshotAssertion) -> None:
    assert cue_sequence(read_scenario(path)) == snapshot
