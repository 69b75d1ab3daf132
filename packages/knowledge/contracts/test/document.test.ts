import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  digest,
  formatReference,
  type Leg,
  parseDocument,
  parseJson,
  parseMatrixRow,
  parseReference,
  serialize,
  toolIdentity,
} from "../src/index.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const zeros = "0".repeat(64);

const leg: Leg = {
  schema: "multiarch.leg/1",
  tool: toolIdentity,
  plan: "0123456789abcdef",
  row: "linux-x64",
  target: "linux-x64",
  run: { id: "1", attempt: 1, checkRunId: null, nonce: "abc" },
  commit: null,
  config: zeros,
  host: {
    os: "linux",
    arch: "x64",
    machineArch: null,
    emulated: false,
    libc: null,
    cpuLevel: null,
    label: null,
  },
  cpu: "native",
  toolKind: "host",
  image: null,
  toolchain: [],
  parent: null,
  result: "ok",
  error: null,
  files: [],
  checks: [],
  smoke: [],
  tests: [],
  bench: [],
  cache: { hits: 0, misses: 0 },
  timings: [],
};

describe("serialize", () => {
  test("puts schema first and sorts all other keys, at every depth", () => {
    const text = serialize({ b: 1, schema: "s", a: [{ d: 1, c: 2 }] });
    expect(text).toBe(
      '{\n  "schema": "s",\n  "a": [\n    {\n      "c": 2,\n      "d": 1\n    }\n  ],\n  "b": 1\n}\n',
    );
  });

  test("gives equal bytes for equal values in any order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(serialize(reversed)).toBe(serialize(value));
      }),
    );
  });
});

describe("parseDocument", () => {
  test("reads what serialize wrote", () => {
    const text = serialize(leg);
    const parsed = parseDocument("leg", bytes(text), "here");
    expect(parsed).toEqual({ value: leg, sha256: digest(text), unknown: [] });
  });

  test("names fields that it does not know, and drops them", () => {
    const parsed = parseDocument("leg", bytes(JSON.stringify({ ...leg, later: 1 })), "here");
    expect(parsed.unknown).toEqual(["later"]);
    expect(parsed.value).toEqual(leg);
  });

  test.each([
    ["another major", { ...leg, schema: "multiarch.leg/2" }, "MA902"],
    ["another kind", { ...leg, schema: "multiarch.plan/1" }, "MA901"],
    ["no schema", {}, "MA901"],
    ["null", null, "MA901"],
    ["a path that leaves the folder", { ...leg, files: [{ path: "../x" }] }, "MA901"],
    ["an attempt of 0", { ...leg, run: { ...leg.run, attempt: 0 } }, "MA901"],
    ["a short hash", { ...leg, config: "00" }, "MA901"],
    ["an id with capitals", { ...leg, row: "Linux" }, "MA901"],
  ])("refuses %s", (_name, value, id) => {
    const read = () => parseDocument("leg", bytes(JSON.stringify(value)), "leg.json");
    expect(read).toThrow(new RegExp(`^${id} `));
  });
});

describe("parseJson", () => {
  test.each([
    ["no JSON", bytes("{")],
    ["bad UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
    ["13 levels", bytes(`${"[".repeat(13)}1${"]".repeat(13)}`)],
    ["a prototype", bytes('{"a":{"__proto__":{}}}')],
    ["more than 8 MiB", new Uint8Array(8 * 1024 * 1024 + 1)],
  ])("refuses %s", (_name, data) => {
    const read = () => parseJson(data, "here");
    expect(read).toThrow(/^MA901 /);
  });
});

describe("references", () => {
  test("come back as they were", () => {
    const reference = { reference: "multiarch.plan.1.1.ab", sha256: zeros };
    expect(parseReference(formatReference(reference), "here")).toEqual(reference);
  });

  test.each(["", "1", `1@sha256:${zeros}0`, `a/b@sha256:${zeros}`, `1@sha256:${zeros.slice(1)}G`])(
    "%j is none",
    (text) => expect(() => parseReference(text, "here")).toThrow(/MA901/),
  );
});

describe("matrix rows", () => {
  test("of somebody else are none of our business", () => {
    for (const row of [null, "x", {}, { os: "linux" }]) {
      expect(parseMatrixRow(row, "row")).toBeNull();
    }
  });

  test("of ours are held against their schema", () => {
    const read = () => parseMatrixRow({ plan: "1", id: "../x" }, "the input row");
    expect(read).toThrow(/MA901 the matrix row is not valid/);
  });
});

test("documents carry the version of the package", () => {
  const file = join(import.meta.dirname, "../../../../package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8")) as { version: string };
  expect(toolIdentity.version).toBe(version);
});
