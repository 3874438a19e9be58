"""The documentation: commands and options exist, examples run, links lead somewhere, pictures are those of the code."""

from __future__ import annotations

import ast
import doctest
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import workbooks
from tests.libreoffice.conftest import needs_office
from tests.test_prose import RULES
from workbooks import architecture
from workbooks.__main__ import main as workbooks_command
from xlfuncs import REGISTRY
from xlfuncs.audit import registry as audit_registry
from xlfuncs.audit.checks import workbook_structure
from xlfuncs.catalogue import quantities
from xlfuncs.cli.main import main
from xlfuncs.functions import monetisation
from xlfuncs.hosts import base as hosts
from xlfuncs.reference import html_site
from xlfuncs.reference.markdown import LIBREOFFICE_DIFFERENCES

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").rglob("*.md"))
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
ALL_TEXT = "\n".join(TEXTS.values())
CONTRIBUTING = TEXTS["CONTRIBUTING.md"]

BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
OTHER_TOOLS = {  # options of programs that are not ours
    "--quiet", "--editable", "--numprocesses", "--no-deps", "--wheel-dir", "--no-package-lock", "--prefix", "--help",
}  # fmt: skip


def blocks(text: str, *languages: str) -> list[str]:
    """The contents of the fenced blocks in these languages."""
    return [textwrap.dedent(content) for _, language, content in BLOCK.findall(text) if language in languages]


def lines_of_code(text: str) -> Iterator[str]:
    """Every line of a shell, prompts removed, and every code span outside the blocks."""
    for block in blocks(text, "sh", "console"):
        yield from (line.removeprefix("$ ") for line in block.replace("\\\n", " ").splitlines())
    yield from SPAN.findall(BLOCK.sub("", text))


def commands_of(text: str, program: str) -> Iterator[list[str]]:
    """The arguments of every call of a program."""
    for line in lines_of_code(text):
        for part in re.split(r" && | \| ", line):
            start = re.match(rf"(?:\.venv/bin/)?{re.escape(program)}(?: |$)", part)
            if start:
                words = shlex.split(part[start.end() :])
                yield words[: words.index("...")] if "..." in words else words


def resolve(group: click.Command, words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words call, and the words that are left."""
    while isinstance(group, click.Group) and words and not words[0].startswith("-"):
        assert words[0] in group.commands, words
        group, words = group.commands[words[0]], words[1:]
    return group, words


def options_of(command: click.Command) -> set[str]:
    context = click.Context(command)
    return {name for param in command.get_params(context) for name in param.opts if name.startswith("-")} | {"--help"}


def leaves(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, *path, name)
        else:
            yield (*path, name), command


@pytest.mark.parametrize("page", [page for page in TEXTS if page != "CHANGELOG.md"])  # which names former ones
@pytest.mark.parametrize(("program", "command"), [("xlfuncs", main), ("python -m workbooks", workbooks_command)])
def test_every_command_that_is_shown_exists_with_its_options(page: str, program: str, command: click.Command) -> None:
    for words in commands_of(TEXTS[page], program):
        called, rest = resolve(command, words)
        assert {word for word in rest if re.match(r"-{1,2}[a-z]", word)} <= options_of(called), words


def test_the_test_of_commands_sees_them() -> None:
    assert len(list(commands_of(ALL_TEXT, "xlfuncs"))) > 60
    assert len(list(commands_of(ALL_TEXT, "python -m workbooks"))) > 10
    with pytest.raises(AssertionError):
        resolve(main, ["refesh", "my.xlsx"])


@pytest.mark.parametrize("path", [path for path, _ in leaves(main)], ids=" ".join)
def test_every_command_is_documented(path: tuple[str, ...]) -> None:
    assert f"xlfuncs {' '.join(path)}" in "".join(text for name, text in TEXTS.items() if name != "CHANGELOG.md")


@pytest.mark.parametrize("name", ["refresh", "check", "simulate"])
def test_the_page_of_a_command_has_all_its_options(name: str) -> None:
    long = {option for option in options_of(main.commands[name]) if option.startswith("--")} - {"--help"}
    rows = "\n".join(re.findall(r"^\| `-.*$", TEXTS[f"docs/{name}.md"], re.MULTILINE))
    assert long <= set(re.findall(r"--[a-z-]+", rows)) | {"--out"}


def test_every_option_that_is_named_exists() -> None:
    known = {option for _, command in leaves(main) for option in options_of(command)}
    known |= options_of(workbooks_command) | OTHER_TOOLS
    for page, text in TEXTS.items():
        for line in lines_of_code(text):
            assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)) <= known, (page, line)


@pytest.mark.slow  # refreshes, checks and simulates a template
@pytest.mark.parametrize("page", [page for page, text in TEXTS.items() if blocks(text, "console")])
def test_consoles_show_what_happens(page: str, tmp_path: Path) -> None:
    """Each command is run in turn; where an output is shown it is compared."""
    program = tmp_path / "bin" / "xlfuncs"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m xlfuncs "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    for block in blocks(TEXTS[page], "console"):
        for call in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = call.partition("\n")
            result = subprocess.run(
                ["/bin/sh", "-c", f'PATH="{program.parent}:$PATH"; {command}'],
                cwd=tmp_path, capture_output=True, text=True, check=False,
                env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
            )  # fmt: skip
            assert result.returncode == 0, (command, result.stderr)
            if output.strip():
                assert result.stdout.strip() == output.strip(), command


def examples() -> tuple[str, str]:
    """The examples of the page on Python: those that need LibreOffice, and the others."""
    sessions = blocks(TEXTS["docs/python-api.md"], "pycon")
    office = [session for session in sessions if "recalc(" in session or "render(" in session]
    return "\n".join(office), "\n".join(session for session in sessions if session not in office)


def run_examples(source: str) -> doctest.TestResults:
    test = doctest.DocTestParser().get_doctest(source, {}, "python-api", "docs/python-api.md", 0)
    assert len(test.examples) > 2
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    return runner.run(test)


@pytest.mark.slow  # refreshes, checks and simulates a template
def test_the_examples_for_python_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_examples(examples()[1]).failed == 0


@pytest.mark.slow  # starts LibreOffice
@needs_office
def test_the_examples_for_libreoffice_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(workbooks.TEMPLATES / "unit_economics.xlsx", "my.xlsx")
    assert run_examples(f">>> import xlfuncs\n{examples()[0]}").failed == 0


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as hosting services and MkDocs make them."""
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_somewhere(page: str) -> None:
    for link in LINK.findall(BLOCK.sub("", TEXTS[page])):
        name, _, anchor = link.partition("#")
        target = ((ROOT / page).parent / name).resolve() if name else ROOT / page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), link


@pytest.mark.slow  # builds the site
def test_the_documentation_is_one_site(tmp_path: Path) -> None:
    """Any warning of MkDocs is an error: a page that the navigation lacks, a link or an anchor that leads nowhere."""
    html_site.build_site(REGISTRY, ROOT, tmp_path / "site")
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert 'href="refresh.html"' in home
    assert (tmp_path / "site" / "us_china_comparison.png").exists()
    functions = (tmp_path / "site" / "reference" / "monetisation.html").read_text(encoding="utf-8")
    assert '<h2 id="LTV_CAC">' in functions


@pytest.mark.slow  # builds the site
def test_a_link_that_leads_nowhere_is_an_error_of_the_site(tmp_path: Path) -> None:
    for name in ("docs", *html_site.ELSEWHERE):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copyfile(source, target)
    with (tmp_path / "docs" / "refresh.md").open("a", encoding="utf-8") as page:
        page.write("\n[Nowhere](nowhere.md)\n")
    with pytest.raises(html_site.SiteError, match=r"nowhere\.md"):
        html_site.build_site(REGISTRY, tmp_path, tmp_path / "site")


def test_the_picture_of_the_layers_is_that_of_the_code() -> None:
    """After a change of imports or of the docstring of a layer: `python -m workbooks`."""
    assert architecture.PICTURE.read_text(encoding="utf-8") == architecture.draw()


def test_the_picture_has_every_layer_above_what_it_imports() -> None:
    layers = architecture.read_layers()
    order = [layer.name for layer in layers]
    assert {"xlfuncs.core", "xlfuncs.engine", "xlfuncs.hosts.excel", "xlfuncs.cli", "workbooks"} <= set(order)
    for layer in layers:
        assert all(order.index(target) < order.index(layer.name) for target in layer.imports)
    assert next(layer for layer in layers if layer.name == "xlfuncs.core").imports == frozenset()
    assert "xlfuncs.ooxml" in next(layer for layer in layers if layer.name == "xlfuncs.engine").imports


def sentences(text: str) -> list[str]:
    """The paragraphs without code, links and markup."""
    text = LINK.sub("]", SPAN.sub("code", BLOCK.sub("", text)))
    text = re.sub(r"\]\(https?:[^)]*\)|[\[\]*]|^[#>|-] ?|^\d+\. ", "", text, flags=re.MULTILINE)
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


KEPT = {"uses no unit as a noun", "has no space before a mark"}  # the others are for sentences that stand alone


@pytest.mark.parametrize("page", [page for page in TEXTS if page != "CHANGELOG.md"])
def test_pages_keep_the_rules_of_prose(page: str) -> None:
    rules = [rule for rule in RULES if rule.name in KEPT]
    assert len(rules) == len(KEPT)
    broken = [(rule.name, text) for text in sentences(TEXTS[page]) for rule in rules if not rule.keeps(text)]
    broken += [("of it", text) for text in sentences(TEXTS[page]) if re.search(r" of it[ .,;]", text)]
    assert broken == []


def test_nothing_is_claimed_of_a_package_index() -> None:
    assert not re.search(r"pip install (--\S+ )*[\"']?xlfuncs\b(?!-\d)", ALL_TEXT)


def test_the_page_on_libreoffice_lists_the_differences_of_the_reference() -> None:
    section = TEXTS["docs/libreoffice.md"].partition("## Differences from Excel")[2]
    items = [" ".join(item.split()) for item in re.findall(r"^- (.+(?:\n  .+)*)", section, re.MULTILINE)]
    assert items == list(LIBREOFFICE_DIFFERENCES)


@pytest.mark.parametrize("name", workbooks.NAMES)
def test_every_template_has_a_row_and_a_picture(name: str) -> None:
    assert f"| `{name}` |" in TEXTS["docs/workbooks.md"]
    assert (ROOT / "docs" / f"{name}.png").exists()
    assert f"({name}.png)" in TEXTS["docs/workbooks.md"] or f"(docs/{name}.png)" in TEXTS["README.md"]


@pytest.mark.parametrize("name", hosts.names())
def test_every_host_is_documented(name: str) -> None:
    assert name == "excel" or f"--host {name}" in TEXTS["README.md"]
    pages = [page for page in TEXTS.values() if f"--host {name}" in page or name == "excel"]
    assert pages


def recipe(title: str, language: str = "python") -> list[str]:
    """The code of a recipe for contributors."""
    return blocks(CONTRIBUTING.partition(f"## {title}\n")[2].partition("\n## ")[0], language)


def test_the_recipe_of_a_function_declares_one() -> None:
    quantity, declaration = recipe("Add a function")
    scope: dict[str, Any] = dict(vars(quantities))
    exec(quantity, scope)
    scope = {**scope, **vars(monetisation)}
    exec(declaration, scope)
    function = scope["quick_ratio"]
    assert function.category == "Monetisation"
    assert [(example.cells, example.expected) for example in function.examples] == [((60, 20, 5, 15), 4.0)]
    assert function.on_cells(60.0, 20.0, 5.0, 15.0) == 80 / 20
    assert function.on_cells(60.0, 20.0, 0.0, 0.0).code == "#DIV/0!"


def test_the_recipe_of_a_check_declares_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """By whichever id is free when it is followed."""
    others = {id: check for id, check in audit_registry.CHECKS.items() if check.slug != "padded-sheet-name"}
    monkeypatch.setattr(audit_registry, "CHECKS", others)
    expected = audit_registry.next_free_id()
    (declaration,) = recipe("Add a check")
    exec(declaration.replace("B59", expected), dict(vars(workbook_structure)))
    assert audit_registry.CHECKS[expected].slug == "padded-sheet-name"
    for case in recipe("Add a check", "text")[0].splitlines():
        ast.parse(case)


def test_the_recipe_of_a_host_fulfils_the_protocol(tmp_path: Path) -> None:
    (module,) = recipe("Add a host")
    scope: dict[str, Any] = {}
    exec(compile(module, "host.py", "exec", dont_inherit=True), scope)
    host: hosts.Host[Any] = scope["HOST"]
    members = {name for name in vars(hosts.Host) if not name.startswith("_")}
    assert len(members) > 5
    assert members <= set(dir(host))
    assert host.build(tmp_path / "plugin.txt", host.options()) == [tmp_path / "plugin.txt"]
    assert [diagnosis.ok for diagnosis in host.doctor()] == [True]


def test_python_in_the_pages_is_python() -> None:
    for text in TEXTS.values():
        for block in blocks(text, "python"):
            ast.parse(block)
