import json
from pathlib import Path
from tests.ground.databases import on_sqlite
from tests.ground.cast import CHEN_JING, PASSWORD
from tests.ground.web import IN_THE_MIDDLE_OF_INNER
from tests.faults.clients import Caller
from tests import photographs
from playwright.sync_api import expect
pytestmark = on_sqlite
LOOKS = Path(__file__).with_name("looks.js").read_text()
SIZES = [(360,640),(390,844),(820,1180),(1366,768),(1920,1080),(3840,2160)]
OUT = Path("/tmp/browse")

def look(page, name, notes):
    w = page.viewport_size["width"]; h = page.viewport_size["height"]
    f = page.evaluate(LOOKS)
    page.screenshot(path=OUT / f"{name}-{w}x{h}.png")
    n = dict(wide=f["wide"], overlaps=f["overlaps"][:9], cut=f["cut"][:9],
      pale=[(t["words"], t["contrast"]) for t in f["texts"] if t["contrast"] < 4.5],
      small=[(t["words"], t["size"]) for t in f["texts"] if t["size"] < 16],
      targets=[t for t in f["targets"] if t["width"]<47.5 or t["height"]<47.5])
    notes.append((f"{name}-{w}x{h}", len(f["texts"]), {k:v for k,v in n.items() if v}))

def test_scratch(start_web, visit):
    web = start_web(WANGGE_DEMO="1")
    base = f"http://127.0.0.1:{web.port}"
    notes = []
    caller = Caller(web.port)
    for i in range(30):
        caller.insist("POST", "/api/v1/reports", {"place": IN_THE_MIDDLE_OF_INNER | {"lon": 121.05 + i*0.0011, "lat": 31.56+ (i*7%30)*0.0007}, "words": "三张桌子占了人行道", "category": "09006"})
    for w, h in SIZES:
        page = visit(viewport={"width": w, "height": h}, is_mobile=w<=820, has_touch=w<=820)
        page.goto(base + "/"); expect(page.locator("footer a")).to_be_visible()
        look(page, "home", notes)
        page.goto(base + "/citizen"); expect(page.locator("footer a")).to_be_visible()
        expect(page.locator(".map-name").first).to_be_attached()
        look(page, "citizen", notes)
        page.locator(".map").click()
        page.get_by_role("button", name="占道经营").click()
        page.locator("input[type=file]").first.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photographs.jpeg(1200, 900)})
        page.get_by_label("说说情况").fill("烧烤店的桌子摆到人行道上，推婴儿车过不去")
        page.wait_for_timeout(300)
        look(page, "citizen-filled", notes)
        page.get_by_role("button", name="发出举报").click()
        page.get_by_text("匿名举报只认这个码").wait_for()
        page.wait_for_timeout(300)
        look(page, "receipt", notes)
        page.get_by_role("button", name="查看进度").click()
        page.get_by_text("晚了也如实写").wait_for()
        page.wait_for_timeout(300)
        look(page, "progress", notes)
        page = page.context.new_page()
        page.goto(base + "/citizen#progress"); page.get_by_label("查询码").wait_for()
        look(page, "lookup", notes)
        page.goto(base + "/wall"); page.get_by_label("密码").wait_for()
        look(page, "wall-signin", notes)
        page.get_by_label("账号").fill(CHEN_JING.login); page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.get_by_text("实时", exact=True).wait_for()
        page.wait_for_timeout(1200)
        look(page, "wall", notes)
        page.context.close()
    (OUT/"notes.json").write_text("\n".join(json.dumps(n, ensure_ascii=False) for n in notes))
