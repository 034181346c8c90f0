// SPDX-License-Identifier: AGPL-3.0-or-later
// A city beside its peers.
import { load } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

export function register(shared) {
  const { site, browser } = shared;

  test("a group of peers is a link away, and chosen cities are a form away, without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.base}/cities/karmoy`);
    await page.click(".tabs >> text=Peers");
    await page.click(".peer-groups >> text=Norway");
    equal((await page.innerText(".lead")).includes("Norway"), true, "group");
    shared.keep(page.url(), await (await fetch(page.url())).text());
    await page.click("text=Choose the cities");
    await page.fill("[name=cities]", "riyadh, atlantis");
    await page.click(".peer-groups button");
    equal((await page.innerText("main")).includes("“atlantis” is no city with figures here"), true, "told");
    equal((await page.innerText(".lead")).includes("1 city that was chosen"), true, "compared");
    await context.close();
  });

  test("the page of peers is clean for axe and fits on a phone with everything open", async () => {
    const { AxeBuilder } = load("@axe-core/playwright");
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const page = await context.newPage();
    await page.goto(`${site.base}/cities/karmoy/peers?group=all`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await context.close();
    empty(violations.map((one) => `${one.id}: ${one.nodes[0].target}`));
    equal(beyond, 0, "px beyond");
  });
}
