#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks the colours of pages and drawings (TAP): palette.py theme/_tokens.scss draw/palette.h draw/palette.c.

Drawings must have the same colours as pages, and what is written on a band must be readable. The order of the bands must survive colour blindness and grey printing, so lightness has to fall with
every step, and any two bands have to differ clearly, as seen with normal sight and with each kind of
dichromacy. A pair differs clearly from 20 on (CIE76; 2.3 is just noticeable); our choice. Series are held apart
in the same way; numbers below and above zero by colour, their strength by lightness.

Source: Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color vision
deficiency", table of matrices for severity 1.0; CIE L*a*b* with D65; WCAG 2.2, 1.4.3 and "relative luminance".
"""
import itertools
import re
import sys

SIGHTS = {
    "normal sight": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
CLEAR_DIFFERENCE = 20
LIGHTNESS_STEP = 5
LEAST_CONTRAST = 4.5  # of text, WCAG 2.2, 1.4.3
# Names in the theme and in C.
NAMES = {"ink": "INK", "soft-ink": "SOFT_INK", "rule": "RULE", "paper": "PAPER", "wash": "WASH",
         "accent": "ACCENT", "danger": "DANGER"}


def linear(colour):
    for i in (1, 3, 5):
        c = int(colour[i:i + 2], 16) / 255
        yield c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def seen(matrix, rgb):
    return [min(1, max(0, sum(m * c for m, c in zip(row, rgb)))) for row in matrix]


def lab(rgb):
    r, g, b = rgb
    f = [t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def contrast(a, b):
    light, dark = sorted((0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(a), linear(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme_colours(path):
    """({name: colour}, colours of the bands from far to on target)."""
    text = open(path, encoding="utf-8").read()
    bands = re.search(r"\$bands: \((.*)\);", text).group(1)
    named = {name: re.search(rf"^\${name}: (#[0-9a-f]{{6}});", text, re.MULTILINE).group(1) for name in NAMES}
    return named, re.findall(r"#[0-9a-f]{6}", bands)


def drawing_colours(header, source):
    """({name: colour}, {array: its colours})."""
    text = open(header, encoding="utf-8").read() + open(source, encoding="utf-8").read()
    macros = {m: "#" + c for m, c in re.findall(r"#define GH_(\w+) \(\(GhColour\)0xff([0-9a-f]{6})\)", text)}
    rows = {name: [macros[v[3:]] if v.startswith("GH_") else "#" + v[4:]
                   for v in re.findall(r"0xff[0-9a-f]{6}|GH_\w+", values)]
            for name, values in re.findall(r"(\w+)\[GH_PALETTE_\w+\] = \{(.*?)\}", text, re.DOTALL)}
    return {name: macros.get(macro) for name, macro in NAMES.items()}, rows


def distance(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5


def pair_checks(rows):
    """Of series and of the two sides of zero."""
    for sight, matrix in SIGHTS.items():
        series, below, above = ([lab(seen(matrix, tuple(linear(c)))) for c in rows[name]]
                                for name in ("SERIES", "BELOW", "ABOVE"))
        light = sorted(colour[0] for colour in series)
        for name, values, least in (
                ("any two series differ clearly", [distance(*p) for p in itertools.combinations(series, 2)],
                 CLEAR_DIFFERENCE),
                ("any two series differ in lightness", [b - a for a, b in zip(light, light[1:])], LIGHTNESS_STEP),
                ("below zero is told from above", [distance(a, b) for a, b in zip(below, above)], CLEAR_DIFFERENCE),
                ("lightness falls away from zero", [a[0] - b[0] for side in (below, above)
                                                    for a, b in zip(side, side[1:])], LIGHTNESS_STEP)):
            yield f"{sight}: {name}", min(values) >= least, f"{[round(v, 1) for v in values]}, at least {least}"
    for name, colours, on_colours in (("a series", rows["SERIES"], rows["ON_SERIES"]),
                                      ("a number below zero", rows["BELOW"], rows["ON_SIDE"]),
                                      ("a number above zero", rows["ABOVE"], rows["ON_SIDE"])):
        ratios = [contrast(a, b) for a, b in zip(colours, on_colours)]
        yield (f"what is written on {name} is readable", min(ratios) >= LEAST_CONTRAST,
               f"{[round(r, 2) for r in ratios]}, at least {LEAST_CONTRAST}")


def checks(theme, header, source):
    """(sentence, whether it holds, figures)."""
    named, colours = theme_colours(theme)
    drawn, rows = drawing_colours(header, source)
    steps, on_steps = rows["STEPS"], rows["ON_STEPS"]
    for sight, matrix in SIGHTS.items():
        labs = [lab(seen(matrix, tuple(linear(c)))) for c in colours]
        falls = [a[0] - b[0] for a, b in zip(labs, labs[1:])]
        apart = [distance(a, b) for a, b in itertools.combinations(labs, 2)]
        # Lightness is what grey printing leaves over.
        for name, values, least in (("lightness falls with every band", falls, LIGHTNESS_STEP),
                                    ("any two bands differ clearly", apart, CLEAR_DIFFERENCE)):
            yield f"{sight}: {name}", min(values) >= least, f"{[round(v, 1) for v in values]}, at least {least}"
    yield "drawings have the colours of the pages", drawn == named, f"{drawn}, on pages {named}"
    yield "drawings have the bands of the pages", steps == colours, f"{steps}, on pages {colours}"
    ratios = [contrast(a, b) for a, b in zip(steps, on_steps)]
    yield ("what is written on a band is readable", len(ratios) == len(colours) and min(ratios) >= LEAST_CONTRAST,
           f"{[round(r, 2) for r in ratios]}, at least {LEAST_CONTRAST}")
    yield from pair_checks(rows)


def main():
    results = list(checks(*sys.argv[1:]))
    print(f"1..{len(results)}")
    for number, (name, good, figures) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} {name}")
        print(f"# {figures}")


main()
