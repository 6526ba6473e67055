"""What one document and one real 卷宗 cost, beside the same typesetter setting a single line, in the same run.

Run with ``python -m bench.papers``, or with everything else by ``make bench``. Every document differs from the last one by
its number, so that nothing comes from the typesetter's memory. Documents and floor take turns. CPU milliseconds, medians.
The 卷宗 is that of a case with a hearing and a legal review, lived through on SQLite: its papers come out of the store.
"""

import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import typst

from bench.intake import RESULTS, commit, say
from enforcement.documents import Content, Fonts, fill, form, load_fonts, pdf, word
from enforcement.models import PenaltyCase
from enforcement.rules.parties import PartyKind
from enforcement.services.cases import case_file
from service import migrate
from tests.ground.bureau import FANG_NING, RESTAURANT, XU_FEI, ZHOU_ZHENG, Bureau, Life, settle
from tests.ground.cast import everybody
from tests.papers import FILED, HELD
from tests.usual_acts import FACTORS
from town import clock, settings
from town.database import Database

TIMES, BOOKS = 40, 5
GOAL_PAPER_MS, GOAL_BOOK_MS = 50, 2000
FORMS: dict[str, Mapping[str, object]] = {"hold_notice": HELD | {"items": HELD["items"][:5]}, "filing_approval": FILED}
ONE_LINE = '#set text(font: "Noto Serif SC", lang: "zh")\n第#(sys.inputs.number)行\n'

Work = Callable[[int], object]


def main() -> None:
    """Measure, print, and keep the figures under ``bench/results``."""
    fonts = load_fonts()
    contents = {code: fill(form(code), facts) for code, facts in FORMS.items()}
    printing = {f"pdf {code}": partial(_print, content, fonts) for code, content in contents.items()}
    writing = {f"word {code}": partial(_write, content) for code, content in contents.items()}
    with tempfile.TemporaryDirectory() as folder:
        spent = _medians({"floor": _floor(Path(folder), fonts), **printing, **writing}, TIMES)
        life = _lived(Path(folder))
        spent |= _medians({"book": partial(_bind, life)}, BOOKS)
        keep(spent, len(life.detail().documents), sum(one.pages for one in life.detail().documents))


def keep(spent: Mapping[str, float], documents: int, pages: int) -> None:
    """The figures, how many floors each makes, and whether the goals hold."""
    result = {
        "at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "documents_in_the_book": documents,
        "pages_in_the_book": pages,
        "cpu_ms": spent,
        "floors": {name: round(figure / spent["floor"], 1) for name, figure in spent.items()},
        "paper_within_goal": max(figure for name, figure in spent.items() if name.startswith("pdf ")) <= GOAL_PAPER_MS,
        "book_within_goal": spent["book"] <= GOAL_BOOK_MS,
    }
    RESULTS.mkdir(exist_ok=True)
    written = json.dumps(result, ensure_ascii=False, indent=1)
    (RESULTS / "papers.json").write_text(written + "\n")
    say(written)


def _medians(works: Mapping[str, Work], times: int) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in works}
    for number in range(times + 1):
        for name, work in works.items():
            begun = time.process_time()
            work(number)
            if number:  # the first round warms up
                spent[name].append((time.process_time() - begun) * 1000)
    return {name: round(statistics.median(figures), 2) for name, figures in spent.items()}


def _floor(folder: Path, fonts: Fonts) -> Work:
    """One line of text on one page, with the same fonts and nothing of ours."""
    source = folder / "line.typ"
    source.write_text(ONE_LINE)
    compiler = typst.Compiler(input=str(source), root=str(folder), font_paths=fonts.files)
    return lambda number: compiler.compile(sys_inputs={"number": str(number)}, format="pdf", pdf_standards=["a-2b"])


def _print(content: Content, fonts: Fonts, number: int) -> object:
    return pdf(_other(content, number), fonts)


def _write(content: Content, number: int) -> object:
    return word(_other(content, number))


def _lived(folder: Path) -> Life:
    """油烟 of a restaurant, from the clue to the archive."""
    url = f"sqlite:///{folder}/town.sqlite3"
    database = Database(url)
    migrate.upgrade(database)
    settle(database)
    given = {"WANGGE_DATA": str(folder), "WANGGE_DATABASE_URL": url, "WANGGE_MASTER_KEY": "k" * 43}
    bureau = Bureau(database, settings.read(given | {"WANGGE_MQTT_PASSWORD": "q"}), everybody(database))
    life = bureau.open("HJ001").known(RESTAURANT, PartyKind.ORGANISATION).filed()
    life.told(fine_fen=3_000_000, factors=FACTORS | {"harm": "some", "corrected": False})
    life.do("request_hearing").do("call_hearing", XU_FEI)
    bureau.later(days=14, hours=1)
    life.do("hold_hearing", FANG_NING).do("submit_decision").do("review", XU_FEI).do("decide", ZHOU_ZHENG)
    return life.do("serve_decision").do("pay").closed()


def _bind(life: Life, _run: int) -> object:
    """The file of the case, with cover and directory."""
    with life.bureau.database.read() as session:
        row = session.get_one(PenaltyCase, life.id)
        return case_file.bound(session, life.bureau.settings, row, life.bureau.now)


def _other(content: Content, number: int) -> Content:
    return content.model_copy(update={"number": f"云溪综执字〔2026〕第{number:03}号"})


if __name__ == "__main__":
    main()
