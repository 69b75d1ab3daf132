// Turns the texts of this folder into a module that exports them, because a bundle of the actions carries no loose files.
// Run after every change of them: node packages/capability/npm/launcher/embed.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Texts by module, each made of these parts in this order. A command's file is whole: a second module would cost every start. */
const modules = {
  "launcher-text": {
    locatorText: ["find", "program", "locate"],
    commandText: ["find", "program", "start"],
    addonText: ["find", "addon"],
  },
  "help-text": { helpText: ["help"] },
};
const address = (name) => new URL(`../src/${name}.ts`, import.meta.url);

/** Lines of one file as they ship: without empty ones and the comments that are for us (`//!`), indented by tabs. */
function shipped(name) {
  return readFileSync(new URL(`${name}.cjs`, import.meta.url), "utf8")
    .split("\n")
    .filter((line) => !/^( *\/\/(!| biome).*)?$/.test(line))
    .map((line) => line.replace(/^ +/, (spaces) => "\t".repeat(spaces.length / 2)));
}

function moduleOf(texts) {
  const parts = [...new Set(Object.values(texts).flat())];
  return [
    "// biome-ignore-all format: one element for each line",
    "// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are those of the texts",
    "// Made by launcher/embed.mjs, never by hand; `__PACKAGE__` is still to be filled in.",
    ...parts.flatMap((name) => [
      `const ${name} = [`,
      ...[...shipped(name), ""].map((line) => `  ${JSON.stringify(line)},`),
      '].join("\\n");',
    ]),
    ...Object.entries(texts).map(([name, own]) => `export const ${name} = ${own.join(" + ")};`),
    "",
  ].join("\n");
}

export function embed() {
  return Object.fromEntries(
    Object.entries(modules).map(([name, texts]) => [name, moduleOf(texts)]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(embed())) writeFileSync(address(name), text);
}
