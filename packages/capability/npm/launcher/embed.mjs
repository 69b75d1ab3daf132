// Turns launcher.cjs into a module that exports its text, because a bundle of the actions carries no loose files.
// Run after every change of launcher.cjs: node packages/capability/npm/launcher/embed.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("launcher.cjs", import.meta.url));
const result = fileURLToPath(new URL("../src/launcher-text.ts", import.meta.url));

/** What ships: without empty lines and the comments that are for us (`//!`), indented by tabs, so that it stays small and readable. */
export function embed(text = readFileSync(source, "utf8")) {
  const lines = text
    .split("\n")
    .filter((line) => !/^( *\/\/(!| biome).*)?$/.test(line))
    .map((line) => line.replace(/^ +/, (spaces) => "\t".repeat(spaces.length / 2)));
  return [
    "// biome-ignore-all format: one element for each line of the launcher",
    "// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the templates are the launcher's",
    "/** Text of launcher/launcher.cjs. Made by launcher/embed.mjs, never by hand; `__PACKAGE__` is still to be filled in. */",
    "export const launcherText = [",
    ...[...lines, ""].map((line) => `  ${JSON.stringify(line)},`),
    '].join("\\n");',
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(result, embed());
