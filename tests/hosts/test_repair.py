"""*Repair links* under an interpreter of VBA: which formulas are entered again, and which links are turned."""

from __future__ import annotations

from typing import Any

import pytest
from pyopenvba.interpreter import HostBridge, Interpreter, VBAArray, VBACollection, VBAObject, member, method, setter
from pyopenvba.interpreter._runtime import UNRESOLVED
from pyopenvba.interpreter._values import error

from xlfuncs.hosts.excel import vba

pytestmark = pytest.mark.slow  # an interpreter runs the VBA of the add-in

HERE = r"C:\Users\me\XLSTART\xlfuncs.xlam"


class Items(VBACollection):
    """A collection of Excel."""

    def __init__(self, items: list[Any]) -> None:
        super().__init__()
        self.items = items

    def vba_items(self) -> list[Any]:
        return self.items


class Cell(VBAObject):
    """A cell that shows an error; `modern` is an Excel with dynamic arrays."""

    def __init__(self, text: str, modern: bool = True, array: bool = False, spill: bool = False) -> None:
        super().__init__()
        self.text, self.modern, self.array, self.spill = text, modern, array, spill
        self.entered: list[str] = []

    def _only_modern(self) -> None:
        if not self.modern:
            raise error(438)

    @member
    def Text(self) -> str:
        return self.text

    @member
    def HasArray(self) -> bool:
        return self.array

    @member
    def HasSpill(self) -> bool:
        self._only_modern()
        return self.spill

    @member
    def CurrentArray(self) -> Any:
        return self

    @member
    def Formula(self) -> str:
        return "=LTV(1,1,1)"

    @setter("Formula")
    def set_formula(self, value: str) -> None:
        self.entered.append(f"Formula {value}")

    @member
    def Formula2(self) -> str:
        self._only_modern()
        return "=LTV(1,1,1)"

    @setter("Formula2")
    def set_formula2(self, value: str) -> None:
        self.entered.append(f"Formula2 {value}")

    @member
    def FormulaArray(self) -> str:
        return "=LTV(1,1,1)"

    @setter("FormulaArray")
    def set_formula_array(self, value: str) -> None:
        self.entered.append(f"FormulaArray {value}")


class Sheet(VBAObject):
    """A sheet with the cells that show errors, which may be none."""

    def __init__(self, cells: list[Cell]) -> None:
        super().__init__()
        self.errors = cells

    @member
    def Cells(self) -> Any:
        return self

    @method
    def SpecialCells(self, kind: Any, value: Any) -> Any:
        if not self.errors:
            raise error(1004)
        return Found(self.errors)


class Found(VBAObject):
    """What SpecialCells gives."""

    def __init__(self, cells: list[Cell]) -> None:
        super().__init__()
        self.found = cells

    @member
    def Cells(self) -> Any:
        return Items(self.found)


class Book(VBAObject):
    """A workbook."""

    def __init__(self, sheets: list[Sheet], links: list[str]) -> None:
        super().__init__()
        self.sheets, self.links = sheets, links
        self.changed: list[tuple[str, str]] = []

    @member
    def FullName(self) -> str:
        return HERE

    @member
    def Worksheets(self) -> Any:
        return Items(self.sheets)

    @method
    def LinkSources(self, kind: Any) -> Any:
        return VBAArray([(1, len(self.links))], items=list(self.links)) if self.links else None

    @method
    def ChangeLink(self, old: str, new: str, kind: Any) -> None:
        self.changed.append((old, new))


def repaired(book: Book) -> int:
    class Host(HostBridge):
        def global_object(self, name: str) -> Any:
            return Book([], []) if name.lower() == "thisworkbook" else UNRESOLVED

    made = Interpreter(Host())
    made.add_module(vba.LINKS, name="Links")
    return int(made.run("RepairFormulas", [book]))


def test_cells_with_an_unknown_name_are_entered_again_and_others_are_not() -> None:
    lost, other = Cell("#NAME?"), Cell("#DIV/0!")
    assert repaired(Book([Sheet([]), Sheet([lost, other])], [])) == 1
    assert lost.entered == ["Formula2 =LTV(1,1,1)"]
    assert other.entered == []


@pytest.mark.parametrize(
    ("cell", "entered"),
    [
        (Cell("#NAME?", array=True), "FormulaArray"),
        (Cell("#NAME?", array=True, spill=True), "Formula2"),
        (Cell("#NAME?", modern=False), "Formula"),
        (Cell("#NAME?", modern=False, array=True), "FormulaArray"),
    ],
)
def test_a_formula_is_entered_as_what_it_was(cell: Cell, entered: str) -> None:
    assert repaired(Book([Sheet([cell])], [])) == 1
    assert cell.entered == [f"{entered} =LTV(1,1,1)"]


def test_links_to_the_add_in_at_another_place_are_turned_to_this_one() -> None:
    old = r"D:\old\XLFUNCS.xlam"
    book = Book([], [old, r"C:\other.xlsx"])
    repaired(book)
    assert book.changed == [(old, HERE)]
