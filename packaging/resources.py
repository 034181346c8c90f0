#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists what is compiled into the program, as the XML that glib-compile-resources reads.

    packaging/resources.py ROOT OUTPUT.xml [FOLDER=FILE ...]

    schema/*.sql       -> /guildhall/schema/       frameworks/**  -> /guildhall/frameworks/
    sample/**          -> /guildhall/sample/       src/**/*.html  -> /guildhall/templates/
    src/**/*.csv       -> /guildhall/tables/ (but golden/)
    FOLDER=FILE        -> /guildhall/FOLDER/       what the build made: po (*.mo) and ui (css, js, svg)

The build runs this every time, so that a new template needs no entry anywhere; OUTPUT is written only
when the list has changed, so that nothing is compiled again without need.
"""
import pathlib
import sys
from xml.sax.saxutils import escape, quoteattr

PREFIX = "/guildhall"


def from_tree(root):
    """(path in the program, file) for what stands in the source tree."""
    for file in sorted((root / "schema").glob("*.sql")):
        yield f"schema/{file.name}", file
    for folder in ("frameworks", "sample"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(root).as_posix(), file
    for file in sorted((root / "src").rglob("*.html")):
        yield f"templates/{file.name}", file
    for file in sorted((root / "src").rglob("*.csv")):
        if "golden" not in file.parts:
            yield f"tables/{file.name}", file


def collect(root, made):
    files = {}
    for path, file in [*from_tree(root), *made]:
        if path in files:
            sys.exit(f"resources: {files[path]} and {file} would both be {path}; rename one")
        files[path] = file
    return files


def to_xml(files):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<gresources>", f'  <gresource prefix="{PREFIX}">']
    lines += [f"    <file alias={quoteattr(path)}>{escape(str(file.resolve()))}</file>"
              for path, file in sorted(files.items())]
    return "\n".join([*lines, "  </gresource>", "</gresources>", ""])


def main():
    root, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    made = []
    for argument in sys.argv[3:]:
        folder, _, file = argument.partition("=")
        made.append((f"{folder}/{pathlib.Path(file).name}", pathlib.Path(file)))

    text = to_xml(collect(root, made))
    if not output.exists() or output.read_text(encoding="utf-8") != text:
        output.write_text(text, encoding="utf-8")


main()
