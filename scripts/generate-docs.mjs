// Writes what documents repeat from code: the tables in each action's README, the table of actions in README.md,
// docs/errors.md and docs/checks.md.
// With --check it writes nothing and fails when a file differs.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { parse } from "yaml";

const root = join(import.meta.dirname, "..");
const check = process.argv.includes("--check");
const stale = [];

function update(path, text) {
  const file = join(root, path);
  const present = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (present === text) return;
  stale.push(path);
  if (!check) writeFileSync(file, text);
}

/** Replaces what stands between `<!-- name -->` and `<!-- /name -->`. */
function fill(path, name, content) {
  const text = readFileSync(join(root, path), "utf8");
  const open = `<!-- ${name} -->\n`;
  const close = `<!-- /${name} -->`;
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`${path} has no place for ${name}`);
  update(path, `${text.slice(0, start + open.length)}${content}\n${text.slice(end)}`);
}

const cell = (text) => String(text).replaceAll("|", "\\|").replaceAll("\n", " ");
const table = (headers, rows) =>
  [headers, headers.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(cell).join(" | ")} |`)
    .join("\n");

const actions = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, entry.name, "action.yml")))
  .map(({ name }) => ({ ...parse(readFileSync(join(root, name, "action.yml"), "utf8")), name }));

for (const { name, inputs = {}, outputs = {} } of actions) {
  const inputRows = Object.entries(inputs).map(
    ([input, { description, default: value, required }]) => [
      `\`${input}\``,
      description,
      required ? "required" : value === undefined ? "" : `\`${value}\``,
    ],
  );
  const outputRows = Object.entries(outputs).map(([output, { description }]) => [
    `\`${output}\``,
    description,
  ]);
  fill(`${name}/README.md`, "inputs", table(["Input", "Meaning", "Default"], inputRows));
  fill(`${name}/README.md`, "outputs", table(["Output", "Meaning"], outputRows));
}
fill(
  "README.md",
  "actions",
  table(
    ["Action", "What it does"],
    actions.map(({ name, description }) => [`[\`${name}\`](${name}/README.md)`, description]),
  ),
);

// Errors and rules are TypeScript, which the oldest supported Node cannot import by itself.
const contents = `
  export { catalog } from "./packages/knowledge/diagnostics/src/catalog.ts";
  export { acrossRules, madeRules } from "@multiarch/check";`;
const bundled = await build({
  stdin: { contents, resolveDir: root, loader: "ts" },
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const source = Buffer.from(bundled.outputFiles[0].text).toString("base64");
const { acrossRules, catalog, madeRules } = await import(`data:text/javascript;base64,${source}`);
const errors = Object.entries(catalog)
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([id, { title, fix }]) => [id, title, fix]);
update(
  "docs/errors.md",
  `# Errors\n\nEvery error that can be mended has an id. The message says what was expected, what was found and where; this table says what the id stands for.\n\n${table(["Id", "Meaning", "What to do"], errors)}\n`,
);
const rules = [...madeRules, ...acrossRules].map(({ id, level, source }) => [
  `\`${id}\``,
  level,
  source,
]);
update(
  "docs/checks.md",
  `# Checks\n\nEvery file that was made is read and held against these rules, by \`build\` and again by \`merge\`. An error ends the step; a warning or a note stands in the release.\n\n${table(["Rule", "Level", "Why it exists"], rules)}\n`,
);

if (check && stale.length > 0) {
  throw new Error(`out of date, run npm run docs: ${stale.join(", ")}`);
}
