"""One curve on the canvas of a chart, drawn column by column as its history grows."""

from __future__ import annotations

from tui.drawing.decimation import Envelope, Extremes, Values
from tui.drawing.fingerprint import Fingerprint
from tui.drawing.layer import Layer, Pen


class CurveLayer(Layer[Values]):
    """A curve with a value an epoch: shape (epochs,), epoch 0 first."""

    _envelope: Envelope

    def __init__(self, pen: Pen) -> None:
        super().__init__(pen)
        self._extremes = Extremes()
        self._fingerprint = Fingerprint()

    @property
    def columns(self) -> Envelope:
        return self._envelope

    def goes_on_in(self, data: Values) -> bool:
        return self._fingerprint.goes_on_in(data)

    def lay_out(self, x_start: int, x_end: int, width: int, height: int) -> None:
        super().lay_out(x_start, x_end, width, height)
        self._envelope = Envelope(self._extremes, x_start, x_end, width * self._across)

    def follow(self, data: Values) -> None:
        self._fingerprint = Fingerprint.of(data)
        self._envelope.update(data)
