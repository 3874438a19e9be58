"""A host as a newcomer would add it: one module, here, and one line in the registry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlfuncs.core.exceptions import InvalidOption, MissingDependency, XlfuncsError
from xlfuncs.hosts.base import Diagnosis, Installation, SelfTest, option
from xlfuncs.services.output_files import write_output_file


@dataclass(frozen=True)
class StubOptions:
    """The options of `build` and `install`."""

    colour: str | None = option("Colour of the sheets.")
    size: int = option("Size of the sheets.", 3, 1, 9)
    bold: bool = option("Bold text.", False)


class StubHost:
    """A spreadsheet program that does not exist."""

    name = "stub"
    title = "Stub Sheets"
    options = StubOptions

    def build(self, out: Path | None, options: StubOptions) -> list[Path]:
        """Write the options."""
        if options.colour == "none":
            raise InvalidOption("--colour must be a colour.")
        return [write_output_file(out or Path("stub.txt"), repr(options))]

    def install(self, options: StubOptions) -> Installation:
        """Install nothing."""
        if options.colour == "missing":
            raise MissingDependency('paint is not installed; pip install "paint".')
        return Installation((Path("stub"),), ("Restart Stub Sheets.", f"Look at size {options.size}."))

    def uninstall(self) -> list[str]:
        """Remove nothing."""
        raise XlfuncsError("Stub Sheets is open; close it and try again.")

    def doctor(self) -> Iterator[Diagnosis]:
        """Find one fault."""
        yield Diagnosis("paint", True, "There is paint.")
        yield Diagnosis("brush", False, "There is no brush; buy one.")

    def self_test(self, out: Path | None) -> SelfTest:
        """Fail."""
        return SelfTest(False, ("2 checks: 1 TRUE.",))


HOST = StubHost()
