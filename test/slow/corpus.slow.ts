import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type Artifact, loadSample, type ReferenceFile } from "../corpus/data.ts";
import { compareArtifacts, type Places } from "../corpus/main.ts";
import type { Summary } from "../corpus/summary.ts";
import { cache, component, full } from "./support/components.ts";

/** Published packages, fetched with pip and npm; the whole corpus is `npm run corpus`. */
describe(`a sample of published packages, ${full ? "whole" : "core"}`, () => {
  const sample: Artifact[] = loadSample(full);
  let places: Places;
  let summary: Summary;

  beforeAll(async () => {
    const python = join(component("get-packaging.sh", "packaging"), "bin/python");
    places = { folder: join(cache, "corpus"), python };
    const lines: string[] = [];
    summary = await compareArtifacts(sample, places, (line) => lines.push(line)).catch(
      (error: unknown) => {
        throw new Error(lines.slice(-10).join("\n"), { cause: error });
      },
    );
  }, 1_200_000);

  test("is small, and has every platform", () => {
    const size = sample.reduce((sum, artifact) => sum + artifact.size, 0);
    expect(size).toBeLessThanOrEqual(full ? 300_000_000 : 40_000_000);
    const systems = new Set(sample.flatMap(({ files }) => files.map(({ os }) => os)));
    expect([...systems]).toEqual(
      expect.arrayContaining(["linux", "darwin", "win32", "android", "freebsd", "ios", "wasm"]),
    );
    const files = sample.flatMap((artifact) => artifact.files);
    const processors = new Set(files.map(({ arch }) => arch));
    expect([...processors]).toEqual(
      expect.arrayContaining([
        "x64",
        "arm64",
        "arm",
        "ia32",
        "riscv64",
        "ppc64le",
        "s390x",
        "loong64",
      ]),
    );
  });

  test("has the facts that other tools read, and the verdicts of those who looked", () => {
    expect(summary.unexplained).toEqual([]);
    expect(summary.artifacts).toBe(sample.length);
    expect(summary.facts).toBeGreaterThan(full ? 6_000 : 1_500);
    expect(summary.findings.real).toBeGreaterThan(full ? 20 : 2);
  });

  test("would not agree with a reference that says something else", async () => {
    const artifact = sample.find(({ files }) => files[0]?.libc === "glibc") as Artifact;
    const [first, ...others] = artifact.files;
    const file = { ...(first as ReferenceFile), libc: "musl", glibc: "2.99", mode: "600" };
    const finding = {
      sev: "error",
      code: "other-os",
      text: "none",
      path: "a",
      cls: "real",
    } as const;
    const changed = { ...artifact, files: [file, ...others], findings: [finding] };
    const { unexplained } = await compareArtifacts([changed], places, () => {});
    expect(unexplained.map((line) => line.replace(/^.* › /, "").replace(/,.*$/, ""))).toEqual([
      `${file.path}: mode: expected "0600"`,
      `${file.path}: libc: expected "musl"`,
      `${file.path}: glibcMin: expected "2.99"`,
      "a: unseen other-os: none",
    ]);
  });
});
