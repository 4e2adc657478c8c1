"""Templates to pages, an environment a language, with everything escaped."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from companion.dashboard.drawing import RING_LENGTH, RING_RADIUS, bar, ring_left
from companion.dashboard.texts import LANGUAGES, Language, translations
from companion.dashboard.wording import Wording
from companion.resources import bundled
from companion.storage.records import new_id


class Renderer:
    """`html(language, template, …)`; templates are read once and kept."""

    def __init__(self, files: str) -> None:
        """`files`: the path under which the static files are served."""
        self.wording = {language: Wording(language) for language in LANGUAGES}
        self._environments = {
            language: self._environment(language, files) for language in LANGUAGES
        }

    def html(self, language: Language, template: str, **given: Any) -> str:
        """A page or a part of one."""
        return self._environments[language].get_template(template).render(given)

    def _environment(self, language: Language, files: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(bundled("web") / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            translations(language), newstyle=True
        )
        environment.globals.update(
            files=files,
            language=language,
            w=self.wording[language],
            new_id=new_id,
            bar=bar,
            ring_left=ring_left,
            ring_length=RING_LENGTH,
            ring_radius=RING_RADIUS,
        )
        return environment
