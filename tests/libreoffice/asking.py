"""Questions that only a running LibreOffice answers, asked by its own Python over a pipe: wizard texts, and speed.

`python asking.py PROFILE BUNDLED SOFFICE ROWS` prints JSON; BUNDLED is a folder with the unpacked extension, or with
nothing where it is installed in the profile.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SECONDS = 60


def ask(profile: Path, bundled: Path, program: str, rows: int) -> dict[str, Any]:
    """What the function wizard knows of every function, and the seconds of a calculation of so many cells."""
    import uno

    with _office(profile, bundled, program) as context:
        create = context.ServiceManager.createInstanceWithContext
        known = create("com.sun.star.sheet.FunctionDescriptions", context)
        texts = [{one.Name: one.Value for one in known.getByIndex(at)} for at in range(known.getCount())]
        desktop = create("com.sun.star.frame.Desktop", context)
        hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue", Name="Hidden", Value=True)
        # In a visible frame a timer crashes an office that has no display: vcl::Window::GetCursor in 7.4 of Debian 12.
        document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (hidden,))
        sheet = document.Sheets[0]
        sheet.getCellRangeByName(f"A1:A{rows}").setDataArray(tuple((float(row + 1),) for row in range(rows)))
        formulas = tuple((f"=LTV_CAC(A{row + 1};0.8;0.05;400)",) for row in range(rows))
        sheet.getCellRangeByName(f"B1:B{rows}").setFormulaArray(formulas)
        start = time.perf_counter()
        document.calculateAll()
        seconds = time.perf_counter() - start
        last = sheet.getCellRangeByName(f"B{rows}")
        value, shown = last.getValue(), last.getString()
        visible = document.CurrentController.Frame.ContainerWindow.isVisible()
        document.close(True)
    described = {
        text["Name"]: [
            text["Category"],
            text["Description"],
            [[one.Name, one.Description, one.IsOptional] for one in text["Arguments"] or ()],
        ]
        for text in texts
    }
    return {"functions": described, "seconds": seconds, "last": value, "shown": shown, "visible": visible}


@contextlib.contextmanager
def _office(profile: Path, bundled: Path, program: str) -> Iterator[Any]:
    """LibreOffice in a process group of its own; gives its component context."""
    import uno

    pipe = f"xlfuncs{os.getpid()}"
    options = [f"-env:UserInstallation={profile.as_uri()}", f"-env:BUNDLED_EXTENSIONS={bundled.as_uri()}"]
    command = [program, *options, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        end = time.monotonic() + SECONDS
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # it is not there yet
                if time.monotonic() > end or process.poll() is not None:
                    raise
                time.sleep(0.05)
        yield context
    except Exception as problem:  # such as a bridge that is disposed
        with contextlib.suppress(subprocess.TimeoutExpired):
            sys.exit(f"LibreOffice ended with exit code {process.wait(10)} while it was asked: {problem}")
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


if __name__ == "__main__":
    print(json.dumps(ask(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))))
