import { beforeAll, expect, test } from "@jest/globals";
import { fitsTarget, memorySource, readFacts } from "@multiarch/binary";
import { digest, type Facts } from "@multiarch/contracts";
import { parseTarget } from "@multiarch/targets";
import * as fc from "fast-check";
import {
  glibcProgram,
  linuxProgram,
  macosProgram,
  muslProgram,
  windowsProgram,
} from "../../../../test/support/binaries.ts";
import { assignTargets, type NamedFile } from "../src/from/assign.ts";

const programs: Readonly<Record<string, Uint8Array>> = {
  "static x64": linuxProgram("x64"),
  "other static x64": linuxProgram("x64", { label: "other" }),
  "glibc x64": glibcProgram("x64", "2.31"),
  "musl x64": muslProgram("x64"),
  "static arm64": linuxProgram("arm64"),
  "glibc arm64": glibcProgram("arm64", "2.17"),
  "static armv7": linuxProgram("armv7"),
  "macOS x64": macosProgram("x64"),
  "macOS arm64": macosProgram("arm64"),
  "Windows x64": windowsProgram("x64"),
};
const lists = ["linux-x64", "linux-x64-gnu", "linux-x64-musl", "linux-arm64", "darwin-x64"];
const facts = new Map<string, Facts>();

beforeAll(async () => {
  for (const [label, bytes] of Object.entries(programs)) {
    facts.set(label, await readFacts(memorySource(bytes), label));
  }
});

function fileOf(label: string, name: string, place: string): NamedFile {
  const found = facts.get(label);
  const bytes = programs[label];
  if (found === undefined || bytes === undefined) throw new RangeError(label);
  const about = { size: bytes.byteLength, sha256: digest(bytes), facts: found };
  return { name, file: { ...about, kind: "executable", path: label, places: [[place]] } };
}

const someFiles = fc
  .uniqueArray(fc.constantFrom(...Object.keys(programs)), { minLength: 1 })
  .chain((labels) =>
    fc.tuple(
      ...labels.map((label) =>
        fc
          .tuple(fc.constantFrom("one", "two"), fc.constantFrom("tool", "tool-linux-x64-musl", "ü"))
          .map(([name, place]) => ({ label, name, place })),
      ),
    ),
  );

const asText = ({ targets, files, problems }: ReturnType<typeof assignTargets>): string =>
  JSON.stringify([
    targets,
    [...files].map(([id, own]) => [id, own.map(({ file, name }) => [file.path, name]).sort()]),
    problems.map(({ id }) => id).sort(),
  ]);

test("no file is given a target that its bytes do not serve, and the order means nothing", async () => {
  const expectations = fc.option(fc.uniqueArray(fc.constantFrom(...lists), { minLength: 1 }));
  await fc.assert(
    fc.asyncProperty(someFiles, expectations, fc.infiniteStream(fc.nat()), async (...drawn) => {
      const [specifications, ids, numbers] = drawn;
      const files = specifications.map(({ label, name, place }) => fileOf(label, name, place));
      const expected = ids?.map((id) => parseTarget(id)) ?? null;
      const assigned = assignTargets(files, expected);
      for (const [id, own] of assigned.files) {
        for (const { file } of own) {
          const served = parseTarget(id).rows.some(
            (row) => fitsTarget(file.facts, row).length === 0,
          );
          expect([file.path, id, served]).toEqual([file.path, id, true]);
        }
      }
      // Without an expectation every file goes somewhere, or an error says why not.
      if (expected === null && assigned.problems.length === 0) {
        const used = new Set([...assigned.files.values()].flat().map(({ file }) => file.path));
        expect(used.size).toBe(files.length);
      }
      const shuffled = files
        .map((file) => ({ file, key: numbers.next().value as number }))
        .sort((one, other) => one.key - other.key)
        .map(({ file }) => file);
      expect(asText(assignTargets(shuffled, expected))).toBe(asText(assigned));
    }),
    { numRuns: 300 },
  );
});
