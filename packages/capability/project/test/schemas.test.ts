import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { configSchema } from "../src/config/schema.ts";
import { temporary } from "./temporary.ts";

const root = join(import.meta.dirname, "../../../..");

async function folder(path: string): Promise<Record<string, string>> {
  const names = (await readdir(path)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(path, name), "utf8")));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""]));
}

describe("schema/", () => {
  test("is what scripts/generate-schemas.mjs makes of the code", async () => {
    const made = await temporary();
    await promisify(execFile)(process.execPath, [join(root, "scripts/generate-schemas.mjs"), made]);
    const expected = await folder(made);
    expect(Object.keys(expected)).toEqual([
      "leg.json",
      "multiarch.json",
      "plan.json",
      "release.json",
    ]);
    expect(await folder(join(root, "schema"))).toEqual(expected);
  }, 60_000);

  test("multiarch.json closes every table that the code closes, and its patterns are patterns", async () => {
    const schema = JSON.parse(await readFile(join(root, "schema/multiarch.json"), "utf8"));
    expect(Object.keys(schema.properties)).toEqual(Object.keys(configSchema.entries));
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.build.additionalProperties).toBe(false);
    let patterns = 0;
    const walk = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === "pattern") {
          patterns++;
          expect(() => new RegExp(String(value), "u")).not.toThrow();
        } else walk(value);
      }
    };
    walk(schema);
    expect(patterns).toBeGreaterThan(10);
  });
});
