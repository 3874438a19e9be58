"""What Excel is told of the functions: metadata, script, manifests and icons, all from the registry."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.hosts.officejs.needs import package, program
from xlfuncs import REGISTRY
from xlfuncs.hosts.officejs import manifest
from xlfuncs.hosts.officejs.metadata import build_metadata
from xlfuncs.hosts.officejs.web_files import ICONS, build_script

pytestmark = pytest.mark.slow  # starts Node

ADDRESS = manifest.Address(token="t" * 43)


def help_url(name: str) -> str:
    return f"{ADDRESS.origin}/help/index.html#{name}"


METADATA = build_metadata(REGISTRY, help_url)
FUNCTIONS = {function["id"]: function for function in METADATA["functions"]}


def schema() -> dict[str, Any]:
    folder = package("@microsoft/app-manifest") / "build/json-schemas/teams/v1.25"
    text = (folder / "MicrosoftTeams.schema.json").read_text(encoding="utf-8")
    return json.loads(text.replace(r"\\p{L}", r"\\w"))  # Python has no classes of Unicode


def test_every_function_of_the_registry_is_told_of_and_no_other() -> None:
    assert list(FUNCTIONS) == list(REGISTRY.names)


@pytest.mark.parametrize("name", REGISTRY.names)
def test_arguments_are_those_of_the_declaration_and_fit_the_limits_of_excel(name: str) -> None:
    told, function = FUNCTIONS[name], REGISTRY[name]
    assert 3 <= len(name) <= 64
    assert told["description"] == function.summary
    assert len(told["description"]) <= 128
    assert [one["name"] for one in told["parameters"]] == [param.name for param in function.params]
    assert [one["optional"] for one in told["parameters"]] == [not param.required for param in function.params]
    assert all(len(one["description"]) <= 128 and len(one["name"]) <= 64 for one in told["parameters"])
    assert len(told["parameters"]) <= 128


def test_a_result_is_cells_where_it_may_be_several() -> None:
    shape = {name: FUNCTIONS[name]["result"]["dimensionality"] for name in ("LTV_CAC", "HHI", "SUPERAPP_PNL")}
    assert shape == {"LTV_CAC": "matrix", "HHI": "scalar", "SUPERAPP_PNL": "matrix"}


def test_options_of_an_argument_are_offered() -> None:
    kinds = {one["name"]: one.get("customEnumId") for one in FUNCTIONS["TOKEN_PRICE"]["parameters"]}
    offered = {enum["id"]: [value["name"] for value in enum["values"]] for enum in METADATA["enums"]}
    assert offered[kinds["price_kind"]] == ["input", "output", "cached", "blended"]
    assert {type(value.get("numberValue")) for enum in METADATA["enums"] for value in enum["values"]} == {
        float,
        type(None),
    }


def test_the_metadata_fit_the_schema_of_microsoft() -> None:
    whole = schema()
    told = {"functions": METADATA["functions"], "enums": METADATA["enums"]}
    jsonschema.validate(told, {"$ref": "#/definitions/extensionCustomFunctions", "definitions": whole["definitions"]})


def test_the_json_manifest_passes_the_validator_of_microsoft(tmp_path: Path) -> None:
    validator = package("office-addin-manifest") / "cli.js"
    path = tmp_path / "manifest.json"
    for name, content in manifest.build_package(REGISTRY, ADDRESS, help_url).items():
        (tmp_path / name).write_bytes(content)
    run = subprocess.run(
        [program("node"), str(validator), "validate", str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), schema())


def test_every_resource_of_the_xml_manifest_is_declared_and_is_of_the_server() -> None:
    text = manifest.build_xml(manifest.Address(9000, "a&b"))
    root = ET.fromstring(text)
    declared = {element.get("id"): element for element in root.iter() if "officeappbasictypes" in element.tag}
    used = {element.get("resid") for element in root.iter() if element.get("resid")}
    assert used <= set(declared)
    addresses = [value for element in root.iter() if (value := element.get("DefaultValue", "")).startswith("http")]
    assert len(addresses) > 5
    assert all(one.startswith("https://localhost:9000/") for one in addresses)
    assert declared["Pane.Url"].get("DefaultValue") == "https://localhost:9000/pane.html?token=a&b"


def test_everything_is_made_the_same_again() -> None:
    assert build_script(REGISTRY) == build_script(REGISTRY)
    assert build_metadata(REGISTRY, help_url) == METADATA
    assert manifest.build_json(REGISTRY, ADDRESS, help_url) == manifest.build_json(REGISTRY, ADDRESS, help_url)


@pytest.mark.parametrize("size", [16, 32, 64, 80, 192])
def test_an_icon_is_a_picture_of_its_size(size: int) -> None:
    assert size_of((ICONS / f"icon-{size}.png").read_bytes()) == (size, size)


def test_the_icons_of_the_package_have_the_sizes_that_microsoft_asks_for() -> None:
    package = manifest.build_package(REGISTRY, ADDRESS, help_url)
    icons = json.loads(package["manifest.json"])["icons"]
    assert {kind: size_of(package[name]) for kind, name in icons.items()} == {"color": (192, 192), "outline": (32, 32)}


def size_of(picture: bytes) -> tuple[int, int]:
    """The width and height of a PNG picture."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
