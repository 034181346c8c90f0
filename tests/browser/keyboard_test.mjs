// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyboard alone: skip link, order and visibility of focus.
import { ADDRESSES } from "./addresses.mjs";
import { empty, equal, test } from "./tap.mjs";

const STEPS = 30; // past the header and well into the content
const STEPS_MAX = 300; // to the last part of the longest page, without the wheel
const WITH_PARTS = ["/", "/cities?view=europe", "/cities/riyadh"];

// The focused element's place in the document, and whether one sees that it has the focus.
function readFocus() {
  const element = document.activeElement;
  const all = [...document.querySelectorAll("*")];
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  // Parts of a drawing show it along their own edge.
  const hasEdge = element.closest("svg") !== null && [...element.querySelectorAll("path, circle, rect")]
    .some((shape) => parseFloat(getComputedStyle(shape).strokeWidth) >= 4);
  return {
    place: all.indexOf(element),
    name: `${element.tagName.toLowerCase()} "${(element.textContent || element.id).trim().slice(0, 40)}"`,
    isBody: element === document.body,
    isVisible: (hasOutline || hasEdge) && box.width > 0
      && box.bottom > 0 && box.top < innerHeight,
  };
}

// Presses the key until what is looked for has the focus.
async function goTo(page, selector) {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`${selector} is not reached in ${STEPS_MAX} steps`);
}

export function register({ site, browser }) {
  test("the first key leads to a skip link, and that to the content", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.base}/cities/riyadh`);
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main", "first focus");
    equal(await page.evaluate(() => document.activeElement.getBoundingClientRect().height > 20), true,
      "the link shows when focused");
    await page.keyboard.press("Enter");
    equal(await page.evaluate(() => document.activeElement.id), "main", "focus after it");
    await page.keyboard.press("Tab");
    equal(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)), true,
      "the next focus lies in the content");
    await page.close();
  });

  test("every part of a drawing that leads somewhere shows when it has the focus", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const faults = [];
    for (const path of WITH_PARTS) {
      await page.goto(site.base + path);
      await page.keyboard.press("Tab"); // so that the browser shows focus as to those who use keys
      const parts = await page.locator("main figure svg a:visible").all();
      if (parts.length < 2) faults.push(`${path} has ${parts.length} parts`);
      for (const part of parts) {
        await part.focus();
        const focus = await page.evaluate(readFocus);
        if (!focus.isVisible) faults.push(`${path}: ${focus.name} does not show its focus`);
      }
    }
    await page.close();
    empty(faults);
  });

  test("with keys alone one gets from the first page to how a figure of a city is computed", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(site.base);
    await goTo(page, "#frame-search");
    await page.keyboard.type("riyadh");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=riyadh");
    await goTo(page, "main a[href='/cities/riyadh']");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cities/riyadh");
    await goTo(page, ".wheel-skip");
    await page.keyboard.press("Enter");
    await goTo(page, "tr.figure-source details:has(a[href*='/explained']) > summary");
    await page.keyboard.press("Enter");
    await goTo(page, "tr.figure-source a[href*='/explained']");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/cities/riyadh/explained**");
    equal(await page.locator(":target").count(), 1, "places the address leads to");
    await page.close();
  });

  registerOrder({ site, browser });
}

export function registerOrder({ site, browser, addresses = ADDRESSES }) {
  let shared; // one page for all addresses
  for (const address of addresses.filter((one) => one.status === undefined)) {
    test(`${address.name}: focus follows the order of reading and can be seen`, async () => {
      shared ??= await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const page = shared;
      const faults = [];
      let [before, first] = [-1, null];
      await page.goto(site.base + address.path);
      for (let step = 0; step < STEPS; step += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(readFocus);
        first ??= focus.place;
        if (focus.isBody || (step > 0 && focus.place === first)) break; // past the last one
        if (focus.place <= before) faults.push(`${focus.name} comes too late`);
        if (!focus.isVisible) faults.push(`${focus.name} does not show its focus`);
        before = focus.place;
      }
      empty(faults);
    });
  }
}
