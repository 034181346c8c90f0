// SPDX-License-Identifier: AGPL-3.0-or-later
// Everything works without scripts; scripts only add.
import { ADDRESSES } from "./addresses.mjs";
import { empty, equal, test } from "./tap.mjs";

async function readText(page, url) {
  await page.goto(url);
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}

export function registerSame({ site, browser, addresses = ADDRESSES }) {
  test("every page says the same with scripts and without", async () => {
    const without = await browser.newContext({ javaScriptEnabled: false });
    const [plainPage, scriptedPage] = [await without.newPage(), await browser.newPage()];
    const faults = [];
    for (const address of addresses) {
      const plain = await readText(plainPage, site.base + address.path);
      const scripted = await readText(scriptedPage, site.base + address.path);
      if (plain !== scripted.replace("Filter this table ", "")) faults.push(`${address.path} differs`);
    }
    await without.close();
    await scriptedPage.close();
    empty(faults);
  });
}

export function register({ site, browser }) {
  registerSame({ site, browser });

  test("without scripts the list finds a city without its accents", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.base}/cities`);
    await page.fill("#cities-search", "alesund");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cities?q=alesund");
    equal(await page.locator("tbody th a").allInnerTexts().then((names) => names.join()), "Ålesund", "found");
    await context.close();
  });

  test("without scripts a workbook of all figures can be prepared and fetched", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.base}/downloads`);
    await page.click("form[action='/downloads/figures.xlsx'] button");
    await page.waitForURL("**/jobs/*");
    const link = page.locator("a[href$='/result']");
    await link.waitFor({ timeout: 20000 }); // the page looks again by itself
    const answer = await context.request.get(site.base + (await link.getAttribute("href")));
    equal(answer.status(), 200, "status");
    equal((await answer.body()).subarray(0, 2).toString(), "PK", "a workbook begins like a zip file");
    await context.close();
  });

  test("the filter above a long table hides the other rows and takes accents off", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/cities`);
    await page.fill(".table-filter input", "tromso");
    const left = await page.locator("table.city-list tbody tr:visible th").allInnerTexts();
    equal(left.join(), "Tromsø", "rows left");
    await page.close();
  });
}
