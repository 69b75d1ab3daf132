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

/** Folders with an action.yml: the first level, and below `setup`. */
const folders = ["", "setup/"].flatMap((parent) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${parent}${name}`),
);
const actions = folders
  .filter((name) => existsSync(join(root, name, "action.yml")))
  .map((name) => ({ ...parse(readFileSync(join(root, name, "action.yml"), "utf8")), name }));

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
  export { allRules } from "@multiarch/check";
  export { verifyRules } from "./packages/capability/verify/src/own-rules.ts";`;
const bundled = await build({
  stdin: { contents, resolveDir: root, loader: "ts" },
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const source = Buffer.from(bundled.outputFiles[0].text).toString("base64");
const { allRules, catalog, verifyRules } = await import(`data:text/javascript;base64,${source}`);
const errors = Object.entries(catalog)
  .sort(([left], [right]) => (left < right ? -1 : 1))
  .map(([id, { title, fix }]) => [id, title, fix]);
update(
  "docs/errors.md",
  `# Errors\n\nEvery error that can be mended has an id. The message says what was expected, what was found and where; this table says what the id stands for.\n\n${table(["Id", "Meaning", "What to do"], errors)}\n`,
);

/** What each room of rules is about, in the order of the document. */
const rooms = {
  made: "What a build made, held against the target that was asked for. By `build`, and again by `merge`.",
  across: "Files of one release side by side. By `merge`.",
  file: "Bare programs, addons and libraries. By `verify`.",
  archive: "Archives with programs in them. By `verify`.",
  npm: "Packages of npm. By `verify`.",
  wheel: "Wheels: name, tags, metadata, RECORD and native files. By `verify`.",
  zip: "The container of a wheel. By `verify`.",
  sdist: "Source distributions of Python. By `verify`.",
  set: "All files that are given, or a whole release. By `verify`.",
  release: "A release folder, held against what it says of itself. By `verify`.",
};
const everyRule = [...allRules, ...verifyRules];
/** The level without a purpose, and what a purpose makes of it. */
function levels({ level, levelFor, onlyFor }) {
  const options = { target: null, glibc: null };
  if (onlyFor !== undefined) return `${level}, only for \`${onlyFor}\``;
  const usual = levelFor?.({ ...options, purpose: "any" }) ?? level;
  const others = ["npm", "pypi"]
    .map((purpose) => [purpose, levelFor?.({ ...options, purpose }) ?? level])
    .filter(([, other]) => other !== usual)
    .map(([purpose, other]) => `${other} for \`${purpose}\``);
  return [usual, ...others].join("; ");
}
const sections = Object.entries(rooms).map(([room, about]) => {
  const rules = everyRule.filter(({ id }) => id.startsWith(`${room}/`));
  if (rules.length === 0) throw new Error(`no rule is called ${room}/…`);
  const rows = rules.map((rule) => [`\`${rule.id}\``, levels(rule), rule.source]);
  return `## ${room}\n\n${about}\n\n${table(["Rule", "Level", "Why it exists"], rows)}\n`;
});
const strays = everyRule.filter(({ id }) => rooms[id.split("/")[0]] === undefined);
if (strays.length > 0) throw new Error(`docs/checks.md has no place for ${strays[0].id}`);
update(
  "docs/checks.md",
  `# Checks

Files and packages are held against these rules. An error ends the step; a warning or a note stands in the report. Errors are
what makes a label false, and what nobody could install. What the registries refuse and installers take is an error only with
\`--for pypi\` or \`--for npm\`.

A rule can be left out by its name (\`wheel/purelib\`, \`zip/*\`), for some files (\`wheel/arch:go/src/**\`), or for a library that
is known to be there (\`libcuda.so.1\`, \`libQt5*\`): \`verify --exclude\`. The report shows what was left out.

${sections.join("\n")}`,
);

if (check && stale.length > 0) {
  throw new Error(`out of date, run npm run docs: ${stale.join(", ")}`);
}
