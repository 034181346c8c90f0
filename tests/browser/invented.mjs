// SPDX-License-Identifier: AGPL-3.0-or-later
// A second site, of invented towns: enough of them for peers, and for a ranking of two pages. One has few
// figures, one few people, one the longest of names, and the first three have figures of several years.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { ROOT, startSite } from "./site.mjs";

const TOWNS = 54;
const PYTHON = `
import random
import sys

import fictional

NAMES = ["Aurelia", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Villanueva de la Cueva"]
folder, n = sys.argv[1], int(sys.argv[2])
with open(folder + "/towns.csv", "w", encoding="utf-8") as towns:
    towns.write(fictional.CITIES.splitlines()[0] + "\\n")
    for i in range(n):
        name = NAMES[i] if i < len(NAMES) else f"Invented Town {i}"
        people = 6000 if i == 2 else 30000 + 1000 * i
        towns.write(f"town-{i},{name},{'NO SE DK'.split()[i % 3]},{people},90,,,an invented source,\\n")
with open(folder + "/figures.csv", "w", encoding="utf-8") as figures:
    for i in range(n):
        for year in (2021, 2023, 2025) if i < 3 else (2025,):
            fictional.YEAR = year
            head, *rows = fictional.figures(f"town-{i}", seed=1000 * i + year).splitlines()
            if i == 0 and year == 2021:
                figures.write(head + "\\n")
            dice = random.Random(i)
            kept = [row for row in rows if dice.random() < (0.2 if i == 9 else 0.9)]
            figures.write("".join(row + "\\n" for row in kept))
`;

const DATA = { framework: "u4ssc", year: "latest", values: "share_of_target", targets: "open",
  data_points: "scored", cities: "all" };
const STEPS = [
  { step: "screen", min_available: 0.6, drop_constant: true },
  { step: "impute", method: "mean" },
  { step: "treat" },
  { step: "normalise", method: "min_max", lower: 1, upper: 100 },
  { step: "aggregate", method: "arithmetic" },
];

function specification(data, noise) {
  return {
    format: "guildhall-index-1",
    name: "Invented towns",
    data: { ...DATA, ...data },
    steps: STEPS,
    uncertainty: {
      replications: 60,
      parameters: [
        { name: "Averaging", change: "aggregate.method", values: ["arithmetic", "geometric"] },
        { name: "Weights", noise, sets: 20 },
      ],
    },
  };
}

const RANKINGS = [
  { slug: "towns", title: "Invented towns 2025", spec: specification({}, { 2: 0.25, 3: 0.25 }) },
  { slug: "goals", title: "Towns by goal", spec: specification({ lens: "sdg" }, { 2: 0.25 }) },
  { slug: "mistaken", title: "Mistaken towns", spec: specification({}, { 3: 0.25 }), reason: "Its figures were wrong." },
];

// Words of this data, which no page translates.
export const WORDS = ["Aurelia", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "Villanueva de la Cueva",
  "Invented Town", "Averaging", "Weights", "Office of invention", "Its figures were wrong.",
  "an invented source", "an invented note",
  ...RANKINGS.map((one) => one.title)].join("\n").toLowerCase();

export const ADDRESSES = [
  { name: "rankings", path: "/rankings" },
  { name: "ranking", path: "/rankings/towns" },
  { name: "ranking, second page", path: "/rankings/towns?page=2" },
  { name: "ranking at a city", path: "/rankings/towns?city=town-2" },
  { name: "ranking by goals", path: "/rankings/goals" },
  { name: "withdrawn ranking", path: "/rankings/mistaken" },
  { name: "unknown ranking", path: "/rankings/nothing", status: 404 },
  { name: "city of a ranking", path: "/rankings/towns/cities/town-1" },
  { name: "city of a ranking without a place", path: "/rankings/towns/cities/town-9" },
  { name: "your weights", path: "/rankings/towns/weights" },
  { name: "your weights for a city", path: "/rankings/towns/weights?w1=80&w2=10&city=town-1" },
  { name: "your weights, all 0", path: "/rankings/towns/weights?w1=0&w2=0&w3=0" },
  { name: "city with rankings", path: "/cities/town-0" },
  { name: "peers by size", path: "/cities/town-1/peers" },
  { name: "peers of a small town", path: "/cities/town-2/peers?group=all" },
  { name: "peers nearest by profile", path: "/cities/town-0/peers?group=nearest" },
  { name: "lenses", path: "/cities/town-1/lenses" },
  { name: "lens of goals", path: "/cities/town-1/lenses/sdg" },
  { name: "lens of the OECD's view", path: "/cities/town-2/lenses/oecd" },
  { name: "unknown lens", path: "/cities/town-1/lenses/rose", status: 404 },
  { name: "trends", path: "/cities/town-1/trend" },
];

export async function startInvented() {
  return startSite((folder, guildhall) => {
    guildhall("init");
    execFileSync("python3", ["-c", PYTHON, folder, String(TOWNS)], { cwd: path.join(ROOT, "tests/flow") });
    for (const file of ["towns.csv", "figures.csv"]) guildhall("import", path.join(folder, file));
    for (const { slug, title, spec, reason } of RANKINGS) {
      const file = path.join(folder, `${slug}.json`);
      fs.writeFileSync(file, JSON.stringify(spec));
      guildhall("index", "publish", file, "--slug", slug, "--title", title, "--author", "Office of invention");
      if (reason) guildhall("index", "withdraw", slug, "--reason", reason);
    }
  });
}
