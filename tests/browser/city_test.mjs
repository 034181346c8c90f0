// SPDX-License-Identifier: AGPL-3.0-or-later
// A city's page: the wheel, what leads past it, and the way to how a figure is computed.
import { empty, equal, test } from "./tap.mjs";

const A4 = { width: 673, height: 986 }; // px within our margins: 178 x 261 mm
const STEPS_TO_WHEEL = 60;

async function open(browser, site, path, viewport = { width: 1280, height: 900 }) {
  const page = await browser.newPage({ viewport });
  await page.goto(site.base + path);
  return page;
}

// All segments of the wheel, and all figures of the tables, by what is said of them.
function readCity() {
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  const segments = [...document.querySelectorAll(".wheel svg [aria-label]")];
  const rows = [...document.querySelectorAll("table.figures tr.figure")];
  return {
    names: segments.map((segment) => clean(segment.getAttribute("aria-label"))),
    leads: segments.filter((segment) => segment.getAttribute("href")?.startsWith("/indicators/")).length,
    links: segments.map((segment) => segment.getAttribute("href") ?? ""),
    figures: rows.map((row) => ({
      label: clean(row.querySelector("th a").textContent),
      value: clean(row.querySelector(".value")?.textContent ?? ""),
      band: clean(row.querySelector(".share .band")?.textContent ?? ""),
    })),
  };
}

export function register({ site, browser }) {
  test("the wheel has a named segment for every figure of the tables, and says the same", async () => {
    const page = await open(browser, site, "/cities/riyadh");
    const { names, leads, figures } = await page.evaluate(readCity);
    await page.close();
    equal(leads, figures.length, "segments that lead to indicators");
    empty(figures.filter(({ label, value, band }) => !names.some((name) => name.startsWith(`${label},`)
      && name.includes(value) && name.includes(band))).map(({ label, value }) => `no segment says ${label}, ${value}`));
  });

  test("every segment of the wheel takes the keyboard and has a name", async () => {
    const page = await open(browser, site, "/cities/riyadh");
    const { names, links } = await page.evaluate(readCity);
    await page.close();
    equal(names.length > 112, true, "more than the data points: their groups too");
    empty(names.filter((name) => name.length < 3));
    empty(links.filter((link) => !/^[/#]./.test(link))); // indicators, and groups on this page
  });

  test("a link leads past the wheel", async () => {
    const page = await open(browser, site, "/cities/riyadh");
    const isSkip = () => document.activeElement.classList.contains("wheel-skip");
    let steps = 0;
    while (steps < STEPS_TO_WHEEL && !(await page.evaluate(isSkip))) {
      await page.keyboard.press("Tab");
      steps += 1;
    }
    equal(await page.evaluate(() => document.activeElement.getBoundingClientRect().height > 10), true,
      "the link shows when focused");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const place = await page.evaluate(() => ({
      inWheel: document.activeElement.closest(".wheel") !== null,
      behind: Boolean(document.querySelector("#dimensions").compareDocumentPosition(document.activeElement)
        & Node.DOCUMENT_POSITION_FOLLOWING),
    }));
    await page.close();
    equal(place.inWheel, false, "the next focus lies in the wheel");
    equal(place.behind, true, "the next focus lies behind the dimensions' beginning");
  });

  test("the segment with the focus is named under the wheel, and so is the one pointed at", async () => {
    const page = await open(browser, site, "/cities/riyadh");
    const segments = page.locator(".wheel svg a");
    const name = await segments.nth(1).getAttribute("aria-label");
    await segments.nth(1).focus();
    equal(await page.textContent("[data-wheel-name]"), name, "focused");
    const last = segments.last();
    await last.scrollIntoViewIfNeeded();
    await last.hover({ force: true });
    equal((await page.textContent("[data-wheel-name]")).length > 3, true, "pointed at");
    await page.close();
  });

  test("on a phone the wheel is as wide as the text", async () => {
    const page = await open(browser, site, "/cities/riyadh", { width: 390, height: 844 });
    const width = await page.evaluate(() => document.querySelector(".wheel > svg").getBoundingClientRect().width);
    await page.close();
    equal(width > 340 && width <= 390, true, `width ${width}`);
  });

  test("how a figure is computed opens at that figure", async () => {
    const page = await open(browser, site, "/cities/riyadh");
    const source = page.locator("tr.figure-source details", { has: page.locator("a[href*='/explained']") }).first();
    await source.locator("summary").click();
    await source.locator("a[href*='/explained']").click();
    const seen = await page.evaluate(() => {
      const row = document.getElementById(location.hash.slice(1));
      const box = row?.getBoundingClientRect();
      return { found: row !== null, inView: box && box.top >= 0 && box.bottom <= innerHeight };
    });
    await page.close();
    equal(seen.found, true, "the row is there");
    equal(seen.inView, true, "the row is in view");
  });

  test("on paper the wheel and the dimensions stand on the first page", async () => {
    const page = await open(browser, site, "/cities/riyadh", A4);
    await page.emulateMedia({ media: "print" });
    const bottom = await page.evaluate(() => document.querySelector(".glance").getBoundingClientRect().bottom);
    equal(bottom < A4.height, true, `bottom at ${bottom}`);
    await page.close();
  });

  test("the city one came from stands out among an indicator's cities", async () => {
    const page = await open(browser, site, "/indicators/EC.P.IN.2C?city=riyadh");
    equal(await page.locator("tr.highlighted th").allInnerTexts().then((names) => names.join()), "Riyadh", "marked");
    await page.close();
  });
}
