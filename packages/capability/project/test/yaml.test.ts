import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseYaml } from "../src/config/yaml.ts";
import { userError } from "./temporary.ts";

const parse = (text: string) => parseYaml(text, "multiarch.yml");

describe("what is refused, and where", () => {
  const bomb = [
    "a: &a [x, x, x, x, x, x, x, x, x, x]",
    ..."bcdefghi".split("").map((key, index) => {
      const before = "abcdefgh"[index];
      return `${key}: &${key} [${Array(10).fill(`*${before}`).join(", ")}]`;
    }),
  ].join("\n");

  test.each<[string, string, string, RegExp]>([
    ["a tab as indentation", "build:\n\tstrip: true\n", "2:1", /a tab/],
    ["a key twice", "name: a\nbuilder: go\nname: b\n", "3:1", /twice/],
    ["a key twice further in", "build:\n  strip: true\n  strip: false\n", "3:3", /twice/],
    ["a second document", "name: a\n---\nname: b\n", "3:1", /second document/],
    ["a document after the end mark", "name: a\n...\nname: b\n", "3:1", /second document/],
    ["a list", "# why\n- go\n", "2:1", /holds a list/],
    ["a single value", "go\n", "1:1", /single value/],
    ["an open bracket", "targets: [linux-x64,\nname: x", "2:1", /not YAML/],
    ["an open quote", "name: 'x\n", "2:1", /not YAML/],
    ["an unquoted specifier", "wheel: { requires-python: >=3.8 }", "1:27", /not YAML/],
    ["a foreign tag", "name: !secret x\n", "1:7", /tag/],
    ["an unknown alias", "name: *x\n", "1:7", /\*x/],
    ["a list as key", "? [a, b]\n: 1\n", "1:3", /not YAML/],
    ["a cycle", "a: &x [*x]\n", "1:8", /./],
    ["a bomb of aliases", bomb, "", /more than 20000 values/],
    ["a prototype key", "name: x\n__proto__: { y: 1 }\n", "2:1", /__proto__/],
    ["a key that objects inherit", "build:\n  constructor: x\n", "2:3", /constructor/],
    ["deep flow nesting", `a: ${"[".repeat(20_000)}`, "1:1", /nested deeper/],
    ["deep flow nesting over lines", `a: ${"[\n".repeat(20_000)}`, "", /nested deeper/],
    ["deep list nesting", "- ".repeat(20_000), "1:1", /nested deeper/],
    ["deep mapping nesting", nested(2_000), "", /nested deeper/],
    ["what is deeper than any key", nested(14), "", /nested deeper than 10/],
  ])("%s", async (_what, text, place, message) => {
    const error = await userError(parse(text));
    expect(error.id).toBe("MA121");
    expect(error.details.what).toMatch(message);
    expect(error.details.where).toMatch(
      place === "" ? /^multiarch\.yml:\d+:\d+$/ : new RegExp(`^multiarch\\.yml:${place}$`),
    );
  });

  function nested(levels: number): string {
    return Array.from({ length: levels }, (_, level) => `${" ".repeat(level)}k:`).join("\n");
  }
});

describe("what is read", () => {
  test.each<[string, string, Record<string, unknown>]>([
    ["nothing", "", {}],
    ["comments", "# nothing to say\n", {}],
    ["an explicit nothing", "~\n", {}],
    ["a start mark", "---\nname: x\n", { name: "x" }],
    ["a byte order mark and CRLF", "\uFEFFname: x\r\nbins: [a]\r\n", { name: "x", bins: ["a"] }],
    ["anchors", "a: &x [1, b]\nc: *x\n", { a: [1, "b"], c: [1, "b"] }],
    ["YAML 1.2 words", "a: [yes, no, on, true, null]", { a: ["yes", "no", "on", true, null] }],
    [
      "numbers that would change stay text",
      "a: [3.10, 3.11, 0x1F, 010, 1e3, 60, -1, True, .5]",
      { a: ["3.10", 3.11, "0x1F", "010", "1e3", 60, -1, "True", ".5"] },
    ],
    ["keys are text", "1: a\ntrue: b\n", { "1": "a", true: "b" }],
  ])("%s", async (_what, text, value) => {
    expect((await parse(text)).value).toEqual(value);
  });

  test("a merge key is a key like any other, so the closed table refuses it", async () => {
    expect((await parse("<<: { name: x }\n")).value).toEqual({ "<<": { name: "x" } });
  });

  test("every value knows its place; what is missing has that of its parent", async () => {
    const { position } = await parse("build:\n  args: [a,\n    b]\n  env: { X: 1 }\n");
    expect(position(["build"], true)).toBe("1:1");
    expect(position(["build", "args", 1])).toBe("3:5");
    expect(position(["build", "env", "X"], true)).toBe("4:10");
    expect(position(["build", "env", "X"])).toBe("4:13");
    expect(position(["build", "env", "Y"])).toBe("4:8");
    expect(position(["nowhere"])).toBe("1:1");
  });

  test("any JSON object of the allowed depth comes back as it was", async () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    );
    const key = fc.string().filter((text) => !(text in {}) && text !== "prototype");
    const object = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)));
    await fc.assert(
      fc.asyncProperty(object, async (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify((await parse(text)).value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 60 },
    );
  });

  test("whatever the bytes, there is a value or an error for users", async () => {
    const piece = fc.constantFrom(
      "a: ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "\n",
      "  ",
      "'",
      '"',
      "&x ",
      "*x",
      "? ",
      "|\n",
      "#",
      "---\n",
      "!t ",
      "\t",
      ":",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const outcome = await parse(pieces.join("")).then(
          () => "value",
          (error: unknown) => (error instanceof Error ? error.name : "strange"),
        );
        expect(["value", "UserError"]).toContain(outcome);
      }),
      { numRuns: 300 },
    );
  });
});
