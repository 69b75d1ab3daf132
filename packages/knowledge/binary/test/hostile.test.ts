import { describe, expect, test } from "@jest/globals";
import { type ByteSource, readFacts } from "@multiarch/binary";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import { ByteWriter } from "../../../../test/support/write/bytes.ts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import {
  buildVersion,
  cpu,
  named,
  segment64,
  signature,
  writeFat,
  writeMacho,
} from "../../../../test/support/write/macho.ts";
import { writePe } from "../../../../test/support/write/pe.ts";
import { writeWasm } from "../../../../test/support/write/wasm.ts";
import { factsOf } from "./read.ts";

const arm = new ByteWriter().text("A").u32(19).text("aeabi\0").u8(1).u32(9).u8(6, 10, 28, 1).done();
const commands = [
  named(0xe, "/usr/lib/dyld", 12),
  buildVersion(1, "11.0", "15.0"),
  segment64(0, 16),
  named(0xc, "/usr/lib/libSystem.B.dylib"),
  signature(0, 16),
];
const seeds: Record<string, Uint8Array> = {
  "64-bit ELF": writeElf({
    interpreter: "/lib64/ld-linux-x86-64.so.2",
    needed: ["libc.so.6", "libm.so.6"],
    runpath: "/opt",
    versions: { "libc.so.6": ["GLIBC_2.17", "GLIBC_2.4"], "libm.so.6": ["GLIBC_2.29"] },
    notes: [
      {
        name: "GNU",
        type: 5,
        content: new ByteWriter().u32(0xc0008002).u32(4).u32(1).u32(0).done(),
      },
    ],
    sections: [{ name: ".symtab", type: 2, content: new Uint8Array(24) }],
  }),
  "32-bit big-endian ELF": writeElf({
    bits: 32,
    little: false,
    machine: 8,
    needed: ["libc.so.6"],
    soname: "a",
  }),
  "ARM ELF": writeElf({
    bits: 32,
    machine: 40,
    sections: [
      { name: ".ARM.attributes", type: 0x70000003, content: arm },
      {
        name: ".go.buildinfo",
        type: 1,
        content: new ByteWriter()
          .text("\xff Go buildinf:")
          .u8(8, 2)
          .padTo(32)
          .u8(2)
          .text("go")
          .u8(3)
          .text("mod")
          .done(),
      },
    ],
  }),
  "Mach-O": writeMacho({ commands, tail: 32 }),
  "fat Mach-O": writeFat([
    { cpu: cpu.x64, bytes: writeMacho({ cpu: cpu.x64, commands, tail: 32 }) },
    { cpu: cpu.arm64, bytes: writeMacho({ commands, tail: 32 }) },
  ]),
  PE: writePe({ imports: ["KERNEL32.dll", "a.dll"], signed: true, hybrid: true }),
  wasm: writeWasm({
    imports: [
      ["env", "a"],
      ["wasi_snapshot_preview1", "b"],
    ],
    exports: ["memory", "_start"],
  }),
};

/** Counts what is read, and fails the test for a range that no careful reader asks for. */
function watched(bytes: Uint8Array): { source: ByteSource; read: () => number } {
  let total = 0;
  return {
    source: {
      size: bytes.length,
      read: async (offset, length) => {
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThanOrEqual(bytes.length);
        expect(length).toBeLessThanOrEqual(65_536);
        total += length;
        return bytes.slice(offset, offset + length);
      },
    },
    read: () => total,
  };
}

async function survives(bytes: Uint8Array): Promise<void> {
  const { source, read } = watched(bytes);
  const outcome = await readFacts(source, "mutant").catch((error: unknown) => error);
  if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UserError);
  // The seeds fit into what is held, so nothing is read twice.
  expect(read()).toBeLessThanOrEqual(65_536);
}

describe("damaged files end in facts or in our own error", () => {
  test.each(Object.entries(seeds))("%s: untouched", async (_name, seed) => {
    await expect(factsOf(seed)).resolves.toBeDefined();
  });

  test.each(Object.entries(seeds))("%s: bytes changed", async (_name, seed) => {
    const interesting = fc.oneof(
      fc.constantFrom(0, 1, 0x7f, 0x80, 0xff),
      fc.integer({ min: 0, max: 255 }),
    );
    const place = fc.integer({ min: 0, max: Math.min(seed.length, 4096) - 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(place, interesting), { minLength: 1, maxLength: 12 }),
        async (changes) => {
          const mutant = seed.slice();
          for (const [index, value] of changes) mutant[index] = value;
          await survives(mutant);
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each(Object.entries(seeds))("%s: cut off at every length", async (_name, seed) => {
    const step = Math.max(1, Math.floor(seed.length / 400));
    for (let length = 0; length < seed.length; length += step)
      await survives(seed.slice(0, length));
  });
});

describe("cut off", () => {
  test("a program that lacks its last bytes is never taken for whole", async () => {
    for (const seed of [seeds["64-bit ELF"], seeds["ARM ELF"], seeds.PE, seeds.wasm]) {
      await expect(factsOf((seed ?? new Uint8Array(0)).slice(0, -1))).rejects.toMatchObject({
        id: "MA602",
      });
    }
  });
});

describe("tables without end", () => {
  test("version needs that point back at themselves", async () => {
    const bytes = writeElf({
      needed: ["libc.so.6"],
      versions: { "libc.so.6": ["GLIBC_2.17", "GLIBC_2.18"] },
    });
    const view = new DataView(bytes.buffer);
    // Find the need by its shape: version 1, two nodes, nodes 16 bytes on.
    const at = Array.from({ length: bytes.length / 4 }, (_, index) => index * 4).find(
      (offset) =>
        view.getUint32(offset, true) === 0x0002_0001 && view.getUint32(offset + 8, true) === 16,
    );
    expect(at).toBeDefined();
    const start = at ?? 0;
    view.setUint16(start + 2, 0xffff, true);
    view.setUint32(start + 16 + 12, 0xffff_fff0, true);
    await expect(factsOf(bytes)).rejects.toMatchObject({ id: "MA602" });
  });

  test("a large file whose dynamic table fills it", async () => {
    const header = writeElf({ needed: ["a"] });
    const bytes = new Uint8Array(2_000_000).fill(1);
    bytes.set(header);
    const view = new DataView(bytes.buffer);
    // The second program header is the dynamic one.
    const dynamic = 64 + 56;
    expect(view.getUint32(dynamic, true)).toBe(2);
    view.setBigUint64(dynamic + 8, BigInt(header.length), true);
    view.setBigUint64(dynamic + 32, BigInt(bytes.length - header.length), true);
    await expect(factsOf(bytes)).rejects.toMatchObject({ id: "MA602" });
  });

  test("a core dump is no program", async () => {
    await expect(factsOf(writeElf({ type: 4 }))).rejects.toMatchObject({ id: "MA601" });
  });
});
