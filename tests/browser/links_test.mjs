// SPDX-License-Identifier: AGPL-3.0-or-later
// The whole site, link by link.
import fs from "node:fs";
import path from "node:path";

import { empty, test } from "./tap.mjs";

const QUERIES_OF_PATH = 2;
const ENTITIES = { "&amp;": "&", "&quot;": "\"", "&#39;": "'", "&lt;": "<", "&gt;": ">" };

function decode(text) {
  return text.replace(/&(amp|quot|#39|lt|gt);/g, (entity) => ENTITIES[entity]);
}

function readPage(html) {
  return {
    links: [...html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)].map((match) => decode(match[1])),
    ids: [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => decode(match[1])),
    title: decode(html.match(/<title>([^<]*)<\/title>/)[1]),
    nHeadings: [...html.matchAll(/<h1[\s>]/g)].length,
    html,
  };
}

// Every address that can be reached from the first page: its status and, for pages, what they hold.
export async function crawl(base) {
  const seen = new Map();
  const waiting = ["/"];
  while (waiting.length > 0) {
    const address = waiting.pop();
    if (seen.has(address)) continue;
    const answer = await fetch(base + address, { redirect: "manual" });
    const isPage = (answer.headers.get("content-type") ?? "").startsWith("text/html");
    const body = await answer.text();
    const page = isPage ? readPage(body) : null;
    seen.set(address, { status: answer.status, page, nBytes: body.length });
    for (const link of page ? page.links : []) {
      const [target] = link.split("#");
      if (target.startsWith("/") && !seen.has(target)) waiting.push(target);
    }
  }
  return seen;
}

function brokenLinks(seen) {
  const faults = [];
  for (const [address, { status, page, nBytes }] of seen) {
    if (status !== 200) faults.push(`${address} answers ${status}`);
    if (nBytes === 0) faults.push(`${address} is empty`);
    for (const link of page ? page.links : []) {
      const [target, id] = link.split("#");
      const there = seen.get(target === "" ? address : target);
      if (id !== undefined && there?.page && !there.page.ids.includes(id)) {
        faults.push(`${address}: ${link} leads to no place on the page`);
      }
    }
  }
  return faults;
}

// Filters and years show the same page in part, so their titles may be alike.
function repeatedTitles(seen) {
  const byTitle = new Map();
  for (const [address, { page }] of seen) {
    if (!page || address.includes("?")) continue;
    byTitle.set(page.title, [...(byTitle.get(page.title) ?? []), address]);
  }
  return [...byTitle].filter(([, addresses]) => addresses.length > 1)
    .map(([title, addresses]) => `"${title}": ${addresses.join(", ")}`);
}

export function register(shared) {
  test("every link of the site leads to a page or a file", async () => {
    shared.seen = await crawl(shared.site.base);
    console.log(`# ${shared.seen.size} addresses`);
    empty(brokenLinks(shared.seen));
  });

  test("every page has a title of its own", () => empty(repeatedTitles(shared.seen)));

  test("every page has one main heading", () => empty([...shared.seen]
    .filter(([, { page }]) => page && page.nHeadings !== 1)
    .map(([address, { page }]) => `${address} has ${page.nHeadings}`)));

  test("every page names its language and direction", () => empty([...shared.seen]
    .filter(([, { page }]) => page && !/<html lang="en" dir="ltr">/.test(page.html))
    .map(([address]) => address)));
}

// One kind of page is asked for in many ways: an indicator come from each city, a list with each filter.
function isOneTooMany(address, nOfPath) {
  const [path, query] = address.split("?");
  if (query === undefined) return false;
  nOfPath.set(path, (nOfPath.get(path) ?? 0) + 1);
  return nOfPath.get(path) > QUERIES_OF_PATH;
}

// The crawled pages, and those that other tests kept, as files for validators.
export function savePages({ seen, kept, site }) {
  const nOfPath = new Map();
  const crawled = [...seen].filter(([address, { page }]) => page && !isOneTooMany(address, nOfPath))
    .map(([address, { page }]) => ({ address, html: page.html }));
  const files = new Map();
  for (const { address, html } of [...crawled, ...kept]) {
    const file = path.join(site.folder, `page-${files.size}.html`);
    fs.writeFileSync(file, html);
    files.set(file, address);
  }
  return files;
}
