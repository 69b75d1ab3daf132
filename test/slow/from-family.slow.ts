import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Release } from "@multiarch/contracts";
import { full } from "./support/components.ts";
import { type Family, families } from "./support/families.ts";
import { fetchNpm, fetchWheel } from "./support/fetch-families.ts";
import { membersCalled } from "./support/members.ts";
import { installWith } from "./support/npm-clients.ts";
import { readLeg } from "./support/packages.ts";
import { multiarch, readRelease } from "./support/product.ts";
import { pipInstall } from "./support/python.ts";
import { type Registry, startRegistry } from "./support/registry.ts";
import { succeed } from "./support/run.ts";

let folder: string;
let registry: Registry;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "multiarch-family-"));
  registry = await startRegistry(join(folder, "registry"));
});
afterAll(() => {
  registry?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
const fresh = (name: string): string => mkdtempSync(join(folder, `${name}-`));

/** Where an executable lies in an npm package. */
function executables(unpacked: string, commands: readonly string[]): string[] {
  const places = commands.flatMap((command) =>
    [command, `bin/${command}`, `${command}.exe`, `bin/${command}.exe`].map((name) =>
      join(unpacked, name),
    ),
  );
  return places.filter((place) => existsSync(place));
}

/**
 * The executables of a family as somebody without care might hand them on: modes lost, and names that say nothing. Where there
 * are several for a platform only their own names can tell which is which.
 */
async function handOn(family: Family, into: string): Promise<void> {
  for (const [index, platform] of family.platforms.entries()) {
    const unpacked = await fetchNpm(family, platform);
    const found = executables(unpacked, family.commands);
    expect(found).toHaveLength(family.commands.length);
    for (const path of found) {
      const name = `download-${"abcdefghijkl"[index]}`;
      const alone = family.commands.length === 1;
      const place = join(into, alone ? name : join(name, basename(path, ".exe")));
      mkdirSync(dirname(place), { recursive: true });
      cpSync(path, place);
      chmodSync(place, 0o600);
    }
  }
}

async function mergeFrom(cwd: string, ...args: string[]): Promise<string> {
  const { code, output } = await multiarch(cwd, ["merge", "--from", "handed", ...args]);
  if (code !== 0) throw new Error(`merge: exit ${code}\n${output}`);
  return output;
}

async function proveInstalls(
  output: string,
  { packages, order, project }: Release,
  { commands, answer }: Pick<Family, "commands" | "answer">,
): Promise<void> {
  const files = new Map(packages.map(({ id, file }) => [id, join(output, file)]));
  for (const id of order) await registry.publish(files.get(id) ?? id);
  const main = packages.find((one) => one.kind === "npm" && one.main)?.name ?? "";
  // What other clients of npm do is tried elsewhere, with smaller packages.
  const place = fresh("npm");
  const specification = `${main}@${project.version}`;
  const { bin: fromNpm, env } = await installWith("npm 11", specification, registry.url, place);
  const fromPip = await pipInstall(project.name, join(output, "wheels"), fresh("pip"));
  for (const bin of [fromNpm, fromPip]) {
    // As in a shell of the user's: a command may start another one of its package.
    const options = { cwd: place, env: { ...env, PATH: `${bin}${delimiter}${env.PATH}` } };
    for (const command of commands) {
      expect(await succeed(join(bin, command), ["--version"], options)).toMatch(answer);
    }
  }
}

describe.each(families.slice(0, full ? undefined : 1))("the binaries of $name", (family) => {
  let output: string;
  let release: Release;

  beforeAll(async () => {
    const cwd = fresh(family.name);
    await handOn(family, join(cwd, "handed"));
    await mergeFrom(cwd, "--name", family.project, "--package-version", family.version);
    output = join(cwd, "release");
    release = readRelease(output);
  });

  test("are taken for what they are, unchanged", async () => {
    expect(release.legs.map(({ row }) => row).sort()).toEqual(
      family.platforms.map(({ target }) => target).sort(),
    );
    for (const platform of family.platforms) {
      const unpacked = await fetchNpm(family, platform);
      for (const file of readLeg(output, platform.target).files) {
        const name = basename(file.path, ".exe");
        const [original = ""] = executables(unpacked, [name]);
        await succeed("cmp", [original, join(output, "legs", platform.target, file.path)], {
          cwd: folder,
        });
      }
    }
  });

  test.each(family.platforms)(
    "give a wheel for $target with the publisher's tags, or with better ones",
    async (platform) => {
      const { target, theirs, ours, because, bytes = {}, otherBuild } = platform;
      const wheel = release.packages.find((one) => one.kind === "wheel" && one.target === target);
      const tagsOf = (name: string): string => name.slice(name.indexOf("-none-") + 6, -4);
      expect(tagsOf(wheel?.file ?? "")).toBe(ours ?? theirs);
      // A difference has a reason, and the reason is in the bytes.
      expect(ours === undefined).toBe(because === undefined);
      const { files } = readLeg(output, target);
      for (const { facts } of files.slice(0, 1)) expect(facts).toMatchObject(bytes);
      if (theirs === undefined) return;
      const published = await fetchWheel(family, platform);
      expect(tagsOf(basename(published))).toBe(theirs);
      const names = family.commands.flatMap((command) => [command, `${command}.exe`]);
      const members = await membersCalled(names, published, fresh("wheel"));
      const shas = files.map(({ sha256 }) => sha256).sort();
      const same = members.map(({ sha256 }) => sha256).sort();
      if (otherBuild) expect(same).not.toEqual(shas);
      else expect(same).toEqual(shas);
    },
  );

  test("are in every package of their target", async () => {
    const names = family.commands.flatMap((command) => [command, `${command}.exe`]);
    for (const { target } of family.platforms) {
      const expected = readLeg(output, target).files.map(({ sha256 }) => sha256);
      const own = release.packages.filter((one) => one.target === target);
      expect(own.map(({ kind }) => kind).sort()).toEqual(["archive", "npm", "wheel"]);
      for (const { file } of own) {
        const members = await membersCalled(names, join(output, file), fresh("members"));
        expect(members.map(({ sha256 }) => sha256).sort()).toEqual([...expected].sort());
        expect(new Set(members.map(({ mode }) => mode))).toEqual(new Set(["-rwxr-xr-x"]));
      }
    }
  });

  test("install with pip and npm, and run", async () => {
    await proveInstalls(output, release, family);
  });
});

test("somebody who downloaded five packages needs one command", async () => {
  const [family] = families;
  if (family === undefined) throw new Error("there is no family");
  const cwd = fresh("user");
  for (const platform of family.platforms.slice(0, 5)) {
    const unpacked = await fetchNpm(family, platform);
    cpSync(unpacked, join(cwd, "handed", platform.npm), { recursive: true });
  }
  const said = await mergeFrom(cwd, "--name", "x", "--package-version", "1.2.3");
  expect(said).toContain("those that were found are taken for lefthook");
  const output = join(cwd, "release");
  const release = readRelease(output);
  expect(readdirSync(join(output, "npm"))).toHaveLength(6);
  expect(release.installs.map(({ manager, status }) => `${manager} ${status}`)).toEqual([
    "npm ok",
    "pip ok",
  ]);
});
