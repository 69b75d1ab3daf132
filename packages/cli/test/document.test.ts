import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import type { Command } from "commander";
import { projectFiles, root } from "../../../test/policy/tree.ts";
import { codeIn, tableOf } from "../../../test/support/markdown.ts";
import { exitCodes } from "../src/io.ts";
import { createProgram } from "../src/program.ts";

const text = readFileSync(join(root, "docs/command-line.md"), "utf8");
const program = createProgram(
  {
    env: {},
    cwd: root,
    print: () => {},
    log: silentLog,
    terminal: false,
    now: () => 0,
    nonce: () => "",
  },
  () => {},
);

const words = (list: string): string[] => list.split(",").map((word) => word.trim());
const verbs = program.commands.map((command) => command.name()).sort();
/** Flags of the program itself, which every verb takes. */
const common = ["--help", "--verbose", "--version"];

function flagsOf(command: Command): string[] {
  return [...command.options.map(({ long }) => long ?? ""), ...common].sort();
}

/** As documented: each verb with its flags. */
function documentedFlags(): Map<string, string[]> {
  const found = new Map<string, string[]>(verbs.map((verb) => [verb, []]));
  for (const [flags = "", owners = ""] of tableOf(text, ["Flag", "Verbs", "Meaning"])) {
    // Further values of a flag stand beside it.
    const codes = codeIn(flags).filter((code) => code.startsWith("--"));
    const names = codes.map((code) => code.split(" ", 1)[0] ?? "");
    for (const owner of owners === "all" ? verbs : words(owners)) {
      found.set(owner, [...(found.get(owner) ?? []), ...names].sort());
    }
  }
  return found;
}

describe("docs/command-line.md", () => {
  const rows = tableOf(text, ["Verb", "What it does"]);

  test("has every verb with its argument, and no other", () => {
    const documented = rows.map(([code = ""]) => codeIn(code)[0] ?? "").sort();
    const real = program.commands.map((command) =>
      [
        command.name(),
        ...command.registeredArguments.map((argument) => {
          const name = argument.name().toUpperCase();
          return argument.required ? name : `[${name}]`;
        }),
      ].join(" "),
    );
    expect(documented).toEqual(real.sort());
  });

  test("has every flag of every verb, and no other", () => {
    const documented = documentedFlags();
    expect([...documented.keys()].sort()).toEqual(verbs);
    for (const command of program.commands) {
      expect([command.name(), documented.get(command.name())]).toEqual([
        command.name(),
        flagsOf(command),
      ]);
    }
    const own = program.options.map(({ long }) => long ?? "");
    expect(["--help", ...own].sort()).toEqual(common);
  });

  test("says which flags take a value", () => {
    const documented = tableOf(text, ["Flag", "Verbs", "Meaning"]).flatMap(([flags = ""]) =>
      codeIn(flags),
    );
    const valued = documented
      .filter((code) => code.includes(" "))
      .map((code) => code.split(" ", 1)[0] ?? "");
    const real = program.commands.flatMap(({ options }) =>
      options.filter(({ required }) => required).map(({ long }) => long ?? ""),
    );
    expect(valued.sort()).toEqual([...new Set(real)].sort());
  });

  test("names only flags that exist", () => {
    const known = new Set([...common, ...program.commands.flatMap(flagsOf)]);
    const named: string[] = text.match(/(?<![-\w])--[a-z][a-z-]*/g) ?? [];
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((flag) => !known.has(flag))).toEqual([]);
  });

  test("has every exit code", () => {
    const codes = tableOf(text, ["Exit code", "Meaning"]).map(([code]) => Number(code));
    expect(codes).toEqual(Object.values(exitCodes));
  });

  test("has every variable of ours", () => {
    const documented = tableOf(text, ["Variable", "Meaning"]).map(
      ([code = ""]) => codeIn(code)[0]?.split("=", 1)[0] ?? "",
    );
    const sources = projectFiles("packages", ".ts").filter((file) => file.includes("/src/"));
    const named = sources.flatMap<string>(
      (file) => readFileSync(join(root, file), "utf8").match(/\bMULTIARCH_[A-Z_]+/g) ?? [],
    );
    // What a build command is told: docs/configuration.md.
    const told = ["MULTIARCH_OUT", "MULTIARCH_TARGET", "MULTIARCH_VERSION"];
    const ours = documented.filter((name) => name.startsWith("MULTIARCH_"));
    expect([...new Set(named)].sort()).toEqual([...ours, ...told].sort());
  });
});
