"""The two themes: quiet surfaces, one colour a series, legible on either ground.

`$quiet` is for words that may be overlooked, `$edge` for lines between things; `$series-4` and `$series-5` for the
fifth and the sixth curve of a picture.
"""

from textual.theme import Theme

DARK = Theme(
    name="lstm-dark",
    dark=True,
    primary="#7aa2f7",
    secondary="#9aa5ce",
    accent="#e0af68",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    foreground="#c8d0e8",
    background="#11131a",
    surface="#11131a",
    panel="#1a1d27",
    variables={"quiet": "#838ba7", "edge": "#3b4054", "series-4": "#56c5cf", "series-5": "#c49bf0"},
)

LIGHT = Theme(
    name="lstm-light",
    dark=False,
    primary="#2f5fc4",
    secondary="#4a5578",
    accent="#8f5e15",
    success="#3d6f1e",
    warning="#8f5e15",
    error="#b3263e",
    foreground="#1f2335",
    background="#fafafa",
    surface="#fafafa",
    panel="#eceef4",
    variables={"quiet": "#5f6782", "edge": "#b4b9c9", "series-4": "#0b6e7c", "series-5": "#7a3fb0"},
)
