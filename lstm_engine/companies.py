"""The data: companies, their days, and the value of the last day to predict."""

import msgspec


class Companies(msgspec.Struct, frozen=True):
    """A table of companies, all with the same number of days.

    source: what the user calls it: `walk-through`, or the CSV file's name.
    names: one per company, unique.
    days: per company, the inputs day by day; shape (companies, days).
    targets: per company, the observed value of the day after the last input; shape (companies,).
    """

    source: str
    names: tuple[str, ...]
    days: tuple[tuple[float, ...], ...]
    targets: tuple[float, ...]

    @property
    def day_count(self) -> int:
        """How many days go in (the day to predict not counted)."""
        return len(self.days[0])


#: The walk-through's two companies: they differ on day 1 only, and day 5 asks for it.
WALK_THROUGH = Companies(
    source="walk-through",
    names=("A", "B"),
    days=((0.0, 0.5, 0.25, 1.0), (1.0, 0.5, 0.25, 1.0)),
    targets=(0.0, 1.0),
)
