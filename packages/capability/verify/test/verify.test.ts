import { open, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { writeTarGz, writeZip } from "@multiarch/archive";
import { silentLog } from "@multiarch/diagnostics";
import { linuxProgram, windowsProgram } from "../../../../test/support/binaries.ts";
import { put, temporaryFolder, tree, userError } from "../../../../test/support/temporary.ts";
import { type Report, type VerifyRequest, verify } from "../src/index.ts";
import { explainReadError } from "../src/read-error.ts";

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

async function report(paths: string[], more: Partial<VerifyRequest> = {}): Promise<Report> {
  const temporary = await temporaryFolder();
  const made = await verify({
    paths,
    folder,
    purpose: "any",
    target: null,
    glibc: null,
    exclude: [],
    failOn: "error",
    temporaryFolder: temporary,
    log: silentLog,
    ...more,
  });
  // Whatever was put there is gone.
  expect(await tree(temporary)).toEqual({});
  return made;
}

const program = linuxProgram("x64");
const entry = (name: string, content: string | Uint8Array) => ({
  name,
  mode: typeof content === "string" ? (0o644 as const) : (0o755 as const),
  content: typeof content === "string" ? Buffer.from(content) : content,
});
const options = { epoch: 1_700_000_000 };

describe("verify", () => {
  test("gives each finding to the file and the member that it is about", async () => {
    const manifest = { name: "tool-linux-arm64", version: "1.0.0", os: ["linux"], cpu: ["arm64"] };
    await writeTarGz(
      join(folder, "tool-linux-arm64-1.0.0.tgz"),
      [entry("package/package.json", JSON.stringify(manifest)), entry("package/bin/tool", program)],
      options,
    );
    await put(folder, { "bin/tool": program });
    const { ok, files } = await report(["."]);
    expect(ok).toBe(false);
    expect(files.map(({ path, kind }) => [path, kind])).toEqual([
      ["bin/tool", "executable"],
      ["tool-linux-arm64-1.0.0.tgz", "npm"],
    ]);
    expect(files[1]).toMatchObject({
      facts: null,
      members: [{ path: "bin/tool", mode: "0755", facts: { os: "linux", arch: "x64" } }],
      declared: { name: "tool-linux-arm64", version: "1.0.0", cpu: ["arm64"] },
    });
    expect(files[1]?.checks).toContainEqual(
      expect.objectContaining({ rule: "npm/cpu", level: "error", member: "bin/tool" }),
    );
  });

  test("holds files that lie side by side against each other", async () => {
    await put(folder, { "one/tool": program, "two/tool": linuxProgram("arm64") });
    for (const [name, version] of [
      ["one", "1.0.0"],
      ["two", "1.0.0"],
    ]) {
      const manifest = JSON.stringify({ name: "tool", version, description: name });
      const path = join(folder, `${name}/tool-1.0.0.tgz`);
      await writeTarGz(path, [entry("package/package.json", manifest)], options);
    }
    const { files } = await report(["*/*.tgz"]);
    const rules = files.flatMap(({ checks }) => checks.map(({ rule }) => rule));
    expect(rules.filter((rule) => rule.startsWith("set/"))).not.toEqual([]);
  });

  test("reads a damaged package to its end, and fails", async () => {
    const path = join(folder, "tool-1.0-py3-none-any.whl");
    await writeZip(path, [entry("tool/a", program), entry("tool/b.py", "pass\n")], options);
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0xff, 40, 60));
    const { ok, files } = await report(["*.whl"]);
    expect(ok).toBe(false);
    expect(files[0]?.checks.map(({ rule }) => rule)).toContain("zip/inflate");
  });

  test("a folder: links to files count, links to folders do not, whatever they lead to", async () => {
    await put(folder, {
      "a/tool": program,
      "a/notes.txt": "text",
      "b/.hidden/tool.exe": windowsProgram("x64"),
    });
    await symlink(join(folder, "a", "tool"), join(folder, "b", "linked"));
    await symlink(folder, join(folder, "b", "loop"));
    await symlink(join(folder, "nowhere"), join(folder, "b", "dangling"));
    const { files, skipped } = await report(["."]);
    expect(files.map(({ path }) => path)).toEqual(["a/tool", "b/.hidden/tool.exe", "b/linked"]);
    expect(skipped).toEqual(["a/notes.txt"]);
  });

  test("a file that cannot be read is an error that names it", async () => {
    // As when it was there a moment ago; an administrator, who may run this, is refused nothing else.
    const path = join(folder, "gone");
    const refused = explainReadError(await open(path).catch((error: unknown) => error));
    expect(refused).toMatchObject({ id: "MA613", details: { what: `${path} cannot be read` } });
    const other = new Error("other");
    expect(explainReadError(other)).toBe(other);
  });

  test("nothing to verify is an error that says where", async () => {
    const error = await userError(report(["nothing"]));
    expect([error.id, error.details.what]).toEqual([
      "MA610",
      "there is nothing to verify at nothing",
    ]);
  });
});
