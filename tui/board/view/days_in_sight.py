"""How many days of prices are in sight, and what the keys that zoom make of it. Pure."""

from __future__ import annotations

from collections.abc import Callable

from lstm_engine.forecast.outlook import Outlook

#: Days in sight, at least, and how many times those that are held out where nothing else was asked for.
LEAST_DAYS, _AT_FIRST = 10, 2


def days_in_sight(outlook: Outlook, days: int) -> int:
    """The last so many; 0 stands for those that are held out, and as many before. No more than there are."""
    wanted = days or _AT_FIRST * len(outlook.predictions.held_out)
    return min(max(wanted, LEAST_DAYS), len(outlook.table.dates))


#: By the action of a key, the days that are in sight then.
PRICE_ZOOMS: dict[str, Callable[[Outlook, int], int]] = {
    "zoom_in": lambda outlook, days: days_in_sight(outlook, days_in_sight(outlook, days) // 2),
    "zoom_out": lambda outlook, days: days_in_sight(outlook, days_in_sight(outlook, days) * 2),
    "zoom_all": lambda outlook, _: len(outlook.table.dates),
}
