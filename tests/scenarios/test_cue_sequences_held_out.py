"""The cues of the test part, from its marks alone. Nobody tunes on these: after a change of the
rules they are written anew without being read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.scenarios.marked import cue_sequence
from tests.scenarios.reading import read_scenario, scenario_files


@pytest.mark.parametrize("path", scenario_files(test=True), ids=lambda path: path.stem)
def test_cues_of_a_held_out_meeting(path: Path, snapshot: SnapshotAssertion) -> None:
    assert cue_sequence(read_scenario(path)) == snapshot
