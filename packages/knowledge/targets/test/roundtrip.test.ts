import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import fc from "fast-check";
import {
  nameIn,
  namingSystems,
  ownIds,
  parseTarget,
  readings,
  rows,
  type TargetRow,
  targetTable,
} from "../src/index.ts";

const row = fc.constantFrom(...rows);
const space = fc.stringMatching(/^[ \t\n]{0,3}$/);

/** Every spelling that the row's own fields give, with the system it belongs to. */
function spellings(target: TargetRow): { system: string; text: string }[] {
  const named = namingSystems.flatMap((system) => {
    const text = nameIn(target, system);
    return text === null ? [] : [{ system, text }];
  });
  const of = (system: string, texts: readonly string[]) => texts.map((text) => ({ system, text }));
  return [
    ...named,
    ...of("rust", [...target.rustAliases, ...target.rustRelated]),
    ...of("wheel", target.wheelTags),
    ...of("uname", target.unameMachines),
    ...of("homebrew", target.homebrew),
    ...of("qemu", target.qemu === null ? [] : [`${target.qemu}-static`]),
  ];
}

const spelling = row.chain((target) =>
  fc.record({
    target: fc.constant(target),
    spelled: fc.constantFrom(...spellings(target)),
    flips: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
    before: space,
    after: space,
  }),
);

function disguise(text: string, flips: readonly boolean[]): string {
  return [...text]
    .map((letter, at) => (flips[at % flips.length] ? letter.toUpperCase() : letter))
    .join("");
}

describe("for every target and every naming system", () => {
  test("the readings of any spelling, in any case and space, contain that target", () => {
    fc.assert(
      fc.property(spelling, ({ target, spelled, flips, before, after }) => {
        const { system, text } = spelled;
        const disguised = `${before}${disguise(text, flips)}${after}`;
        expect(readings(disguised)).toContainEqual({ system, id: target.id });
        expect(readings(`${system}:${disguised}`)).toContainEqual({ system, id: target.id });
      }),
      { numRuns: 1000 },
    );
  });

  test("a spelling is taken for a target that covers it, or refused as ambiguous, but for these", () => {
    const exceptions = rows.flatMap((target) =>
      spellings(target).flatMap(({ system, text }) =>
        [text, `${system}:${text}`].flatMap((asked) => {
          const found = outcome(asked);
          const fits = found === "MA102" || (Array.isArray(found) && found.includes(target.id));
          return fits ? [] : [`${asked} is not ${target.id}`];
        }),
      ),
    );
    expect([...new Set(exceptions)].sort()).toEqual(expected.sort());
  });

  test("our own ids are read as themselves", () => {
    for (const id of ownIds) {
      expect(parseTarget(id).id).toBe(id);
      expect(parseTarget(` ${id.toUpperCase()} `).id).toBe(id);
    }
  });

  test("the table of a target shows names that lead back to it", () => {
    for (const { id } of rows) {
      const target = parseTarget(id);
      const table = targetTable(target);
      for (const system of namingSystems) {
        const name = table[system];
        if (system === "os-arch" || name === undefined || name === null) continue;
        for (const one of name.split(", ")) {
          expect(readings(`${system}:${one}`).map((reading) => reading.id)).toContain(id);
        }
      }
    }
  });

  test("anything else never ends in anything but an answer or a UserError", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        outcome(text);
      }),
    );
  });
});

const arms = ["linux-armv6-gnu", "linux-armv6-musl", "linux-armv5-gnu", "linux-armv5-musl"];
const little = ["linux-ppc64le-gnu", "linux-ppc64le-musl"];

/** Where our own id, Linux, or a system's own default has the better right. */
const expected = [
  // Our ids mean big-endian by ppc64, Node's names both.
  ...little.map((id) => `linux-ppc64 is not ${id}`),
  "linux-ppc64-gnu is not linux-ppc64le-gnu",
  // Go compiles for Arm 7, and napi-rs builds the shared name for it.
  ...arms.map((id) => `go:linux/arm is not ${id}`),
  "napi:linux-arm-gnueabihf is not linux-armv6-gnu",
  "napi:linux-arm-musleabihf is not linux-armv6-musl",
  // A processor alone is Linux, also where uname is named, if Linux says the word at all.
  ...["amd64 is not freebsd-x64", "arm64 is not darwin-arm64", "arm64 is not freebsd-arm64"],
  ...twice("x86_64", ["darwin-x64", "windows-x64-msvc", "windows-x64-gnu", "windows-ia32-msvc"]),
  ...twice("x86_64", ["android-x64", "windows-arm64-msvc"]),
  ...twice("i686", ["windows-ia32-msvc"]),
  ...twice("aarch64", ["windows-arm64-msvc", "android-arm64", "ohos-arm64"]),
  ...twice("armv7l", ["android-armv7"]),
  ...twice("armv8l", ["android-armv7"]),
  // OpenHarmony is Linux to Go.
  ...["linux/arm64 is not ohos-arm64", "go:linux/arm64 is not ohos-arm64"],
  // Merely close.
  ...["arm64ec-pc-windows-msvc", "aarch64-pc-windows-gnullvm"].flatMap((triple) =>
    twice(triple, ["windows-arm64-msvc"], "rust"),
  ),
  ...["wasm32-wasip1-threads", "wasm32-wasip2"].flatMap((triple) =>
    twice(triple, ["wasm32-wasip1"], "rust"),
  ),
];

function twice(text: string, ids: readonly string[], system = "uname"): string[] {
  return ids.flatMap((id) => [`${text} is not ${id}`, `${system}:${text} is not ${id}`]);
}

function outcome(text: string): string[] | string {
  try {
    return parseTarget(text).rows.map(({ id }) => id);
  } catch (error) {
    if (error instanceof UserError) return error.id;
    throw error;
  }
}
