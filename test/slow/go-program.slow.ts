import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { full } from "./support/components.ts";
import { proveEqual, provePackages, type Released, readLeg } from "./support/packages.ts";
import { release } from "./support/product.ts";
import { run, succeed } from "./support/run.ts";
import { releaseBySteps } from "./support/steps.ts";

const version = "3.12.0";
const targets = full
  ? [
      ...["linux-x64", "linux-arm64", "linux-armv7", "linux-riscv64"],
      ...["darwin-x64", "darwin-arm64", "windows-x64", "windows-arm64"],
    ]
  : ["linux-x64", "linux-arm64", "windows-x64"];

/** One of the module's two programs; its version is not in the source, so the linker is told. */
const configuration = `name: shfmt
version: ${version}
description: Formats shell programs
license: BSD-3-Clause
bins: [shfmt]
build: { ldflags: ["-X", "main.version={version}"] }
npm: { scope: "@shfmt" }
wheel: true
targets: [${targets.join(", ")}]
`;

/** The module as its proxy gives it, checked by go against the checksum database: read-only, without git. */
async function fetchModule(into: string): Promise<void> {
  const module = `mvdan.cc/sh/v3@v${version}`;
  const answer = await succeed("go", ["mod", "download", "-json", module], { cwd: tmpdir() });
  const { Dir: folder } = JSON.parse(answer) as { Dir: string };
  cpSync(folder, into, { recursive: true });
  await succeed("chmod", ["-R", "u+w", into], { cwd: tmpdir() });
}

describe("a Go program from the module proxy", () => {
  let folder: string;
  let project: string;
  let released: Released;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-go-"));
    project = join(folder, "project");
    await fetchModule(project);
    writeFileSync(join(project, "multiarch.yml"), configuration);
    const output = join(folder, "release");
    released = {
      output,
      release: await release(project, output),
      name: "shfmt",
      command: "shfmt",
      answer: /^3\.12\.0$/m,
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  provePackages(() => released);

  test("is static on Linux, and does its work", async () => {
    for (const target of targets.filter((id) => id.startsWith("linux-"))) {
      const [file] = readLeg(released.output, target).files;
      expect(file?.facts).toMatchObject({ os: "linux", static: true, glibcMin: null });
    }
    const program = join(released.output, "legs/linux-x64/files/shfmt/shfmt");
    const script = join(folder, "script.sh");
    writeFileSync(script, "if true\nthen echo   hello;fi\n");
    const { output } = await run(program, [script], { cwd: folder });
    expect(output).toBe("if true; then echo hello; fi\n");
  });

  test("has one home on each platform, and the version that the project says", () => {
    const { packages, project: about } = released.release;
    const npm = packages.filter(({ kind }) => kind === "npm").map(({ name }) => name);
    const expected = {
      "linux-x64": "@shfmt/linux-x64",
      "linux-arm64": "@shfmt/linux-arm64",
      "windows-x64": "@shfmt/win32-x64",
    };
    expect(npm).toEqual(expect.arrayContaining(["shfmt", ...Object.values(expected)]));
    expect(npm).toHaveLength(targets.length + 1);
    expect(about).toMatchObject({ name: "shfmt", version, commit: null });
  });

  test("built again under another umask, in another time zone and one at a time is the same", async () => {
    const again = join(folder, "again");
    // The whole suite compiles everything anew; the core links anew.
    const env = {
      TZ: "Pacific/Kiritimati",
      ...(full ? { GOCACHE: join(folder, "go-cache") } : {}),
    };
    await release(project, again, { umask: "0077", env, args: ["--jobs", "1"] });
    await proveEqual(released.output, again);
  });

  test("built by steps is the same whichever leg comes first", async () => {
    const one = await releaseBySteps({
      project,
      folder: join(folder, "forward"),
      order: (rows) => rows,
    });
    const other = await releaseBySteps({
      project,
      folder: join(folder, "backward"),
      order: (rows) => [...rows].reverse(),
      env: { TZ: "America/St_Johns" },
    });
    await proveEqual(one, other);
  });
});
