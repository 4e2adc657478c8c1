"""The program's settings: one frozen object, read once, unknown keys refused.

Order of precedence: environment (`COMPANION_…`), then `settings.toml` in the
configuration folder, then the defaults below.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from companion.errors import UsageError

_APP = "intervisie-companion"
_ENV_PREFIX = "COMPANION_"


def config_dir() -> Path:
    """The folder for the user's own settings and methods."""
    given = os.environ.get(f"{_ENV_PREFIX}CONFIG_DIR")
    return Path(given) if given else platformdirs.user_config_path(_APP)


class Settings(BaseSettings):
    """What a user may set; every field is documented in the README."""

    model_config = SettingsConfigDict(env_prefix=_ENV_PREFIX, frozen=True, extra="forbid")

    config_dir: Path = Field(default_factory=config_dir)
    """The user's settings.toml and methods/*.toml."""
    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path(_APP))
    """Database, key file and speech models."""
    database_url: str = ""
    """Empty: an encrypted SQLite file in data_dir; else a PostgreSQL URL of an organisation."""
    key_source: Literal["auto", "keyring", "passphrase", "file"] = "auto"
    """Where the database key comes from; auto: the keyring, else a key file."""
    passphrase: str = Field(default="", repr=False)
    """Used when key_source is "passphrase"."""
    speech_model: str = "base"
    """A name from the manifest of speech models, or a folder that holds one."""
    language_model: str = ""
    """Empty: the bundled Dutch pipeline; else a spaCy package or folder to build on."""
    microphone: str = ""
    """Part of the device's name; empty: the system's default."""
    wake_word: str = "companion"
    """What a spoken command begins with; the pages can choose another."""
    language: Literal["nl", "en"] = "nl"
    """The language of the screens."""
    port: int = Field(default=8420, ge=0, le=65535)
    """The port on 127.0.0.1; 0 lets the system choose."""
    share_port: int = Field(default=8421, ge=0, le=65535)
    """The port for phones, on the local network and only while a meeting is shared; 0: any."""
    open_browser: bool = True
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment before file; no .env and no secrets folder."""
        file = TomlConfigSettingsSource(settings_cls, config_dir() / "settings.toml")
        return init_settings, env_settings, file

    @property
    def models_dir(self) -> Path:
        """Where fetched speech models lie, a folder each."""
        return self.data_dir / "models"

    @property
    def database_file(self) -> Path:
        """The encrypted SQLite file."""
        return self.data_dir / "companion.db"


def load_settings() -> Settings:
    """Read the settings; an unknown key or a bad value is one clear UsageError."""
    known = {_ENV_PREFIX + name.upper() for name in Settings.model_fields}
    unknown = sorted(k for k in os.environ if k.startswith(_ENV_PREFIX) and k not in known)
    if unknown:
        raise UsageError(
            "settings.unknown",
            f"Unknown setting {unknown[0]}",
            f"Known: {', '.join(sorted(known))}",
        )
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            "settings.invalid", f"Setting {where}: {first['msg']}", "See the README, Settings"
        ) from error
    except ValueError as error:  # settings.toml that is no TOML
        raise UsageError("settings.unreadable", f"settings.toml: {error}") from error
