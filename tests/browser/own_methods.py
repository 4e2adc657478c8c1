"""An own method and a file that can't be used, as the pages meet them."""

from __future__ import annotations

from companion.method.editing import copy_of
from companion.method.exporting import dump_method
from companion.method.own import OwnMethods
from tests.method.meetings import METHODS
from tests.session.rooms import Room


async def own_method(room: Room) -> None:
    """A copy of a method in the folder, beside a spoilt file."""
    own = OwnMethods(room.settings.config_dir)
    own.save(copy_of(METHODS["incident"], METHODS))
    spoilt = dump_method(METHODS["roddel"]).replace('"zwijgt"', '"zwijgend"', 1)
    file = room.settings.config_dir / "methods" / "onze-roddel.toml"
    file.write_text(spoilt, encoding="utf-8")
    room.session.methods = own.read().by_id
