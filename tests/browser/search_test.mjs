// SPDX-License-Identifier: AGPL-3.0-or-later
// The search in the head of every page: what is found, what is meant, what to do when there is nothing.
import { load } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

async function ask(page, site, words) {
  await page.goto(`${site.base}/method`);
  await page.fill("#frame-search", words);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/search?q=*");
  return page.locator("main").innerText();
}

async function hits(page) {
  return page.locator("main section li > a").allInnerTexts();
}

export function register({ site, browser }) {
  test("without scripts a misspelt city is found, and the words stay in the fields", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const text = await ask(page, site, "Ryadh");
    equal(text.includes("Nothing is called “Ryadh”. Did you mean:"), true, "it says so");
    equal((await hits(page)).join(), "Riyadh", "found");
    equal(await page.inputValue("#frame-search"), "Ryadh", "field in the head");
    equal(await page.inputValue("#search-again"), "Ryadh", "field on the page");
    await page.click("main section li > a");
    await page.waitForURL("**/cities/riyadh");
    await context.close();
  });

  test("a name without its accents is found, and its older spelling", async () => {
    const page = await browser.newPage();
    for (const words of ["alesund", "ÅLESUND", "Aalesund"]) {
      await ask(page, site, words);
      equal((await hits(page)).join(), "Ålesund", words);
    }
    await page.close();
  });

  test("a country finds its cities, a code its indicator, and words of both kinds are told apart", async () => {
    const page = await browser.newPage();
    await ask(page, site, "norway");
    equal((await hits(page)).includes("Bodø"), true, "Bodø is in Norway");
    await ask(page, site, "EC.ICT.ICT.1C");
    equal((await hits(page))[0], "Household Internet Access", "first by its code");
    await ask(page, site, "internet acess");
    equal((await hits(page))[0], "Household Internet Access", "first by misspelt words");
    equal(await page.locator("main h3").allInnerTexts().then((all) => all.join()), "Indicators", "headings");
    await page.close();
  });

  test("what cannot be found is answered with what to do", async () => {
    const page = await browser.newPage();
    for (const words of ["zzzzqqq", "%_'\"\\;--", "<b>bold</b>", "z".repeat(200)]) {
      const text = await ask(page, site, words);
      equal(text.includes("nor anything like it"), true, words);
      equal(await page.inputValue("#search-again"), words, "words in the field");
      equal(await page.locator("main a[href='/cities'], main a[href='/indicators']").count(), 2, "ways on");
      equal(await page.locator("main b").count(), 0, "no markup of the asker's");
    }
    await page.close();
  });

  test("axe finds no violation in what is found, meant and missed", async () => {
    const { AxeBuilder } = load("@axe-core/playwright");
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = [];
    for (const words of ["water", "Ryadh", "zzzzqqq"]) {
      await ask(page, site, words);
      const result = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      faults.push(...result.violations.map((violation) => `${words}: ${violation.id}`));
    }
    await context.close();
    empty(faults);
  });

  test("programs get what the page shows", async () => {
    const page = await browser.newPage();
    const answer = await page.request.get(`${site.base}/search.json?q=Ryadh`);
    const found = await answer.json();
    equal(answer.headers()["content-type"].startsWith("application/json"), true, "type");
    equal(found.map((hit) => `${hit.kind} ${hit.key} ${hit.name} ${hit.similarity.toFixed(2)}`).join(),
      "city riyadh Riyadh 0.62", "hits");
    equal((await page.request.get(`${site.base}/search.json?q=%FF`)).status(), 400, "not UTF-8");
    await page.close();
  });
}
