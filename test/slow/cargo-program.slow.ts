import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { component, full, root } from "./support/components.ts";
import { proveEqual, provePackages, type Released, readLeg } from "./support/packages.ts";
import { multiarch, readRelease, release } from "./support/product.ts";
import { succeed } from "./support/run.ts";
import { crossRust, emulatedArm64, fetchCrate } from "./support/rust.ts";

const targets = ["linux-x64-gnu", "linux-arm64-gnu", "linux-armv7-gnu"] as const;
const configuration = `npm: true\nwheel: true\ntargets: [${targets.join(", ")}]\n`;

/** Small programs of other people: without dependencies, and with some. */
const programs = [
  { name: "shellharden", version: "4.3.1", answer: /^4\.3\.1$/m },
  { name: "hexyl", version: "0.17.0", answer: /^hexyl 0\.17\.0$/m },
].slice(0, full ? undefined : 1);

describe.each(programs)("$name from the crates registry", ({ name, version, answer }) => {
  let folder: string;
  let project: string;
  let released: Released;
  let environment: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-cargo-"));
    project = join(folder, "project");
    await fetchCrate(name, version, project);
    writeFileSync(join(project, "multiarch.yml"), configuration);
    const rust = crossRust();
    environment = { ...rust, ...emulatedArm64(rust.PATH) };
    const output = join(folder, "release");
    released = {
      output,
      release: await release(project, output, { env: environment }),
      name,
      command: name,
      answer,
    };
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  provePackages(() => released);

  test.each(targets)("for %s needs no newer glibc than the floor of the table", (target) => {
    const [file] = readLeg(released.output, target).files;
    const arch = { "linux-x64-gnu": "x64", "linux-arm64-gnu": "arm64", "linux-armv7-gnu": "arm" };
    expect(file?.facts).toMatchObject({ os: "linux", arch: arch[target], libc: "glibc" });
    const [major, minor] = (file?.facts?.glibcMin ?? "").split(".").map(Number);
    expect(major).toBe(2);
    expect(minor).toBeGreaterThan(0);
    expect(minor).toBeLessThanOrEqual(17);
  });

  test("was linked by the zig that the environment names", () => {
    for (const target of targets) {
      const tools = readLeg(released.output, target).toolchain;
      expect(tools.map((tool) => tool.name).sort()).toEqual(["cargo-zigbuild", "rustc", "zig"]);
    }
  });

  test("ran natively and under the emulator, and it is said why it did not elsewhere", () => {
    const smoke = (target: string) => readLeg(released.output, target).smoke;
    expect(smoke("linux-x64-gnu")).toMatchObject([{ where: "native", status: "ok" }]);
    expect(smoke("linux-arm64-gnu")).toMatchObject([{ where: "qemu-sysroot", status: "ok" }]);
    expect(smoke("linux-armv7-gnu")).toMatchObject([{ where: "none", status: "not-run" }]);
    expect(smoke("linux-armv7-gnu")[0]?.why).toMatch(/qemu-arm|ld-linux-armhf/);
  });

  if (full) {
    test("for armv7 runs as well where its emulator and libraries are", async () => {
      const emulator = join(component("cross-qemu.sh", "qemu", "aarch64", "arm"), "qemu-arm");
      const libraries = join(component("cross-sysroots.sh", "sysroots", "arm64", "armhf"), "armhf");
      const program = join(released.output, "legs/linux-armv7-gnu/files", name, name);
      const args = ["-L", libraries, program, "--version"];
      expect(await succeed(emulator, args, { cwd: folder })).toMatch(answer);
    });
  }

  test("compiled anew under another umask, in another time zone and order is the same", async () => {
    const again = join(folder, "again");
    const env = {
      ...environment,
      CARGO_TARGET_DIR: join(folder, "target"),
      TZ: "Pacific/Kiritimati",
    };
    await release(project, again, { umask: "0077", env, args: ["--jobs", "3"] });
    await proveEqual(released.output, again);
  });
});

describe("a new user's Cargo program", () => {
  let folder: string;
  let project: string;
  let environment: Record<string, string>;

  beforeAll(() => {
    environment = crossRust();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-cargo-user-"));
    project = join(folder, "project");
    cpSync(join(root, "examples/hello-cargo"), project, {
      recursive: true,
      filter: (path) => !/[\\/](?:target|release)$/.test(path),
    });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("gets its workflow by init, once", async () => {
    const first = await multiarch(project, ["init"]);
    expect(first.code).toBe(0);
    expect(first.output).toMatch(/^written \.github\/workflows\/release\.yml$/m);
    const workflow = readFileSync(join(project, ".github/workflows/release.yml"), "utf8");
    expect(workflow).toMatch(/^ {4}uses: \S+\/\.github\/workflows\/build\.yml@\S+$/m);
    expect(workflow).toContain("permissions: { contents: read, actions: read }");
    const second = await multiarch(project, ["init"]);
    expect(second.code).toBe(0);
    expect(second.output).toMatch(/^unchanged \.github\/workflows\/release\.yml$/m);
  });

  test("is released for what this machine reaches, and what it does not reach is named", async () => {
    const output = join(folder, "release");
    const asked = "linux-x64-gnu,linux-arm64-gnu,darwin-arm64,windows-x64";
    const args = ["release", "--targets", asked, "--out", output];
    const left = await multiarch(project, args, { env: environment });
    expect(left.code).toBe(3);
    expect(left.output).toMatch(/darwin-arm64 .*macOS/);
    expect(left.output).toMatch(/windows-x64 .*Windows/);
    // What to do about it.
    expect(left.output).toMatch(/`init`.*--allow-missing/);
    const { missing, legs } = readRelease(output);
    expect(missing.map(({ target }) => target)).toEqual(["darwin-arm64", "windows-x64"]);
    expect(legs.map(({ row }) => row)).toEqual(["linux-arm64-gnu", "linux-x64-gnu"]);
    const allowed = [...args, "--allow-missing", "darwin-arm64,windows-x64"];
    expect(await multiarch(project, allowed, { env: environment })).toMatchObject({ code: 0 });
  });

  test("with a compiler that knows none of the default targets is told so for each of them", async () => {
    const { code, output } = await multiarch(project, ["release"], { env: environment });
    expect(code).toBe(1);
    for (const target of ["linux-x64", "linux-arm64", "darwin-x64", "windows-arm64"]) {
      expect(output).toMatch(new RegExp(`^ .*\\b${target}\\b.*: `, "m"));
    }
    expect(output).toContain("x86_64-unknown-linux-musl is not installed here");
    // What to ask for instead.
    expect(output).toContain("linux-x64-gnu");
  });
});
