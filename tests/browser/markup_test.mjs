// SPDX-License-Identifier: AGPL-3.0-or-later
// The markup of every kind of page of the site, by two validators: what links lead to, what only a wrong
// address or a form shows, and what other tests met.
import { spawnSync } from "node:child_process";

import { ADDRESSES } from "./addresses.mjs";
import { savePages } from "./links_test.mjs";
import { load } from "./site.mjs";
import { empty, equal, test } from "./tap.mjs";

const RULES = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Our own templates: blanks and quotes as they are, sentences as they are translated.
    "no-trailing-whitespace": "off",
    "long-title": "off",
    "no-inline-style": "error",
    "no-implicit-button-type": "error",
    // A box that scrolls is a region to those who hear the page, and no section of its text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
};

export function checkWithVnu(files) {
  const result = spawnSync("java", ["-jar", load("vnu-jar"), "--format", "json", "--stdout", ...files.keys()],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (result.error) throw result.error;
  const { messages } = JSON.parse(result.stdout);
  return messages
    .filter((message) => message.type !== "info" || message.subType === "warning")
    .map((message) => `${files.get(message.url.replace(/^file:/, ""))}:${message.lastLine}: ${message.message}`);
}

export async function checkWithHtmlValidate(files) {
  const { HtmlValidate, StaticConfigLoader } = load("html-validate");
  const validator = new HtmlValidate(new StaticConfigLoader(RULES));
  const faults = [];
  for (const [file, address] of files) {
    const report = await validator.validateFile(file);
    for (const { messages } of report.results) {
      faults.push(...messages.map((one) => `${address}:${one.line}: ${one.ruleId}: ${one.message}`));
    }
  }
  return faults;
}

// Answers to what nobody should send.
const REFUSED = [
  { path: "/cities/riyadh/reports/snapshot", method: "POST", status: 403 },
  { path: "/cities", method: "DELETE", status: 405 },
  { path: "/jobs/nothing", status: 404 },
  { path: "/search?q=%ff", status: 400 },
];

async function fetchPage(base, { path, method = "GET", status = 200 }) {
  const answer = await fetch(base + path, { method });
  equal(answer.status, status, `status of ${method} ${path}`);
  equal(answer.headers.get("content-type"), "text/html; charset=utf-8", `type of ${method} ${path}`);
  return { address: `${method} ${path}`, html: await answer.text() };
}

export function register(shared) {
  let files;
  test("what is refused is answered by a page", async () => {
    for (const asked of [...ADDRESSES, ...REFUSED]) {
      const { address, html } = await fetchPage(shared.site.base, asked);
      shared.keep(address, html);
    }
  });
  test("the Nu checker finds no fault in any page", () => {
    files = savePages(shared);
    console.log(`# ${files.size} pages`);
    empty(checkWithVnu(files));
  });
  test("html-validate finds no fault in any page", async () => empty(await checkWithHtmlValidate(files)));
}
