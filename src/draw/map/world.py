#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The world's land as C tables: world.py COARSE.json FINE.json OUT.c

Source: Natural Earth (public domain) in the TopoJSON files of the package world-atlas (ISC), 1:110 million
for the view of the world, 1:50 million for its regions. Antarctica is left out, where no city is.

Coastlines are simplified by Visvalingam's method (Visvalingam and Whyatt 1993, "Line generalisation by
repeated elimination of points", The Cartographic Journal 30 (1)): the point that forms the smallest
triangle with its neighbours goes first, until all triangles are larger than what can be seen.

Whole hundredths of a degree, about 1 km, fit 16 bits and are finer than what is drawn.
"""
import heapq
import json
import math
import sys

SOUTH_MOST = -60  # rings that lie wholly south of it are Antarctica's
UNITS = 100  # per degree in the table

# Smallest triangle and smallest island kept, in square degrees at the equator (one is 12,364 km2), so that
# neither is seen to be missing: a pixel of the world 740 wide is half a degree, one of a region a tenth or
# two, one of a city's surroundings a sixtieth.
LEVELS = {
    "world": {"scale": "coarse", "triangle": 0.1, "island": 0},
    "region": {"scale": "fine", "triangle": 0.012, "island": 0.006},  # 75 km2: with Malta and Singapore
    "near": {"scale": "fine", "triangle": 0.002, "island": 0},
}
POINTS_LEAST = 5  # a ring that has fewer, its first point counted twice, is kept as it is


def decode_arcs(topology):
    """The arcs as lists of (longitude, latitude): they are stored as steps on a grid."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        arcs.append(points)
    return arcs


def ring_points(arcs, indices):
    """A ring put together from its arcs; ~i is arc i backwards; each begins where the last one ended."""
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def unwrap(points):
    """A ring over the date line goes on beyond 180, so that no step is longer than half the world; its
    middle lies between -180 and 180."""
    whole = [points[0]]
    for longitude, latitude in points[1:]:
        turns = round((whole[-1][0] - longitude) / 360)
        whole.append((longitude + 360 * turns, latitude))
    middle = (min(x for x, _ in whole) + max(x for x, _ in whole)) / 2
    shift = 360 * round(middle / 360)
    return [(x - shift, y) for x, y in whole]


def triangle(a, b, c):
    """Its area in square degrees at the equator."""
    width = math.cos(math.radians((a[1] + b[1] + c[1]) / 3))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2 * width


def ring_area(points):
    total = 0.0
    for a, b in zip(points, points[1:]):
        total += (b[0] - a[0]) * math.sin(math.radians((a[1] + b[1]) / 2))
    return abs(math.degrees(total))


def simplify(points, least_area):
    """Takes points away, the least important first. The first, which is the last too, stays."""
    n = len(points)
    before, after = list(range(-1, n - 1)), list(range(1, n + 1))
    areas = [math.inf] * n
    queue = []

    def measure(i, floor):
        # Never less than the one just taken: what was kept for its neighbour stays longer.
        areas[i] = max(triangle(points[before[i]], points[i], points[after[i]]), floor)
        heapq.heappush(queue, (areas[i], i))

    for i in range(1, n - 1):
        measure(i, 0.0)
    n_left = n
    while queue and n_left > POINTS_LEAST:
        area, i = heapq.heappop(queue)
        if areas[i] != area:
            continue  # measured again since
        if area >= least_area:
            break
        areas[i] = None
        n_left -= 1
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        if left > 0:
            measure(left, area)
        if right < n - 1:
            measure(right, area)
    return [point for point, area in zip(points, areas) if area is not None]


def read_rings(path, limits):
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)
    arcs = decode_arcs(topology)
    rings = []
    for shape in topology["objects"]["land"]["geometries"]:
        for polygon in shape["arcs"]:
            for indices in polygon:
                points = unwrap(ring_points(arcs, indices))
                if max(latitude for _, latitude in points) < SOUTH_MOST:
                    continue
                if ring_area(points) < limits["island"]:
                    continue
                rings.append(simplify(points, limits["triangle"])[:-1])
    return rings


def write_level(out, name, rings):
    out.write(f"static const int16_t {name}_points[][2] = {{\n")
    for ring in rings:
        out.write(",".join(f"{{{round(x * UNITS)},{round(y * UNITS)}}}" for x, y in ring) + ",\n")
    out.write(f"}};\nstatic const uint16_t {name}_rings[] = {{\n")
    out.write(",".join(str(len(ring)) for ring in rings))
    out.write(f"}};\nconst GhLand GH_LAND_{name.upper()} = {{\n"
              f"    .points = {name}_points, .ring_sizes = {name}_rings, .n_rings = {len(rings)}}};\n")


def main():
    coarse, fine, target = sys.argv[1:]
    sources = {"coarse": coarse, "fine": fine}
    with open(target, "w", encoding="ascii") as out:
        out.write("/* Made by world.py from Natural Earth: change that. */\n#include \"draw/map/land.h\"\n")
        for name, level in LEVELS.items():
            write_level(out, name, read_rings(sources[level["scale"]], level))


main()
