// SPDX-License-Identifier: AGPL-3.0-or-later
// The reports of a city: press the button, wait, fetch the PDF.
import { equal, test } from "./tap.mjs";

async function fetchReport(context, { site, keep }, address, button) {
  const page = await context.newPage();
  await page.goto(site.base + address);
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL("**/jobs/*");
  keep(page.url(), await (await context.request.get(page.url())).text());
  const link = page.locator("a[href$='/result']");
  await link.waitFor({ timeout: 20000 }); // the page looks again by itself
  keep(page.url(), await (await context.request.get(page.url())).text());
  const heading = await page.locator("h1").innerText();
  const answer = await context.request.get(site.base + (await link.getAttribute("href")));
  await page.close();
  return { heading, answer };
}

export function register(shared) {
  const { site, browser } = shared;
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with scripts" : "without scripts";
    test(`${how} the button of a report leads to its PDF`, async () => {
      const context = await browser.newContext({ javaScriptEnabled });
      const { heading, answer } = await fetchReport(context, shared, "/cities/riyadh/reports", /^Make the PDF.*City snapshot$/);
      equal(heading, "City snapshot: Riyadh, 2020", "heading");
      equal(answer.status(), 200, "status");
      equal(answer.headers()["content-type"], "application/pdf", "media type");
      equal(answer.headers()["content-disposition"].includes("riyadh-2020-snapshot.pdf"), true, "file name");
      equal((await answer.body()).subarray(0, 5).toString(), "%PDF-", "a PDF");
      await context.close();
    });
  }

  test("the verification report comes on the paper that was chosen", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.base}/cities/karmoy/reports`);
    await page.selectOption("#paper-verification", "letter");
    await page.getByRole("button", { name: /^Make the PDF.*Verification report$/ }).click();
    await page.waitForURL("**/jobs/*");
    const link = page.locator("a[href$='/result']");
    await link.waitFor({ timeout: 20000 });
    const answer = await context.request.get(site.base + (await link.getAttribute("href")));
    equal(answer.status(), 200, "status");
    await page.getByRole("link", { name: "Back to: Reports of Karmøy" }).click();
    await page.waitForURL("**/cities/karmoy/reports?*");
    equal(await page.locator("nav.tabs [aria-current=page]").innerText(), "Reports", "the tab");
    await context.close();
  });
}
