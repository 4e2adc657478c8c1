from __future__ import annotations

import msgspec

from companion.storage.opening import Storage
from tests.storage.made import a_group


async def test_saved_group_comes_back_as_it_was(storage: Storage) -> None:
    group = a_group(
        place="Gent", minutes=52.5, members=("Ans", "Bo “de” O'Neil"), less_of=("gesloten-op-rij",)
    )
    await storage.groups.save(group)
    assert await storage.groups.get("noord") == group


async def test_saving_again_replaces(storage: Storage) -> None:
    await storage.groups.save(a_group())
    renamed = msgspec.structs.replace(a_group(), name="Team Zuid")
    await storage.groups.save(renamed)
    assert await storage.groups.list() == [renamed]


async def test_unknown_group_is_none(storage: Storage) -> None:
    assert await storage.groups.get("nergens") is None


async def test_groups_are_listed_by_name(storage: Storage) -> None:
    for name in ("c", "a", "b"):
        await storage.groups.save(a_group(id=f"id-{name}", name=name))
    assert [group.name for group in await storage.groups.list()] == ["a", "b", "c"]
