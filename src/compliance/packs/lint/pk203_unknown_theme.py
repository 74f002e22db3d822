"""A theme that `themes.yaml` does not have, or a facet that is missing, unknown or has no such value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...reading import Problem, Source, nearest
from ..card import Duty
from .context import Context


def check(context: Context) -> Iterator[Problem]:
    """Each theme of each duty: every facet the theme has, and no other."""
    for pack, card in context.cards():
        if not isinstance(card, Duty):
            continue
        themes = context.themes[pack.id]
        if themes is None:
            what = f"no themes.yaml: the themes of {pack.id} are not checked"
            yield Problem(Source("themes.yaml"), "notice", what, "put it beside the jurisdictions")
            continue
        known, facets = _mapping(themes.get("themes")), _mapping(themes.get("facets"))
        if not card.themes:
            hint = "name at least one of jurisdictions/themes.yaml"
            yield context.problem_at("PK203", card.source.file, ("themes",), "a duty without a theme", hint)
        for theme, stated in card.themes.items():
            for path, message, hint in _misfits(theme, stated, known, facets):
                yield context.problem_at("PK203", card.source.file, ("themes", theme, *path), message, hint)


def _misfits(
    theme: str, stated: Mapping[str, Any], known: Mapping[str, Any], facets: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if theme not in known:
        near = nearest(theme, known)
        listed = "themes are listed in jurisdictions/themes.yaml"
        yield (), f"unknown theme `{theme}`", f"did you mean `{near}`?" if near else listed
        return
    wanted = [str(name) for name in _mapping(known[theme]).get("facets") or facets]
    for name in wanted:
        if name not in stated:
            yield (), f"`{theme}` does not say its {name}", f"add {name}, or `{name}: unstated` where the law is silent"
    for name, value in stated.items():
        values = [str(v) for v in _mapping(facets.get(name)).get("values") or ()]
        if name not in wanted:
            near = nearest(name, wanted)
            yield (name,), f"unknown facet `{name}`", f"did you mean `{near}`?" if near else f"`{theme}` has {', '.join(wanted)}"
        elif values and str(value) not in values:
            near = nearest(str(value), values)
            listed = "the values are listed in jurisdictions/themes.yaml"
            yield (name,), f"`{name}` cannot be `{value}`", f"did you mean `{near}`? {listed.capitalize()}." if near else listed


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
