// SPDX-License-Identifier: AGPL-3.0-or-later
// The keyboard alone: skip link, order and visibility of focus.
import { ADDRESSES } from "./addresses.mjs";
import { empty, equal, test } from "./tap.mjs";

const STEPS = 30; // past the header and well into the content

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

  for (const address of ADDRESSES.filter((one) => one.status === undefined)) {
    test(`${address.name}: focus follows the order of reading and can be seen`, async () => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const faults = [];
      let before = -1;
      await page.goto(site.base + address.path);
      for (let step = 0; step < STEPS; step += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(readFocus);
        if (focus.isBody) break; // past the last one
        if (focus.place <= before) faults.push(`${focus.name} comes too late`);
        if (!focus.isVisible) faults.push(`${focus.name} does not show its focus`);
        before = focus.place;
      }
      await page.close();
      empty(faults);
    });
  }
}
