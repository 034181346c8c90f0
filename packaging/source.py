#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Packs the program's own source, which every installation offers to its users (AGPL, section 13).

    packaging/source.py ROOT OUTPUT.tar.gz

Only what is named here goes in, so that nothing that happens to lie in the folder (a database, a
configuration with a password) is ever published. The same files give the same bytes. Screenshots are left
out: they are most of the weight and nothing is built from them.
"""
import gzip
import io
import pathlib
import sys
import tarfile

NAMES = [".ci", ".clang-format", ".clang-tidy", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
         "Makefile", "README.md", "SECURITY.md", "bench", "docs", "frameworks", "meson.build",
         "meson_options.txt", "packaging", "po", "sample", "schema", "src", "tests", "ui"]
LEFT_OUT = {"node_modules", "__pycache__", "images"}


def source_files(root):
    for name in NAMES:
        top = root / name
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for file in files:
            if file.is_file() and not file.is_symlink() \
                    and not LEFT_OUT.intersection(file.relative_to(root).parts):
                yield file


def pack(root, folder):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=9) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for file in source_files(root):
                content = file.read_bytes()
                entry = tarfile.TarInfo(f"{folder}/{file.relative_to(root).as_posix()}")
                entry.size = len(content)
                entry.mode = 0o755 if file.stat().st_mode & 0o111 else 0o644
                archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def main():
    root, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    content = pack(root, output.name.removesuffix(".tar.gz"))
    if not output.exists() or output.read_bytes() != content:
        output.write_bytes(content)


main()
