import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { linuxProgram, windowsProgram } from "../../../../test/support/binaries.ts";
import { temporaryFolder } from "../../../../test/support/temporary.ts";
import { readContents } from "../src/index.ts";
import { packed } from "./fixtures.ts";

// Never an error but what the disk says, and never a member with other bytes than the archive's checksums vouch for.
describe("whatever is done to the bytes of a package, it is read", () => {
  const files = {
    "package/bin/tool": linuxProgram("x64"),
    "package/tool.exe": windowsProgram("arm64"),
    "package/package.json": '{"name":"tool","version":"1.0.0"}',
    "package/large.txt": "some text ".repeat(200_000),
  };
  let folder: string;
  const whole = new Map<string, Buffer>();
  const hashes = new Map<string, Set<string>>();

  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const name of ["tool-1.0-py3-none-any.whl", "tool.tgz"]) {
      const path = await packed(name, files);
      const contents = await readContents(path, { temporaryFolder: folder });
      if (!("members" in contents)) throw new Error(contents.kind);
      expect([contents.members.length, contents.refusals]).toEqual([4, []]);
      hashes.set(name, new Set(contents.members.map(({ sha256 }) => sha256)));
      whole.set(name, await readFile(path));
    }
  });

  const change = fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    // Headers, directories and ends are where a change has most to say.
    from: fc.constantFrom("start", "end", "anywhere"),
    byte: fc.nat(255),
    length: fc.integer({ min: 1, max: 8 }),
  });
  const mutation = fc.record({
    changes: fc.array(change, { minLength: 1, maxLength: 4 }),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 4 }),
  });

  test.each(["tool-1.0-py3-none-any.whl", "tool.tgz"])("%s", async (name) => {
    const original = whole.get(name) ?? Buffer.alloc(0);
    const temporary = await temporaryFolder();
    const path = join(folder, name);
    let damaged = 0;
    await fc.assert(
      fc.asyncProperty(mutation, async ({ changes, cut }) => {
        const bytes = Buffer.from(original);
        for (const { place, from, byte, length } of changes) {
          const room = from === "anywhere" ? bytes.length : 400;
          const offset = Math.floor(place * room) + (from === "end" ? bytes.length - room : 0);
          bytes.fill(byte, offset, Math.min(offset + length, bytes.length));
        }
        await writeFile(path, cut === null ? bytes : bytes.subarray(0, cut * bytes.length));
        const contents = await readContents(path, { temporaryFolder: temporary });
        expect(await readdir(temporary)).toEqual([]);
        if (!("members" in contents)) return;
        if (contents.refusals.length > 0) damaged++;
        const sound = name.endsWith(".whl") || contents.refusals.length === 0;
        if (!sound) return;
        const known = hashes.get(name) ?? new Set();
        const strange = contents.members.filter((member) => !known.has(member.sha256));
        expect(strange).toEqual([]);
      }),
      { seed: 4, numRuns: 300 },
    );
    expect(damaged).toBeGreaterThan(100);
  });
});
