"""A walk by keyboard: where the Tab key comes to on a page, in what order, and whether one sees it."""

from playwright.sync_api import Page

from tests.journeys import looks

WITHIN = 200  # more presses than elements: the parts of a date, what stands in a frame


def walked(page: Page) -> list[tuple[str, object]]:
    """What is wrong with the walk: what is not reached, or not in the page's order, and what shows no ring.

    The walk ends outside, or at the first element again; one that ends nowhere stands in a trap.
    """
    return [] if runs_through(page) else step_by_step(page)


def runs_through(page: Page) -> bool:
    """Whether nothing is wrong: the page itself writes down where the focus stands, at each key.

    The key is held, which moves the focus as often as pressing it does. It is held on while a frame has stops of its
    own, of which this page sees one.
    """
    expected = page.evaluate(looks.STOPS)
    page.evaluate(looks.WRITES_DOWN)
    hold_tab(page, expected + 1)
    for _more in range(0, WITHIN, 20):
        stops, (number, name, _problems) = page.evaluate(looks.WRITTEN_DOWN)
        if stops != [stop % max(expected, 1) for stop in range(len(stops))]:
            return False
        if len(stops) > expected or (len(stops) == expected and (number == "0" or name == "outside")):
            return True
        hold_tab(page, 20)
    return False


def hold_tab(page: Page, times: int) -> None:
    for _time in range(times):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")


def step_by_step(page: Page) -> list[tuple[str, object]]:
    expected = page.evaluate(looks.STOPS)
    reached: list[int | str] = []
    wrong: list[tuple[str, object]] = []
    for _press in range(expected + WITHIN):
        page.keyboard.press("Tab")
        number, name, problems = page.evaluate(looks.STANDING)
        here = int(number) if number else name
        if name == "outside" or (here in reached[:1] and len(reached) > 1):
            break
        reached += [here] if reached[-1:] != [here] else []
        wrong += [(name, problems)] if problems and (name, problems) not in wrong else []
    else:
        wrong += [("no way out", reached[-3:])]
    return wrong if reached == list(range(expected)) else [*wrong, (f"{expected} expected", reached)]
