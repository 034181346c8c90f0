#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages in a real browser (TAP). GUILDHALL is the program, GUILDHALL_LANG_DIR the folder of the
// pseudo-languages. Runs one server and one browser for all tests.
import fs from "node:fs";
import path from "node:path";

import { findChromium, ROOT, startBrowser, startSite } from "./site.mjs";
import { runAll, skipAll } from "./tap.mjs";

const PARTS = ["links", "pages", "zoom", "print", "drawings", "map", "media", "city", "compare", "trend", "peers", "rankings", "keyboard",
  "scripts_off", "search", "reports", "languages", "markup"];

async function main() {
  if (!findChromium()) {
    skipAll("chromium is not installed: make test-deps");
    return 0;
  }
  if (!fs.existsSync(path.join(ROOT, "ui/node_modules/playwright-core"))) {
    skipAll("ui/node_modules has no playwright-core: make test-deps");
    return 0;
  }

  const site = await startSite();
  const browser = await startBrowser();
  try {
    // One part alone while working on it: browser_test.mjs keyboard
    const wanted = process.argv.slice(2);
    for (const part of PARTS.filter((name) => wanted.length === 0 || wanted.includes(name))) {
      const { register } = await import(`./${part}_test.mjs`);
      register(Object.assign(shared, { site, browser }));
    }
    return await runAll();
  } finally {
    await browser.close();
    site.stop();
  }
}

// What parts hand on: pages that only they reach, for the validators.
const shared = {
  kept: [],
  keep(address, html) {
    shared.kept.push({ address, html });
  },
};
process.exitCode = (await main()) === 0 ? 0 : 1;
