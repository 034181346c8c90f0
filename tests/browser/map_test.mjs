// SPDX-License-Identifier: AGPL-3.0-or-later
// The map of cities: its dots, its views, and the ways past it.
import { load } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDTHS = [1280, 768, 390, 320];
const APART_PX = 24; // WCAG 2.2, 2.5.8

async function open(browser, site, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(site.base + path);
  return page;
}

// The links of the drawing that is shown at this width.
const dots = (page) => page.locator("figure.map svg a:visible");

const names = async (page) => dots(page).evaluateAll((all) => all.map((dot) => dot.getAttribute("aria-label")));

const listed = async (page) => page.locator(".city-list tbody th a").allTextContents();

// Pairs of dots whose middles are closer than a finger can tell apart.
async function tooClose(page) {
  return dots(page).evaluateAll((all, least) => {
    const middles = all.map((dot) => {
      const box = dot.querySelector("circle").getBoundingClientRect();
      return { name: dot.getAttribute("aria-label"), x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    return middles.flatMap((a, i) => middles.slice(i + 1)
      .filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < least)
      .map((b) => `${a.name} and ${b.name}`));
  }, APART_PX);
}

export function register({ site, browser }) {
  test("a dot of the map is reached by the keyboard and leads to its city", async () => {
    const page = await open(browser, site, "/");
    const dot = page.locator("figure.map .map-wide a[href='/cities/riyadh']");
    await dot.focus();
    equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Riyadh, Saudi Arabia", "name");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cities/riyadh");
    await page.context().close();
  });

  test("a dot shows its name while it has the keyboard, until Escape", async () => {
    const page = await open(browser, site, "/");
    await page.locator("a.govuk-skip-link[href='#cities-heading']").focus();
    await page.keyboard.press("Tab");
    const tip = page.locator(".part-name");
    equal(await tip.textContent(), (await names(page))[0], "name shown");
    equal(await tip.isVisible(), true, "shown");
    await page.keyboard.press("Escape");
    equal(await tip.isVisible(), false, "shown after Escape");
    await page.keyboard.press("Tab");
    equal(await tip.textContent(), (await names(page))[1], "name of the next");
    await page.context().close();
  });

  test("a link leads past the dots to the list", async () => {
    const page = await open(browser, site, "/cities");
    const link = page.locator("a.govuk-skip-link[href='#cities-heading']");
    await link.focus();
    equal(await link.evaluate((one) => one.getBoundingClientRect().height > 20), true, "the link shows when focused");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => {
      const heading = document.getElementById("cities-heading");
      return Boolean(heading.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING);
    }), true, "the next focus lies behind the list's heading");
    await page.context().close();
  });

  test("dots with a number lead closer until each city stands alone or in the list", async () => {
    const page = await open(browser, site, "/");
    const group = (await names(page)).find((name) => /^\d+ cities near Ålesund$/.test(name));
    await page.locator(`figure.map .map-wide a[aria-label="${group}"]`).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cities?view=europe");
    const few = (await names(page)).find((name) => /^\d cities near Ålesund$/.test(name));
    await page.locator(`figure.map .map-wide a[aria-label="${few}"]`).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cities?near=alesund");
    const cities = await listed(page);
    empty(["Ålesund", "Molde", "Aukra", "Kristiansund"].filter((name) => !cities.includes(name)));
    await page.context().close();
  });

  test("a part of the map filters dots and list alike and is marked", async () => {
    const page = await open(browser, site, "/cities");
    equal((await listed(page)).includes("Riyadh"), true, "Riyadh is in the list of the world");
    await page.locator(".map-views a", { hasText: "Europe" }).click();
    equal(await page.locator(".map-views [aria-current]").textContent(), "Europe", "current part");
    equal((await listed(page)).includes("Riyadh"), false, "Riyadh is in the list of Europe");
    equal((await names(page)).includes("Riyadh, Saudi Arabia"), false, "Riyadh is on the map of Europe");
    equal((await listed(page)).includes("Valencia"), true, "Valencia is in the list of Europe");
    equal((await names(page)).includes("Valencia, Spain"), true, "Valencia is on the map of Europe");
    await page.context().close();
  });

  test("a search filters dots and list alike, also without scripts", async () => {
    const page = await open(browser, site, "/cities", { javaScriptEnabled: false });
    await page.locator("#cities-search").fill("riyadh");
    await page.locator("main .search button").click();
    equal((await listed(page)).join(), "Riyadh", "list");
    equal((await names(page)).join(), "Riyadh, Saudi Arabia", "dots");
    await page.context().close();
  });

  test("the map is offered as a picture of the same part", async () => {
    const page = await open(browser, site, "/cities?view=europe");
    const links = await page.locator("figure.map figcaption a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    equal(links.join(" "), ["svg", "png", "pdf"].map((format) => `/cities/map.${format}?view=europe`).join(" "), "links");
    for (const link of links) {
      const answer = await page.request.get(site.base + link);
      equal(answer.status(), 200, link);
      equal((await answer.body()).length > 5000, true, `${link} has content`);
    }
    equal((await page.request.get(`${site.base}/cities/map.gif`)).status(), 404, "an unknown format");
    equal((await page.request.get(`${site.base}/cities?view=atlantis`)).status(), 404, "an unknown part");
    await page.context().close();
  });

  for (const lang of ["en", "ar-XB"]) {
    test(`labels stand beside their dots in ${lang}`, async () => {
      const page = await open(browser, site, `/cities?view=europe&lang=${lang}`);
      equal(await page.locator("html").getAttribute("lang"), lang, "language of the page");
      empty(await dots(page).evaluateAll((all) => all.flatMap((dot) => {
        const [label, circle] = ["text:not([text-anchor=middle])", "circle"].map((one) => dot.querySelector(one));
        if (!label) return [];
        const [a, b] = [label, circle].map((one) => one.getBoundingClientRect());
        return a.left >= b.right || a.right <= b.left ? [] : [label.textContent];
      })));
      await page.context().close();
    });
  }

  for (const width of WIDTHS) {
    test(`at ${width} px one drawing is shown, its dots stand apart, and nothing scrolls sideways`, async () => {
      for (const path of ["/", "/cities?view=europe"]) {
        const page = await open(browser, site, path, { viewport: { width, height: 900 } });
        equal(await page.locator("figure.map svg:visible").count(), 1, `${path}: drawings`);
        equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0,
          `${path}: px beyond the window`);
        // Drawn for 340 px; a phone of 320 shows it a little smaller.
        if (width > 320) empty(await tooClose(page));
        await page.context().close();
      }
    });
  }

  for (const width of [1280, 390]) {
    test(`the map at ${width} px: axe finds no violation`, async () => {
      const { AxeBuilder } = load("@axe-core/playwright");
      const page = await open(browser, site, "/cities?view=europe", { viewport: { width, height: 900 } });
      const result = await new AxeBuilder({ page }).withTags(STANDARDS).setLegacyMode(true).analyze();
      empty(result.violations.map((one) => `${one.id}: ${one.help}`));
      await page.context().close();
    });
  }

  test("the map of the world weighs at most 20 kB, compressed", async () => {
    const { gzipSync } = await import("node:zlib");
    const page = await open(browser, site, "/");
    const map = gzipSync(await page.locator(".map-wide svg").evaluate((svg) => svg.outerHTML)).length;
    equal(map <= 20 * 1000, true, `${map} bytes of map, at most 20 kB`);
    await page.context().close();
  });
}
