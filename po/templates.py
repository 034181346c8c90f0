# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tags of a page template, as src/http/template.h describes them, and its texts to translate."""
import dataclasses
import re

from catalogue import Message

TAG = re.compile(
    r"\{\{#\s*_n\s+(?P<count>[a-z0-9_.]+)\s*\}\}(?P<plural>.*?)\{\{/_n\}\}"
    r"|\{\{#\s*_\s*\}\}(?P<text>.*?)\{\{/_\}\}"
    r"|\{\{!(?P<comment>.*?)\}\}"
    r"|\{\{(?P<sigil>[#^/>]?)\s*(?P<name>.*?)\s*\}\}", re.DOTALL)
NOTE = "TRANSLATORS:"


@dataclasses.dataclass
class Tag:
    kind: str  # "value", "#", "^", "/", ">", "comment", "text", "plural"
    body: str
    start: int
    end: int
    line: int


def tags(template):
    for match in TAG.finditer(template):
        line = template.count("\n", 0, match.start()) + 1
        for kind in ("plural", "text", "comment"):
            if match.group(kind) is not None:
                yield Tag(kind, match.group(kind), match.start(), match.end(), line)
                break
        else:
            yield Tag(match.group("sigil") or "value", match.group("name"), match.start(), match.end(),
                      line)


def _squeezed(text):
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _message(tag):
    text, plural = tag.body, None
    if tag.kind == "plural":
        text, _, plural = text.partition("||")
        plural = _squeezed(plural)
    context, bar, rest = text.partition("|")
    if not bar:
        context, rest = None, text
    return Message(_squeezed(rest), plural, context and _squeezed(context))


def messages(template, path):
    """Its texts to translate. A note for translators goes with the next text only."""
    note = None
    for tag in tags(template):
        if tag.kind == "comment" and tag.body.strip().startswith(NOTE):
            note = _squeezed(tag.body)
        elif tag.kind in ("text", "plural"):
            message = _message(tag)
            message.references = [f"{path}:{tag.line}"]
            message.notes = [note] if note else []
            note = None
            yield message
