"""A few samples of a history column, to tell two of them apart without reading either whole."""

from __future__ import annotations

from dataclasses import dataclass

from tui.drawing.decimation import Values

#: How many samples, spread evenly.
SAMPLES = 5


@dataclass(frozen=True)
class Fingerprint:
    """Equal for columns of equal length and, for all that the samples tell, of equal values.

    epochs: where the samples were taken, the first and the last epoch among them; empty for an empty column.
    values: the bytes of the 32-bit floats there.
    """

    epochs: tuple[int, ...] = ()
    values: bytes = b""

    @classmethod
    def of(cls, values: Values) -> Fingerprint:
        """Of a column of shape (epochs,), epoch 0 first."""
        epochs = sample_epochs(len(values))
        return cls(tuple(epochs), values[epochs].tobytes())

    def goes_on_in(self, values: Values) -> bool:
        """Whether `values` are the same as far as they go back: the column has grown, or was cut."""
        common = [epoch for epoch in self.epochs if epoch < len(values)]
        return values[common].tobytes() == self.values[: len(common) * values.itemsize]


def sample_epochs(length: int) -> list[int]:
    """A few epochs spread over a history of that length, the first and the last among them."""
    return sorted({part * (length - 1) // (SAMPLES - 1) for part in range(SAMPLES)}) if length else []
