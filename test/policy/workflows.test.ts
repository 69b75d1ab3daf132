import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { projectFiles, root } from "./tree.ts";

const documents = [...projectFiles("", ".yml"), ...projectFiles("", ".yaml")].map((file) => ({
  file,
  value: parse(readFileSync(join(root, file), "utf8")) as unknown,
}));

/** Every mapping inside a document, with the path to it. */
function* mappings(value: unknown, path = ""): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, child] of Object.entries(value)) yield* mappings(child, `${path}/${key}`);
}

describe("shipped YAML", () => {
  test("is there", () => {
    const files = documents.map(({ file }) => file);
    expect(files).toContain(".github/workflows/build.yml");
    expect(files).toContain("action.yml");
  });

  test("never interpolates an expression into a script", () => {
    const wrong = documents.flatMap(({ file, value }) =>
      [...mappings(value)].flatMap(([path, mapping]) =>
        ["run", "script", "shell"]
          .filter((key) => String(mapping[key] ?? "").includes("${{"))
          .map((key) => `${file}${path}/${key}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test("pins every foreign action to a commit, with its version in a comment", () => {
    const wrong = documents.flatMap(({ file }) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .filter((line) => /^\s*(- )?uses:/.test(line))
        .filter((line) => !/uses: (\$\/|\.\/)/.test(line))
        .filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  test("grants nothing at the top, keeps no credentials, bounds every job", () => {
    const workflows = documents.filter(({ file }) => file.startsWith(".github/workflows/"));
    for (const { file, value } of workflows) {
      const workflow = value as {
        permissions: unknown;
        jobs: Record<string, { uses?: string; "timeout-minutes"?: unknown }>;
      };
      expect([file, workflow.permissions]).toEqual([file, {}]);
      for (const [job, body] of Object.entries(workflow.jobs)) {
        const bounded = body.uses !== undefined || body["timeout-minutes"] !== undefined;
        expect([file, job, bounded]).toEqual([file, job, true]);
      }
      for (const [path, step] of mappings(value)) {
        if (!String(step.uses ?? "").startsWith("actions/checkout@")) continue;
        const options = step.with as Record<string, unknown> | undefined;
        expect([file, path, options?.["persist-credentials"]]).toEqual([file, path, false]);
      }
    }
  });

  test("every action names an entry that is in dist", () => {
    const actions = documents.filter(({ file }) => /(^|\/)action\.ya?ml$/.test(file));
    expect(actions.length).toBeGreaterThanOrEqual(5);
    for (const { file, value } of actions) {
      const { runs } = value as { runs: Record<string, string> };
      for (const key of ["main", "post"]) {
        const entry = runs[key];
        if (entry === undefined) continue;
        const path = join(root, dirname(file), entry);
        expect([file, key, existsSync(path)]).toEqual([file, key, true]);
      }
    }
  });
});
