// SPDX-License-Identifier: AGPL-3.0-or-later
// Every kind of page as a reader meets it, on a desk and on a phone.
import { ADDRESSES, WIDTHS } from "./addresses.mjs";
import { load } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const NARROW = 320; // WCAG 1.4.10: 1280 px at 400 %

function describe(violation) {
  const places = violation.nodes.slice(0, 3).map((node) => node.target.join(" "));
  return `${violation.id} (${violation.impact}): ${violation.help}: ${places.join(" | ")}`;
}

async function widthBeyond(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

// What the browser complains about; the answer's own status (an expected 404) is no complaint.
function collectComplaints(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    const isStatus = /Failed to load resource.*status of 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isStatus) {
      complaints.push(`${message.type()}: ${message.text()}`);
    }
  });
  return complaints;
}

// One page a width, used for all addresses.
const pages = new Map();

async function pageOf(browser, viewport) {
  if (!pages.has(viewport.width)) {
    const page = await (await browser.newContext({ viewport })).newPage();
    pages.set(viewport.width, { page, complaints: collectComplaints(page) });
  }
  const shared = pages.get(viewport.width);
  shared.complaints.length = 0;
  await shared.page.setViewportSize(viewport);
  return shared;
}

async function look({ site, browser, address, viewport }) {
  const { AxeBuilder } = load("@axe-core/playwright");
  const { page, complaints } = await pageOf(browser, viewport);
  const answer = await page.goto(site.base + address.path);
  // What opens on demand is part of the page.
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
  const result = await new AxeBuilder({ page }).withTags(STANDARDS).setLegacyMode(true).analyze();
  const beyond = await widthBeyond(page);
  await page.setViewportSize({ width: NARROW, height: 640 });
  const beyondNarrow = await widthBeyond(page);
  return { status: answer.status(), violations: result.violations, complaints: [...complaints], beyond, beyondNarrow };
}

export function register(shared) {
  for (const address of ADDRESSES) {
    for (const viewport of WIDTHS) {
      const where = `${address.name} at ${viewport.width} px`;
      let seen;
      test(`${where}: axe finds no violation`, async () => {
        seen = await look({ ...shared, address, viewport });
        equal(seen.status, address.status ?? 200, "status");
        empty(seen.violations.map(describe));
      });
      test(`${where}: the browser has nothing to complain about`, async () => {
        empty(seen.complaints);
      });
      test(`${where}: nothing makes the page scroll sideways, nor at ${NARROW} px`, async () => {
        equal(seen.beyond, 0, "px beyond the window");
        equal(seen.beyondNarrow, 0, `px beyond the window at ${NARROW} px`);
      });
    }
  }
}
