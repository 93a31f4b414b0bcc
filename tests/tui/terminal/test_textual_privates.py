"""What is private in Textual is known in tui/terminal alone, and is still what that was written against."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib
import importlib.util
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import textual
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.message_pump import MessagePump
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.timer import Timer

import tui

ROOT = Path(tui.__file__).parent
#: The version of Textual that the tricks in tui/terminal were written for.
VERSION = "8.2.8"

#: By module of tui/terminal: what of Textual it replaces, overrides or goes by, and a hash of each one's source.
TRICKS: dict[str, dict[Callable[..., object], str]] = {
    "driver": {
        LinuxDriver.run_input_thread: "d796af6d69db",
        LinuxDriver._get_terminal_size: "7e80e59356c6",
        WriterThread.run: "314021aab4f5",
    },
    "input_bytes": {
        XTermParser._parse_extended_key: "65eeaadaf41a",
        Parser.feed: "390106cde019",
        Parser.tick: "44606084ad3b",
    },
    "serial_keys": {
        App.on_event: "3dbf14d69491",
        MessagePump.call_later: "39889507a370",
        MessagePump._process_messages_loop: "8b26d5edccbb",
    },
    "painting": {
        ChopsUpdate.__init__: "f40588bd8fbd",
        ChopsUpdate.render_segments: "4c1cdb567e0b",
        LayoutUpdate.__init__: "0a0399f5b7e5",
        LayoutUpdate.render_segments: "ff329c722506",
        App._display: "4b78dff6669a",
    },
    "thrifty_compositor": {
        Compositor.render_partial_update: "888dccc892d8",
        Compositor._get_renders: "8ac93299aa5d",
        Compositor._render_chops: "ca8c3359d7af",
    },
    "dimmed": {
        BackgroundScreen.process_segments: "b857a6555faa",
        Compositor.render_strips: "061fb81ef37c",
    },
    "fitted_screens": {
        Screen._on_resize: "ba5f7fb1b5a3",
        Screen._screen_resized: "9ac8cd9df563",
        ModalScreen.render: "c0f72894b398",
        MessagePump._get_dispatch_methods: "42cf0aeddecf",
        Screen._on_screen_resume: "f39caa8ec442",
        Screen.dismiss: "0c6d250ef5e6",
    },
    "terminal_app": {
        MessagePump.set_timer: "37c0f402f0b1",
        Timer._run: "60c942a84c1a",
        App._handle_exception: "baea2e7f88e7",
        App._fatal_error: "2474616cec7f",
        App.panic: "9c4a264c909e",
        App._build_driver: "2838e509bae0",
        App._get_screen: "e253c005c006",
        Screen._refresh_layout: "889715478130",
    },
}
SOURCES = [(module, theirs, known) for module, known_by in TRICKS.items() for theirs, known in known_by.items()]


def fingerprint(theirs: Callable[..., object]) -> str:
    """Of a function's source as it is."""
    return hashlib.sha256(inspect.getsource(theirs).encode()).hexdigest()[:12]


def test_the_version_is_the_one_that_the_tricks_are_for() -> None:
    assert textual.__version__ == VERSION, (
        "look through tui/terminal and TRICKS, then name the new version there and here"
    )


@pytest.mark.parametrize(("module", "theirs", "known"), SOURCES, ids=lambda value: getattr(value, "__qualname__", ""))
def test_what_is_replaced_is_what_was_written_against(module: str, theirs: Callable[..., object], known: str) -> None:
    assert fingerprint(theirs) == known, (
        f"Textual's {theirs.__qualname__} is another one: see whether tui/terminal/{module}.py still does what it "
        f"says with it, and whether it is still needed; then write {fingerprint(theirs)} here"
    )


def test_every_trick_says_which_version_it_is_for() -> None:
    for module in TRICKS:
        assert VERSION in (ROOT / "terminal" / f"{module}.py").read_text(), module


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the UI outside tui/terminal, by name."""
    for found in pkgutil.walk_packages([str(ROOT)], "tui."):
        if not found.name.startswith("tui.terminal") and not found.ispkg and found.name != "tui.__main__":
            spec = importlib.util.find_spec(found.name)
            assert spec is not None
            assert spec.origin is not None
            yield found.name, ast.parse(Path(spec.origin).read_text())


def test_no_private_module_is_imported_elsewhere() -> None:
    imported = [
        (name, node.module)
        for name, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual._")
    ]
    assert imported == []


@functools.cache
def private_names_of(theirs: type) -> frozenset[str]:
    """The private names that one of Textual's own classes has or uses."""
    used = re.findall(r"\bself\.(_[a-z]\w*)", inspect.getsource(theirs))
    return frozenset((*used, *(name for name in vars(theirs) if re.match(r"_[a-z]", name))))


def private_names(ours: type) -> set[str]:
    """Those of the classes of Textual's among the ancestors of one of ours."""
    theirs = [kind for kind in ours.__mro__ if kind.__module__.startswith("textual.")]
    return {name for kind in theirs for name in private_names_of(kind)}


def test_no_widget_or_screen_uses_a_private_name_of_textual() -> None:
    used = []
    for name, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                private = private_names(getattr(importlib.import_module(name), node.name))
                names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
                names |= {part.name for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)}
                used += [f"{name}.{node.name}.{attribute}" for attribute in sorted(names & private)]
    assert used == [], "only tui/terminal knows what is private in Textual"
