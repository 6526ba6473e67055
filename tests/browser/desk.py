"""陈静's desk, and what her hands do on it."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import day
from tests.faults.stage import Web
from tests.ground.cast import PASSWORD, Person


def sit_down(page: Page, web: Web, person: Person, password: str = PASSWORD) -> Page:
    """At the desk, signed in."""
    page.goto(day.at(web, "/desk"))
    sign_in(page, person, password)
    return page


def sign_in(page: Page, person: Person, password: str = PASSWORD) -> None:
    """Through the door; it is open when the person's name stands in the header."""
    page.get_by_label("账号").fill(person.login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("banner")).to_contain_text(person.name)


def is_live(page: Page) -> None:
    """The line to the service stands."""
    expect(page.get_by_role("banner").get_by_role("status")).to_have_text("实时")


def queue(page: Page, name: str) -> Locator:
    """A queue on the left, which says how many wait in it."""
    return page.get_by_role("navigation", name="队列").get_by_role("button", name=name).first


def items(page: Page) -> Locator:
    """The orders of the queue that is open."""
    return page.get_by_role("region", name="工单").get_by_role("listitem")


def open_first(page: Page, name: str) -> Locator:
    """The order on top of a queue, opened; gives back its page."""
    queue(page, name).click()
    items(page).first.get_by_role("button").click()
    opened = page.get_by_role("article").first
    expect(opened.get_by_text("为什么在这里")).to_be_visible()
    return opened


def go_to(page: Page, part: str) -> None:
    """Another part of the desk."""
    page.get_by_role("navigation", name="指挥中心各部分").get_by_role("button", name=part).click()


def choose(page: Page, field: str, words: str) -> None:
    """Search in a list, and take what is found first."""
    page.get_by_label(field, exact=True).click()
    page.get_by_label(field, exact=True).press_sequentially(words)
    page.get_by_role("option").filter(has_text=words).first.click()


def confirm(page: Page, yes: str) -> None:
    """It asks once before what cannot be taken back."""
    page.get_by_role("dialog").get_by_role("button", name=yes).click()
