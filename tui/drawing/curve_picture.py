"""A chart of curves over the epochs as a picture of cells, kept up at little cost while training appends to it."""

from __future__ import annotations

from collections.abc import Sequence

from tui.drawing.axes_spec import AxesSpec
from tui.drawing.cells import Cells, Role
from tui.drawing.curve_layer import CurveLayer
from tui.drawing.curves import ALONE, Beside
from tui.drawing.decimation import Values
from tui.drawing.layer import Pen
from tui.drawing.layered_picture import LayeredPicture


class CurvePicture(LayeredPicture[Values]):
    """A chart of curves with a value an epoch: shape (epochs,), epoch 0 first, what is not finite is a gap."""

    def __init__(self) -> None:
        super().__init__(CurveLayer)

    def draw(
        self,
        spec: AxesSpec,
        values: Values,
        behind: Sequence[Values] = (),
        cursor: int | None = None,
        beside: Beside = ALONE,
    ) -> Cells | None:
        """The chart of one curve, with others dotted behind it; as `draw_curves`."""
        dotted = Pen(Role.GHOST, "." if spec.marker == "ascii" else "·")
        pens = [dotted] * len(behind) + [Pen(Role.CURVE, spec.marker)]
        return self.draw_curves(spec, (*behind, values), pens, cursor, beside.curves, beside.target)
