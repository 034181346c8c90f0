// SPDX-License-Identifier: AGPL-3.0-or-later
// The markup of every page of the site, by two validators.
import { spawnSync } from "node:child_process";

import { savePages } from "./links_test.mjs";
import { load } from "./site.mjs";
import { empty, test } from "./tap.mjs";

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

function checkWithVnu(files) {
  const result = spawnSync("java", ["-jar", load("vnu-jar"), "--format", "json", "--stdout", ...files.keys()],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (result.error) throw result.error;
  const { messages } = JSON.parse(result.stdout);
  return messages
    .filter((message) => message.type !== "info" || message.subType === "warning")
    .map((message) => `${files.get(message.url.replace(/^file:/, ""))}:${message.lastLine}: ${message.message}`);
}

async function checkWithHtmlValidate(files) {
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

export function register(shared) {
  let files;
  test("the Nu checker finds no fault in any page", () => {
    files = savePages(shared.seen, shared.site.folder);
    empty(checkWithVnu(files));
  });
  test("html-validate finds no fault in any page", async () => empty(await checkWithHtmlValidate(files)));
}
