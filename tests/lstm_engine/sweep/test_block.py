"""Members side by side: in whatever blocks and pieces, the same bits. That they are the single run's: sweep_run."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_engine.data.companies import WALK_THROUGH, Companies
from lstm_engine.sweep.block import Block, Training

CROWD = Companies("crowd", ("A", "B", "C"), ((0.0, 1.0), (1.0, 0.5), (0.25, -1.0)), (0.5, -0.5, 0.0))


def begun(members: int = 5) -> Block:
    random = np.random.default_rng(3)
    return Block.of(random.normal(size=(12, members)).astype(np.float32), np.linspace(0.001, 0.1, members))


def part(block: Block, chosen: slice) -> Block:
    return Block.of(block.weights[:, chosen], block.lr[chosen])


def test_blocks_and_pieces_make_no_difference() -> None:
    for data in (WALK_THROUGH, CROWD):
        whole = begun()
        Training(data, 5).train(whole, 40, 10)
        parts = [part(begun(), slice(0, 2)), part(begun(), slice(2, 5))]
        for each in parts:
            training = Training(data, each.weights.shape[1])
            for epoch in (1, 7, 40):
                training.train(each, epoch, 10)
        assert np.concatenate([each.weights for each in parts], axis=1).tobytes() == whole.weights.tobytes()
        assert np.concatenate([each.losses for each in parts], axis=1).tobytes() == whole.losses.tobytes()
        assert whole.losses.shape == (5, 5)  # the first epoch, and each tenth


def test_what_the_last_bits_decide_is_computed_in_floats(monkeypatch: pytest.MonkeyPatch) -> None:
    """The middle between two 32-bit floats, and what is next to it, is in doubt; and nothing else is."""
    training = Training(WALK_THROUGH, 3)
    middle = (1.0 + float(np.nextafter(np.float32(1), np.float32(2)))) / 2
    gradient = np.full((12, 3), 0.75)
    gradient[4, 1], gradient[7, 2] = middle, -np.nextafter(middle, 2)
    assert training._doubtful(gradient) == [1, 2]
    assert training._doubtful(np.full((12, 3), 1 + 2**-23)) == []
    in_arrays, in_floats = begun(), begun()
    Training(CROWD, 5).train(in_arrays, 30, 10)
    monkeypatch.setattr(Training, "_doubtful", lambda *_: range(5))
    Training(CROWD, 5).train(in_floats, 30, 10)
    assert in_arrays.weights.tobytes() == in_floats.weights.tobytes()


def test_a_member_that_diverges_leaves_the_others_alone() -> None:
    block = begun(2)
    block.weights[:, 0] = np.inf
    Training(WALK_THROUGH, 2).train(block, 5, 1)
    assert not np.isfinite(block.loss[0])
    alone = part(begun(2), slice(1, 2))
    Training(WALK_THROUGH, 1).train(alone, 5, 1)
    assert block.weights[:, 1].tobytes() == alone.weights[:, 0].tobytes()
