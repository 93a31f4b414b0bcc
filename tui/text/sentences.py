"""What is said of a run and of its engine: settings, lineage, what one can do now, what is happening.

Nothing here imports numpy or Textual: the first frame needs these words before either may be loaded.
"""

from __future__ import annotations

from lstm_engine.protocol.attendance import Detach, Join
from lstm_engine.protocol.messages import AddEpochs, Branch, Command, NewRun, OpenRun, Pause, Quit, Reseed, Save, Train
from lstm_engine.run.config import RunConfig
from lstm_engine.run.records import Parent
from tui.text.numbers import counted


def settings(config: RunConfig) -> list[str]:
    """The settings a run is known by, the most telling first."""
    parts = [config.model, f"seed {config.seed}", f"lr {config.lr:g}", f"init {config.init}"]
    if config.batch_size != 1:
        parts.append(f"batch {config.batch_size}")
    if config.data.source != "walk-through":
        parts.append(config.data.source)
    return parts


def lineage(parent: Parent | None) -> str:
    """Where a run branched off; empty where it did not."""
    if parent is None:
        return ""
    return f"branch of {parent.run} at {parent.epoch}{with_changes(parent)}"


def with_changes(parent: Parent) -> str:
    """What a branch began with in place of its parent's values; empty where there is nothing of the kind."""
    changed = ", ".join(f"{name} {value:g}" for name, value in parent.changed.items())
    return f" with {changed}" if changed else ""


def unsaved(epochs: int) -> str:
    """That so many epochs after the last saved one are lost; empty where none are."""
    if epochs <= 0:
        return ""
    return f" ({counted(epochs, 'later epoch')} could not be saved)"


def lost(problem: str) -> str:
    """That a run is not on disk where it was. problem: why."""
    return f"{problem}; nothing is saved there"


def hint(state: str, epochs_ahead: int, target: int) -> str:
    """What one can do now, for the notice line when there is no news; keys stand between asterisks.

    As long as there is an engine; `ended_hint` is for where there is none.
    """
    return {
        "loading": "loading PyTorch…",
        "ready": f"untrained: *space* trains {epochs_ahead} epochs",
        "training": "",
        "paused": f"paused: *space* goes on to epoch {target}",
        "stopped": "stopped: *space* goes on, *o* opens another run, *q* quits",
        "finished": "finished: *a* adds epochs, *r* starts again with another seed",
        "failed": "*space* tries again, *r* reseeds, *q* quits",
        "elsewhere": "open elsewhere: *space* looks again, *o* opens another run",
    }[state]


def ended_hint(state: str, ended: str, run: str | None) -> str:
    """The same where the engine has ended. ended: how, in the words that follow `stopped`; empty where it failed."""
    can = after_the_end(state, run).replace("space", "*space*")
    how = {"stopped": f"stopped {ended}: ", "finished": "finished: "}.get(state, "")
    return f"{how}{can}, *o* opens another run, *q* quits"


def after_the_end(state: str, run: str | None) -> str:
    """What `space` does once the engine has ended. run: None where nothing is on disk."""
    if state == "finished":
        return "space opens it again"
    if state == "failed":
        return "space tries again with a new engine"
    return "space starts a new engine" if run is None else "space goes on"


def offered(run: str, epoch: int, target: int, interrupted: bool) -> str:
    """That there is a run to go on with; keys stand between asterisks."""
    how = "interrupted" if interrupted else "stopped"
    return f"{run} was {how} at {epoch} of {target}: *u* continues it"


def sent(command: Command) -> str:
    """What is happening now that `command` is on its way."""
    match command:
        case Pause():
            return "pausing at the end of this epoch…"
        case Save():
            return "saving…"
        case Quit():
            return "saving, then quitting…"
        case Join():
            return "attending…"
        case Detach():
            return "leaving it running…"
        case Train() | AddEpochs():
            return "starting a trainer…"
        case Reseed():
            return "setting up a new run; the old one is kept on disk…"
        case NewRun():
            return "setting up the model…"
        case OpenRun() | Branch():
            return "opening the run…"


_BY_ANOTHER = {
    "train": ("training is asked for", "training began"),
    "add_epochs": ("more epochs are asked for", "epochs were added"),
    "pause": ("a pause is asked for", "paused"),
    "save": ("a checkpoint is asked for", "saved"),
    "reseed": ("another seed is asked for", "reseeded"),
    "new_run": ("a new run is asked for", "a new run was set up"),
    "open_run": ("another run is asked for", "another run was opened"),
    "branch": ("a branch is asked for", "a branch was made"),
    "quit": ("the end is asked for", "ended"),
}


def asked_by_another(command: str) -> str:
    """That another dashboard sent a command. command: its `type`."""
    asked, _ = _BY_ANOTHER.get(command, ("a command came", ""))
    return f"{asked} from another terminal…"


def done_by_another(command: str) -> str:
    """What has become of it, once the engine has answered."""
    _, done = _BY_ANOTHER.get(command, ("", "done"))
    return f"{done} from another terminal"


def refused_to_another(reason: str) -> str:
    """That another dashboard's command was not carried out, and why."""
    return f"refused to another terminal: {reason}"


def joined(watchers: int, *, came: bool) -> str:
    """That a dashboard came or left; how many there are now, this one included."""
    now = "this one alone is left" if watchers == 1 else f"{watchers} are open on this run"
    return f"another dashboard {'came' if came else 'left'}: {now}"


#: What the first `q` says where others would lose what trains.
OTHERS_TRAIN = "it trains for others, too: D leaves it running, q again saves and ends it"


def attached_hint(watchers: int) -> str:
    """What one can do with a training that was begun elsewhere; keys stand between asterisks."""
    many = f", {watchers} dashboards look on" if watchers > 1 else ""
    return f"attached: *D* leaves it running, *q* saves and ends it{many}"


def trains_on(run: str, target: int, command: str) -> str:
    """That training goes on without a dashboard, and how to look in."""
    return f"run {run} trains on to epoch {target}; look in with: {command}"


def engine_end(status: int | None, *, loading: bool) -> str:
    """Why there is no engine any more, in one sentence."""
    when = " before it was ready" if loading else ""
    if status is None:
        return "the engine process could not be started"
    if status < 0:
        return f"the engine process was ended{when} by signal {-status}"
    return f"the engine process ended{when} with exit status {status}"


#: What has ended an engine, where somebody else who attends it has asked it to.
FROM_ANOTHER = "from another terminal"
_BY_ITSELF = "by itself"


def how_ended(signal: str, *, by_another: bool) -> str:
    """What has ended an engine, in the words that follow `stopped`.

    signal: the name of the one that it got; empty where it got none. by_another: somebody else has asked it to end.
    """
    return f"({signal})" if signal else FROM_ANOTHER if by_another else _BY_ITSELF


def engine_end_in_order(ended: str, epoch: int, problem: str = "") -> str:
    """That an engine saved and ended though nobody on this side asked it to.

    ended: how, as `how_ended` says. epoch: the last saved. problem: why nothing is saved, if so.
    """
    how = f"ended {ended}" if ended == _BY_ITSELF else f"was ended {ended}"
    if problem:
        return f"the engine {how}; {lost(problem)}"
    return f"the engine {how} " + (f"after saving epoch {epoch}" if epoch else "before it had anything to save")
