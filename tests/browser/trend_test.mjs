// SPDX-License-Identifier: AGPL-3.0-or-later
// A city over the years. The sample has one year a city, so a second server gets invented figures of an
// earlier one.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { load, startSite } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

const FIGURES = `city,year,data_point_id,value,source
riyadh,2016,ec.p.em.1c.value,9.1,invented for a test
riyadh,2018,ec.p.em.1c.value,8.2,invented for a test
riyadh,2016,en.en.aq.1c.pm10,180,invented for a test
riyadh,2018,en.en.aq.1c.pm10,200,invented for a test
`;

export function register(shared) {
  const { site, browser } = shared;
  let other;

  test("a city of one year has no tab for trends, and its address says why", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/cities/riyadh`);
    equal((await page.locator(".tabs").innerText()).includes("Trend"), false, "tab");
    const answer = await page.goto(`${site.base}/cities/riyadh/trend`);
    equal(answer.status(), 404, "status");
    equal((await page.innerText("main")).includes("values of two years"), true, "why");
    await page.close();
  });

  test("with a second year the tab appears, and every line has its numbers in a table", async () => {
    other = await startSite();
    const file = path.join(other.folder, "years.csv");
    fs.writeFileSync(file, FIGURES);
    execFileSync(process.env.GUILDHALL, ["import", file, "--db", path.join(other.folder, "test.db")], { stdio: "pipe" });

    const page = await browser.newPage();
    await page.goto(`${other.base}/cities/riyadh`);
    await page.click(".tabs >> text=Trend");
    shared.keep(page.url(), await (await fetch(page.url())).text());
    equal(await page.locator(".trend-chart svg").count(), await page.locator("table.trend tbody tr").count(),
      "charts and rows");
    const row = page.locator("table.trend tbody tr", { hasText: "PM10" });
    equal((await row.innerText()).includes("+38"), true, "from 180 to 218");
    equal((await row.innerText()).includes("farther from the target"), true, "in words");
    await page.close();
  });

  test("the page of trends is clean for axe and fits on a phone", async () => {
    const { AxeBuilder } = load("@axe-core/playwright");
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${other.base}/cities/riyadh/trend`);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await context.close();
    other.stop();
    empty(violations.map((one) => `${one.id}: ${one.nodes[0].target}`));
    equal(beyond, 0, "px beyond");
  });
}
