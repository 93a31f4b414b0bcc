"""What the environment must not decide: the Trainer's arguments are this program's own."""

from __future__ import annotations

from collections.abc import MutableMapping

#: Beginnings of the names by which Lightning lets the environment change a Trainer's arguments, seeds and workers.
_LIGHTNINGS = ("PL_", "LT_")
#: Who a process is among many that train together; here it is alone.
_RANKS = ("RANK", "LOCAL_RANK", "GROUP_RANK", "NODE_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "SLURM_PROCID",
          "JSM_NAMESPACE_RANK")  # fmt: skip


def clear_environment(environment: MutableMapping[str, str]) -> list[str]:
    """Removes what would change how Lightning trains, before Lightning is imported; the names that were there."""
    found = sorted(name for name in environment if name.startswith(_LIGHTNINGS) or name in _RANKS)
    for name in found:
        del environment[name]
    return found
