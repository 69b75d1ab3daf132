import { open } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";
import { type ByteSource, readFacts } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";

const system = process.platform === "win32" ? "windows" : process.platform;

async function factsOfFile(path: string): Promise<{ facts: Facts; bytes: number }> {
  const file = await open(path);
  try {
    let bytes = 0;
    const source: ByteSource = {
      size: (await file.stat()).size,
      read: async (offset, length) => {
        const buffer = Buffer.alloc(length);
        const { bytesRead } = await file.read(buffer, 0, length, offset);
        bytes += bytesRead;
        return buffer.subarray(0, bytesRead);
      },
    };
    return { facts: await readFacts(source, path), bytes };
  } finally {
    await file.close();
  }
}

test("the program that runs this test", async () => {
  const { facts, bytes } = await factsOfFile(process.execPath);
  expect(facts).toMatchObject({ os: system, type: "executable" });
  const made = facts.slices.length > 0 ? facts.slices.map(({ arch }) => arch) : [facts.arch];
  expect(made).toContain(process.arch);
  // A hundred megabytes of program, a few pages of it read.
  expect(bytes).toBeLessThan(1_000_000);
  if (process.platform === "linux" && facts.libc === "glibc") {
    expect(facts.glibcMin).toMatch(/^2\.\d+$/);
    expect(facts.needed).toContain("libc.so.6");
  }
});

test("a static program made by Go", async () => {
  const require = createRequire(import.meta.url);
  const name = `@esbuild/${process.platform}-${process.arch}`;
  const folder = dirname(require.resolve(`${name}/package.json`));
  const program = process.platform === "win32" ? "esbuild.exe" : join("bin", "esbuild");
  const { facts } = await factsOfFile(join(folder, program));
  expect(facts).toMatchObject({ os: system, arch: process.arch, type: "executable" });
  if (process.platform === "linux") {
    expect(facts).toMatchObject({ static: true, libc: null, interp: null, glibcMin: null });
  }
});
