"""Pages of the server in a real browser, with a stand-in for Office.js."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

from tests.hosts.officejs.needs import HERE, package
from tests.hosts.officejs.running import Served

SIZES = {"narrow": 320, "wide": 1100}
# To look at the pages: the folder in which to keep pictures of them.
PICTURES = os.environ.get("XLFUNCS_PICTURES")

expect.set_options(timeout=60_000)  # what the server works on takes long where the machine has more to do

Opened = Callable[..., AbstractContextManager[Page]]


def opener(browser: Browser, served: Served) -> Opened:
    """Opens a page of a server, and fails where its console has an error; `book` is the workbook in Excel."""

    @contextmanager
    def opened(
        name: str, width: int = 1100, scheme: Any = "light", book: str = "{}", fault: str = "", picture: str = ""
    ) -> Iterator[Page]:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, ignore_https_errors=True
        )
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))

        def office(route: Route) -> None:
            route.fulfill(content_type="text/javascript", path=HERE / "office.js")

        page.route("https://appsforoffice.microsoft.com/**", office)
        page.add_init_script(f"window.testBook = {book};")
        page.goto(f"{served.origin}/{name}?token={served.token}")
        yield page
        if PICTURES and picture:
            page.screenshot(path=Path(PICTURES) / f"{picture}-{scheme}-{width}.png", full_page=True)
        context.close()
        assert [one for one in faults if not fault or fault not in one] == []

    return opened


def faults_of(page: Page) -> list[str]:
    """What axe finds serious or worse."""
    page.evaluate((package("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def until(page: Page, condition: str) -> None:
    """Wait until a condition holds; the pages allow no `eval`, by which `wait_for_function` would ask for it."""
    found = page.evaluate(
        f"async () => {{ for (let n = 0; n < 6000 && !({condition}); n += 1) "
        f"await new Promise((later) => setTimeout(later, 10)); return {condition}; }}"
    )
    assert found, condition
