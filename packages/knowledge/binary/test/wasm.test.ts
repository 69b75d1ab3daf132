import { describe, expect, test } from "@jest/globals";
import { writeWasm } from "../../../../test/support/write/wasm.ts";
import { factsOf } from "./read.ts";

test.each([
  [
    "a WASI program",
    { imports: [["wasi_snapshot_preview1", "proc_exit"]], exports: ["memory", "_start"] },
    { os: "wasi", type: "executable" },
  ],
  [
    "a WASI library",
    { imports: [["wasi_snapshot_preview1", "fd_write"]], exports: ["add"] },
    { os: "wasi", type: "library" },
  ],
  [
    "an Emscripten module",
    {
      imports: [
        ["env", "emscripten_notify_memory_growth"],
        ["wasi_snapshot_preview1", "fd_write"],
      ],
    },
    { os: "emscripten" },
  ],
  ["a module of its own", { exports: ["add"] }, { os: null, type: "library", needed: [] }],
] as const)("%s", async (_name, plan, expected) => {
  const facts = await factsOf(writeWasm(plan as unknown as Parameters<typeof writeWasm>[0]));
  expect(facts).toMatchObject({ format: "wasm", arch: "wasm32", static: null, ...expected });
});

test("a component", async () => {
  const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
  expect(await factsOf(bytes)).toMatchObject({ os: "wasi", arch: "wasm32" });
});

test("every kind of import is walked over", async () => {
  const name = [1, 0x61];
  const body = [
    5,
    ...[...name, ...name, 1, 0x70, 1, 0, 1],
    ...[...name, ...name, 2, 0, 1],
    ...[...name, ...name, 3, 0x7f, 0],
    ...[...name, ...name, 4, 0, 0],
    ...[1, 0x62, ...name, 0, 0],
  ];
  const bytes = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 2, body.length, ...body);
  expect(await factsOf(bytes)).toMatchObject({ needed: ["a", "b"] });
});

describe("refused", () => {
  test.each([
    ["another version", Uint8Array.of(0, 0x61, 0x73, 0x6d, 9, 0, 0, 0)],
    ["a section that is not all there", writeWasm({ exports: ["add"] }).subarray(0, -1)],
    ["a number without end", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 255, 255, 255)],
  ])("%s", async (_name, bytes) => {
    await expect(factsOf(bytes)).rejects.toMatchObject({ name: "UserError", id: "MA602" });
  });
});
