// Usage: node scripts/count-skips.mjs <jest's --json file>. Fails when a run skipped another number of tests than test/expected.json
// says: on the machine of CI (Linux, git) nothing may be skipped without being noticed.
import { readFileSync } from "node:fs";

const { numPendingTests, numTodoTests } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const expected = JSON.parse(
  readFileSync(new URL("../test/expected.json", import.meta.url), "utf8"),
).skippedTestsInCi;
const found = numPendingTests + numTodoTests;
if (found !== expected) throw new Error(`${found} tests were skipped, ${expected} are expected`);
process.stdout.write(`${found} tests skipped, as expected\n`);
