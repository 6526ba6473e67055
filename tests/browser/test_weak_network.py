"""The line fails just when it matters: nothing that was filled in is lost, nothing is reported twice."""

import pytest
from playwright.sync_api import Page, Request, Route, expect
from sqlalchemy import func, select

from dispatch.models import Order, Report
from tests.browser import day, phone
from tests.browser.phone import PHONE, UNDELIVERED
from tests.ground.databases import on_sqlite
from town.media import Photo

pytestmark = on_sqlite
REPORTS, PHOTOS = "**/api/v1/reports", "**/api/v1/report/photos"


def count(database, model) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(model))


class Line:
    """Between a page and the service: remembers the keys that went out, and loses what it is told to lose."""

    def __init__(self, page: Page, address: str) -> None:
        self.keys: list[str] = []
        self._page = page
        self._address = address
        page.on("request", self._seen)

    def lose_one_answer(self) -> None:
        """The next request arrives and is acted on; only its answer never comes back."""

        def deliver_and_break(route: Route) -> None:
            assert route.fetch().ok
            route.abort("connectionreset")

        self._page.route(self._address, deliver_and_break, times=1)

    def lose_one_request(self) -> None:
        """The next request never arrives."""
        self._page.route(self._address, lambda route: route.abort("connectionfailed"), times=1)

    def _seen(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith(self._address.removeprefix("**")):
            self.keys.append(request.headers["idempotency-key"])


@pytest.fixture
def page(web, visit) -> Page:
    """Her phone, with the form filled in."""
    opened = visit(**PHONE)
    phone.open_form(opened, web)
    phone.fill_in(opened)
    return opened


def test_what_was_written_outlives_a_cut_and_is_reported_once(page, mapped):
    line = Line(page, REPORTS)
    page.context.set_offline(True)
    phone.send_button(page).tap()
    expect(page.get_by_role("alert")).to_contain_text(UNDELIVERED)
    expect(page.get_by_label("说说情况")).to_have_value(day.WORDS)
    expect(page.get_by_role("button", name="占道经营")).to_have_attribute("aria-pressed", "true")
    assert count(mapped, Report) == 0

    page.context.set_offline(False)
    page.get_by_role("button", name="再试一次").tap()
    phone.read_receipt(page)
    assert count(mapped, Report) == count(mapped, Order) == 1
    assert len(line.keys) == 2
    assert len(set(line.keys)) == 1


def test_an_answer_that_got_lost_does_not_make_a_second_report(page, web, mapped, anybody):
    line = Line(page, REPORTS)
    line.lose_one_answer()
    phone.send_button(page).tap()
    expect(page.get_by_role("alert")).to_contain_text(UNDELIVERED)
    assert count(mapped, Report) == 1

    page.reload()
    expect(page.get_by_label("说说情况")).to_have_value(day.WORDS)
    phone.send_button(page).tap()
    code = phone.read_receipt(page)
    assert len(set(line.keys)) == 1, "the same report keeps its key, even over a reload"
    assert count(mapped, Report) == count(mapped, Order) == 1
    assert anybody.with_receipt(code).insist("GET", "/api/v1/report")["words"] == day.WORDS


def test_other_words_after_a_cut_are_another_report(page, mapped):
    line = Line(page, REPORTS)
    line.lose_one_request()
    phone.send_button(page).tap()
    expect(page.get_by_role("alert")).to_contain_text(UNDELIVERED)
    page.get_by_label("说说情况").fill("桌子收了，油烟还在")
    phone.send_button(page).tap()
    phone.read_receipt(page)
    assert len(set(line.keys)) == 2
    assert count(mapped, Report) == 1


def test_a_photo_that_the_service_refuses_is_a_row_of_its_own_and_harms_nothing(page, mapped, anybody):
    page.get_by_label("从相册选").set_input_files([phone.broken_photo(), phone.photo()])
    phone.send_button(page).tap()
    code = phone.read_receipt(page)

    rows = page.get_by_role("listitem").filter(has_text="照片")
    expect(rows.nth(0)).to_contain_text("没送到")
    expect(rows.nth(0)).to_contain_text("照片不完整或已损坏")
    expect(rows.nth(1)).to_contain_text("已送达")
    expect(page.get_by_text("还差 1 张照片")).to_be_visible()
    assert count(mapped, Report) == count(mapped, Photo) == 1
    assert anybody.with_receipt(code).insist("GET", "/api/v1/report")["words"] == day.WORDS


def test_a_photo_on_a_broken_line_is_sent_again_and_arrives_once(page, mapped):
    line = Line(page, PHOTOS)
    line.lose_one_answer()
    page.get_by_label("从相册选").set_input_files(phone.photo())
    phone.send_button(page).tap()
    phone.read_receipt(page)
    row = page.get_by_role("listitem").filter(has_text="照片 1")
    expect(row).to_contain_text("没送到")

    row.get_by_role("button", name="重试").tap()
    expect(page.get_by_text("文字和 1 张照片都已送达")).to_be_visible()
    assert len(line.keys) == 2
    assert len(set(line.keys)) == 1
    assert count(mapped, Report) == count(mapped, Photo) == 1
