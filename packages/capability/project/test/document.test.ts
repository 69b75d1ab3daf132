import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { placeholders, rows } from "@multiarch/targets";
import { codeIn, tableOf } from "../../../../test/support/markdown.ts";
import { keysWithoutEffect } from "../src/index.ts";

const root = join(import.meta.dirname, "../../../..");
const text = readFileSync(join(root, "docs/configuration.md"), "utf8");
const schema = JSON.parse(readFileSync(join(root, "schema/multiarch.json"), "utf8")) as Schema;

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** Keys that a value of this shape may have, be it the value itself, one of its forms or an entry of its list. */
function keysOf({ properties, items, anyOf }: Schema): string[] {
  return [
    ...Object.keys(properties ?? {}),
    ...(items === undefined ? [] : keysOf(items)),
    ...(anyOf ?? []).flatMap((form) => (form.items === undefined ? keysOf(form) : [])),
  ];
}

const table = tableOf(text, ["Key", "Meaning", "Default"]);
const documented = table.flatMap(([key = ""]) => codeIn(key));
/** `a, b` of `{a, b}` in the meaning. */
const settings = table.flatMap(([key = "", meaning = ""]) => {
  const list = /`\{([^}]*)\}`/.exec(meaning)?.[1];
  return list === undefined ? [] : [{ key: codeIn(key)[0] ?? "", names: list.split(", ") }];
});
const line = (start: string): string[] => {
  const paragraph = text.split("\n\n").find((one) => one.startsWith(start)) ?? "";
  return codeIn(paragraph);
};
describe("docs/configuration.md", () => {
  test("has every key of the table, and no other", () => {
    const later = keysWithoutEffect.filter((key) => !key.includes("."));
    expect([...documented, ...later].sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
  });

  test("has the settings of every key, and no other", () => {
    expect(settings.map(({ key }) => key)).toEqual([
      "targets",
      "packages",
      "build",
      "npm",
      "wheel",
      "archive",
      "prebuilt",
    ]);
    const silent = new Set(keysWithoutEffect);
    for (const { key, names } of settings) {
      const real = keysOf(schema.properties?.[key] ?? {});
      const expected = real.filter((name) => !silent.has(`${key}.${name}`));
      expect([key, ...names.sort()]).toEqual([key, ...expected.sort()]);
    }
  });

  test("says what has no effect", () => {
    expect(line("Understood")).toEqual([...keysWithoutEffect]);
  });

  test("has every placeholder of a target, and no other", () => {
    const [, listed = ""] = /^Placeholders:([\s\S]*?) in `build.command`/m.exec(text) ?? [];
    const [row] = rows;
    if (row === undefined) throw new Error("there are no targets");
    const { goos: _os, goarch: _arch, ...values } = placeholders(row, { package: "", version: "" });
    const names = Object.keys(values).map((name) => `{${name}}`);
    expect(codeIn(listed).sort()).toEqual(names.sort());
  });
});
