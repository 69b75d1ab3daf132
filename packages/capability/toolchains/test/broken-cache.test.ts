import { createHash } from "node:crypto";
import { appendFile, chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { findGo } from "@multiarch/toolchains";
import { makeFakeGo, temporaryFolder } from "./fake-go.ts";
import { file, serve } from "./file-server.ts";
import { failure, request } from "./requests.ts";

describe("a broken folder in the cache", () => {
  const damages: readonly [string, (tree: string, top: string) => Promise<void>][] = [
    ["a changed byte", (tree) => appendThenCut(join(tree, "bin/gofmt"))],
    ["a longer file", (tree) => appendFile(join(tree, "src/fmt.go"), "//\n")],
    ["a missing file", (tree) => rm(join(tree, "src/fmt/print.go"))],
    ["an extra file", (tree) => writeFile(join(tree, "src/fmt/evil.go"), "package fmt\n")],
    [
      "half a manifest",
      async (_tree, top) => {
        const text = await readFile(join(top, "manifest.json"), "utf8");
        await writeFile(join(top, "manifest.json"), text.slice(0, text.length / 2));
      },
    ],
    ["no manifest", (_tree, top) => rm(join(top, "manifest.json"))],
    [
      "a manifest that was changed with the file",
      async (tree, top) => {
        const manifest = JSON.parse(await readFile(join(top, "manifest.json"), "utf8"));
        const entry = manifest.files.find(({ name }: { name: string }) => name === "bin/go");
        const evil = "#!/bin/sh\necho evil!\n";
        entry.sha256 = createHash("sha256").update(evil).digest("hex");
        entry.size = evil.length;
        await writeFile(join(tree, "bin/go"), evil);
        await writeFile(join(top, "manifest.json"), JSON.stringify(manifest));
      },
    ],
    ["no tree", (tree) => rm(tree, { recursive: true })],
    [
      "an empty folder",
      async (_tree, top) => {
        await rm(top, { recursive: true });
        await mkdir(top);
      },
    ],
    [
      "a file",
      async (_tree, top) => {
        await rm(top, { recursive: true });
        await writeFile(top, "");
      },
    ],
    ...(process.platform === "win32"
      ? []
      : ([["a lost mode", (tree) => chmod(join(tree, "bin/go"), 0o644)]] satisfies [
          string,
          (tree: string) => Promise<void>,
        ][])),
  ];

  async function appendThenCut(path: string): Promise<void> {
    const bytes = await readFile(path);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }

  test.each(damages)("%s: fetched again, the broken one moved aside", async (_name, damage) => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(file(fake.zip));
    const env = { GOPROXY: proxy.origin };
    // Made under another name and moved: within one process a folder is compared only once.
    const first = await findGo(
      request(folder, fake, { env, toolCache: join(folder.path, "made") }),
    );
    const made = join(first.command, "../../..");
    await mkdir(join(folder.path, "cache"));
    const top = join(folder.path, "cache", made.split(/[\\/]/).at(-1) ?? "");
    await rename(made, top);
    await damage(join(top, "tree"), top);

    const offline = await failure(request(folder, fake, { env, offline: true }));
    expect(offline.id).toBe("MA350");
    const found = await findGo(request(folder, fake, { env }));
    expect(found.command).toBe(join(top, "tree", "bin", "go"));
    expect(proxy.paths.length).toBe(2);
    for (const [name, content] of fake.files) {
      expect(await readFile(join(top, "tree", name))).toEqual(content);
    }
    await expect(stat(join(top, "tree/src/fmt/evil.go"))).rejects.toThrow("ENOENT");
  });
});
