"""What the tests of the wall look at, by the names that people read there."""

from playwright.sync_api import Locator, Page

from tests.ground.cast import CHEN_JING

FULL_HD = {"viewport": {"width": 1920, "height": 1080}}
PHONE = (390, 844)


def sign_in(page: Page, password: str) -> None:
    """陈静 at the door."""
    page.get_by_label("账号").fill(CHEN_JING.login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def line(page: Page) -> Locator:
    """What the wall says about its own connection."""
    return page.locator("header").get_by_role("status")


def panel(page: Page, name: str) -> Locator:
    """A panel, or the band of alarms."""
    return page.get_by_role("region", name=name, exact=True)


def count(page: Page, state: str) -> Locator:
    """The large number of a state."""
    return panel(page, "工单").get_by_role("listitem").filter(has_text=state).locator("b")


def squads(page: Page) -> Locator:
    """The shields on the map."""
    return page.locator(".squad-mark")


def names(page: Page) -> list[str]:
    """Names of areas and grids that stand on the map now."""
    return page.locator(".map-name b").all_inner_texts()


def names_over_each_other(page: Page) -> int:
    """How many pairs of them cover one another."""
    return int(page.evaluate(OVER_EACH_OTHER))


OVER_EACH_OTHER = """() => {
  const boxes = [...document.querySelectorAll('.map-name b')].map((one) => one.getBoundingClientRect())
  const meet = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  return boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) => meet(one, other))).length
}"""
