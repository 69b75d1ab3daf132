// npm run corpus: bundles main.ts, which is TypeScript over our rooms, so that any Node runs it, and runs it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "multiarch-corpus-"));
try {
  const outfile = join(folder, "main.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
    // The data lie here, not beside the bundle.
    define: { "import.meta.dirname": JSON.stringify(import.meta.dirname) },
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const { main } = await import(pathToFileURL(outfile).href);
  process.exitCode = await main(process.env);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
