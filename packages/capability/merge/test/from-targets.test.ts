import { describe, expect, test } from "@jest/globals";
import {
  glibcProgram,
  linuxProgram,
  macosProgram,
  muslProgram,
  windowsProgram,
} from "../../../../test/support/binaries.ts";
import { userError } from "../../../../test/support/temporary.ts";
import { writeElf } from "../../../../test/support/write/elf.ts";
import { cpu, writeFat } from "../../../../test/support/write/macho.ts";
import { mergeFiles, namelessPrograms, said } from "./support/foreign.ts";

/** An ARM program that does not say for which version of the processor it is. */
const arm = (label: string): Uint8Array =>
  writeElf({
    machine: 40,
    bits: 32,
    flags: 0x5000400,
    notes: [{ name: "test", type: 1, content: Buffer.from(label.padEnd(4)) }],
  });
const fat = writeFat([
  { cpu: cpu.x64, bytes: macosProgram("x64") },
  { cpu: cpu.arm64, bytes: macosProgram("arm64") },
]);
const only = { overrides: { npm: false, wheel: false } } as const;

async function targetsOf(...args: Parameters<typeof mergeFiles>): Promise<string[]> {
  const { taken } = await mergeFiles(args[0], { ...only, ...args[1] });
  return taken.map(({ target, file }) => `${target} ${file}`);
}

describe("the target of a file that says nothing", () => {
  test("is short for what serves every libc, exact for what is bound to one", async () => {
    const files = {
      a: linuxProgram("x64"),
      b: glibcProgram("arm64", "2.28"),
      c: muslProgram("riscv64"),
      d: fat,
      e: windowsProgram("x64"),
      f: windowsProgram("ia32"),
    };
    expect(await targetsOf(files)).toEqual([
      "darwin-universal d",
      "linux-arm64-gnu b",
      "linux-riscv64-musl c",
      "linux-x64 a",
      "windows-ia32 f",
      "windows-x64 e",
    ]);
  });

  test("is musl's for a static file beside one for glibc", async () => {
    const files = {
      a: linuxProgram("x64"),
      b: glibcProgram("x64", "2.17"),
      c: linuxProgram("arm64"),
    };
    expect(await targetsOf(files)).toEqual([
      "linux-arm64 c",
      "linux-x64-gnu b",
      "linux-x64-musl a",
    ]);
  });

  test("of ARM without a version is asked for", async () => {
    const error = await userError(mergeFiles({ tool: arm("one") }));
    expect(error.id).toBe("MA734");
    expect(error.message).toMatch(/linux-armv6[\s\S]*--targets[\s\S]*name: tool-linux-armv/);
  });

  test("of ARM without a version is taken from a name or from the list", async () => {
    const named = { "tool-linux-armv6": arm("six"), "tool-linux-armv7": arm("seven") };
    expect(await targetsOf(named)).toEqual([
      "linux-armv6 tool-linux-armv6",
      "linux-armv7 tool-linux-armv7",
    ]);
    const overrides = { ...only.overrides, targets: ["linux-armv7"] };
    expect(await targetsOf({ tool: arm("one") }, { overrides })).toEqual(["linux-armv7 tool"]);
  });

  test("of two for Windows comes from names where these tell", async () => {
    const gnu = windowsProgram("x64");
    const msvc = Buffer.concat([gnu, Buffer.from("x")]);
    const files = {
      "tool-x86_64-pc-windows-gnu.exe": gnu,
      "tool-x86_64-pc-windows-msvc.exe": msvc,
    };
    expect(await targetsOf(files)).toEqual([
      "windows-x64-gnu tool-x86_64-pc-windows-gnu.exe",
      "windows-x64-msvc tool-x86_64-pc-windows-msvc.exe",
    ]);
  });
});

describe("a file for both processors of macOS", () => {
  const halves = { x: macosProgram("x64"), y: macosProgram("arm64") };

  test("gives way to its halves", async () => {
    const made = await mergeFiles({ ...halves, z: fat }, only);
    expect(made.taken.map(({ target, file }) => `${target} ${file}`)).toEqual([
      "darwin-arm64 y",
      "darwin-x64 x",
    ]);
    expect(made.passedOver).toEqual([{ file: "z", why: "its two halves are there by themselves" }]);
  });

  test("beside one of them means nothing", async () => {
    const error = await userError(mergeFiles({ x: halves.x, z: fat }, only));
    expect([error.id, error.details.found]).toEqual(["MA740", "darwin-universal, darwin-x64"]);
  });
});

describe("a system without a target", () => {
  const openbsd = writeElf({
    machine: 62,
    notes: [{ name: "OpenBSD", type: 1, content: Buffer.alloc(4) }],
  });

  test("is passed over with a warning beside others", async () => {
    const made = await mergeFiles({ one: openbsd, tool: linuxProgram("x64") }, only);
    expect(said(made, "warning")).toEqual([
      "warning: one is passed over: there is no target for openbsd x64",
    ]);
  });

  test("alone is an error", async () => {
    const error = await userError(mergeFiles({ one: openbsd }, only));
    expect([error.id, error.details.found]).toEqual(["MA731", "one (openbsd x64)"]);
  });
});

describe("the expected set", () => {
  const wishes = (...targets: string[]) => ({ overrides: { ...only.overrides, targets } });

  test("decides what a file is for that serves several", async () => {
    const both = wishes("linux-x64-gnu", "linux-x64-musl");
    expect(await targetsOf({ tool: linuxProgram("x64") }, both)).toEqual([
      "linux-x64-gnu tool",
      "linux-x64-musl tool",
    ]);
    const pair = { a: linuxProgram("x64"), b: glibcProgram("x64", "2.17") };
    expect(await targetsOf(pair, both)).toEqual(["linux-x64-gnu b", "linux-x64-musl a"]);
    const thin = wishes("darwin-x64", "darwin-arm64");
    expect(await targetsOf({ tool: fat }, thin)).toEqual(["darwin-arm64 tool", "darwin-x64 tool"]);
  });

  test("names every target without a file, unless it may be missing", async () => {
    const error = await userError(
      mergeFiles({ tool: linuxProgram("x64") }, wishes("linux-x64", "linux-arm64", "darwin-x64")),
    );
    expect([error.id, error.details.what]).toEqual([
      "MA737",
      "no file was found for darwin-x64, linux-arm64",
    ]);
    const made = await mergeFiles(
      { tool: linuxProgram("x64") },
      { ...wishes("linux-x64", "linux-arm64"), allowMissing: ["linux/arm64"] },
    );
    expect(made.release.missing).toEqual([
      { target: "linux-arm64", why: "no file was found for it", allowedBy: "allow-missing" },
    ]);
  });

  test("refuses files for other targets, each by its name", async () => {
    const files = { one: linuxProgram("x64"), two: macosProgram("x64") };
    const error = await userError(mergeFiles(files, wishes("linux-x64")));
    expect([error.id, error.details.what]).toEqual(["MA738", "two is for no expected target"]);
  });

  test("is said to be what was found where nobody said it", async () => {
    const made = await mergeFiles(namelessPrograms(), only);
    expect(said(made, "notice").join("\n")).toContain(
      "those that were found are taken for tool: darwin-arm64, darwin-x64, linux-arm64, linux-x64, windows-x64",
    );
    const asked = await mergeFiles({ tool: linuxProgram("x64") }, wishes("linux-x64"));
    expect([made.targetsAreFound, asked.targetsAreFound]).toEqual([true, false]);
    expect(said(asked, "notice")).toEqual([]);
  });
});

describe("two files for one target", () => {
  test("are refused by both their names when their bytes differ", async () => {
    const files = {
      "old/tool-linux-amd64": linuxProgram("x64", { label: "old" }),
      "new/tool-x86_64-unknown-linux-musl": linuxProgram("x64", { label: "new" }),
    };
    const error = await userError(mergeFiles(files, only));
    expect(error.id).toBe("MA735");
    expect(error.message).toContain("old/tool-linux-amd64");
    expect(error.message).toContain("new/tool-x86_64-unknown-linux-musl");
  });

  test("are one when their bytes are equal", async () => {
    const program = linuxProgram("x64");
    expect(await targetsOf({ "a/tool": program, "b/tool-linux-amd64": program })).toEqual([
      "linux-x64 a/tool",
    ]);
  });
});

describe("commands", () => {
  const pair = {
    "x/sg": linuxProgram("x64", { label: "sg" }),
    "x/ast-grep": linuxProgram("x64", { label: "ast" }),
    "y/sg.exe": windowsProgram("x64"),
    "y/ast-grep.exe": Buffer.concat([windowsProgram("x64"), Buffer.from("x")]),
  };

  test("of one target are kept together by their names", async () => {
    const { release, taken } = await mergeFiles(pair, only);
    expect(taken.map(({ target, name }) => `${target} ${name}`)).toEqual([
      "linux-x64 ast-grep",
      "linux-x64 sg",
      "windows-x64 ast-grep",
      "windows-x64 sg",
    ]);
    expect(release.packages.filter(({ kind }) => kind === "archive")).toHaveLength(2);
  });

  test("may have the same bytes", async () => {
    const same = { ...pair, "y/ast-grep.exe": pair["y/sg.exe"] };
    const { taken } = await mergeFiles(same, only);
    expect(taken.filter(({ target }) => target === "windows-x64").map(({ name }) => name)).toEqual([
      "ast-grep",
      "sg",
    ]);
  });

  test("that a target lacks are told", async () => {
    const { "y/sg.exe": _, ...lacking } = pair;
    const error = await userError(mergeFiles(lacking, only));
    expect([error.id, error.details.found]).toEqual([
      "MA736",
      "linux-x64: ast-grep and sg; windows-x64: ast-grep",
    ]);
  });

  test("can be chosen", async () => {
    const made = await mergeFiles(pair, { overrides: { ...only.overrides, bins: ["sg"] } });
    expect(made.taken.map(({ name }) => name)).toEqual(["sg", "sg"]);
    expect(made.passedOver.map(({ file }) => file).sort()).toEqual([
      "x/ast-grep",
      "y/ast-grep.exe",
    ]);
  });

  test("that one is chosen of take files along whose names say nothing", async () => {
    const files = {
      "sg-linux-x64": linuxProgram("x64"),
      "linux-arm64": linuxProgram("arm64"),
      "win.exe": windowsProgram("x64"),
    };
    const { taken } = await mergeFiles(files, { overrides: { ...only.overrides, bins: ["sg"] } });
    expect(taken.map(({ name, target }) => `${name} ${target}`)).toEqual([
      "sg linux-arm64",
      "sg linux-x64",
      "sg windows-x64",
    ]);
  });

  test("that one is chosen of are not left out for a whole platform unless targets say so", async () => {
    const files = { "sg-linux-x64": linuxProgram("x64"), other: linuxProgram("arm64") };
    const overrides = { ...only.overrides, bins: ["sg"] };
    const error = await userError(mergeFiles(files, { overrides }));
    expect([error.id, error.details.found]).toEqual(["MA736", "other (linux arm64)"]);
    const made = await mergeFiles(files, { overrides: { ...overrides, targets: ["linux-x64"] } });
    expect(made.passedOver).toEqual([{ file: "other", why: "not called sg" }]);
  });

  test("that are named must all be there", async () => {
    const error = await userError(
      mergeFiles(pair, { overrides: { ...only.overrides, bins: ["sg", "gs"] } }),
    );
    expect([error.id, error.details.found]).toEqual(["MA736", "x/sg, y/sg.exe"]);
  });

  test("called after platforms are no two commands of one package", async () => {
    const files = { "one-linux-x64": linuxProgram("x64"), "two-darwin-x64": macosProgram("x64") };
    const error = await userError(mergeFiles(files, only));
    expect([error.id, error.details.found]).toEqual(["MA736", "one-linux-x64, two-darwin-x64"]);
  });

  test("are called after the package where files have meaningless names", async () => {
    const made = await mergeFiles(namelessPrograms(), only);
    expect(new Set(made.taken.map(({ name }) => name))).toEqual(new Set(["tool"]));
    expect(said(made, "notice")[0]).toContain("are taken for the command tool");
  });
});

test("a name that says another platform than the bytes is a warning with both", async () => {
  const made = await mergeFiles(
    { "tool-linux-x64": macosProgram("x64"), "tool-windows-x64.exe": windowsProgram("x64") },
    only,
  );
  expect(said(made, "warning")).toEqual([
    "warning: tool-linux-x64 is called for another platform than it is for: its bytes say darwin x64",
  ]);
  expect(made.taken.map(({ target }) => target)).toEqual(["darwin-x64", "windows-x64"]);
});
