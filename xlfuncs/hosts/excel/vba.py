"""The VBA of the add-in, from the declarations: a wrapper for each function, its help, and the bridge to Python.

A wrapper calls Python once and turns the error values that come back as marked text into real ones. The
bridge asks only the add-in's own sheet which Python to start: no workbook that is open, and no file beside
it, has a say in that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from string import Template

from xlfuncs.core.errors import DIV0, NA, NAME, NULL, NUM, REF, VALUE
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry

ERRORS = {NULL: 2000, DIV0: 2007, VALUE: 2015, REF: 2023, NAME: 2029, NUM: 2036, NA: 2042}  # XlCVError
UNKNOWN = 2015  # in place of errors without a number in every version of Excel: #SPILL!, #CALC! and the like
CONFIGURATION = "xlfuncs.conf"  # the sheet of the add-in that says which Python to start
CACHE_SIZE = 10_000  # results

# The bridge follows xlwings' Main.bas; see NOTICE.
_BRIDGE = Template("""
#If Win64 Then
Private Const DLL_NAME As String = "$dll64"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "$dll64" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal Mode As Long = 1) As Long
#Else
Private Const DLL_NAME As String = "$dll32"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "$dll32" (ByRef Result As Variant, Optional ByVal Config As String = "", Optional ByVal Mode As Long = 1) As Long
#End If
Private Declare PtrSafe Function LoadLibrary Lib "KERNEL32" Alias "LoadLibraryA" (ByVal lpLibFileName As String) As LongPtr

Private cache As Object

Private Function Setting(ByVal key As String) As String
    Dim row As Long
    With ThisWorkbook.Worksheets("$configuration")
        For row = 1 To 20
            If .Cells(row, 1).Value2 = key Then Setting = .Cells(row, 2).Value2
        Next row
    End With
End Function

Private Function LaunchCommand() As String
    Static launcher As String
    If launcher = "" Then launcher = "cmd.exe /K \"\"\"\"" & Setting("INTERPRETER_WIN") & "\"\" -B -c \"\"import sys; sys.path[:] = [p for p in sys.path if p]; import xlwings; xlwings.serve('$$(CLSID)')\"\"\"\""
    LaunchCommand = launcher
End Function

Private Function Python() As Object
    Dim reply As Variant
    Static loaded As Boolean
    If Not loaded Then
        If LoadLibrary(Setting("DLL_DIR") & "\\" & DLL_NAME) = 0 Then Err.Raise 1001, , DLL_NAME & " is missing; run xlfuncs addin doctor."
        loaded = True
    End If
    If XLPyDLLActivateAuto(reply, LaunchCommand(), 1) <> 0 Then Err.Raise 1000, , reply
    Set Python = reply
End Function
""")

_ANSWER = Template("""
Private Function CallPython(ByVal functionName As String, ByVal cells As Variant) As Variant
    Dim i As Long
    Dim plain As Boolean
    Dim key As String
    Dim arguments() As Variant
    On Error GoTo failed
    plain = CacheEnabled()
    key = functionName
    ReDim arguments(LBound(cells) To UBound(cells))
    For i = LBound(cells) To UBound(cells)
        If IsObject(cells(i)) Then
            If cells(i).Areas.Count > 1 Then arguments(i) = "#VALUE!" Else arguments(i) = cells(i).Value2
        Else
            arguments(i) = cells(i)
        End If
        If IsArray(arguments(i)) Then
            plain = False
        ElseIf IsMissing(arguments(i)) Then
            key = key & vbTab
        ElseIf IsError(arguments(i)) Then
            plain = False
        ElseIf plain Then
            key = key & vbTab & VarType(arguments(i)) & " " & Len(CStr(arguments(i))) & " " & CStr(arguments(i))
        End If
    Next i
    If plain Then
        If IsCached(key, arguments) Then
            CallPython = cache(key)(1)
            Exit Function
        End If
    End If
    CallPython = ConvertErrors(Python().CallUDF("xlfuncs.udfs", functionName, arguments))
    If plain Then
        If cache.Count >= $cache_size Then cache.RemoveAll
        cache(key) = Array(arguments, CallPython)
    End If
    Exit Function
failed:
    CallPython = CVErr($unknown)
End Function

Private Function CacheEnabled() As Boolean
    Static known As Boolean
    Static enabled As Boolean
    If Not known Then
        enabled = Setting("MEMO") = "true"
        known = True
    End If
    CacheEnabled = enabled
End Function

' Texts of numbers are rounded, so that the numbers themselves are compared too.
Private Function IsCached(ByVal key As String, ByRef arguments() As Variant) As Boolean
    Dim i As Long
    If cache Is Nothing Then Set cache = CreateObject("Scripting.Dictionary")
    If Not cache.Exists(key) Then Exit Function
    For i = LBound(arguments) To UBound(arguments)
        If Not IsMissing(arguments(i)) Then
            If cache(key)(0)(i) <> arguments(i) Then Exit Function
        End If
    Next i
    IsCached = True
End Function

Private Function Dimensions(ByRef cells As Variant) As Long
    Dim bound As Long
    On Error GoTo done
    Do
        bound = UBound(cells, Dimensions + 1)
        Dimensions = Dimensions + 1
    Loop
done:
End Function

Private Function ConvertErrors(ByVal cells As Variant) As Variant
    Dim row As Long, column As Long
    Select Case Dimensions(cells)
    Case 0
        If VarType(cells) = vbString Then cells = ToError(cells)
    Case 1
        For row = LBound(cells) To UBound(cells)
            If VarType(cells(row)) = vbString Then cells(row) = ToError(cells(row))
        Next row
    Case 2
        For row = LBound(cells, 1) To UBound(cells, 1)
            For column = LBound(cells, 2) To UBound(cells, 2)
                If VarType(cells(row, column)) = vbString Then cells(row, column) = ToError(cells(row, column))
            Next column
        Next row
    End Select
    ConvertErrors = cells
End Function

Private Function ToError(ByVal text As String) As Variant
    Select Case text
$cases
    Case Else: ToError = text
    End Select
End Function

Public Sub InsertFunction(control As IRibbonControl)
    On Error Resume Next
    Application.Dialogs(450).Show
End Sub

' Opens the help at the function of the active cell, or at its start.
Public Sub ShowHelp(control As IRibbonControl)
    Dim topic As String, start As String
    start = Setting("HELP")
    On Error Resume Next
    topic = Python().CallUDF("xlfuncs.ribbon", "help_topic", Array(ActiveCell.Formula))
    On Error GoTo 0
    If InStr(topic, "#") = 0 Then
        ThisWorkbook.FollowHyperlink start
    Else
        ThisWorkbook.FollowHyperlink Left(start, Len(start) - Len("index.html")) & Split(topic, "#")(0), Split(topic, "#")(1)
    End If
End Sub

Public Sub RefreshData(control As IRibbonControl)
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then Exit Sub
    MsgBox Python().CallUDF("xlfuncs.ribbon", "refresh_data", Array(ActiveWorkbook)), vbInformation, "xlfuncs"
    Exit Sub
failed:
    MsgBox Err.Description, vbExclamation, "xlfuncs"
End Sub

Public Sub CheckWorkbook(control As IRibbonControl)
    On Error GoTo failed
    If ActiveWorkbook Is Nothing Then Exit Sub
    MsgBox Python().CallUDF("xlfuncs.ribbon", "check_workbook", Array(ActiveWorkbook)), vbInformation, "xlfuncs"
    Exit Sub
failed:
    MsgBox Err.Description, vbExclamation, "xlfuncs"
End Sub

' Opens a copy that has no name yet; the template stays as it is.
Public Sub OpenTemplate(control As IRibbonControl)
    On Error GoTo failed
    Workbooks.Add Python().CallUDF("xlfuncs.ribbon", "open_template", Array(control.Tag))
    Exit Sub
failed:
    MsgBox Err.Description, vbExclamation, "xlfuncs"
End Sub

Public Sub RestartPython(control As IRibbonControl)
    Dim reply As Variant
    On Error Resume Next
    Set cache = Nothing
    XLPyDLLActivateAuto reply, LaunchCommand(), -1
    Application.CalculateFull
End Sub

Public Sub RepairLinks(control As IRibbonControl)
    If ActiveWorkbook Is Nothing Then Exit Sub
    MsgBox RepairFormulas(ActiveWorkbook) & " formulas were reconnected to the add-in.", vbInformation, "xlfuncs"
End Sub
""")

LINKS = """Option Explicit
Option Private Module

' Points formulas that refer to another copy of the add-in to this one, and enters those again that show #NAME?.
Public Function RepairFormulas(ByVal book As Object) As Long
    Dim links As Variant
    Dim link As Variant
    Dim sheet As Object
    Dim cell As Object
    Dim errors As Object
    On Error Resume Next
    links = book.LinkSources(1)
    If IsArray(links) Then
        For Each link In links
            If LCase(Right(link, 12)) = "xlfuncs.xlam" Then book.ChangeLink link, ThisWorkbook.FullName, 1
        Next link
    End If
    For Each sheet In book.Worksheets
        Set errors = Nothing
        Set errors = sheet.Cells.SpecialCells(-4123, 16)
        If Not errors Is Nothing Then
            For Each cell In errors.Cells
                If cell.Text = "#NAME?" Then
                    If EnterAgain(cell) Then RepairFormulas = RepairFormulas + 1
                End If
            Next cell
        End If
    Next sheet
End Function

' Objects and not ranges: Excel before dynamic arrays has neither HasSpill nor Formula2.
Private Function EnterAgain(ByVal cell As Object) As Boolean
    Dim spills As Boolean
    On Error Resume Next
    spills = cell.HasSpill
    Err.Clear
    If cell.HasArray And Not spills Then
        cell.CurrentArray.FormulaArray = cell.CurrentArray.FormulaArray
    Else
        cell.Formula2 = cell.Formula2
        If Err.Number <> 0 Then
            Err.Clear
            cell.Formula = cell.Formula
        End If
    End If
    EnterAgain = Err.Number = 0
End Function
"""

THIS_WORKBOOK = """Option Explicit

Private WithEvents host As Application

Private Sub Workbook_Open()
    Set host = Application
    RegisterHelp
End Sub

' A workbook of ours that a program wrote may show #NAME? until its formulas are entered again.
Private Sub host_WorkbookOpen(ByVal book As Workbook)
    On Error Resume Next
    If book.BuiltinDocumentProperties("Author") = "xlfuncs" Then RepairFormulas book
End Sub
"""


def build_functions_module(registry: Registry, dlls: tuple[str, str]) -> str:
    """Return the module of the wrappers, with the bridge over the DLLs of xlwings for 64 and 32 bits."""
    cases = "\n".join(f"    Case {quote(code)}: ToError = CVErr({number})" for code, number in ERRORS.items())
    others = ", ".join(f'"{code}"' for code in ("#SPILL!", "#CALC!", "#UNKNOWN!", "#GETTING_DATA", "#FIELD!"))
    cases += f"\n    Case {others}: ToError = CVErr({UNKNOWN})"
    bridge = _BRIDGE.substitute(dll64=dlls[0], dll32=dlls[1], configuration=CONFIGURATION)
    answer = _ANSWER.substitute(cases=cases, unknown=UNKNOWN, cache_size=CACHE_SIZE)
    wrappers = "".join(f"\n{build_wrapper(function)}" for function in registry)
    return f"Option Explicit\n{bridge}{wrappers}{answer}"


def build_wrapper(function: Function) -> str:
    """Return the VBA function that a cell calls: one call, and nothing else.

    >>> from xlfuncs import REGISTRY
    >>> print(build_wrapper(REGISTRY["CHIP_TPP"]))
    Public Function CHIP_TPP(dense_tops As Variant, bit_length As Variant) As Variant
        CHIP_TPP = CallPython("CHIP_TPP", Array(dense_tops, bit_length))
    End Function
    <BLANKLINE>
    """
    declared = ["" if param.required else "Optional " for param in function.params]
    arguments = [f"{word}{param.name} As Variant" for word, param in zip(declared, function.params, strict=True)]
    names = [param.name for param in function.params]
    return (
        f"{break_lines(f'Public Function {function.name}(', arguments, ') As Variant')}\n"
        f"{break_lines(f'    {function.name} = CallPython({quote(function.name)}, Array(', names, '))')}\n"
        "End Function\n"
    )


def build_help_module(registry: Registry, help_of: Mapping[str, list[str]]) -> str:
    """Return the texts of the function wizard, a Sub for each function.

    `help_of` has the summary of each function, and a line for each argument.
    """
    calls = "\n".join(f"    Help{number}" for number in range(1, len(registry) + 1))
    subs = "".join(_build_help(number, function, help_of[function.name]) for number, function in enumerate(registry, 1))
    return f"""Option Explicit
Option Private Module

' Excel may refuse while no workbook is open; the names work without their help.
Public Sub RegisterHelp()
    On Error Resume Next
{calls}
    ThisWorkbook.Saved = True
End Sub
{subs}"""


def _build_help(number: int, function: Function, texts: list[str]) -> str:
    summary, *lines = texts
    body = "".join(f"    texts({index}) = {quote(text)}\n" for index, text in enumerate(lines))
    options = (
        f'Macro:="\'" & ThisWorkbook.Name & "\'!{function.name}"',
        f"Description:={quote(summary)}",
        f"Category:={quote(function.category)}",
        "ArgumentDescriptions:=texts",
    )
    return f"""
Private Sub Help{number}()
    Dim texts As Variant
    ReDim texts(0 To {max(len(lines) - 1, 0)})
{body}{break_lines("    Application.MacroOptions ", options, "")}
End Sub
"""


def quote(text: str) -> str:
    """Return a text as VBA, in ASCII only: the modules of a project have a code page.

    >>> print(quote('a "b" \\N{MULTIPLICATION SIGN} c'))
    "a ""b"" " & ChrW(215) & " c"
    """
    parts = re.findall(r"[ -~]+|[^ -~]", text)
    pieces = (
        f'"{part.replace(chr(34), chr(34) * 2)}"' if " " <= part[0] <= "~" else _quote_wide(part) for part in parts
    )
    return " & ".join(pieces) or '""'


def _quote_wide(character: str) -> str:
    units = character.encode("utf-16-le")
    pairs = (int.from_bytes(units[start : start + 2], "little") for start in range(0, len(units), 2))
    return " & ".join(f"ChrW({unit})" for unit in pairs)


def break_lines(start: str, items: Iterable[str], end: str, width: int = 900) -> str:
    """Return a list on lines that VBA can read: at most 1,023 characters, and 24 continuations."""
    return " _\n        ".join(_fill_lines(start, list(items), end, width))


def _fill_lines(start: str, items: list[str], end: str, width: int) -> Iterator[str]:
    line = start
    for index, item in enumerate(items):
        piece = item + (", " if index < len(items) - 1 else end)
        if len(line) + len(piece) > width:
            yield line.rstrip()
            line = ""
        line += piece
    yield line if items else start + end
