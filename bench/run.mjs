// Takes the figures of bench/README.md: all of them, or those named (`node bench/run.mjs start-up launcher`). With --write
// their tables in the page are replaced.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { machine } from "./lib/machine.mjs";
import { rewrite } from "./lib/report.mjs";

const figures = {
  "start-up": () => import("./figures/start-up.mjs"),
  planning: () => import("./figures/planning.mjs"),
  packaging: () => import("./figures/packaging.mjs"),
  launcher: () => import("./figures/launcher.mjs"),
  verify: () => import("./figures/verify.mjs"),
  memory: () => import("./figures/memory.mjs"),
  release: () => import("./figures/release.mjs"),
};

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean", default: false } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !Object.hasOwn(figures, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no figure ${unknown.join(", ")}; there are ${Object.keys(figures).join(", ")}\n`,
  );
  process.exit(2);
}
for (const name of positionals.length === 0 ? Object.keys(figures) : positionals) {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-bench-"));
  try {
    const { measure } = await figures[name]();
    const text = `${await measure(folder)}\n\n${machine()}\n`;
    process.stdout.write(`## ${name}\n\n${text}\n`);
    if (values.write) rewrite(join(import.meta.dirname, "README.md"), name, text);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
