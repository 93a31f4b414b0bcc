"""The panel of the tour: the step's text, what the keys do, and where there is room for it the table of contents."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.text.widths import width as width_of
from tui.tour.lesson import Lesson

#: Lines of the panel beside the dashboard that are kept for title and text.
_TEXT_LINES = 15


class TourPanel(Widget):
    """Beside the dashboard, high and narrow, or below it, wide and low. The keys are the app's."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lesson: Lesson | None = None
        self._is_beside = False

    def show(self, lesson: Lesson, *, beside: bool) -> None:
        """Show the lesson. beside: the panel is beside the dashboard."""
        if (lesson, beside) != (self._lesson, self._is_beside):
            self._lesson, self._is_beside = lesson, beside
            place = f"the tour, {lesson.number + 1} of {len(lesson.titles)}"
            self.border_title = Content(place if beside else f"{place}: {lesson.title}")
            self.refresh()

    def move(self, *, beside: bool) -> None:
        """Show the lesson that it shows in the form of its new place."""
        if self._lesson is not None:
            self.show(self._lesson, beside=beside)

    def render(self) -> RenderResult:
        width, height = self.content_size
        if self._lesson is None or not width:
            return Content()
        lines = (_beside if self._is_beside else _below)(self._lesson, width, height)
        return Content("\n").join(lines)


def _beside(lesson: Lesson, width: int, height: int) -> list[Content]:
    lines = [Content.styled(lesson.title, "bold $primary"), Content()]
    lines += text_lines(lesson.text, width)
    # The keys stay where they are while the texts change.
    lines += [Content()] * (_TEXT_LINES - len(lines))
    keys = [Content(), _key_on(lesson), _other_keys(lesson)]
    lines = [*lines[: height - len(keys)], *keys]
    contents = [_entry(lesson, number) for number in range(len(lesson.titles))]
    gap = height - len(lines) - len(contents)
    return [*lines, *[Content()] * gap, *contents] if gap > 0 else lines


def _entry(lesson: Lesson, number: int) -> Content:
    if number == lesson.number:
        return Content.styled(f"▸ {lesson.titles[number]}", "bold")
    return Content.styled(f"{'✓' if number < lesson.number else ' '} {lesson.titles[number]}", "$quiet")


def _below(lesson: Lesson, width: int, height: int) -> list[Content]:
    lines = text_lines(lesson.text.replace("\n\n", " "), width)[: height - 1]
    keys = Content.assemble(_key_on(lesson), "   ", _other_keys(lesson))
    return [*lines, *[Content()] * (height - 1 - len(lines)), keys]


def _key_on(lesson: Lesson) -> Content:
    if not lesson.ahead:
        return Content.styled(lesson.waiting, "$quiet")
    return Content.assemble(_key(">", "tour_on"), (f" {lesson.ahead}", "bold"))


def _other_keys(lesson: Lesson) -> Content:
    back = (_key("<", "tour_back"), " back   ") if lesson.number else ()
    return Content.assemble(*back, _key("i", "tour"), " leaves")


def _key(label: str, action: str) -> Content:
    return Content.assemble((label, "bold $accent")).stylize(f"@click=app.perform('{action}')")


def text_lines(text: str, width: int) -> list[Content]:
    """A step's text in lines of at most `width` cells; what stands between asterisks is bold."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".lstrip()
            if width_of(longer.replace("*", "")) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return _emphasised(lines)


def _emphasised(lines: list[str]) -> list[Content]:
    """The lines without their asterisks; what is between two of them may go on in the next line."""
    contents, is_bold = [], False
    for line in lines:
        pieces: list[tuple[str, str]] = []
        for index, part in enumerate(line.split("*")):
            is_bold ^= index > 0
            pieces.append((part.replace("\N{NO-BREAK SPACE}", " "), "bold" if is_bold else ""))
        contents.append(Content.assemble(*pieces))
    return contents
