// Writes schema/*.json: JSON Schemas of multiarch.yml (for editors) and of the three documents, made from the very schemas that
// the code validates with. Argument: the folder to write into, schema/ by default.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { toJsonSchema } from "@valibot/to-json-schema";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const out = resolve(process.argv[2] ?? join(root, "schema"));

/** Node 20 does not import TypeScript, so the schemas are bundled first. */
async function loadSchemas() {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-schemas-"));
  const file = join(folder, "schemas.mjs");
  try {
    await build({
      stdin: {
        contents: `export { configSchema } from "@multiarch/project";
          export { plan, leg, release } from "@multiarch/contracts";`,
        resolveDir: root,
      },
      bundle: true,
      format: "esm",
      logLevel: "warning",
      outfile: file,
      platform: "node",
      treeShaking: true,
    });
    return await import(pathToFileURL(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What JSON Schema cannot say (a check in code) is left out: an editor then accepts a little more than we do. */
function convert(schema, title, description) {
  const { $schema, ...rest } = toJsonSchema(schema, { errorMode: "ignore", typeMode: "input" });
  return { $schema, title, description, ...rest };
}

const { configSchema, plan, leg, release } = await loadSchemas();
const files = {
  "multiarch.json": convert(configSchema, "multiarch.yml", "What differs from the defaults"),
  "plan.json": convert(plan, "multiarch.plan/1", "What will be built, where, how and why"),
  "leg.json": convert(leg, "multiarch.leg/1", "What one build made for one target"),
  "release.json": convert(release, "multiarch.release/1", "What is handed over"),
};
mkdirSync(out, { recursive: true });
for (const [name, schema] of Object.entries(files)) {
  const formatted = execFileSync(
    process.execPath,
    [join(root, "node_modules/@biomejs/biome/bin/biome"), "format", "--stdin-file-path", name],
    { cwd: root, input: JSON.stringify(schema, null, 2) },
  );
  writeFileSync(join(out, name), formatted);
}
