#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page template: values stand only where escaping makes them harmless, and no text for people
escapes translation.

Escaping & < > " ' is right in text and in quoted attributes, and nowhere else. So the templates are read
here as an HTML parser would read them, to know where each tag stands.
"""
import pathlib
import re
import sys

from tap import main, test

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "po"))
import templates  # noqa: E402

FILES = sorted((ROOT / "src").rglob("*.html"))

URL_ATTRIBUTES = {"href", "src", "action", "formaction", "cite", "data", "poster", "xlink:href"}
# Attributes that hold code, styles or lists of addresses: no value at all may stand in them.
FORBIDDEN = {"style", "srcdoc", "srcset", "ping", "http-equiv"}
# Keys that the program itself makes from its own paths; all others are named ..._url.
OWN_PATHS = {"frame.path", "frame.assets", "path", "link"}
# Attributes whose text is read to people.
SPOKEN = {"title", "alt", "aria-label", "aria-description", "placeholder", "content"}
# What is the same in every language: names, formats, units.
UNTRANSLATED = {"Guildhall", "CSV", "XLSX", "JSON", "SVG", "PNG", "PDF", "UTF-8", "gz", "CC", "BY", "AGPL", "SDG",
                "U4SSC", "ITU-T", "min", "max"}
# Elements whose text is for machines or typed as it stands.
LITERAL = {"code", "kbd", "samp", "pre"}


def words(text):
    text = re.sub(r"&[a-z#0-9]+;", " ", text)
    return [word for word in re.findall(r"[^\W\d_][\w.-]*[^\W\d_]", text) if word not in UNTRANSLATED]


class Place:
    """Where in HTML we are: in text, in a tag, in an attribute's value, in a comment."""

    def __init__(self):
        self.state, self.element, self.attribute, self.value = "text", "", "", ""
        self.open = []

    def now(self):
        return (self.state, self.element if self.state in ("tag", "value") else "",
                self.attribute if self.state == "value" else "")

    def is_spoken(self):
        """Whether text here is read by people."""
        if self.state == "value":
            return self.attribute in SPOKEN and self.element != "meta"
        return self.state == "text" and not LITERAL & set(self.open)

    def feed(self, text, fault):
        """Reads on; returns the words for people in text."""
        heard = []
        for piece in re.findall(r"<!--|-->|[^<>\"'=\s/]+|\s+|.", text, re.DOTALL):
            if self.is_spoken():
                heard.append(piece)
            getattr(self, "_" + self.state)(piece, fault)
        return words(" ".join(heard))

    def _text(self, piece, fault):
        if piece == "<!--":
            self.state = "comment"
        elif piece == "<":
            self.state, self.element, self.attribute = "tag", "", ""

    def _comment(self, piece, fault):
        if piece == "-->":
            self.state = "text"

    def _tag(self, piece, fault):
        if piece == ">":
            self.state = "text"
            self._end_tag()
        elif self.element == "":
            self.element = piece if piece == "/" else piece.lower()
        elif self.element == "/" and not piece.isspace():
            self.element += piece.lower()
        elif piece == "=":
            self.state = "equals"
        elif not piece.isspace() and piece != "/":
            self.attribute = piece.lower()
            if self.attribute.startswith("on"):
                fault(f"has the script attribute {self.attribute}")
            if self.attribute == "style":
                fault("has an inline style")

    def _equals(self, piece, fault):
        if piece == '"':
            self.state, self.value = "value", ""
        else:
            fault(f"attribute {self.attribute} is not in double quotes")
            self.state = "tag"

    def _value(self, piece, fault):
        if piece == '"':
            if self.attribute in URL_ATTRIBUTES and re.match(r"\s*(javascript|data|vbscript)\s*:",
                                                              self.value, re.IGNORECASE):
                fault(f"attribute {self.attribute} holds code")
            self.state = "tag"
        else:
            self.value += piece

    def _end_tag(self):
        if self.element.startswith("/"):
            if self.element[1:] in self.open:
                while self.open.pop() != self.element[1:]:
                    pass
        elif self.element not in ("meta", "link", "input", "br", "img", "hr", "col", "wbr", "!doctype"):
            self.open.append(self.element)


def check_value(tag, place, fault):
    if place.state == "text":
        if {"script", "style"} & set(place.open):
            fault(f"{tag.body} stands in a script or style")
        return
    if place.state != "value":
        fault(f"{tag.body} stands in a tag, outside a quoted value")
        return
    if place.attribute in FORBIDDEN or place.attribute.startswith("on"):
        fault(f"{tag.body} stands in {place.attribute}")
    starts_address = place.attribute in URL_ATTRIBUTES and place.value == ""
    if starts_address and (tag.kind != "value" or not (tag.body.endswith("_url") or tag.body in OWN_PATHS)):
        fault(f"{place.attribute} begins with {tag.body}, which is not known to be an address of ours; "
              "name it ..._url where the program makes it")


def read(file):
    """(faults, [(line, word for people outside translation)])"""
    template = file.read_text(encoding="utf-8")
    place, faults, spoken, sections, at = Place(), [], [], [], 0

    def fault_at(line):
        return lambda what: faults.append(f"{file.relative_to(ROOT)}:{line}: {what}")

    for tag in [*templates.tags(template), None]:
        end = len(template) if tag is None else tag.start
        line = template.count("\n", 0, at) + 1
        spoken += [(line, word) for word in place.feed(template[at:end], fault_at(line))]
        if tag is None:
            break
        fault = fault_at(tag.line)
        at = tag.end
        if tag.kind in ("#", "^"):
            sections.append((tag.body, place.now()))
        elif tag.kind == "/" and sections:
            name, before = sections.pop()
            if before != place.now():
                fault(f"section {name} begins and ends in different places of the markup")
        elif tag.kind == ">" and place.state != "text":
            fault(f"partial {tag.body} stands inside a tag")
        elif tag.kind in ("value", "text", "plural"):
            check_value(tag, place, fault)
            if place.state == "value":
                place.value += "\0"  # something stands here: an address no longer begins
    if place.state != "text":
        fault_at(template.count("\n") + 1)("ends inside a tag")
    return faults, spoken


def read_text(text):
    """What read would say of that template; for the test of the test."""
    class File:
        def read_text(self, encoding):
            return text

        def relative_to(self, _):
            return "t.html"
    return read(File())


@test("there are templates to look at")
def _():
    assert FILES


@test("values stand only in text and in double-quoted attributes")
def _():
    faults = [fault for file in FILES for fault in read(file)[0]]
    assert not faults, "\n".join(faults)


@test("every text for people is translated")
def _():
    escaped = [f"{file.relative_to(ROOT)}:{line}: \"{word}\" is not in {{{{#_}}}}"
               for file in FILES for line, word in read(file)[1]]
    assert not escaped, "\n".join(escaped)


@test("this check finds each kind of dangerous place")
def _():
    dangerous = {
        "<p {{a}}>": "outside a quoted value",
        "<p class={{a}}>": "not in double quotes",
        "<p class='{{a}}'>": "not in double quotes",
        "<{{a}}>": "outside a quoted value",
        '<a href="{{a}}">': "not known to be an address",
        '<a href="{{#_}}a{{/_}}">': "not known to be an address",
        '<a href="javascript:{{a_url}}">': "holds code",
        '<p style="{{a}}">': "inline style",
        '<p onclick="f()">': "script attribute",
        "<script>{{a}}</script>": "script or style",
        "<style>{{a}}</style>": "script or style",
        '<iframe srcdoc="{{a}}">': "stands in srcdoc",
        '{{#a}}<p class="{{/a}}x">': "different places",
        '<p class="{{> a}}">': "inside a tag",
        '<p class="a': "ends inside a tag",
    }
    for text, expected in dangerous.items():
        got = read_text(text)[0]
        assert any(expected in fault for fault in got), f"{text}: expected '{expected}', got {got}"


@test("this check lets the safe places pass")
def _():
    for text in ("<p>{{a}}</p>", '<p class="a {{b}}">{{> c}}</p>', '<a href="/cities/{{slug}}?year={{y}}">',
                 '<a href="{{city_url}}">', '<p{{#a}} hidden{{/a}}>', '<p class="x{{#a}} y{{/a}}">',
                 "<br><img alt=\"{{#_}}A map{{/_}}\">", "<!-- x --><p>{{a}}</p>", '<a href="{{path}}#x">'):
        assert not read_text(text)[0], f"{text}: {read_text(text)[0]}"


@test("this check hears each text for people, and nothing else")
def _():
    for text, expected in {
        "<p>All cities</p>": ["All", "cities"],
        '<a title="All cities">{{a}}</a>': ["All", "cities"],
        "<p>{{a}} of {{b}}</p>": ["of"],
        '<img alt="{{a}} map">': ["map"],
        '<p class="big">{{#_}}All cities{{/_}} 12 % (CSV) &nbsp; <code>make run</code></p>': [],
        "<!-- note -->{{! note }}": [],
    }.items():
        got = [word for _, word in read_text(text)[1]]
        assert got == expected, f"{text}: expected {expected}, got {got}"


main()
