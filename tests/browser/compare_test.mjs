// SPDX-License-Identifier: AGPL-3.0-or-later
// Comparing cities: the form without scripts, what it says of mistakes, order and filter as links.
import { empty, equal, test } from "./tap.mjs";

const TWO = "/compare?city1=riyadh&year1=2020&city2=alesund&year2=2020&targets=open";

async function plainPage(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  return context.newPage();
}

async function readGaps(page) {
  return (await page.locator(".gap-number").allInnerTexts()).map(Number);
}

export function register({ site, browser }) {
  test("without scripts two names lead to the permanent address of a comparison", async () => {
    const page = await plainPage(browser);
    await page.goto(`${site.base}/compare`);
    await page.fill("#city1", "Riyadh");
    await page.fill("#city2", "ÅLESUND");
    await page.click("form.compare-form button");
    equal(page.url(), site.base + TWO, "address");
    equal(await page.innerText("h1"), "Compared: Riyadh 2020, Ålesund 2020", "heading");
    await page.context().close();
  });

  test("a mistake keeps what was typed, is said at its field, and the summary leads there", async () => {
    const page = await plainPage(browser);
    await page.goto(`${site.base}/compare`);
    await page.fill("#city1", "Ryadh");
    await page.fill("#city2", "Moscow");
    await page.fill("#year2", "1999");
    await page.click("form.compare-form button");
    equal(await page.inputValue("#city1"), "Ryadh", "city");
    equal(await page.inputValue("#year2"), "1999", "year");
    equal(await page.innerText("#city1-fault"), "There is no city “Ryadh” here. Did you mean Riyadh?", "fault");
    equal((await page.innerText("#year2-fault")).includes("It has figures for: 2018"), true, "years there are");
    await page.click(".error-summary a >> nth=1");
    equal(new URL(page.url()).hash, "#year2", "where the summary leads");
    await page.context().close();
  });

  test("the widest gap comes first, and by group the framework's order", async () => {
    const page = await plainPage(browser);
    await page.goto(site.base + TWO);
    const gaps = await readGaps(page);
    equal(gaps.join(), [...gaps].sort((a, b) => b - a).join(), "gaps");
    equal(gaps.length > 3, true, "several");
    await page.click("text=by group");
    equal(await page.locator(".compared-group").count() > 3, true, "groups");
    equal((await readGaps(page)).length, gaps.length, "as many gaps");
    await page.context().close();
  });

  test("rows without a value everywhere can be left out", async () => {
    const page = await plainPage(browser);
    await page.goto(site.base + TWO);
    const link = page.locator("[aria-labelledby='by-values'] a", { hasText: "everywhere" });
    const promised = Number((await link.innerText()).match(/\d+/)[0]);
    await link.click();
    equal(await page.locator(".compared--figures tbody tr").count(), promised, "rows");
    // What has a value may say that nobody verified it; what has none would say so in its place.
    const states = await page.locator(".compared--figures .state").allInnerTexts();
    empty(states.filter((state) => state !== "not verified"));
    await page.context().close();
  });

  test("the file has as many rows as the table", async () => {
    const page = await plainPage(browser);
    await page.goto(site.base + TWO);
    const n = await page.locator(".compared--figures tbody tr").count();
    const file = await page.getAttribute("a[href^='/compare.csv']", "href");
    const lines = (await (await fetch(site.base + file)).text()).trim().split("\n");
    equal(lines.length - 1, n, "rows of the file");
    await page.context().close();
  });
}
