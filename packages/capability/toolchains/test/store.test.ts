import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { folderOf, install, lookUp, type MakeTree, type StoredTool } from "../src/store/store.ts";
import { type Folder, temporaryFolder } from "./fake-go.ts";

const tool: StoredTool = { name: "tool-1", pinned: "sha256:00", fits: () => true };
const content = Buffer.from("the tool");

const make: MakeTree = async (staging) => {
  await mkdir(join(staging, "tree/bin"), { recursive: true });
  await writeFile(join(staging, "tree/bin/tool"), content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return [{ name: "bin/tool", size: content.length, sha256, executable: false }];
};
const inode = async (folder: Folder): Promise<number> =>
  (await lstat(folderOf(folder.path, tool))).ino;

describe("the store of tools", () => {
  test("a whole tool that another installer put there meanwhile is used, not replaced", async () => {
    await using folder = await temporaryFolder();
    let winner = 0;
    const installed = await install(
      folder.path,
      tool,
      async (staging) => {
        await install(folder.path, tool, make, silentLog);
        winner = await inode(folder);
        return make(staging);
      },
      silentLog,
    );
    expect(await inode(folder)).toBe(winner);
    expect(installed.tree).toBe(join(folderOf(folder.path, tool), "tree"));
    expect(await readdir(folder.path)).toEqual([folderOf(folder.path, tool).split(/[\\/]/).at(-1)]);
  });

  test("a broken one is moved aside whole, for whoever may still look into it", async () => {
    await using folder = await temporaryFolder();
    const final = folderOf(folder.path, tool);
    await mkdir(final);
    await writeFile(join(final, "mine"), "half");
    await install(folder.path, tool, make, silentLog);
    expect(await readFile(join(final, "tree/bin/tool"))).toEqual(content);
    const [aside = ""] = (await readdir(folder.path)).filter((name) => !final.endsWith(name));
    expect(await readFile(join(folder.path, aside, "broken/mine"), "utf8")).toBe("half");
  });

  test("what fails to be made leaves nothing", async () => {
    await using folder = await temporaryFolder();
    const failing: MakeTree = async (staging) => {
      await make(staging);
      throw new Error("the hash differs");
    };
    await expect(install(folder.path, tool, failing, silentLog)).rejects.toThrow("hash differs");
    expect(await readdir(folder.path)).toEqual([]);
    expect(await lookUp(folder.path, tool, silentLog)).toBeNull();
  });

  test("another hash has another folder; a tool that was removed is not remembered", async () => {
    await using folder = await temporaryFolder();
    await install(folder.path, tool, make, silentLog);
    expect(await lookUp(folder.path, tool, silentLog)).not.toBeNull();
    const other = { ...tool, pinned: "sha256:01" };
    expect(await lookUp(folder.path, other, silentLog)).toBeNull();
    await rm(folderOf(folder.path, tool), { recursive: true });
    expect(await lookUp(folder.path, tool, silentLog)).toBeNull();
  });
});
