"""What the tour tells, step by step. Every figure is computed from the run that is on screen."""

from __future__ import annotations

import numpy as np

from lstm_engine.lstm.trace import Trace
from lstm_engine.run.config import RunConfig
from tui.text.gates import Choice, percent
from tui.text.numbers import figure, fixed
from tui.tour.closing import closing, longer_window, luck
from tui.tour.facts import LOW_LOSS, Facts, unbroken
from tui.tour.place import Scene, Step
from tui.view.layout import CELL, DATA, LOSS, PARAMETERS, PREDICTIONS, company_panel

#: The runs of the tour.
BY_HAND = RunConfig()
BUILT_IN = RunConfig(model="nn-lstm", init="uniform")
BUILT_IN_FAST = RunConfig(model="nn-lstm", init="uniform", lr=0.1)
BY_HAND_FAST = RunConfig(lr=0.1)

_FIRST, _SECOND, _THIRD = 2000, 3000, 5000
_PLATEAU, _FAST = 1000, 300
_A, _B = 0, 1
_DAY_1, _DAY_4 = 0, 3


def _asked(_: Facts) -> str:
    return (
        "Two companies. The prices of days 1 to 4 go in, day 5 is to be predicted. Days 2 to 4 are the same for both; "
        "only *day 1* tells them apart, A with 0 and B with 1, and *day 5* brings that value back.\n\n"
        "So whoever predicts day 5 has to remember day 1, through three days that say nothing about it."
    )


def _memory(_: Facts) -> str:
    return (
        "The unit reads a day at a time and hands two numbers on: the long-term memory *c* and the short-term memory "
        "*h*.\n\n"
        "Every day its gates, 0 to 100 %, decide: *forget*, how much of c stays; *input*, how much of a candidate is "
        "added to it; *output*, how much of c shows as h. The last h is the prediction."
    )


def _untrained(facts: Facts) -> str:
    a, b = facts.both()
    return (
        f"Its twelve parameters are still what the seed drew: weights around 0, biases 0. It predicts *{a}* for A and "
        f"*{b}* for B.\n\n"
        f"That is {figure(abs(facts.apart()))} apart, where 1 is wanted: to this unit the two companies are all but "
        "the same."
    )


def _learning(_: Facts) -> str:
    return (
        "An *epoch* shows the unit A, then B. After each, the squared error is followed back through the four days, "
        "and Adam moves all twelve parameters a little towards less of it; the learning rate, 0.001, says how "
        "little.\n\n"
        "The mean of the two errors is the *loss*. Now watch it fall."
    )


def _after_first(facts: Facts) -> str:
    a, b = facts.both()
    return (
        f"A *{a}*, B *{b}*; observed 0 and 1. Not there yet, but on either side of 0.5.\n\n"
        f"The loss fell steeply at first, from {facts.loss_text(1)} to a quarter, and slowly from there to "
        f"*{facts.loss_text()}*. Why the bend?"
    )


def _curves(facts: Facts) -> str:
    peak, at = facts.peak(_A)
    return (
        "Who cannot tell A from B does best with *0.5* for both, a loss of 0.25. So at first both curves climb "
        "together.\n\n"
        f"But A turns at epoch *{at}*, at {fixed(peak, 2)}, and sinks, while B climbs on: the unit has begun to make "
        "something of day 1. (Tab shows one panel after the other.)"
    )


def _why_more(facts: Facts) -> str:
    half = facts.epoch // 4
    before, last = (
        facts.loss(facts.epoch - (part + 1) * half) - facts.loss(facts.epoch - part * half) for part in (1, 0)
    )
    return (
        f"The last {half} epochs took *{figure(last)}* off the loss, the {half} before only *{figure(before)}*: "
        "it falls faster and faster. A flat curve would say that more of the same is no use; this one says go on.\n\n"
        "A new Trainer takes up the checkpoint, Adam's state and all."
    )


def _after_second(facts: Facts) -> str:
    a, b = facts.both()
    apart, before = (fixed(facts.apart(epoch), 2) for epoch in (None, _FIRST))
    return (
        f"A *{a}*, B *{b}*: now {apart} apart, at epoch {_FIRST} it was {before}; "
        f"the loss went from {facts.loss_text(_FIRST)} to {facts.loss_text()}.\n\n"
        "Where training was resumed the curve has no kink: stopping cost nothing. Both are still a quarter off, and "
        "the loss still falls. So 2000 more."
    )


def _after_third(facts: Facts) -> str:
    a, b = facts.both()
    earlier = facts.epoch - 500
    moved = max(abs(facts.predicted(company) - facts.predicted(company, earlier)) for company in (_A, _B))
    return (
        f"A *{a}*, B *{b}*. The loss came below {LOW_LOSS:g} {_when_low(facts)} and is {facts.loss_text()} "
        "now.\n\n"
        f"This curve is flat: the last 500 epochs moved the predictions by {moved:.2f} at most. Here one may stop, "
        "and look inside: what has the unit learnt?"
    )


def _day_1_before(facts: Facts) -> str:
    a, b = facts.days(_A, 0), facts.days(_B, 0)
    return (
        "The time cursor is at *epoch 0*. On day 1 the input gate lets in "
        f"{_gate(a, 'input', _DAY_1)} (A) and {_gate(b, 'input', _DAY_1)} (B) of a candidate: "
        f"c is {_state(a.cell[_DAY_1])} and {_state(b.cell[_DAY_1])}.\n\n"
        "Then the forget gates drop about half of it, day after day: of B's day 1, "
        f"*{facts.left(_B, 0)}* is left on day 4."
    )


def _day_1_after(facts: Facts) -> str:
    a, b = facts.days(_A), facts.days(_B)
    return (
        f"*Epoch {facts.epoch}*. On day 1, x = 0 makes A a candidate of {_state(a.candidate[_DAY_1])}, x = 1 makes "
        f"B one of {_state(b.candidate[_DAY_1])}; c is {_state(a.cell[_DAY_1])} and {_state(b.cell[_DAY_1])}. Its "
        "*sign* says which company this is.\n\n"
        f"And the forget gates keep it: *{facts.left(_B)}* of B's day 1 is left on day 4, not {facts.left(_B, 0)}; "
        f"of A's, {facts.left(_A)}."
    )


def _day_4_before(facts: Facts) -> str:
    a, b = facts.days(_A, 0), facts.days(_B, 0)
    one, other = facts.both(0)
    return (
        f"*Epoch 0* again. On day 4, x is 1 for both, and what they remember is nearly the same, "
        f"{_state(a.cell_before[_DAY_4])} and {_state(b.cell_before[_DAY_4])}.\n\n"
        f"The candidate, {_state(a.candidate[_DAY_4])} and {_state(b.candidate[_DAY_4])}, outweighs it. The output "
        f"gate shows {_gate(a, 'output', _DAY_4)} and {_gate(b, 'output', _DAY_4)} of the result: *{one}* and "
        f"*{other}*."
    )


def _day_4_after(facts: Facts) -> str:
    a, b = facts.days(_A), facts.days(_B)
    one, other = facts.both()
    return (
        f"The same day, trained. x is 1 for both, but they remember {_state(a.cell_before[_DAY_4])} and "
        f"{_state(b.cell_before[_DAY_4])}.\n\n"
        f"A keeps {_gate(a, 'forget', _DAY_4)}, and what is added cancels it: c is {_state(a.cell[_DAY_4])}. B keeps "
        f"{_gate(b, 'forget', _DAY_4)} and adds: {_state(b.cell[_DAY_4])}. The output gate shows "
        f"{_gate(a, 'output', _DAY_4)} and {_gate(b, 'output', _DAY_4)}: *{one}* and *{other}*."
    )


def _built_in(facts: Facts) -> str:
    a, b = facts.both()
    one, other = facts.both(0)
    return (
        "*torch.nn.LSTM* is the same unit with a second bias in each gate: 16 numbers. PyTorch draws them in its own "
        f"way, so it starts elsewhere, at {one} and {other}.\n\n"
        f"{facts.epoch} epochs later: A *{a}*, B *{b}*, loss {facts.loss_text()}: still where both get 0.5. A flat "
        "curve may be a *plateau*, too."
    )


def _built_in_fast(facts: Facts) -> str:
    a, b = facts.both()
    half = facts.epoch // 2
    return (
        "The same start with a learning rate of *0.1*: steps a hundred times as large.\n\n"
        f"After {facts.epoch} epochs: A *{a}*, B *{b}*. The plateau is there too (epoch {half}: loss "
        f"{facts.loss_text(half)}), but at this pace it is crossed: below {LOW_LOSS:g} {_when_low(facts)}."
    )


def _by_hand_fast(facts: Facts) -> str:
    a, b = facts.both()
    slow = facts.low_at_in(BY_HAND)
    compared = "" if slow is None else f"; with 0.001 it took {slow}"
    return (
        f"The unit by hand, with 0.1: A *{a}*, B *{b}*. The loss is below {LOW_LOSS:g} "
        f"{_when_low(facts)}{compared}.\n\n"
        "Larger is not always better: too large a step leaps over the goal and may never come back, as "
        "`lstm-tui --lr 1 --start` shows."
    )


def _when_low(facts: Facts) -> str:
    epoch = facts.low_at()
    return "not yet" if epoch is None else f"at epoch *{epoch}*"


def _gate(days: Trace, gate: str, day: int) -> str:
    return unbroken(percent(float(getattr(days, gate)[day])))


def _state(value: np.float64) -> str:
    return fixed(float(value), 2)


def _cell(epoch: int, day: int, quantity: int) -> Scene:
    return Scene(CELL, epoch, Choice(place=_B, day=day, quantity=quantity))


_FORGET_GATE, _INPUT_GATE, _CELL_STATE, _OUTPUT_GATE = 1, 2, 4, 5

STEPS: tuple[Step, ...] = (
    Step("What is asked", BY_HAND, 0, Scene(DATA, 0), _asked, is_text=True),
    Step("A unit with a memory", BY_HAND, 0, _cell(0, _DAY_1, _CELL_STATE), _memory, is_text=True),
    Step("An untrained guess", BY_HAND, 0, Scene(PREDICTIONS, 0), _untrained),
    Step("How it learns", BY_HAND, 0, Scene(PARAMETERS, 0), _learning, is_text=True),
    Step(
        "2000 epochs",
        BY_HAND,
        _FIRST,
        Scene(LOSS, _FIRST),
        _after_first,
        "Watch the *loss* fall, and the two predictions climb and part.",
    ),
    Step("Two curves part", BY_HAND, _FIRST, Scene(company_panel(_A), _FIRST), _curves),
    Step("Is it done?", BY_HAND, _FIRST, Scene(LOSS, _FIRST), _why_more),
    Step(
        "1000 more",
        BY_HAND,
        _SECOND,
        Scene(LOSS, _SECOND),
        _after_second,
        "Watch the curve go on where it was left.",
    ),
    Step(
        "2000 more",
        BY_HAND,
        _THIRD,
        Scene(LOSS, _THIRD),
        _after_third,
        "Watch for the epoch from which on the loss hardly falls.",
    ),
    Step("Day 1, untrained", BY_HAND, _THIRD, _cell(0, _DAY_1, _INPUT_GATE), _day_1_before),
    Step("Day 1, trained", BY_HAND, _THIRD, _cell(_THIRD, _DAY_1, _INPUT_GATE), _day_1_after),
    Step("Day 4, untrained", BY_HAND, _THIRD, _cell(0, _DAY_4, _OUTPUT_GATE), _day_4_before),
    Step("Day 4, trained", BY_HAND, _THIRD, _cell(_THIRD, _DAY_4, _OUTPUT_GATE), _day_4_after),
    Step(
        "The same with nn.LSTM",
        BUILT_IN,
        _PLATEAU,
        Scene(LOSS, _PLATEAU),
        _built_in,
        "*torch.nn.LSTM*, the same data, the same learning rate. Watch where the loss comes to rest.",
    ),
    Step(
        "nn.LSTM, learning rate 0.1",
        BUILT_IN_FAST,
        _FAST,
        Scene(LOSS, _FAST),
        _built_in_fast,
        "The same once more, with a learning rate of 0.1.",
    ),
    Step(
        "By hand, learning rate 0.1",
        BY_HAND_FAST,
        _FAST,
        Scene(LOSS, _FAST),
        _by_hand_fast,
        "The unit by hand again, with a learning rate of 0.1.",
    ),
    Step("Luck", BY_HAND, _THIRD, Scene(LOSS, _THIRD), luck),
    Step("A longer window", BY_HAND, _THIRD, _cell(0, _DAY_4, _FORGET_GATE), longer_window),
    Step("On your own", BY_HAND, _THIRD, Scene(LOSS, _THIRD), closing),
)
