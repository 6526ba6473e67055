"""What one document and one ordinary 卷宗 cost, beside the same typesetter setting a single line, in the same run.

Run with ``python -m bench.papers``, or with everything else by ``make bench``. Every document differs from the last one by
its number, so that nothing comes from the typesetter's memory. Documents and floor take turns. CPU milliseconds, medians.
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
from enforcement.documents import Content, Entry, Fonts, book, fill, form, load_fonts, pdf, word
from tests.papers import FILED, HELD
from town import clock

TIMES, BOOKS = 40, 5
DOCUMENTS = 25
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
    bound = _medians({"book": partial(_bind, list(contents.values()), fonts)}, BOOKS)
    keep(spent | bound)


def keep(spent: Mapping[str, float]) -> None:
    """The figures, how many floors each makes, and whether the goals hold."""
    result = {
        "at": clock.now().isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "documents_in_a_book": DOCUMENTS,
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


def _bind(contents: list[Content], fonts: Fonts, run: int) -> object:
    """The papers of an ordinary case made anew and bound, with cover and directory."""
    made = [_other(contents[at % len(contents)], 1000 * (run + 1) + at) for at in range(DOCUMENTS)]
    entries = [Entry(content.title, pdf(content, fonts)) for content in made]
    return book(entries, entries[0].paper, entries[1].paper, fonts)


def _other(content: Content, number: int) -> Content:
    return content.model_copy(update={"number": f"云溪综执字〔2026〕第{number:03}号"})


if __name__ == "__main__":
    main()
