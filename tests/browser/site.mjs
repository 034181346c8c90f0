// SPDX-License-Identifier: AGPL-3.0-or-later
// A server on a free port with a fresh database, usually of the sample, and a browser to look at it.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

// The tools stand in ui/node_modules, installed from ui/package-lock.json.
export const load = createRequire(path.join(ROOT, "ui/package.json"));

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];
const QUIET = [
  "--no-sandbox", // the tests may run as root
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const START_LIMIT_MS = 20000;

export function findChromium() {
  return CHROMIUM.find((file) => fs.existsSync(file));
}

export async function startBrowser() {
  const { chromium } = load("playwright-core");
  return chromium.launch({ executablePath: findChromium(), headless: true, args: QUIET });
}

// The log's line "server started" names the port.
function waitForPort(server) {
  return new Promise((resolve, reject) => {
    let log = "";
    const limit = setTimeout(() => reject(new Error(`the server did not start:\n${log}`)), START_LIMIT_MS);
    server.stderr.on("data", (bytes) => {
      log += bytes;
      const match = log.match(/"port":"(\d+)"/);
      if (match) {
        clearTimeout(limit);
        resolve(Number(match[1]));
      }
    });
    server.on("exit", (status) => {
      clearTimeout(limit);
      reject(new Error(`the server ended with ${status}:\n${log}`));
    });
  });
}

// prepare(folder, guildhall): what the database shall hold; guildhall runs a command on it.
const SAMPLE = (folder, guildhall) => guildhall("init", "--sample");

export async function startSite(prepare = SAMPLE) {
  const program = process.env.GUILDHALL;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "guildhall-browser-"));
  const database = path.join(folder, "test.db");
  const guildhall = (...args) =>
    execFileSync(program, [...args, "--db", database], { cwd: folder, stdio: "pipe" });
  prepare(folder, guildhall);
  const server = spawn(program, ["serve", "--db", database, "--listen", "127.0.0.1:0"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const port = await waitForPort(server);
  return {
    base: `http://127.0.0.1:${port}`,
    folder,
    stop() {
      server.removeAllListeners("exit");
      server.kill("SIGTERM");
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
