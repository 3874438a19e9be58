"""The extension for LibreOffice Calc, an .oxt file: names, help and types of every function, and the package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.core.version import VERSION
from xlfuncs.hosts.libreoffice.cells import returns_single_value
from xlfuncs.hosts.libreoffice.names import EXTENSION, INTERFACE, MODULE, OLDEST_OFFICE, SERVICE

_PACKAGE = Path(__file__).parents[2]
# What the functions are made of; commands and other hosts stay away.
_FILES = (
    "__init__.py",
    "catalogue/*.py",
    "core/*.py",
    "data/*.py",
    "data/tables/*.csv",
    "functions/*.py",
    "hosts/__init__.py",
    "hosts/libreoffice/*.py",
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OOR = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MEDIA = "application/vnd.sun.star"
_MANIFEST = f"""{_HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
<manifest:file-entry manifest:full-path="functions.idl" manifest:media-type="{_MEDIA}.uno-typelibrary;type=RDB"/>
<manifest:file-entry manifest:full-path="addin.components" manifest:media-type="{_MEDIA}.uno-components"/>
<manifest:file-entry manifest:full-path="CalcAddIns.xcu" manifest:media-type="{_MEDIA}.configuration-data"/>
</manifest:manifest>
"""
_COMPONENTS = f"""{_HEAD}<components xmlns="http://openoffice.org/2010/uno-components">
<component loader="com.sun.star.loader.Python" uri="addin.py">
<implementation name="{SERVICE}"><service name="{SERVICE}"/></implementation>
</component>
</components>
"""
_DESCRIPTION = f"""{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"
 xmlns:lo="http://libreoffice.org/extensions/description/2011" xmlns:xlink="http://www.w3.org/1999/xlink">
<identifier value="{EXTENSION}"/>
<version value="{VERSION}"/>
<display-name><name lang="en">xlfuncs</name></display-name>
<dependencies>
<lo:LibreOffice-minimal-version value="{OLDEST_OFFICE}" name="LibreOffice {OLDEST_OFFICE}"/>
</dependencies>
</description>
"""
_ADDIN = """from xlfuncs import REGISTRY
from xlfuncs.hosts.libreoffice.component import component

g_ImplementationHelper = component(REGISTRY)
"""


def build(registry: Registry) -> bytes:
    """Return the file; the same bytes for the same declarations."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(_build_parts(registry)):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # on every system
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _build_parts(registry: Registry) -> Iterator[tuple[str, bytes]]:
    texts = {
        "META-INF/manifest.xml": _MANIFEST,
        "description.xml": _DESCRIPTION,
        "addin.components": _COMPONENTS,
        "addin.py": _ADDIN,
        "functions.idl": build_types(registry),
        "CalcAddIns.xcu": build_wizard(registry),
    }
    for name, text in texts.items():
        yield name, text.encode()
    for path in sorted({path for pattern in _FILES for path in _PACKAGE.glob(pattern)}):
        yield f"pythonpath/xlfuncs/{path.relative_to(_PACKAGE).as_posix()}", path.read_bytes()


def build_types(registry: Registry) -> str:
    """Return the interface of the add-in in IDL; LibreOffice calls nothing without its types."""
    methods = "\n".join(f"  {_method(function)}" for function in registry)
    interface, service = (name.rpartition(".")[2] for name in (INTERFACE, SERVICE))
    body = f"interface {interface} {{\n{methods}\n}};\nservice {service}: {interface};\n"
    for module in reversed(MODULE.split(".")):
        body = f"module {module} {{\n{body}}};\n"
    return body


def _method(function: Function) -> str:
    gives = "any" if returns_single_value(function) else "sequence< sequence<any> >"
    takes = ", ".join(f"[in] any {_parameter_name(position)}" for position in range(len(function.params)))
    return f"{gives} {function.name}({takes});"


def _parameter_name(position: int) -> str:
    """Return the name of an argument in IDL, which may contain no underscore and be no keyword."""
    return f"a{position + 1}"


def build_wizard(registry: Registry) -> str:
    """Return the names and help of every function and argument, as Calc shows them."""
    functions = "".join(map(_describe, registry))
    return (
        f'{_HEAD}<oor:component-data {_OOR} oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        f'<node oor:name="AddInInfo"><node oor:name="{SERVICE}" oor:op="replace"><node oor:name="AddInFunctions">\n'
        f"{functions}</node></node></node>\n</oor:component-data>\n"
    )


def _describe(function: Function) -> str:
    arguments = "".join(
        f'<node oor:name={quoteattr(_parameter_name(position))} oor:op="replace">'
        f"{_text('DisplayName', param.name)}{_text('Description', param.help)}</node>\n"
        for position, param in enumerate(function.params)
    )
    return (
        f'<node oor:name="{function.name}" oor:op="replace">{_text("DisplayName", function.name)}'
        f'{_text("Description", function.summary)}<prop oor:name="Category"><value>{escape(function.category)}'
        f"</value></prop>{_text('CompatibilityName', function.name)}\n"
        f'<node oor:name="Parameters">\n{arguments}</node></node>\n'
    )


def _text(name: str, text: str) -> str:
    return f'<prop oor:name="{name}"><value xml:lang="en">{escape(text)}</value></prop>'
