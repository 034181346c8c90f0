#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Takes the pictures of this folder anew: docs/images/renew.mjs BUILD
//
// The sample's cities as they are, and Aurelia, which does not exist, where a page needs figures of every
// data point or of several years. Rankings and peers are those of invented towns.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const BUILD = path.resolve(process.argv[2] ?? "build");
process.env.GUILDHALL ??= path.join(BUILD, "src/cli/guildhall");
const { ROOT, startBrowser, startSite } = await import("../../tests/browser/site.mjs");
const { startInvented } = await import("../../tests/browser/invented.mjs");

const HERE = path.join(ROOT, "docs/images");
const WIDE = { width: 1280, height: 1000 };
const PHONE = { width: 390, height: 844 };

const PAGES = [
  ["home", "/", WIDE],
  ["home-phone", "/", PHONE],
  ["cities", "/cities?view=europe", WIDE],
  ["city", "/cities/riyadh", WIDE],
  ["city-phone", "/cities/riyadh", PHONE],
  ["trend", "/cities/aurelia/trend", WIDE],
  ["explained", "/cities/riyadh/explained", WIDE],
  ["reports", "/cities/riyadh/reports", WIDE],
  ["indicators", "/indicators", WIDE],
  ["indicator", "/indicators/SC.SH.SI.4C?city=riyadh", WIDE],
  ["compare", "/compare?city1=riyadh&year1=2020&city2=aurelia&year2=2023", WIDE],
  ["search", "/search?q=ryadh", WIDE],
  ["method", "/method", WIDE],
  ["downloads", "/downloads", WIDE],
];

const INVENTED_PAGES = [
  ["ranking", "/rankings/towns", { width: 1280, height: 1600 }],
  ["ranking-phone", "/rankings/towns", PHONE],
  ["ranking-city", "/rankings/towns/cities/town-0", { width: 1280, height: 1400 }],
  ["weights", "/rankings/towns/weights?w1=60&w2=20&w3=20&city=town-0", WIDE],
  ["peers", "/cities/town-0/peers", { width: 1280, height: 1400 }],
  ["lens", "/cities/town-0/lenses/sdg", WIDE],
];

const REPORTS = [
  ["report-snapshot", "snapshot", 4, 480],
  ["report-verification", "verification", 5, 300],
];

function guildhall(site, ...args) {
  execFileSync(process.env.GUILDHALL, [...args, "--db", path.join(site.folder, "test.db")], { stdio: "pipe" });
}

// Two years of the fictional city that the tests use.
function importFictional(site) {
  const python = (code) => execFileSync("python3", ["-c", code], { cwd: path.join(ROOT, "tests/flow") });
  const files = {
    "cities.csv": "import fictional; print(fictional.cities(name='Aurelia (fictional)'), end='')",
    "late.csv": "import fictional; print(fictional.figures(), end='')",
    "early.csv": "import fictional; fictional.YEAR = 2021; print(fictional.figures(seed=2), end='')",
  };
  for (const [name, code] of Object.entries(files)) {
    const file = path.join(site.folder, name);
    fs.writeFileSync(file, python(code));
    guildhall(site, "import", file);
  }
}

async function shootPages(site, browser, pages) {
  for (const [name, address, viewport] of pages) {
    const context = await browser.newContext({ viewport });
    const page = await context.newPage();
    const answer = await page.goto(site.base + address);
    if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
    await page.screenshot({ path: path.join(HERE, `${name}.png`) });
    await context.close();
  }
}

// All pages of a report on one sheet.
async function shootReport(site, browser, [name, kind, columns, width]) {
  const pdf = path.join(site.folder, `${kind}.pdf`);
  guildhall(site, "report", kind, "riyadh", "-o", pdf);
  execFileSync("pdftoppm", ["-r", "72", "-png", pdf, path.join(site.folder, kind)]);
  const pictures = fs.readdirSync(site.folder).filter((file) => file.startsWith(`${kind}-`) && file.endsWith(".png"));
  const page = await browser.newPage({ viewport: { width: columns * (width + 12) + 12, height: 300 } });
  const images = pictures.sort().map((file) => {
    const bytes = fs.readFileSync(path.join(site.folder, file)).toString("base64");
    return `<img width="${width}" src="data:image/png;base64,${bytes}">`;
  });
  await page.setContent(
    `<body style="margin:12px;background:#9aa4ac;display:flex;flex-wrap:wrap;gap:12px">${images.join("")}</body>`,
    { waitUntil: "load" },
  );
  await page.screenshot({ path: path.join(HERE, `${name}.png`), fullPage: true });
  await page.close();
}

const site = await startSite();
const invented = await startInvented();
const browser = await startBrowser();
try {
  importFictional(site);
  await shootPages(site, browser, PAGES);
  await shootPages(invented, browser, INVENTED_PAGES);
  for (const report of REPORTS) await shootReport(site, browser, report);
  guildhall(site, "wheel", "riyadh", "--width", "1000", "-o", path.join(HERE, "wheel.png"));
} finally {
  await browser.close();
  site.stop();
  invented.stop();
}
