"""Style sheets parsed once in a test process: they take a tenth of what a dashboard on scripted events does."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet


def parse_each_once() -> None:
    """Have every app take the rules of a text that another one has parsed with the same variables.

    Nothing changes rules that are parsed; Textual (8.2.8) itself shares them between the widgets of an app.
    """
    parse = Stylesheet._parse_rules
    parsed: dict[object, list[RuleSet]] = {}

    @functools.wraps(parse)
    def parse_once(stylesheet: Stylesheet, *arguments: Any, **named: Any) -> list[RuleSet]:
        variables: Mapping[str, str] = stylesheet._variables
        key = (arguments, tuple(named.items()), tuple(variables.items()))
        if key not in parsed:
            parsed[key] = parse(stylesheet, *arguments, **named)
        return parsed[key]

    Stylesheet._parse_rules = parse_once  # type: ignore[method-assign]
