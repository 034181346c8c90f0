// SPDX-License-Identifier: AGPL-3.0-or-later
// Tests as functions, told in TAP: one line a test, its name a sentence about behaviour.
const tests = [];

export function test(name, run) {
  tests.push({ name, run });
}

// Fails with all lines of what is wrong, not only the first.
export function empty(faults, most = 12) {
  if (faults.length === 0) {
    return;
  }
  const more = faults.length > most ? [`and ${faults.length - most} more`] : [];
  throw new Error([...faults.slice(0, most), ...more].join("\n"));
}

export function equal(got, expected, label) {
  if (got !== expected) {
    throw new Error(`${label}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
  }
}

export async function runAll() {
  console.log(`1..${tests.length}`);
  let failed = 0;
  for (const [index, { name, run }] of tests.entries()) {
    try {
      await run();
      console.log(`ok ${index + 1} - ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${index + 1} - ${name}`);
      for (const line of String(error.message ?? error).split("\n")) {
        console.log(`# ${line}`);
      }
    }
  }
  return failed;
}

export function skipAll(reason) {
  console.log(`1..0 # SKIP ${reason}`);
}
