"""The manifests of the add-in: XML for sideloading, and the unified manifest in JSON for Microsoft 365."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template
from typing import Any
from xml.sax.saxutils import escape

from xlfuncs.core.registry import Registry
from xlfuncs.core.version import VERSION
from xlfuncs.hosts.officejs import PORT
from xlfuncs.hosts.officejs.metadata import HelpUrl, build_definitions
from xlfuncs.hosts.officejs.web_files import ICONS, WEB

NAMESPACE = "XLFUNCS"
ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "https://xlfuncs/officejs"))
ACCENT = "#1F4E79"  # as in the icons
_COLOR, _OUTLINE = "icon-192.png", "icon-outline.png"
_TIMESTAMP = (1980, 1, 1, 0, 0, 0)  # so that the package has the same bytes each time
SUMMARY = "Worksheet functions to value AI companies and compare the US and China."


@dataclass(frozen=True)
class Address:
    """The address of the server. Its pages get the token in their addresses: a page that served it would tell all."""

    port: int = PORT
    token: str = ""

    @property
    def origin(self) -> str:
        """The origin of all pages."""
        return f"https://localhost:{self.port}"

    def page(self, name: str) -> str:
        """Return the address of a page."""
        return f"{self.origin}/{name}" + (f"?token={self.token}" if self.token else "")


def build_xml(address: Address) -> str:
    """Return the manifest for sideloading."""
    text = Template((WEB / "manifest.xml").read_text(encoding="utf-8"))
    version = f"{VERSION}.0"
    return text.substitute(
        id=ID, version=version, summary=SUMMARY, namespace=NAMESPACE, origin=address.origin,
        pane=escape(address.page("pane.html"), {'"': "&quot;"}),
    )  # fmt: skip


def build_json(registry: Registry, address: Address, help_url: HelpUrl) -> str:
    """Return the unified manifest, with the functions in it; it comes in a zip beside its two icons."""
    facts = {
        "$schema": "https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json",
        "manifestVersion": "1.25",
        "version": VERSION,
        "id": ID,
        "developer": {
            "name": "xlfuncs",
            "websiteUrl": f"{address.origin}/help/index.html",
            "privacyUrl": f"{address.origin}/help/index.html",
            "termsOfUseUrl": f"{address.origin}/help/index.html",
        },
        "name": {"short": "xlfuncs", "full": "xlfuncs worksheet functions"},
        "description": {"short": SUMMARY, "full": f"{SUMMARY} They are computed on your own machine."},
        "icons": {"outline": _OUTLINE, "color": _COLOR},
        "accentColor": ACCENT,
        "validDomains": [f"localhost:{address.port}"],
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": "Document.ReadWrite.User", "type": "Delegated"}]}
        },
        "extensions": [_extension(registry, address, help_url)],
    }
    return json.dumps(facts, indent=1) + "\n"


def build_package(registry: Registry, address: Address, help_url: HelpUrl) -> dict[str, bytes]:
    """Return the files of the package for Microsoft 365: the unified manifest and its icons."""
    return {
        "manifest.json": build_json(registry, address, help_url).encode(),
        **{name: (ICONS / name).read_bytes() for name in (_COLOR, _OUTLINE)},
    }


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return a .zip archive of some files, as it is uploaded."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(zipfile.ZipInfo(name, _TIMESTAMP), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _extension(registry: Registry, address: Address, help_url: HelpUrl) -> dict[str, Any]:
    pane = address.page("pane.html")
    icons = [{"size": size, "url": f"{address.origin}/icon-{size}.png"} for size in (16, 32, 80)]
    button = {
        "id": "xlfuncs.open",
        "type": "button",
        "label": "xlfuncs",
        "icons": icons,
        "supertip": {
            "title": "xlfuncs",
            "description": "Find, insert and explain functions; check the workbook; refresh its data.",
        },
        "actionId": "xlfuncs.pane",
    }
    group = {"id": "xlfuncs.group", "label": "xlfuncs", "icons": icons, "controls": [button]}
    return {
        "requirements": {"scopes": ["workbook"], "capabilities": [{"name": "SharedRuntime", "minVersion": "1.1"}]},
        "runtimes": [
            {
                "id": "xlfuncs.runtime",
                "type": "general",
                "code": {"page": pane},
                "lifetime": "long",
                "actions": [{"id": "xlfuncs.pane", "type": "openPage", "view": "xlfuncs", "pinnable": True}],
                "customFunctions": {
                    "namespace": {"id": NAMESPACE, "name": NAMESPACE},
                    **build_definitions(registry, help_url),
                },
            }
        ],
        "ribbons": [{"contexts": ["default"], "tabs": [{"builtInTabId": "TabHome", "groups": [group]}]}],
    }
