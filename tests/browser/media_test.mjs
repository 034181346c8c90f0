// SPDX-License-Identifier: AGPL-3.0-or-later
// Other ways to read: print, forced colours, the first visit on a slow line.
import { empty, equal, test } from "./tap.mjs";

const FIRST_VISIT_BYTES = 100 * 1000;
const CITY_MORE_BYTES = 60 * 1000;
const STYLE_BYTES = 25 * 1000;

async function weigh(browser, base, paths) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const sizes = [];
  const waiting = [];
  page.on("requestfinished", (request) => {
    waiting.push(request.sizes().then((size) => {
      sizes.push({ url: request.url(), bytes: size.responseBodySize + size.responseHeadersSize });
    }));
  });
  const totals = [];
  for (const path of paths) {
    await page.goto(base + path, { waitUntil: "networkidle" });
    await Promise.all(waiting);
    totals.push(sizes.reduce((sum, one) => sum + one.bytes, 0));
  }
  await context.close();
  return { totals, sizes };
}

export function register({ site, browser }) {
  test("the first visit weighs under 100 kB, a city's page under 60 kB more", async () => {
    const { totals, sizes } = await weigh(browser, site.base, ["/", "/cities/riyadh"]);
    const style = sizes.find((one) => one.url.endsWith(".css"));
    console.log(`# first visit ${totals[0]} bytes, city ${totals[1] - totals[0]} more, style ${style.bytes}`);
    const faults = [];
    if (totals[0] >= FIRST_VISIT_BYTES) faults.push(`first visit ${totals[0]} bytes`);
    if (totals[1] - totals[0] >= CITY_MORE_BYTES) faults.push(`city ${totals[1] - totals[0]} bytes more`);
    if (style.bytes >= STYLE_BYTES) faults.push(`style ${style.bytes} bytes`);
    empty(faults);
  });

  test("nothing is loaded from another site", async () => {
    const { sizes } = await weigh(browser, site.base, ["/", "/cities/riyadh", "/downloads"]);
    empty(sizes.map((one) => one.url).filter((url) => !url.startsWith(site.base)));
  });

  test("on paper navigation and search are left out, and the figures stay", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/cities/riyadh`);
    await page.emulateMedia({ media: "print" });
    equal(await page.locator(".frame-nav").isVisible(), false, "navigation");
    equal(await page.locator(".frame-header .search").isVisible(), false, "search");
    equal(await page.locator("table.figures .value").first().isVisible(), true, "figures");
    await page.close();
  });

  test("with forced colours marks and bars take the reader's own", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/cities/riyadh`);
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    const strokes = await page.evaluate(() => {
      const text = getComputedStyle(document.body).color;
      return [...document.querySelectorAll(".band-mark circle:not(.hatch), .score-bar .range")]
        .map((shape) => getComputedStyle(shape).stroke)
        .filter((stroke) => stroke !== text);
    });
    empty(strokes.map((stroke) => `a stroke of ${stroke}`));
    await page.close();
  });

  test("with less motion asked for nothing moves", async () => {
    const page = await browser.newPage();
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(`${site.base}/cities/riyadh`);
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
        || style.scrollBehavior === "smooth";
    }).length);
    equal(moving, 0, "moving elements");
    await page.close();
  });
}
