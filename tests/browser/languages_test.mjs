// SPDX-License-Identifier: AGPL-3.0-or-later
// Other languages: 40 % longer, and from right to left. The pseudo-languages of tests/pseudo put every
// translated text between brackets, so what stands outside them escaped translation.
import fs from "node:fs";
import path from "node:path";

import { ADDRESSES, WIDTHS } from "./addresses.mjs";
import { ROOT } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

// Names that are the same in every language.
const NAMES = ["Guildhall", "CSV", "XLSX", "JSON", "SVG", "PNG", "PDF", "AGPL", "kB", "MB", "km²"];

// What comes from the framework's files and the sample is translated there, if at all.
function readData() {
  const texts = [];
  const walk = (folder) => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(file);
      else texts.push(fs.readFileSync(file, "utf8"));
    }
  };
  walk(path.join(ROOT, "frameworks"));
  walk(path.join(ROOT, "sample"));
  return texts.join("\n").replace(/""/g, "\"").replace(/\s+/g, " ").toLowerCase();
}

// All texts that people read or hear, but commands and ids.
function readTexts() {
  const texts = [];
  // Drawings break their texts into lines, which cuts brackets apart; their titles are whole.
  const skip = "script, style, code, pre, .cite, svg text";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.closest(skip)) texts.push(node.textContent);
  }
  for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
    for (const name of ["aria-label", "placeholder", "title"]) {
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    }
  }
  return texts.map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => /\p{L}{2}/u.test(text));
}

// What is left when everything between brackets is taken away, from the inside out.
function outsideBrackets(text) {
  let before;
  let after = text;
  do {
    before = after;
    after = before.replace(/\[[^[\]]*\]/g, "|");
  } while (after !== before);
  return after.split("|").map((part) => part.replace(/^[\s:.,;()“”–·]+|[\s:.,;()“”–·]+$/g, ""))
    .filter((part) => /\p{L}{2}/u.test(part));
}

function isData(part, data) {
  // Several texts of the data in one: an indicator and its part, a value and its unit, what a check saw
  // and says. Numbers and signs are no words.
  return part.split(/: | · |, |\. | \(|[<>=/]|(?<=\d)\s/)
    .map((one) => one.trim().replace(/[\s\d.−%)]+$/, ""))
    .every((one) => NAMES.includes(one) || data.includes(one.toLowerCase()));
}

// One page a language, used for all addresses.
const pages = new Map();

async function open(browser, site, tag, address) {
  if (!pages.has(tag)) {
    const context = await browser.newContext({ extraHTTPHeaders: { "Accept-Language": tag } });
    pages.set(tag, await context.newPage());
  }
  const page = pages.get(tag);
  await page.goto(site.base + address.path);
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  return page;
}

export function register({ site, browser, addresses = ADDRESSES, words = "" }) {
  const data = readData() + words;
  for (const address of addresses) {
    test(`${address.name}: no text escapes translation`, async () => {
      const page = await open(browser, site, "en-XA", address);
      equal(await page.getAttribute("html", "lang"), "en-XA", "language");
      const texts = await page.evaluate(readTexts);
      const left = texts.flatMap(outsideBrackets).filter((part) => !isData(part, data));
      empty([...new Set(left)].map((part) => `"${part}"`));
    });
    test(`${address.name}: texts longer by 40 % and from right to left fit`, async () => {
      const faults = [];
      for (const [tag, direction] of [["en-XA", "ltr"], ["ar-XB", "rtl"]]) {
        const page = await open(browser, site, tag, address);
        for (const viewport of WIDTHS) {
          await page.setViewportSize(viewport);
          const seen = await page.evaluate(() => ({
            dir: document.documentElement.dir,
            beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          }));
          if (seen.dir !== direction) faults.push(`${tag}: direction ${seen.dir}`);
          if (seen.beyond > 0) faults.push(`${tag} at ${viewport.width} px: ${seen.beyond} px too wide`);
        }
      }
      empty(faults);
    });
  }
}
