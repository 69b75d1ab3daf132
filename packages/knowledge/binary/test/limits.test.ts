import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type ByteSource, readFacts } from "@multiarch/binary";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import { countingSource, realHeaders } from "../../../../test/support/headers.ts";
import {
  judge,
  judgeMachine,
  loadSeeds,
  machineMutation,
  mutate,
  mutation,
  type Seed,
} from "../../../../test/support/mutants.ts";
import { ByteWriter } from "../../../../test/support/write/bytes.ts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import { writeMacho } from "../../../../test/support/write/macho.ts";
import { factsOf } from "./read.ts";

describe("published files", () => {
  test("are read in few pieces, whatever their size", async () => {
    const files = realHeaders();
    expect(Math.max(...files.map(({ size }) => size))).toBeGreaterThan(50_000_000);
    for (const file of files) {
      const { source, asked } = countingSource(file);
      await readFacts(source, file.name);
      expect({ file: file.name, ...asked, few: asked.bytes <= 65_536 }).toMatchObject({
        largest: 4096,
        outside: false,
        few: true,
      });
    }
  });
});

/** The whole run is test/slow/mutants.slow.ts. */
describe("mutants of published headers", () => {
  let seeds: Seed[];
  beforeAll(async () => {
    seeds = await loadSeeds();
  });

  test("end in facts or in our own error", async () => {
    await fc.assert(
      fc.asyncProperty(mutation, async ({ seed, edits }) => {
        await judge(mutate((seeds[seed % seeds.length] as Seed).file, edits));
      }),
      { numRuns: 400 },
    );
  });

  test("with another processor are not taken for the old one", async () => {
    await fc.assert(
      fc.asyncProperty(machineMutation, async (mutated) => {
        expect(await judgeMachine(seeds, mutated)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("at most 64 KiB of a file are held", () => {
  let collect: () => void;
  beforeAll(() => {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc") as () => void;
  });

  /** Hands out pages and counts, before each, how many of the earlier ones are still in memory. */
  function observed(bytes: Uint8Array): { source: ByteSource; most: () => number } {
    const pages: WeakRef<Uint8Array>[] = [];
    let most = 0;
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      // What a weak reference points to lives until the present turn of the event loop has ended.
      await new Promise((resolve) => setImmediate(resolve));
      collect();
      const held = pages.reduce((sum, page) => sum + (page.deref()?.length ?? 0), 0);
      most = Math.max(most, held);
      const page = bytes.slice(offset, offset + length);
      pages.push(new WeakRef(page));
      return page;
    };
    return { source: { size: bytes.length, read }, most: () => most };
  }

  test("while one walks through a table of 400 KB", async () => {
    const sections = Array.from({ length: 300 }, (_, index) => ({
      name: `.text.${index}`,
      type: 1,
      content: new Uint8Array(1300),
    }));
    const bytes = writeElf({ needed: ["libc.so.6"], sections });
    expect(bytes.length).toBeGreaterThan(400_000);
    const { source, most } = observed(bytes);
    await readFacts(source, "sections");
    expect(most()).toBeGreaterThan(0);
    expect(most()).toBeLessThanOrEqual(65_536);
  });

  test("while load commands go on and on", async () => {
    const names = Array.from({ length: 500 }, (_, index) =>
      library(`/usr/lib/lib${index}.dylib`, 200),
    );
    const { source, most } = observed(writeMacho({ commands: names }));
    expect((await readFacts(source, "commands")).needed).toHaveLength(500);
    expect(most()).toBeGreaterThan(60_000);
    expect(most()).toBeLessThanOrEqual(65_536);
  });
});

function library(name: string, size: number): Uint8Array {
  return new ByteWriter().u32(0xc).u32(size).u32(24).padTo(24).text(name).padTo(size).done();
}

describe("a small file cannot ask for much work", () => {
  test("one long name, needed thousands of times", async () => {
    const bytes = writeElf({ needed: Array.from({ length: 4000 }, () => "a".repeat(2000)) });
    // All entries point at the first name.
    const view = new DataView(bytes.buffer);
    const dynamic = Number(view.getBigUint64(64 + 56 + 8, true));
    for (let entry = 0; entry < 4000; entry++)
      view.setBigUint64(dynamic + entry * 16 + 8, 1n, true);
    await expect(factsOf(bytes)).rejects.toMatchObject({ id: "MA602" });
  });

  test("a search path of many folders is fine", async () => {
    const folders = Array.from({ length: 300 }, (_, index) => `/opt/packages/folder-${index}/lib`);
    const facts = await factsOf(writeElf({ needed: ["libc.so.6"], runpath: folders.join(":") }));
    expect(facts.rpath).toEqual(folders);
  });

  test("pages that are read again and again", async () => {
    const bytes = writeElf({ needed: ["a"], sections: [] });
    const view = new DataView(bytes.buffer);
    // A section table of 65 000 entries over a file of many gigabytes: each entry in another page.
    view.setUint16(58, 65_535, true);
    view.setUint16(60, 65_000, true);
    let read = 0;
    const source: ByteSource = {
      size: 8_000_000_000,
      read: async (offset, length) => {
        read += length;
        const page = new Uint8Array(length);
        if (offset < bytes.length) page.set(bytes.slice(offset, offset + length));
        return page;
      },
    };
    const outcome = await readFacts(source, "sparse").catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(UserError);
    expect((outcome as UserError).message).toContain("larger than those of any real program");
    expect(read).toBeLessThanOrEqual(16_777_216);
  });
});
