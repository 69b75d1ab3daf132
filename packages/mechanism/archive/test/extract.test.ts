import { mkdir, readFile, readlink, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { extractArchive, listArchive } from "../src/index.ts";
import { temporaryFolders, tree, userErrorOf } from "./helpers.ts";
import { noise } from "./helpers-data.ts";
import { type RawTarRecord, rawTarGz } from "./raw-tar.ts";
import { type RawZipEntry, rawZip } from "./raw-zip.ts";

const temporaryFolder = temporaryFolders();
const hello = Buffer.from("hello");
const big = noise(900_000);

/** The same content in both formats. */
const archives = [
  {
    format: "zip",
    bytes: rawZip([
      { name: "empty/", method: 0, attributes: 0o040700 },
      { name: "bin/tool", data: big, attributes: 0o106775 },
      { name: "bin/notes/a.txt", data: hello, attributes: 0o100666 },
    ]),
  },
  {
    format: "tar.gz",
    bytes: rawTarGz([
      { name: "empty/", type: "5", mode: 0o700 },
      { name: "bin/tool", data: big, mode: 0o6775 },
      { name: "bin/notes/a.txt", data: hello, mode: 0o666 },
    ]),
  },
] as const;

async function archiveOf(bytes: Buffer): Promise<{ folder: string; path: string; out: string }> {
  const folder = await temporaryFolder();
  const path = join(folder, "archive");
  await writeFile(path, bytes);
  return { folder, path, out: join(folder, "out") };
}

describe.each(archives)("$format", ({ bytes, format }) => {
  test("files, folders and modes come out, whatever the umask", async () => {
    const { path, out } = await archiveOf(bytes);
    const before = process.umask(0o027);
    const members = await extractArchive(path, join(out, "deep"), { format }).finally(() =>
      process.umask(before),
    );
    expect(members).toEqual(await listArchive(path));
    const names = ["bin/", "bin/notes/", "bin/notes/a.txt", "bin/tool", "empty/"];
    expect(await tree(join(out, "deep"))).toEqual(names);
    expect(big.equals(await readFile(join(out, "deep/bin/tool")))).toBe(true);
    expect(await readFile(join(out, "deep/bin/notes/a.txt"))).toEqual(hello);
    const modes = ["bin/tool", "bin/notes/a.txt"].map((name) => stat(join(out, "deep", name)));
    const found = (await Promise.all(modes)).map(({ mode }) => mode & 0o7777);
    expect(found).toEqual(process.platform === "win32" ? [0o666, 0o666] : [0o755, 0o644]);
  });

  test("an empty folder may be there, anything else may not", async () => {
    const { path, out } = await archiveOf(bytes);
    await mkdir(out);
    await extractArchive(path, out);
    const files = await tree(out);
    expect((await userErrorOf(extractArchive(path, out))).id).toBe("MA412");
    expect((await userErrorOf(extractArchive(path, path))).id).toBe("MA412");
    expect(await tree(out)).toEqual(files);
  });

  test("nothing is left when the last byte is wrong", async () => {
    const { folder, path, out } = await archiveOf(bytes.subarray(0, -1));
    expect((await userErrorOf(extractArchive(path, out))).id).toBe("MA402");
    expect(await tree(folder)).toEqual(["archive"]);
  });
});

describe("links, where they are allowed", () => {
  const file = { name: "d/file", data: hello };
  const zipLink = (name: string, target: string | Buffer): RawZipEntry => ({
    name,
    data: Buffer.from(target),
    attributes: 0o120777,
  });
  const tarLink = (name: string, target: string): RawTarRecord => ({ name, target, type: "2" });

  test.each([
    ["zip", rawZip([zipLink("d/link", "./file"), zipLink("up", "d/../d"), file])],
    ["tar.gz", rawTarGz([tarLink("d/link", "./file"), tarLink("up", "d/../d"), file])],
  ])("inner ones are made in %s", async (_format, bytes) => {
    const { path, out } = await archiveOf(bytes);
    const members = await extractArchive(path, out, { allowLinks: true });
    expect(members.filter(({ link }) => link !== undefined)).toMatchObject([
      { name: "d/link", link: "./file", size: 0 },
      { name: "up", link: "d/../d", size: 0 },
    ]);
    expect(await readlink(join(out, "d/link"))).toBe("./file");
    expect(await readFile(join(out, "d/link"))).toEqual(hello);
    expect(await readFile(join(out, "up/file"))).toEqual(hello);
  });

  test("hard links become copies, and count", async () => {
    const bytes = rawTarGz([
      { ...file, mode: 0o755 },
      { name: "copy", type: "1", target: "d/file" },
    ]);
    const { path, out } = await archiveOf(bytes);
    const members = await extractArchive(path, out, { allowLinks: true });
    expect(members).toEqual(await listArchive(path, { allowLinks: true }));
    expect(members.map(({ name, size, mode }) => [name, size, mode])).toEqual([
      ["d/file", 5, 0o755],
      ["copy", 5, 0o755],
    ]);
    await writeFile(join(out, "copy"), "changed");
    expect(await readFile(join(out, "d/file"))).toEqual(hello);
    const limits = { totalBytes: 9 };
    expect((await userErrorOf(listArchive(path, { allowLinks: true, limits }))).id).toBe("MA406");
  });

  const refused: [string, string, Buffer][] = [
    ["absolute", "MA405", rawTarGz([tarLink("l", "/etc/passwd")])],
    ["outside", "MA405", rawTarGz([tarLink("l", "../outside")])],
    ["outside and back", "MA405", rawTarGz([tarLink("l", "../out/d"), file])],
    ["to the top", "MA405", rawTarGz([tarLink("d/l", ".."), file])],
    ["to nothing", "MA405", rawTarGz([tarLink("l", "absent")])],
    ["to an empty name", "MA405", rawTarGz([tarLink("l", "")])],
    ["on Windows elsewhere", "MA405", rawTarGz([tarLink("l", "C:\\x"), tarLink("m", "..\\x")])],
    ["in a circle", "MA405", rawTarGz([tarLink("l", "m"), tarLink("m", "l")])],
    ["hard, to nothing", "MA405", rawTarGz([{ name: "l", type: "1", target: "absent" }])],
    ["hard, outside", "MA405", rawTarGz([{ name: "l", type: "1", target: "../archive" }])],
    ["hard, forward", "MA405", rawTarGz([{ name: "l", type: "1", target: "d/file" }, file])],
    [
      "hard, to a link",
      "MA405",
      rawTarGz([tarLink("m", "d/file"), file, { name: "l", type: "1", target: "m" }]),
    ],
    ["with something below it", "MA404", rawTarGz([tarLink("l", "d"), file, { name: "l/x" }])],
    ["with something below it, zip", "MA404", rawZip([zipLink("l", "d"), file, { name: "l/x" }])],
    ["too long", "MA405", rawZip([zipLink("l", "d/".repeat(2049))])],
    ["not UTF-8", "MA403", rawZip([zipLink("l", Buffer.from([0xff]))])],
    // By its text the second stays inside; through the first, which leads up, it does not.
    [
      "outside through another",
      "MA405",
      rawTarGz([
        { name: "z/", type: "5" },
        tarLink("p/q/r", "../../z"),
        tarLink("m", "p/q/r/../../archive"),
        { name: "p/archive" },
      ]),
    ],
  ];
  test.each(refused)("%s: refused", async (_what, id, bytes) => {
    const { folder, path, out } = await archiveOf(bytes);
    const error = await userErrorOf(extractArchive(path, out, { allowLinks: true }));
    expect(error.id).toBe(id);
    expect(await tree(folder)).toEqual(["archive"]);
  });
});
