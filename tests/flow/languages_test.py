#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Translations: every text in the sources is known to translators, and every catalogue compiles."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from tap import main, test

ROOT = pathlib.Path(__file__).resolve().parents[2]
PO = ROOT / "po"
sys.path.insert(0, str(PO))
import catalogue  # noqa: E402
import templates  # noqa: E402


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(map(str, command))}:\n{done.stdout}{done.stderr}"
    return done.stdout


def languages():
    lines = (PO / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def of_template(text):
    return [(m.context, m.msgid, m.plural) for m in templates.messages(text, "t.html")]


@test("po/guildhall.pot has every text of the sources, and no other")
def _():
    run(PO / "update", "--check")


@test("every translation is listed in po/LINGUAS, and compiles")
def _():
    assert sorted(languages()) == sorted(file.stem for file in PO.glob("*.po"))
    for tag in languages():
        run("msgfmt", "--check", "-o", os.devnull, PO / f"{tag}.po")


@test("no text for translators is put together from pieces or holds markup")
def _():
    texts = catalogue.read((PO / "guildhall.pot").read_text(encoding="utf-8"))
    wrong = [m.msgid for m in texts
             if m.msgid and re.search(r"%[sdiluzf]|</?[a-z]+>|^\s|\s$", m.msgid + (m.plural or ""))]
    assert not wrong, "\n".join(wrong)


@test("the template reader finds texts, plurals, contexts, lines and notes")
def _():
    text = ("<h1>{{#_}}All\n  cities{{/_}}</h1>\n"
            "{{! TRANSLATORS: on the button that\n   computes a score }}\n"
            "<b title=\"{{#_}}verb|Score{{/_}}\">{{#_n n}}one||{n} of\nthem{{/_n}}</b>\n"
            "{{name}}{{> part}}{{! a comment }}\n")
    found = list(templates.messages(text, "t.html"))
    assert [(m.context, m.msgid, m.plural) for m in found] == [
        (None, "All cities", None), ("verb", "Score", None), (None, "one", "{n} of them")], found
    assert [m.references for m in found] == [["t.html:1"], ["t.html:5"], ["t.html:5"]], found
    assert [m.notes for m in found] == [
        [], ["TRANSLATORS: on the button that computes a score"], []], found


@test("a place in a translated text may be named like any value")
def _():
    assert of_template("{{#_}}{city.name}, {n_of} | {x}{{/_}}") == [("{city.name}, {n_of}", "{x}", None)]


@test("a catalogue written and read again is the same")
def _():
    message = catalogue.Message('a "quoted" \\ text\nin {n} lines', "two\tforms", "a context",
                                ["eins", "zwei"], ["note"], ["src/a.c:1", "src/b.c:2"])
    text = catalogue.write({"Language": "de", "Content-Type": "text/plain; charset=UTF-8"}, [message])
    again = [m for m in catalogue.read(text) if m.msgid]
    assert again == [message], again


@test("msgfmt refuses a translation that loses or invents a place")
def _():
    fields = {"Content-Type": "text/plain; charset=UTF-8", "Language": "fr"}
    for translation, good in (("{n} villes", True), ("des villes", False), ("{m} villes", False)):
        message = catalogue.Message("{n} cities", translations=[translation])
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "fr.po"
            file.write_text(catalogue.write(fields, [message]), encoding="utf-8")
            done = subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, str(file)],
                                  capture_output=True, check=False)
            assert (done.returncode == 0) == good, (translation, done.stderr)


@test("the pseudo-languages translate every text, 40 % longer, with all its places")
def _():
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder) / f"{tag}.po" for tag in ("en-XA", "ar-XB")]
        run(ROOT / "tests" / "pseudo" / "make", PO / "guildhall.pot", *files)
        for file in files:
            run("msgfmt", "--check", "-o", os.devnull, file)
        for m in catalogue.read(files[0].read_text(encoding="utf-8")):
            if not m.msgid or (m.context or "").endswith(" sign"):
                continue
            for source, text in zip([m.msgid, m.plural], m.translations):
                assert text.startswith("[") and text.endswith("]"), text
                assert len(text) >= 1.4 * len(source), text
                assert catalogue.PLACE.findall(text) == catalogue.PLACE.findall(source), text
                plain = catalogue.PLACE.sub("", text)
                assert not re.search("[A-Za-z]", plain), text


main()
