import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./components.mjs";

/**
 * Bundles one of bench/programs, which is TypeScript over our rooms, so that any Node runs it. Returns the file.
 * `home`: the folder of a module in it that reads files beside itself.
 */
export async function bundle(name, folder, home) {
  const outfile = join(folder, `${name}.mjs`);
  await build({
    entryPoints: [join(root, "bench/programs", `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
    external: ["@actions/*"],
    ...(home === undefined ? {} : { define: { "import.meta.dirname": JSON.stringify(home) } }),
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  return outfile;
}
