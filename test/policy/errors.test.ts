import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { catalog } from "@multiarch/diagnostics";
import { projectFiles, root } from "./tree.ts";

const sources = [...projectFiles("packages", ".ts"), ...projectFiles("actions", ".ts")].filter(
  (file) => !/\/test\/|\/diagnostics\//.test(file),
);
const used = new Set(
  sources.flatMap((file) => readFileSync(join(root, file), "utf8").match(/"MA\d{3}"/g) ?? []),
);

test("every id in the catalogue is thrown somewhere", () => {
  expect(used.size).toBeGreaterThan(100);
  expect(Object.keys(catalog).filter((id) => !used.has(`"${id}"`))).toEqual([]);
});
