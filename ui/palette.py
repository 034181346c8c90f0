#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Checks the colours of the bands in theme/_tokens.scss: palette.py theme/_tokens.scss (TAP).

The order of the bands must survive colour blindness and grey printing, so lightness has to fall with
every step, and any two bands have to differ clearly, as seen with normal sight and with each kind of
dichromacy. A pair differs clearly from 20 on (CIE76; 2.3 is just noticeable); our choice.

Source: Machado, Oliveira, Fernandes 2009, "A physiologically-based model for simulation of color vision
deficiency", table of matrices for severity 1.0; CIE L*a*b* with D65.
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


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    bands = re.search(r"\$bands: \((.*)\);", text).group(1)
    colours = re.findall(r"#[0-9a-f]{6}", bands)
    print(f"1..{2 * len(SIGHTS)}")
    number = 0
    for sight, matrix in SIGHTS.items():
        labs = [lab(seen(matrix, tuple(linear(c)))) for c in colours]
        steps = [a[0] - b[0] for a, b in zip(labs, labs[1:])]
        apart = [sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5 for a, b in itertools.combinations(labs, 2)]
        # Lightness is what grey printing leaves over.
        for name, values, least in (("lightness falls with every band", steps, LIGHTNESS_STEP),
                                    ("any two bands differ clearly", apart, CLEAR_DIFFERENCE)):
            number += 1
            good = min(values) >= least
            print(f"{'ok' if good else 'not ok'} {number} {sight}: {name}")
            print(f"# {[round(v, 1) for v in values]}, at least {least}")


main()
