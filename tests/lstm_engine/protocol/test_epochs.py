"""Rows to events and back: every bit, and what is not finite as nothing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from lstm_engine.protocol.epochs import epochs_event, rows_of
from lstm_engine.protocol.messages import decode_event, encode
from lstm_engine.run.config import RunConfig
from lstm_engine.run.history import Columns

COLUMNS = Columns.of(RunConfig())
ROWS = st.integers(1, 5).flatmap(
    lambda count: arrays.arrays(np.float32, (count, COLUMNS.width), elements=st.floats(width=32))
)


@given(ROWS, st.integers(0, 10**6))
def test_rows_come_back_over_the_pipe(rows: np.ndarray, first: int) -> None:
    event = decode_event(encode(epochs_event(first, 0.5, rows, COLUMNS)))
    assert (event.first_epoch, event.seconds) == (first, 0.5)
    assert list(event.predictions) == list(COLUMNS.companies)
    assert list(event.parameters) == list(COLUMNS.parameters)
    expected = np.where(np.isfinite(rows), rows, np.float32(np.nan))
    assert rows_of(event, COLUMNS).tobytes() == expected.tobytes()
