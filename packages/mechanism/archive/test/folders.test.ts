import { once } from "node:events";
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "@jest/globals";
import {
  cleanStale,
  replaceFolder,
  stageBeside,
  withStaged,
  writeFileAtomic,
} from "../src/index.ts";
import { childScript, startNode } from "./child-process.ts";
import { temporaryFolders, tree, userErrorOf } from "./helpers.ts";

const temporaryFolder = temporaryFolders();
const script = childScript();
const livingName = `.multiarch-new-00000000-${process.pid}-0123456789abcdef`;

describe("replaceFolder", () => {
  test("puts a folder in place of none and of an old one, and leaves nothing else", async () => {
    const parent = await temporaryFolder();
    const final = join(parent, "deep", "release");
    for (const version of ["1", "2"]) {
      const staged = await stageBeside(final);
      await writeFile(join(staged, version), version);
      await replaceFolder(staged, final);
      expect(await tree(parent)).toEqual(["deep/", "deep/release/", `deep/release/${version}`]);
    }
  });

  test("brings the old folder back when the new one is not there", async () => {
    const parent = await temporaryFolder();
    const final = join(parent, "release");
    await mkdir(final);
    await writeFile(join(final, "old"), "old");
    await expect(replaceFolder(join(parent, "absent"), final)).rejects.toThrow("ENOENT");
    expect(await tree(parent)).toEqual(["release/", "release/old"]);
  });
});

test.each(["file", "link"])("replaceFolder does not replace a %s", async (kind) => {
  const parent = await temporaryFolder();
  const final = join(parent, "release");
  await (kind === "file" ? writeFile(final, "mine") : symlink(parent, final));
  const staged = await stageBeside(final);
  expect((await userErrorOf(replaceFolder(staged, final))).id).toBe("MA412");
  expect((await lstat(final)).isDirectory()).toBe(false);
});

describe("withStaged", () => {
  test("leaves what was renamed away, and nothing else", async () => {
    const parent = await temporaryFolder();
    const final = join(parent, "deep", "release");
    const given = await withStaged(final, async (staged) => {
      await writeFile(join(staged, "file"), "whole");
      await replaceFolder(staged, final);
      return "done";
    });
    expect(given).toBe("done");
    expect(await tree(parent)).toEqual(["deep/", "deep/release/", "deep/release/file"]);
  });

  test("leaves nothing of work that failed", async () => {
    const parent = await temporaryFolder();
    const failing = withStaged(join(parent, "release"), async (staged) => {
      await writeFile(join(staged, "file"), "half");
      throw new Error("in the middle");
    });
    await expect(failing).rejects.toThrow("in the middle");
    expect(await tree(parent)).toEqual([]);
  });

  const posix = process.platform === "win32" ? test.skip : test;
  posix("leaves nothing when the process is told to stop, which it does", async () => {
    const parent = await temporaryFolder();
    const child = startNode([script(), "stage", parent]);
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    await once(lines, "line");
    expect(await tree(parent)).toHaveLength(2);
    child.kill("SIGINT");
    expect(await once(child, "close")).toEqual([null, "SIGINT"]);
    expect(await tree(parent)).toEqual([]);
  });
});

describe("cleanStale", () => {
  test("removes what a dead process left, and nothing else", async () => {
    const parent = await temporaryFolder();
    const child = startNode(["-e", "0"]);
    await once(child, "close");
    const own = await stageBeside(join(parent, "x"));
    const mark = own.split("-").at(-3);
    const dead = `.multiarch-old-${mark}-${child.pid}-0123456789abcdef`;
    const kept = [".multiarch-old-1", ".multiarch-notes", "release", `${dead}x`, `x${dead}`];
    for (const name of [dead, ...kept]) await mkdir(join(parent, name));
    await writeFile(join(parent, dead, "file"), "");
    await symlink(join(parent, "release"), join(parent, dead, "link"));
    await writeFile(join(parent, "release", "precious"), "");
    expect(await cleanStale(parent)).toEqual([dead]);
    const left = await readdir(parent);
    expect(left.sort()).toEqual([...kept, own.slice(parent.length + 1)].sort());
    expect(await readdir(join(parent, "release"))).toEqual(["precious"]);
  });

  test("leaves the work of other machines for a day", async () => {
    const parent = await temporaryFolder();
    await mkdir(join(parent, livingName));
    await utimes(join(parent, livingName), 0, 0);
    expect(await cleanStale(parent)).toEqual([]);
    const later = () => Date.now() + 25 * 60 * 60 * 1000;
    expect(await cleanStale(parent, { now: later })).toEqual([livingName]);
  });

  test("has nothing to do in a folder that is not there", async () => {
    expect(await cleanStale(join(await temporaryFolder(), "absent"))).toEqual([]);
  });
});

describe("writeFileAtomic", () => {
  test("replaces a file, with the mode asked for whatever the umask", async () => {
    const parent = await temporaryFolder();
    const path = join(parent, "file");
    const before = process.umask(0o077);
    try {
      await writeFileAtomic(path, "one");
      await writeFileAtomic(path, Buffer.from("two"), 0o755);
    } finally {
      process.umask(before);
    }
    expect(await readFile(path, "utf8")).toBe("two");
    expect((await stat(path)).mode & 0o777).toBe(process.platform === "win32" ? 0o666 : 0o755);
    expect(await tree(parent)).toEqual(["file"]);
  });

  test("leaves nothing when the target cannot be replaced", async () => {
    const parent = await temporaryFolder();
    await mkdir(join(parent, "taken", "inner"), { recursive: true });
    await expect(writeFileAtomic(join(parent, "taken"), "x")).rejects.toThrow();
    expect(await tree(parent)).toEqual(["taken/", "taken/inner/"]);
  });
});

test("a kill at any moment leaves whole things, and the next run cleans up", async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < 12; round++) {
    const child = startNode([script(), "replace", folder]);
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    await once(lines, "line");
    const deadline = setTimeout(() => child.kill("SIGKILL"), Math.random() * 40);
    await once(child, "close");
    clearTimeout(deadline);
    expect(child.signalCode).toBe("SIGKILL");
    await cleanStale(folder);
    const names = await readdir(folder);
    expect(names.filter((name) => !/^(final|file|source\.zip|unpacked-\d+)$/.test(name))).toEqual(
      [],
    );
    const text = await readFile(join(folder, "file"), "utf8");
    expect(text).toBe(`${Number.parseInt(text, 10)} `.repeat(20_000));
    for (const name of names.filter((each) => /^(final|unpacked)/.test(each))) {
      const found = await tree(join(folder, name));
      expect(found).toEqual([
        "sub/",
        ...Array.from({ length: 8 }, (_, index) => `sub/file-${index}`),
      ]);
      const texts = found.slice(1).map((file) => readFile(join(folder, name, file), "utf8"));
      expect(new Set(await Promise.all(texts)).size).toBe(1);
    }
  }
}, 60_000);
