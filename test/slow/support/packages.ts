import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Leg, Release, ReleasePackage } from "@multiarch/contracts";
import { membersCalled } from "./members.ts";
import { clientNames, installWith } from "./npm-clients.ts";
import { parseWheelNames, pipInstall } from "./python.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { succeed } from "./run.ts";

/** A program that was released, and what everybody who installs it must see. */
export interface Released {
  /** The release folder. */
  readonly output: string;
  readonly release: Release;
  /** Name of the npm package and of the wheel. */
  readonly name: string;
  readonly command: string;
  /** What the command answers to `--version`. */
  readonly answer: RegExp;
}

/** What must hold for the packages of any program, proved with tools of other people. */
export function provePackages(released: () => Released): void {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "multiarch-packages-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const fresh = (name: string): string => mkdtempSync(join(folder, `${name}-`));

  test("npm package, wheel and archive of a target hold the bytes of its leg, executable", async () => {
    const { output, release, command } = released();
    const names = [command, `${command}.exe`];
    for (const { row } of release.legs) {
      const packages = ofTarget(release, row);
      expect(packages.map(({ kind }) => kind).sort()).toEqual(["archive", "npm", "wheel"]);
      const members = [];
      for (const { file } of packages) {
        members.push(...(await membersCalled(names, join(output, file), fresh("unpacked"))));
      }
      expect(members.map(({ package: name }) => name).sort()).toEqual(
        packages.map(({ file }) => file.split("/").at(-1)).sort(),
      );
      expect(new Set(members.map(({ mode }) => mode))).toEqual(new Set(["-rwxr-xr-x"]));
      const leg = readLeg(output, row);
      expect(new Set(members.map(({ sha256 }) => sha256))).toEqual(
        new Set(leg.files.map(({ sha256 }) => sha256)),
      );
    }
  });

  test("sha256sum agrees with SHA256SUMS, which names every archive", async () => {
    const archives = join(released().output, "archives");
    await succeed("sha256sum", ["--check", "--strict", "SHA256SUMS"], { cwd: archives });
    const lines = readFileSync(join(archives, "SHA256SUMS"), "utf8").trimEnd().split("\n");
    expect(["SHA256SUMS", ...lines.map((line) => line.slice(66))].sort()).toEqual(
      readdirSync(archives).sort(),
    );
  });

  test("Python's own library accepts every wheel's name", async () => {
    const { output, name, release } = released();
    const wheels = readdirSync(join(output, "wheels"));
    expect(wheels).toHaveLength(release.legs.length);
    const parsed = await parseWheelNames(wheels, folder);
    expect(parsed).toHaveLength(wheels.length);
    for (const line of parsed) {
      expect(line).toMatch(new RegExp(`^${name} ${release.project.version} `));
    }
  });

  test("pip installs it without an index, and the command runs", async () => {
    const { output, name, command, answer } = released();
    const bin = await pipInstall(name, join(output, "wheels"), fresh("pip"));
    expect(await succeed(join(bin, command), ["--version"], { cwd: folder })).toMatch(answer);
  });

  describe("from a registry", () => {
    let registry: Registry;
    beforeAll(async () => {
      const { output, release } = released();
      registry = await startRegistry(join(folder, "registry"));
      const files = new Map(release.packages.map(({ id, file }) => [id, join(output, file)]));
      for (const id of release.order) await registry.publish(files.get(id) ?? id);
    });
    afterAll(() => registry?.stop());

    test.each(clientNames)("%s installs it, and the command runs", async (client) => {
      const { name, command, answer, release } = released();
      const specification = `${name}@${release.project.version}`;
      const installed = await installWith(client, specification, registry.url, fresh("client"));
      const options = { cwd: folder, env: installed.env };
      expect(await succeed(join(installed.bin, command), ["--version"], options)).toMatch(answer);
    });
  });
}

/** Fails with the first differences when two release folders are not equal in every byte of every file. */
export async function proveEqual(one: string, other: string): Promise<void> {
  await succeed("diff", ["--recursive", "--brief", one, other], { cwd: tmpdir() });
}

export function readLeg(output: string, row: string): Leg {
  return JSON.parse(readFileSync(join(output, "legs", row, "leg.json"), "utf8")) as Leg;
}

function ofTarget(release: Release, row: string): readonly ReleasePackage[] {
  return release.packages.filter(({ target }) => target === row);
}
