// SPDX-License-Identifier: AGPL-3.0-or-later
// A desk's window at 200 % zoom: half as many pixels of the page, each twice as large.
import { ADDRESSES } from "./addresses.mjs";
import { empty, test } from "./tap.mjs";

const ZOOMED = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
const LETTERS_PX = 11; // ours: 22 on the screen; half as large would be small at 100 %

// Texts that are too small, cut by their own box, or begin before the window.
function readFaults(least) {
  const faults = [];
  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.width > 1 && box.height > 1; // 1: for screen readers only
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (node.textContent.trim() === "" || parent.closest("script, title, desc, datalist") || !isShown(parent)) continue;
    const drawing = parent.closest("svg") && parent.getScreenCTM();
    const size = parseFloat(getComputedStyle(parent).fontSize) * (drawing ? Math.hypot(drawing.a, drawing.b) : 1);
    const text = node.textContent.trim().slice(0, 40);
    if (size < least) faults.push(`"${text}" has letters of ${size.toFixed(1)} px`);
    const range = document.createRange();
    range.selectNodeContents(node);
    if (range.getBoundingClientRect().left < 0) faults.push(`"${text}" begins before the window`);
  }
  for (const element of document.querySelectorAll("body *")) {
    const clips = ["hidden", "clip"].includes(getComputedStyle(element).overflowX);
    if (clips && isShown(element) && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) {
      faults.push(`${element.tagName.toLowerCase()}.${element.className} cuts its content`);
    }
  }
  const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (beyond > 0) faults.push(`${beyond} px beyond the window`);
  return faults;
}

export function registerReading({ site, browser, addresses = ADDRESSES }) {
  test("at 200 % zoom nothing is cut or runs out of the window, and letters can be read", async () => {
    const context = await browser.newContext(ZOOMED);
    const page = await context.newPage();
    const faults = [];
    for (const address of addresses) {
      await page.goto(site.base + address.path);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
      faults.push(...(await page.evaluate(readFaults, LETTERS_PX)).map((fault) => `${address.name}: ${fault}`));
    }
    await context.close();
    empty(faults);
  });
}

export function register({ site, browser }) {
  registerReading({ site, browser });

  test("at 200 % zoom everything from the first page to a city's wheel can be used", async () => {
    const context = await browser.newContext(ZOOMED);
    const page = await context.newPage();
    await page.goto(site.base);
    await page.fill("main input[type=search]", "riyadh");
    await page.keyboard.press("Enter");
    await page.click("main section li > a");
    await page.waitForURL("**/cities/riyadh");
    await page.locator(".wheel svg a[href^='/indicators/']").first().click();
    await page.waitForURL("**/indicators/**");
    await context.close();
  });
}
