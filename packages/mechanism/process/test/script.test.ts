import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isCommandScript, scriptCommandLine } from "../src/script.ts";

describe("the command line for a Windows command script", () => {
  test("quotes what cmd.exe or the program behind the script would split", () => {
    const line = scriptCommandLine("C:\\Program Files (x86)\\npm.cmd", [
      "run",
      "a b",
      "",
      "c:\\d e\\",
      "x,y;z=1",
      "(a)",
    ]);
    expect(line).toBe(
      '""C:\\Program Files (x86)\\npm.cmd" run "a b" "" "c:\\d e\\\\" "x,y;z=1" "(a)""',
    );
  });

  test.each(["%", '"', "&", "|", "<", ">", "^", "!", "\r", "\n"])(
    "refuses %j, in an argument and in the path",
    (character) => {
      const refusal = expect.objectContaining({ id: "MA384" });
      expect(() => scriptCommandLine("npm.cmd", ["run", `a${character}b`])).toThrow(refusal);
      expect(() => scriptCommandLine(`a${character}b.cmd`, [])).toThrow(refusal);
    },
  );

  test("either refuses, or leaves nothing outside quotes that cmd.exe acts on", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (args) => {
        let line: string;
        try {
          line = scriptCommandLine("x.cmd", args);
        } catch {
          return args.some((one) => /[%"&|<>^!\r\n]/.test(one));
        }
        const inner = line.slice(1, -1);
        return (
          !/[%&|<>^!\r\n]/.test(inner) &&
          !/[ \t,;=()]/.test(inner.replaceAll(/"[^"]*"/g, "").replaceAll(/ /g, ""))
        );
      }),
    );
  });

  test("is made for .cmd and .bat in any case", () => {
    expect(["npm.cmd", "A.BAT", "npm.exe", "npm", "a.cmd.txt"].map(isCommandScript)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
