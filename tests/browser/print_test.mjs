// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages printed to PDF, read back with poppler's tools.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { empty, equal, test } from "./tap.mjs";

// Most pages: a sheet more than today, so that a name more does not break the test.
const PRINTED = [
  { name: "home", path: "/", most: 3, texts: ["Cities, measured in the open", "Riyadh", "34 figures"] },
  { name: "city", path: "/cities/riyadh", most: 8,
    texts: ["Riyadh", "0 of 34 figures verified", "Economy", "Unemployment Rate", "on the way"] },
  { name: "comparison", path: "/compare?city1=riyadh&year1=2020&city2=alesund&year2=2020&targets=open", most: 7,
    texts: ["Compared: Riyadh 2020, Ålesund 2020", "Patents", "20 of 55 figures"] },
  { name: "indicator", path: "/indicators/EC.ICT.ICT.1C", most: 4,
    texts: ["Household Internet Access", "Number of households with Internet access", "Universal household access"] },
];
const PAPERS = ["A4", "Letter"];
const ONLY_ON_SCREEN = ["Skip to the page's content", "Skip the wheel", "City or indicator", "Filter this table"];

function pdfText(file) {
  return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
}

// Words of which a part lies off the paper.
function wordsOffPaper(file) {
  const boxes = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const faults = [];
  let paper = { width: 0, height: 0 };
  for (const line of boxes.split("\n")) {
    const sheet = line.match(/<page width="([\d.]+)" height="([\d.]+)"/);
    if (sheet) paper = { width: Number(sheet[1]), height: Number(sheet[2]) };
    const word = line.match(/<word xMin="(-?[\d.]+)" yMin="(-?[\d.]+)" xMax="(-?[\d.]+)" yMax="(-?[\d.]+)">(.*)<\/word>/);
    if (!word) continue;
    const [left, top, right, bottom] = word.slice(1, 5).map(Number);
    if (left < 0 || top < 0 || right > paper.width || bottom > paper.height) faults.push(`"${word[5]}" is off the paper`);
  }
  return faults;
}

export function register({ site, browser }) {
  for (const printed of PRINTED) {
    test(`${printed.name}, printed: its texts on few sheets, nothing cut off, nothing to press`, async () => {
      const page = await browser.newPage();
      await page.goto(site.base + printed.path);
      const labels = await page.locator(".frame-nav a").allInnerTexts();
      const faults = [];
      for (const format of PAPERS) {
        const file = path.join(site.folder, `${printed.name}-${format}.pdf`);
        fs.writeFileSync(file, await page.pdf({ format }));
        const text = pdfText(file);
        const n = Number(execFileSync("pdfinfo", [file], { encoding: "utf8" }).match(/Pages:\s+(\d+)/)[1]);
        if (n > printed.most) faults.push(`${format}: ${n} sheets, at most ${printed.most} wanted`);
        faults.push(...printed.texts.filter((one) => !text.includes(one)).map((one) => `${format}: "${one}" is missing`));
        faults.push(...[...ONLY_ON_SCREEN, labels.join(" ")].filter((one) => text.includes(one))
          .map((one) => `${format}: "${one}" is printed`));
        faults.push(...wordsOffPaper(file).map((fault) => `${format}: ${fault}`));
      }
      await page.close();
      equal(labels.length > 3, true, "labels of the navigation");
      empty(faults);
    });
  }
}
