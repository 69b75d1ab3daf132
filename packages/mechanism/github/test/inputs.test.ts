import { describe, expect, test } from "@jest/globals";
import { readInputs } from "@multiarch/github";
import fc from "fast-check";

const specification = {
  row: { type: "json" },
  config: { type: "text", default: "multiarch.yml" },
  "working-directory": { type: "text", default: "." },
  targets: { type: "list", aliases: ["platforms"] },
  builder: { type: "choice", choices: ["auto", "go", "cargo"], default: "auto" },
  "max-jobs": { type: "number", default: 256, integer: true, minimum: 1, maximum: 256 },
  "allow-empty": { type: "boolean" },
  upload: { type: "boolean", default: true },
  name: { type: "text" },
} as const;

/** As the runner passes `with:`. */
function variables(inputs: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
      value,
    ]),
  );
}

const read = (inputs: Record<string, string>) => readInputs(specification, variables(inputs));
const refusal = (id: string, ...parts: string[]) =>
  expect.objectContaining({
    id,
    message: expect.stringMatching(new RegExp(parts.join("[\\s\\S]*"))),
  });

describe("inputs", () => {
  test("have the types of their definitions", () => {
    const inputs = read({
      row: '{"id":"a"}',
      targets: "linux-x64, linux-arm64\r\n\n darwin-arm64 ,",
      builder: "go",
      "max-jobs": "12",
      "allow-empty": "true",
      upload: "false",
      name: "  x y ",
    });
    const {
      row,
      builder,
      name,
    }: { row: unknown; builder: "auto" | "go" | "cargo"; name: string | null } = inputs;
    expect({ row, builder, name }).toEqual({ row: { id: "a" }, builder: "go", name: "x y" });
    const targets: readonly string[] = inputs.targets;
    expect(targets).toEqual(["linux-x64", "linux-arm64", "darwin-arm64"]);
    const jobs: number = inputs["max-jobs"];
    const flags: boolean[] = [inputs["allow-empty"], inputs.upload];
    expect([jobs, ...flags]).toEqual([12, true, false]);
    expect(Object.isFrozen(inputs)).toBe(true);
  });

  test("that are not given, or empty, have their defaults", () => {
    const expected = {
      row: null,
      config: "multiarch.yml",
      "working-directory": ".",
      targets: [],
      builder: "auto",
      "max-jobs": 256,
      "allow-empty": false,
      upload: true,
      name: null,
    };
    expect(read({})).toEqual(expected);
    const empty = Object.fromEntries(Object.keys(specification).map((name) => [name, " "]));
    expect(read(empty)).toEqual(expected);
    expect(read({ targets: " , \n" }).targets).toEqual([]);
  });

  test("are required where the definition says so", () => {
    const tool = { tool: { type: "text", required: true } } as const;
    expect(() => readInputs(tool, { INPUT_TOOL: " " })).toThrow(refusal("MA004", "tool"));
    const value: string = readInputs(tool, { INPUT_TOOL: "fzf" }).tool;
    expect(value).toBe("fzf");
  });

  test.each([
    ["allow-empty", "True", "true or false"],
    ["allow-empty", "yes", "true or false"],
    ["allow-empty", "1", "true or false"],
    ["builder", "gp", "one of auto, go, cargo", "write builder: go"],
    ["max-jobs", "0", "a whole number from 1 to 256"],
    ["max-jobs", "257", "a whole number"],
    ["max-jobs", "1.5", "a whole number"],
    ["max-jobs", "1e2", "a whole number"],
    ["max-jobs", "0x10", "a whole number"],
    ["max-jobs", "-1", "a whole number"],
    ["row", "{", "JSON"],
    ["row", '{"a":{"__proto__":1}}', "without the key __proto__"],
  ])("refuse %s: %s", (name, value, ...parts) => {
    expect(() => read({ [name]: value })).toThrow(refusal("MA003", name, ...parts));
  });

  test("have one value under all their names", () => {
    expect(read({ platforms: "a" }).targets).toEqual(["a"]);
    expect(read({ platforms: "a", targets: "a" }).targets).toEqual(["a"]);
    expect(() => read({ platforms: "a", targets: "b" })).toThrow(
      refusal("MA005", "targets", "platforms"),
    );
    // The runner itself fills in the default of action.yml.
    const withDefault = {
      image: { type: "text", default: "pinned", aliases: ["binfmt"] },
    } as const;
    expect(readInputs(withDefault, variables({ image: "pinned", binfmt: "mine" })).image).toBe(
      "mine",
    );
  });
});

describe("an input that does not exist", () => {
  test.each([
    ["traget", "targets"],
    ["target", "targets"],
    ["Targts", "targets"],
    ["working_directory", "working-directory"],
    ["workingdirectory", "working-directory"],
    ["working directory", "working-directory"],
    ["max-job", "max-jobs"],
    ["platform", "platforms"],
    ["uplaod", "upload"],
  ])("%s is refused, and %s named", (wrong, right) => {
    expect(() => read({ targets: "a", [wrong]: "" })).toThrow(
      refusal("MA002", right, `write ${right}`),
    );
  });

  test("is refused also when nothing resembles it, with all names and the other way it can come about", () => {
    expect(() => read({ nonsense: "1", "publish-to-npm": "true" })).toThrow(
      refusal(
        "MA002",
        "nonsense, publish-to-npm",
        "one of row, config",
        "env: sets INPUT_NONSENSE",
      ),
    );
  });

  test("is any but those that are specified", () => {
    const known = new Set(
      Object.keys(
        variables(
          Object.fromEntries(
            [...Object.keys(specification), "platforms"].map((name) => [name, ""]),
          ),
        ),
      ),
    );
    const key = fc
      .string({ unit: "grapheme", minLength: 1 })
      .map((text) => `INPUT_${text.toUpperCase()}`);
    fc.assert(
      fc.property(key, (variable) => {
        fc.pre(!known.has(variable));
        expect(() => readInputs(specification, { [variable]: "x" })).toThrow(refusal("MA002"));
      }),
    );
  });

  test("is not seen in what else the environment holds", () => {
    const foreign = {
      INPUTS_TAG: "1",
      MY_INPUT_X: "1",
      INPUT: "1",
      input_x: "1",
      INPUT_GONE: undefined,
    };
    expect(() => readInputs(specification, foreign)).not.toThrow();
  });
});
