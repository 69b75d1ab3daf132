import { appendFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { InternalError, UserError } from "@multiarch/diagnostics";
import { explainWriteError } from "../src/errors.ts";
import { checksumFile, fileSource, hashFile } from "../src/index.ts";
import { renamePatiently } from "../src/rename.ts";
import { temporaryFolders } from "./helpers.ts";

const temporaryFolder = temporaryFolders();

describe("checksumFile", () => {
  const [a, b] = ["a".repeat(64), "b".repeat(64)];

  test("is sorted by bytes, with two spaces and a line feed", () => {
    const lines = [
      { name: "é.zip", sha256: a },
      { name: "b.zip", sha256: b },
      { name: "B.zip", sha256: a },
    ];
    expect(checksumFile(lines)).toBe(`${a}  B.zip\n${b}  b.zip\n${a}  é.zip\n`);
    expect(checksumFile([])).toBe("");
  });

  test.each([
    ["./a", "MA403"],
    ["dir/a", "MA403"],
    ["a\\b", "MA403"],
    ["a\nb", "MA403"],
  ])("refuses the name %j", (name, id) => {
    expect(() => checksumFile([{ name, sha256: a }])).toThrow(id);
  });

  test("refuses a name twice and what is no hash", () => {
    const line = { name: "a", sha256: a };
    expect(() => checksumFile([line, line])).toThrow("MA404");
    expect(() => checksumFile([{ name: "a", sha256: "A".repeat(64) }])).toThrow(InternalError);
  });
});

describe("reading files", () => {
  test("a source is short only at the end", async () => {
    const path = join(await temporaryFolder(), "file");
    await writeFile(path, "0123456789");
    const source = await fileSource(path);
    const text = async (offset: number, length: number) =>
      Buffer.from(await source.read(offset, length)).toString();
    expect(source.size).toBe(10);
    expect(await text(2, 3)).toBe("234");
    expect(await text(8, 5)).toBe("89");
    expect(await text(10, 5)).toBe("");
    expect(await text(2 ** 40, 2 ** 40)).toBe("");
    await appendFile(path, "x");
    expect(await text(8, 5)).toBe("89");
    await source.close();
  });

  test("hashes are those of the standards", async () => {
    const path = join(await temporaryFolder(), "file");
    await writeFile(path, "abc");
    expect(await hashFile(path)).toEqual({
      size: 3,
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      integrity:
        "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==",
    });
  });
});

describe("explainWriteError", () => {
  const failure = (code: string) => Object.assign(new Error(code), { code });

  test.each(["ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM"])("explains %s", async (code) => {
    const folder = await temporaryFolder();
    const error = await explainWriteError(failure(code), folder, 1234);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`MA411 cannot write`);
    expect(String(error)).toContain(code);
    const full = code === "ENOSPC" || code === "EDQUOT";
    expect(String(error).includes("room for 1234 bytes")).toBe(full);
    expect(/\d bytes free/.test(String(error))).toBe(full);
  });

  test("leaves other errors as they are, and bears a folder that is gone", async () => {
    const other = failure("EIO");
    expect(await explainWriteError(other, "/")).toBe(other);
    const gone = await explainWriteError(failure("ENOSPC"), "/absent/folder");
    expect(String(gone)).toContain("found: ENOSPC\n");
  });
});

describe("renamePatiently", () => {
  const busy = (failures: number, code = "EBUSY") => {
    let left = failures;
    const waits: number[] = [];
    const effects = (platform: NodeJS.Platform) => ({
      platform,
      rename: async () => {
        if (left-- > 0) throw Object.assign(new Error(code), { code });
      },
      wait: async (milliseconds: number) => waits.push(milliseconds),
    });
    return { effects, waits };
  };

  test("waits on Windows for a file that is held, for five seconds at most", async () => {
    const brief = busy(3, "EPERM");
    await renamePatiently("a", "b", brief.effects("win32"));
    expect(brief.waits).toEqual([10, 20, 50]);
    const endless = busy(Number.POSITIVE_INFINITY);
    await expect(renamePatiently("a", "b", endless.effects("win32"))).rejects.toThrow("EBUSY");
    expect(endless.waits.reduce((sum, wait) => sum + wait)).toBe(5000);
  });

  test("fails at once for other faults, and elsewhere", async () => {
    const absent = busy(1, "ENOENT");
    await expect(renamePatiently("a", "b", absent.effects("win32"))).rejects.toThrow("ENOENT");
    const linux = busy(1);
    await expect(renamePatiently("a", "b", linux.effects("linux"))).rejects.toThrow("EBUSY");
    expect([...absent.waits, ...linux.waits]).toEqual([]);
  });
});
