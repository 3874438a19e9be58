"""What tells Excel of the add-in: a manifest as XML, and the same for Microsoft 365 as JSON."""

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
from xlfuncs.hosts.officejs.icons import ACCENT, icon
from xlfuncs.hosts.officejs.metadata import Help, definitions
from xlfuncs.hosts.officejs.script import WEB

PORT = 8743
NAMESPACE = "XLFUNCS"
ID = str(uuid.uuid5(uuid.NAMESPACE_URL, "https://xlfuncs/officejs"))
_COLOUR, _OUTLINE = "icon-192.png", "icon-outline.png"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the package has the same bytes each time
SUMMARY = "Worksheet functions to value AI companies and compare the US and China."


@dataclass(frozen=True)
class Address:
    """Where the server is. The pages get the token in their address, since whoever else could ask for it."""

    port: int = PORT
    token: str = ""

    @property
    def origin(self) -> str:
        """The origin of all pages."""
        return f"https://localhost:{self.port}"

    def page(self, name: str) -> str:
        """The address of a page."""
        return f"{self.origin}/{name}" + (f"?token={self.token}" if self.token else "")


def as_xml(address: Address) -> str:
    """The manifest that is sideloaded."""
    text = Template((WEB / "manifest.xml").read_text(encoding="utf-8"))
    version = f"{VERSION}.0"
    return text.substitute(
        id=ID, version=version, summary=SUMMARY, namespace=NAMESPACE, origin=address.origin,
        pane=escape(address.page("pane.html"), {'"': "&quot;"}),
    )  # fmt: skip


def as_json(registry: Registry, address: Address, help_url: Help) -> str:
    """The unified manifest, with the functions in it; it comes in a zip beside its two icons."""
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
        "icons": {"outline": _OUTLINE, "color": _COLOUR},
        "accentColor": ACCENT,
        "validDomains": [f"localhost:{address.port}"],
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": "Document.ReadWrite.User", "type": "Delegated"}]}
        },
        "extensions": [_extension(registry, address, help_url)],
    }
    return json.dumps(facts, indent=1) + "\n"


def package(registry: Registry, address: Address, help_url: Help) -> dict[str, bytes]:
    """The files of the package for Microsoft 365: the unified manifest and its icons."""
    return {
        "manifest.json": as_json(registry, address, help_url).encode(),
        _COLOUR: icon(192),
        _OUTLINE: icon(32, outline=True),
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one, as it is uploaded."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _extension(registry: Registry, address: Address, help_url: Help) -> dict[str, Any]:
    pane = address.page("pane.html")
    pictures = [{"size": size, "url": f"{address.origin}/icon-{size}.png"} for size in (16, 32, 80)]
    button = {
        "id": "xlfuncs.open",
        "type": "button",
        "label": "xlfuncs",
        "icons": pictures,
        "supertip": {
            "title": "xlfuncs",
            "description": "Find, insert and explain functions; check the workbook; refresh its data.",
        },
        "actionId": "xlfuncs.pane",
    }
    group = {"id": "xlfuncs.group", "label": "xlfuncs", "icons": pictures, "controls": [button]}
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
                    **definitions(registry, help_url),
                },
            }
        ],
        "ribbons": [{"contexts": ["default"], "tabs": [{"builtInTabId": "TabHome", "groups": [group]}]}],
    }
