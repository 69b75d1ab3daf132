import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { cp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { digest } from "@multiarch/contracts";
import { silentLog, UserError } from "@multiarch/diagnostics";
import { adoptPackages } from "@multiarch/merge";
import { platformsOfWheel, targetOfTags } from "@multiarch/targets";
import { type Artifact, loadSample } from "../corpus/data.ts";
import { fetchArtifacts, placeOf } from "../corpus/fetch.ts";
import { deliver, mergeDelivery } from "../support/delivery.ts";
import { prebuiltProject } from "../support/project.ts";
import { cache, component, full } from "./support/components.ts";
import { askPython, noPip } from "./support/python.ts";
import { succeed } from "./support/run.ts";
import { type UnpackedWheel, unpackWheels } from "./support/wheel-trees.ts";

const published = loadSample(full).filter(({ registry }) => registry === "pypi");
/** One for each target and kind of Python; the whole suite takes all. */
const repacked = published.filter((one, index) => {
  const kind = (artifact: Artifact): string => {
    const { abis = [], platforms = [] } = artifact;
    return `${abis.map((abi) => abi.replace(/\d+/, ""))} ${targetOfTags(platforms)}`;
  };
  return (
    full ||
    published.findIndex((other) => kind(other) === kind(one)) === index ||
    /^(?:psutil|glfw)/.test(one.file)
  );
});
const isFalse = ({ findings }: Artifact): boolean =>
  findings.some(({ sev, cls }) => sev === "error" && (cls === "real" || cls === "deliberate"));

async function fetchAll(): Promise<void> {
  const python = join(component("get-packaging.sh", "packaging"), "bin/python");
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const missing = await fetchArtifacts(published, join(cache, "corpus"), {
    clients: 1,
    python,
    say,
  });
  if (missing.length > 0) throw new Error(said.slice(-10).join("\n"));
}

/** A semantic version that Python takes for the same: `1.2` is `1.2.0`, and zeros at the end say nothing. */
function semantic(version: string): string | null {
  const [, numbers = "", rest = ""] = /^(\d+(?:\.\d+)*)(.*)$/.exec(version) ?? [];
  const parts = numbers.split(".");
  while (parts.length > 3 && parts.at(-1) === "0") parts.pop();
  while (parts.length < 3) parts.push("0");
  return parts.length === 3 && rest === "" ? parts.map(Number).join(".") : null;
}

/** The oldest system of each family that platform tags promise to serve. */
function promises(platforms: readonly string[]): Map<string, number> {
  const old: Record<string, string> = {
    manylinux1: "2_5",
    manylinux2010: "2_12",
    manylinux2014: "2_17",
  };
  const oldest = new Map<string, number>();
  for (const platform of platforms) {
    const spelled = platform.replace(
      /^(manylinux\d+)(?=_[a-z])/,
      (name) => `manylinux_${old[name]}`,
    );
    const [, family = spelled, major = "0", minor = "0", processor = ""] =
      /^(manylinux|musllinux|macosx)_(\d+)_(\d+)_(.+)$/.exec(spelled) ?? [];
    const key = `${family} ${processor}`;
    const version = dotted(`${major}.${minor}`);
    oldest.set(key, Math.min(version, oldest.get(key) ?? version));
  }
  // Both processors are what a universal tag means.
  if (oldest.has("macosx universal2")) {
    for (const processor of ["arm64", "x86_64"]) oldest.delete(`macosx ${processor}`);
  }
  return oldest;
}

/** `2.17` as a number that is ordered alike. */
function dotted(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major * 1000 + minor;
}

const tagsOf = (file: string): { python: string; platforms: string[] } => {
  const [interpreter, abi, platform = ""] = file
    .replace(/\.whl$/, "")
    .split("-")
    .slice(-3);
  return { python: `${interpreter}-${abi}`, platforms: platform.split(".") };
};

/** Why some trees cannot be packed again: they hold files of other systems, which is what was found wrong with these packages. */
const mixed: Readonly<Record<string, RegExp>> = {
  "glfw-2.11.0-py2.py3-none-win32.whl": /msvcr120\.dll .*made\/arch/,
  "sounddevice-0.5.6-py3-none-win_amd64.whl": /libportaudio\.dylib .*made\/os/,
};

/** Labels that promise an older system than the bytes can keep. */
const tooOld = [
  "wasmtime-49.0.0-py3-none-manylinux1_x86_64.whl",
  "wasmtime-49.0.0-py3-none-manylinux2014_aarch64.whl",
];

describe("published wheels, their files packed again", () => {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-python-"));
  let unpacked: UnpackedWheel[];
  const made = new Map<string, { artifact: Artifact; ours: string; path: string }>();
  const refused = new Map<string, string>();

  beforeAll(async () => {
    await fetchAll();
    unpacked = await unpackWheels(repacked, join(cache, "corpus"), join(folder, "trees"));
    for (const { artifact, target, folder: tree } of unpacked) {
      const [, minor = "6"] = /^cp3(\d+)$/.exec(artifact.interpreters?.[0] ?? "") ?? [];
      const config = {
        name: artifact.project,
        version: semantic(artifact.version) ?? "1.0.0",
        glibc: "2.99",
        prebuilt: { tree: "py" },
        wheel: { "requires-python": `>=3.${minor}` },
      };
      const root = await prebuiltProject({
        targets: [target],
        config,
        programs: { [target]: null },
      });
      await cp(tree, join(root, "py"), { recursive: true });
      try {
        const delivery = await deliver(root);
        const [leg] = Object.values(delivery.legs);
        if (leg?.result !== "ok") throw new Error(leg?.error?.text);
        const { release, output } = await mergeDelivery(delivery);
        const file = release.packages.find(({ kind }) => kind === "wheel")?.file ?? "none";
        made.set(artifact.file, { artifact, ours: basename(file), path: join(output, file) });
      } catch (error) {
        refused.set(artifact.file, error instanceof Error ? error.message : String(error));
      }
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("are refused only where files of other systems lie among them", () => {
    expect(unpacked.length).toBeGreaterThan(full ? 100 : 20);
    expect([...refused.keys()].sort()).toEqual(
      Object.keys(mixed).filter((file) => unpacked.some(({ artifact }) => artifact.file === file)),
    );
    for (const [file, why] of refused) expect(why).toMatch(mixed[file] ?? /never/);
  });

  test("have the Pythons that their publishers say", () => {
    for (const [file, { ours }] of made) {
      const { python } = tagsOf(file);
      // Nothing in it is imported by Python: a library that is opened by hand works with any.
      const expected = file.startsWith("libusb_package")
        ? "py3-none"
        : python.replace("py2.py3", "py3");
      expect([file, tagsOf(ours).python]).toEqual([file, expected]);
    }
  });

  test("serve the systems that their publishers say, and older ones only where the bytes allow it", () => {
    for (const [file, { ours, artifact }] of made) {
      const mine = promises(tagsOf(ours).platforms);
      const theirs = promises(tagsOf(file).platforms);
      expect([file, [...mine.keys()].sort()]).toEqual([file, [...theirs.keys()].sort()]);
      const glibcs = artifact.files.map((one) => dotted(one.glibcEffective ?? one.glibc ?? "2.0"));
      const macs = artifact.files.flatMap(({ slices = [] }) =>
        slices.map(({ minos }) => dotted(minos ?? "0.0")),
      );
      for (const [family, version] of mine) {
        const said = theirs.get(family) ?? 0;
        if (version === said || tooOld.includes(file)) continue;
        // Older systems than the publisher's, and none that another tool says it does not run on.
        expect([file, version < said]).toEqual([file, true]);
        const needs = family.startsWith("manylinux") ? Math.max(...glibcs) : Math.min(...macs);
        expect([file, family, version >= needs && needs > 0]).toEqual([file, family, true]);
      }
    }
  });

  test("are what Python's own tools expect, and work where they can be tried", async () => {
    const paths = [...made.values()].map(({ path }) => path);
    const verdicts = await askPython("wheel", paths, folder);
    expect(verdicts.filter(({ refused: by }) => Object.keys(by).length > 0)).toEqual([]);
    const psutil = made.get(
      "psutil-7.2.2-cp36-abi3-manylinux2010_x86_64.manylinux_2_12_x86_64.manylinux_2_28_x86_64.whl",
    );
    const options = { cwd: folder, env: { ...noPip, PIP_CONFIG_FILE: "/dev/null" } };
    await succeed("python3", ["-m", "venv", "venv"], options);
    const python = join(folder, "venv/bin/python");
    await succeed(
      python,
      ["-m", "pip", "install", "--no-index", "--no-cache-dir", psutil?.path ?? ""],
      options,
    );
    const said = await succeed(
      python,
      ["-c", "import psutil; print(psutil.Process().name())"],
      options,
    );
    expect(said).toContain("python");
  });
});

describe("published wheels, adopted", () => {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-adopted-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("pass byte for byte, but for those whose label is false", async () => {
    await fetchAll();
    const outcome = new Map<string, string>();
    for (const artifact of published) {
      const version = semantic(artifact.version);
      // A project with four numbers in its version cannot be one of ours.
      if (version === null) continue;
      const place = mkdtempSync(join(folder, "one-"));
      symlinkSync(placeOf(artifact, join(cache, "corpus")), join(place, artifact.file));
      try {
        const { packages } = await adoptPackages(
          [{ path: join(place, artifact.file), leg: "published", fileId: "wheel" }],
          {
            version,
            packages: [{ name: "project", wheelName: artifact.project }],
            targets: [],
            folder: join(place, "release"),
            temporaryFolder: place,
            log: silentLog,
          },
        );
        expect(packages).toMatchObject([
          {
            kind: "wheel",
            sha256: artifact.sha256,
            target: targetOfTags(platformsOfWheel(artifact.file)),
          },
        ]);
        const copy = readFileSync(join(place, "release/wheels", artifact.file));
        expect(digest(copy)).toBe(artifact.sha256);
        outcome.set(artifact.file, "adopted");
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        outcome.set(artifact.file, error.message);
      }
    }
    const refused = [...outcome].filter(([, how]) => how !== "adopted");
    const expected = published
      .filter((one) => outcome.has(one.file) && isFalse(one))
      .map(({ file }) => file);
    expect(outcome.size).toBeGreaterThan(full ? 150 : 60);
    expect(refused.map(([file]) => file).sort()).toEqual(expected.sort());
  });

  test("so do sdists that flit, setuptools and others made", async () => {
    const names = ["tomli==2.2.1", "packaging==25.0", "six==1.17.0"];
    const place = mkdtempSync(join(folder, "sdists-"));
    const flags = ["--no-deps", "--no-binary", ":all:", "--disable-pip-version-check", "-d", place];
    await succeed("python3", ["-m", "pip", "download", ...flags, ...names], {
      cwd: folder,
      env: noPip,
    });
    for (const name of names) {
      const [project = "", version = ""] = name.split("==");
      const file = `${project}-${version}.tar.gz`;
      const { packages } = await adoptPackages(
        [{ path: join(place, file), leg: "published", fileId: "sdist" }],
        {
          version: semantic(version) ?? "",
          packages: [{ name: project, wheelName: project }],
          targets: [],
          folder: join(place, "release"),
          temporaryFolder: place,
          log: silentLog,
        },
      );
      expect(packages).toMatchObject([{ kind: "sdist", name: project, version, target: null }]);
    }
  });
});
