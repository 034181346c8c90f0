// SPDX-License-Identifier: AGPL-3.0-or-later
// Rankings, peers, lenses and trends, with figures that the sample does not have.
import fs from "node:fs";
import path from "node:path";

import { ADDRESSES, startInvented, WORDS } from "./invented.mjs";
import { register as registerDrawings } from "./drawings_test.mjs";
import { registerOrder } from "./keyboard_test.mjs";
import { register as registerLanguages } from "./languages_test.mjs";
import { checkWithHtmlValidate, checkWithVnu } from "./markup_test.mjs";
import { register as registerPages } from "./pages_test.mjs";
import { registerSame } from "./scripts_off_test.mjs";
import { empty, equal, test } from "./tap.mjs";
import { registerReading } from "./zoom_test.mjs";

const PATHS = ["/rankings/towns", "/rankings/goals", "/rankings/towns/cities/town-1", "/cities/town-1/peers",
  "/cities/town-1/lenses/sdg"];
const KINDS = ["/rankings/towns/places.svg", "/parts.svg", "/choices.svg", "/links.svg", "/peers.svg", "/bars.svg"];

function registerWeights({ site, browser }) {
  test("arrow keys on a slider compute again, and the address keeps the weights", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/rankings/towns/weights`);
    const before = await page.innerText("[data-live-result] table");
    await page.focus("#w1-slider");
    for (let i = 0; i < 40; i += 1) await page.keyboard.press("ArrowRight");
    await page.waitForURL("**/weights?w1=73**");
    equal(await page.inputValue("#w1"), "73", "field");
    equal(await page.evaluate(() => document.activeElement.id), "w1-slider", "focus stays");
    equal((await page.innerText("[data-live-result] table")) === before, false, "the table is as before");
    const live = await page.innerText("[data-live-result]");
    await page.reload();
    equal(await page.innerText("[data-live-result]"), live, "the same address");
    await page.close();
  });

  test("without scripts the weights are sent by the button, and a city keeps its row", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.base}/rankings/towns/cities/town-1`);
    await page.click("text=Its place with your weights");
    equal(await page.locator("[data-slider-of]:visible").count(), 0, "sliders that would do nothing");
    await page.fill("#w1", "90");
    await page.click("form.weights button");
    await page.waitForURL("**/weights?w1=90**");
    equal((await page.innerText("tr.highlighted th")).startsWith("Llanfair"), true, "the city's row");
    equal(await page.inputValue("#w1"), "90", "field");
    await context.close();
  });
}

function registerWays({ site, browser }) {
  test("a city's pages and its rankings lead to each other", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/cities/town-1`);
    const card = page.locator("section[aria-labelledby='city-rankings-heading']");
    equal(await card.locator("a").count(), 2, "rankings, without the withdrawn one");
    equal(/place \d+ \(\d+ to \d+\) of 53/.test(await card.innerText()), true, "a place with its interval");
    await card.locator("text=Invented towns 2025").click();
    await page.waitForURL("**/rankings/towns/cities/town-1");
    await page.click("text=The city’s own page");
    await page.waitForURL("**/cities/town-1?year=2025");
    await page.close();
  });

  test("a small town is told what a few events do to its figures", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/rankings/towns/cities/town-2`);
    equal((await page.innerText("main")).includes("fewer than 20,000 people"), true, "in a ranking");
    await page.goto(`${site.base}/cities/town-2/peers?group=all`);
    equal((await page.innerText("main")).includes("95 %"), true, "beside its peers");
    await page.close();
  });

  test("a withdrawn ranking says so first, and why", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/rankings/mistaken`);
    equal((await page.innerText(".ranking-withdrawn")).includes("Its figures were wrong."), true, "reason");
    await page.close();
  });
}

function registerMarkup({ site }) {
  test("validators find no fault in the pages of invented towns", async () => {
    const files = new Map();
    for (const address of ADDRESSES) {
      const file = path.join(site.folder, `page-${files.size}.html`);
      fs.writeFileSync(file, await (await fetch(site.base + address.path)).text());
      files.set(file, address.path);
    }
    empty([...checkWithVnu(files), ...(await checkWithHtmlValidate(files))]);
  });
}

export function register(shared) {
  // A site of its own, started by the first test and stopped by the last.
  const site = {};
  const here = { ...shared, site, addresses: ADDRESSES, words: WORDS, kinds: KINDS, paths: PATHS };

  test("invented towns are imported and ranked", async () => {
    Object.assign(site, await startInvented());
  });
  registerMarkup(here);
  registerWeights(here);
  registerWays(here);
  for (const part of [registerPages, registerOrder, registerSame, registerDrawings, registerLanguages]) part(here);
  // The letters of a city's wheel are measured with the sample.
  registerReading({ ...here, addresses: ADDRESSES.filter(({ path: one }) => one !== "/cities/town-0") });
  test("the site of invented towns is stopped", async () => site.stop());
}
