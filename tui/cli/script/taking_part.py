"""What comes after a script was started: the board, lines, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TextIO

import msgspec

from lstm_engine.errors import UserError
from lstm_engine.script.launch import Launched
from lstm_engine.script.output_tail import OUTPUT
from lstm_engine.text import printable
from tui.cli.exit_status import DONE
from tui.options import continue_command


def check_screen(values: dict[str, Any]) -> None:
    """Raises UserError where the options contradict each other, or where there is no terminal for the board."""
    if values["detach"] and values["no_screen"]:
        raise UserError("--detach is given with --no-screen: expected one of the two")
    if values["json"] and not values["detach"]:
        raise UserError("--json is given without --detach: expected both")
    if not (values["detach"] or values["no_screen"]):
        from tui.cli.arguments import check_terminal

        check_terminal("--no-screen")


def take_part(run: Path, launched: Launched, checkpoints: Path, values: dict[str, Any], stream: TextIO) -> int:
    """Leave the script alone, wait for it, or show it, as the options say; the exit status.

    Raises:
        OSError: the output cannot be written.
    """
    if values["detach"]:
        stream.write(_begun(run, launched, checkpoints, json=values["json"]))
        return DONE
    if values["no_screen"]:
        from tui.cli.script.foreground import LineOutput, follow

        begun = f"run {run.name}: process {launched.script}, output in {run / OUTPUT}"
        return follow(run, launched.script, checkpoints, LineOutput(stream), begun)
    from tui.cli.script.board import show_board

    return show_board(run, values)


def _begun(run: Path, launched: Launched, checkpoints: Path, *, json: bool) -> str:
    if json:
        told = {"run": run.name, "directory": str(run), "pid": launched.script}
        return msgspec.json.encode(told).decode() + "\n"
    command = continue_command("attach", run.name, str(run), checkpoints)
    return printable(f"run {run.name} is process {launched.script}; look in with: {command}") + "\n"
