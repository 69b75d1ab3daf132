// npm run corpus: bundles main.ts, which is TypeScript over our rooms, so that any Node runs it, and runs it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

// Where the slow suites keep what they fetch.
const { MULTIARCH_TEST_CACHE, XDG_CACHE_HOME } = process.env;
const cache =
  MULTIARCH_TEST_CACHE ?? join(XDG_CACHE_HOME ?? join(homedir(), ".cache"), "multiarch-test");
const packaging = join(cache, "packaging");
execFileSync("bash", [join(import.meta.dirname, "../components/get-packaging.sh"), packaging], {
  stdio: ["ignore", "ignore", "inherit"],
});
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
  process.exitCode = await main({
    folder: join(cache, "corpus"),
    python: join(packaging, "bin/python"),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
