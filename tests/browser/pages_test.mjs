// SPDX-License-Identifier: AGPL-3.0-or-later
// Every kind of page as a reader meets it, on a desk, a tablet and a phone.
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

export function register({ site, browser, addresses = ADDRESSES }) {
  const { AxeBuilder } = load("@axe-core/playwright");
  let page; // one for all addresses
  let complaints;

  for (const address of addresses) {
    test(`${address.name}: it opens, and the browser has nothing to complain about`, async () => {
      page ??= await (await browser.newContext()).newPage();
      complaints ??= collectComplaints(page);
      complaints.length = 0;
      await page.setViewportSize(WIDTHS[0]);
      const answer = await page.goto(site.base + address.path);
      equal(answer.status(), address.status ?? 200, "status");
      // What opens on demand is part of the page.
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
      empty(complaints);
    });
    for (const viewport of WIDTHS) {
      test(`${address.name} at ${viewport.width} px: axe finds no violation`, async () => {
        await page.setViewportSize(viewport);
        const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).setLegacyMode(true).analyze();
        empty(violations.map(describe));
      });
    }
    test(`${address.name}: nothing makes the page scroll sideways, down to ${NARROW} px`, async () => {
      const faults = [];
      for (const width of [...WIDTHS.map((one) => one.width), NARROW]) {
        await page.setViewportSize({ width, height: 640 });
        const beyond = await widthBeyond(page);
        if (beyond > 0) faults.push(`${beyond} px beyond a window of ${width} px`);
      }
      empty(faults);
    });
  }
}
