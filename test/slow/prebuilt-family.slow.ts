import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { full } from "./support/components.ts";
import { proveEqual, provePackages, type Released, readLeg } from "./support/packages.ts";
import { multiarch, release } from "./support/product.ts";
import { succeed } from "./support/run.ts";
import { releaseBySteps } from "./support/steps.ts";

const version = "0.28.2";
/** Our target for each platform package of the family. */
const core = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-arm64": "darwin-arm64",
  "win32-x64": "windows-x64",
};
const others = {
  "linux-arm": "linux-armv7",
  "linux-ia32": "linux-ia32",
  "linux-ppc64": "linux-ppc64le",
  "linux-riscv64": "linux-riscv64",
  "linux-s390x": "linux-s390x",
  "darwin-x64": "darwin-x64",
  "win32-arm64": "windows-arm64",
  "win32-ia32": "windows-ia32",
};
const family = full ? { ...core, ...others } : core;

/** The binaries inside the platform packages that esbuild publishes, as its own registry client brings them. */
async function fetchFamily(folder: string): Promise<void> {
  for (const name of Object.keys(family)) {
    const into = join(folder, "downloaded", name);
    mkdirSync(into, { recursive: true });
    const flags = ["--silent", "--pack-destination", folder];
    const tarball = await succeed("npm", ["pack", ...flags, `@esbuild/${name}@${version}`], {
      cwd: folder,
    });
    const file = tarball.trimEnd().split("\n").at(-1) ?? "";
    await succeed("tar", ["-xzf", join(folder, file), "-C", into, "--strip-components=1"], {
      cwd: folder,
    });
  }
}

const configuration = `name: esbuild
version: ${version}
description: An extremely fast JavaScript and CSS bundler and minifier
license: MIT
builder: prebuilt
prebuilt: { files: ["downloaded/{node}/bin/esbuild", "downloaded/{node}/esbuild.exe"] }
npm: { scope: "@esbuild" }
wheel: true
targets: [${Object.values(family).join(", ")}]
`;

describe("the binaries inside a published npm family", () => {
  let folder: string;
  let project: string;
  let released: Released;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-prebuilt-"));
    project = join(folder, "project");
    mkdirSync(project);
    await fetchFamily(project);
    writeFileSync(join(project, "multiarch.yml"), configuration);
    const output = join(folder, "release");
    released = {
      output,
      release: await release(project, output),
      name: "esbuild",
      command: "esbuild",
      answer: /^0\.28\.2$/m,
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  provePackages(() => released);

  test("are taken as they are, and said to be what they are", () => {
    for (const [name, target] of Object.entries(family)) {
      const { files, checks } = readLeg(released.output, target);
      const inside = name.startsWith("win32") ? "esbuild.exe" : "bin/esbuild";
      const bytes = readFileSync(join(project, "downloaded", name, inside));
      expect(files).toHaveLength(1);
      const taken = readFileSync(join(released.output, "legs", target, files[0]?.path ?? ""));
      expect(taken.equals(bytes)).toBe(true);
      expect(checks.filter(({ level }) => level === "error")).toEqual([]);
    }
  });

  test("under another umask, in another time zone and one at a time give the same bytes", async () => {
    const again = join(folder, "again");
    const env = { TZ: "Pacific/Kiritimati" };
    await release(project, again, { umask: "0077", env, args: ["--jobs", "1"] });
    await proveEqual(released.output, again);
  });

  test("by steps give the same bytes whichever leg comes first", async () => {
    const forward = join(folder, "forward");
    const backward = join(folder, "backward");
    const one = await releaseBySteps({ project, folder: forward, order: (rows) => rows });
    const other = await releaseBySteps({
      project,
      folder: backward,
      order: (rows) => [...rows].reverse(),
      env: { TZ: "America/St_Johns" },
    });
    await proveEqual(one, other);
  });

  test("under another platform's name are refused", async () => {
    const wrong = join(folder, "wrong");
    cpSync(project, wrong, { recursive: true });
    cpSync(
      join(project, "downloaded/linux-x64/bin/esbuild"),
      join(wrong, "downloaded/linux-arm64/bin/esbuild"),
    );
    const { code, output } = await multiarch(wrong, ["release", "--out", join(folder, "never")]);
    expect(code).toBe(1);
    expect(output).toMatch(/linux-arm64[\s\S]*expected:.*arm64[\s\S]*found:.*x64/);
  });
});
