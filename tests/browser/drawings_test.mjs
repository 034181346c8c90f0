// SPDX-License-Identifier: AGPL-3.0-or-later
// The files of drawings: opened by themselves, and in the reader's own colours.
import fs from "node:fs";
import path from "node:path";

import { ADDRESSES } from "./addresses.mjs";
import { empty, equal, test } from "./tap.mjs";

const PAGES_WITH_DRAWINGS = ["/", "/cities/riyadh", "/cities/pully",
  "/compare?city1=riyadh&year1=2020&city2=alesund&year2=2020&targets=open", "/indicators/EC.ICT.ICT.1C"];

// Every SVG file that a page offers.
async function findFiles(page, base, addresses) {
  const files = new Set();
  for (const address of addresses.filter((one) => one.status === undefined)) {
    await page.goto(base + address.path);
    const links = await page.locator("a[href*='.svg']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    links.forEach((link) => files.add(link));
  }
  return [...files];
}

// They come as downloads, so they are opened from where a reader would keep them.
async function save(base, file, folder) {
  const answer = await fetch(base + file);
  const saved = path.join(folder, "drawing.svg");
  fs.writeFileSync(saved, await answer.text());
  return { status: answer.status, address: `file://${saved}` };
}

// What is wrong with the drawing that is the whole document.
function readDrawing() {
  const root = document.documentElement;
  const faults = [];
  if (root.localName !== "svg") return [`it opens as ${root.localName}`];
  if (!root.querySelector("title")?.textContent.trim()) faults.push("it has no title");
  const { width, height } = root.viewBox.baseVal;
  if (!(width > 0 && height > 0)) faults.push("it has no size");
  const texts = [...root.querySelectorAll("text")];
  if (texts.length === 0) faults.push("it has no text");
  const scale = root.getScreenCTM();
  const [right, bottom] = [scale.e + width * scale.a, scale.f + height * scale.d];
  for (const text of texts) {
    const box = text.getBoundingClientRect();
    const out = box.left < scale.e - 1 || box.top < scale.f - 1 || box.right > right + 1 || box.bottom > bottom + 1;
    if (out) faults.push(`"${text.textContent}" leaves it`);
  }
  return faults;
}

// Colours of all parts of the drawings, and of the ground they lie on: the page's, or a first part's that
// covers all of it.
function readColours() {
  const drawings = [...document.querySelectorAll(".wheel > svg, .map-wide > svg, .chart-wide > svg")];
  return drawings.filter((svg) => svg.checkVisibility()).map((svg) => {
    const parts = [...svg.querySelectorAll("path, circle, rect, line, text")];
    const styles = parts.map((part) => getComputedStyle(part));
    const covers = parts[0].getBoundingClientRect().width >= svg.getBoundingClientRect().width - 1;
    return {
      colours: styles.map((style) => `${style.fill} ${style.stroke}`).join(),
      ground: covers ? styles[0].fill : getComputedStyle(svg).backgroundColor,
    };
  });
}

const KINDS = ["/cities/map.svg", "/wheel.svg", "/plot.svg", "/compare/slope.svg"];

export function register({ site, browser, addresses = ADDRESSES, kinds = KINDS, paths = PAGES_WITH_DRAWINGS }) {
  test("every drawing's file opens by itself, has a title, and keeps its texts inside", async () => {
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => complaints.push(message.text()));
    const files = await findFiles(page, site.base, addresses);
    complaints.length = 0;
    const faults = [];
    for (const file of files) {
      const { status, address } = await save(site.base, file, site.folder);
      await page.goto(address);
      const told = status === 200 ? await page.evaluate(readDrawing) : [`status ${status}`];
      faults.push(...told.map((fault) => `${file}: ${fault}`));
    }
    await page.close();
    for (const kind of kinds) {
      equal(files.some((file) => file.includes(kind)), true, `${kind} is offered`);
    }
    empty([...faults, ...complaints]);
  });

  test("with forced colours drawings keep theirs, on a ground of their own", async () => {
    const page = await browser.newPage();
    const faults = [];
    for (const path of paths) {
      await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
      await page.goto(site.base + path);
      const usual = await page.evaluate(readColours);
      await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
      const forced = await page.evaluate(readColours);
      if (usual.length === 0) faults.push(`${path} has no drawing`);
      usual.forEach((drawing, i) => {
        if (drawing.colours !== forced[i].colours) faults.push(`${path}: drawing ${i + 1} changes its colours`);
        if (!/^rgb\((2[45]\d, ?){2}2[45]\d\)$/.test(forced[i].ground)) {
          faults.push(`${path}: drawing ${i + 1} lies on ${forced[i].ground}, which is not light`);
        }
      });
    }
    await page.close();
    empty(faults);
  });
}
