# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gettext catalogues as Python objects: reading what xgettext writes, and writing it again."""
import dataclasses
import re

PLACE = re.compile(r"\{[A-Za-z0-9_.]+\}")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


@dataclasses.dataclass
class Message:
    msgid: str
    plural: str = None
    context: str = None
    translations: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)       # for translators
    references: list = dataclasses.field(default_factory=list)  # FILE:LINE

    def key(self):
        return (self.context, self.msgid)


def _unquoted(text):
    return re.sub(r"\\(.)", lambda m: ESCAPES.get(m.group(1), m.group(0)), text.strip()[1:-1])


def _quoted(text):
    return '"' + (text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
                  .replace("\t", "\\t").replace("\r", "\\r")) + '"'


def read(text):
    """The messages of a .po or .pot file in its order; the header is a message with an empty msgid."""
    for block in re.split(r"\n[ \t]*\n", text):
        fields, notes, references, current = {}, [], [], None
        for line in block.splitlines():
            keyword = re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(\".*)", line)
            if line.startswith("#."):
                notes.append(line[2:].strip())
            elif line.startswith("#:"):
                references += line[2:].split()
            elif keyword:
                current = keyword.group(1)
                fields[current] = _unquoted(keyword.group(2))
            elif line.startswith('"'):
                fields[current] += _unquoted(line)
        if "msgid" in fields:
            yield Message(fields["msgid"], fields.get("msgid_plural"), fields.get("msgctxt"),
                          [value for name, value in fields.items() if name.startswith("msgstr")],
                          notes, references)


def _entry(message):
    lines = [f"#. {note}".rstrip() for note in message.notes]
    lines += [f"#: {reference}" for reference in message.references]
    # Flagged texts are checked by msgfmt: a translation must have the same {places}.
    if PLACE.search(message.msgid + (message.plural or "")):
        lines.append("#, perl-brace-format")
    if message.context is not None:
        lines.append(f"msgctxt {_quoted(message.context)}")
    lines.append(f"msgid {_quoted(message.msgid)}")
    if message.plural is None:
        lines.append(f"msgstr {_quoted((message.translations or [''])[0])}")
    else:
        lines.append(f"msgid_plural {_quoted(message.plural)}")
        for number, form in enumerate(message.translations or ["", ""]):
            lines.append(f"msgstr[{number}] {_quoted(form)}")
    return "\n".join(lines)


def write(fields, messages, comments=()):
    """The text of a catalogue; fields are its header, "Language": "fr" and so on."""
    header = ["# " + comment for comment in comments]
    header += ['msgid ""', 'msgstr ""']
    header += [_quoted(f"{name}: {value}\n") for name, value in fields.items()]
    return "\n\n".join(["\n".join(header), *map(_entry, messages)]) + "\n"
