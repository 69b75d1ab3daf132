import { appendFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { writeZip } from "@multiarch/archive";
import { findGo } from "@multiarch/toolchains";
import { type FakeGo, h1Of, makeFakeGo, platform, temporaryFolder } from "./fake-go.ts";
import { type Answer, file, serve, status } from "./file-server.ts";
import { cacheNames, failure, request } from "./requests.ts";

const zipPath = (version: string): string =>
  `/golang.org/toolchain/@v/v0.0.1-go${version}.${platform}.zip`;

describe("fetching through a module proxy", () => {
  test("verified, with modes, GOTOOLCHAIN=local, and without a second request the next time", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(file(fake.zip));
    const env = { GOPROXY: `${proxy.origin},direct`, GITHUB_TOKEN: "secret", MINE: "1" };
    const found = await findGo(request(folder, fake, { env }));
    expect(proxy.paths).toEqual([zipPath("1.25.3")]);
    expect(found.used).toMatchObject({ name: "go", version: "1.25.3", from: "module proxy" });
    expect(found.used.sha256).toMatch(/^[0-9a-f]{64}$/);
    const root = found.environment.GOROOT ?? "";
    expect(found.command).toBe(join(root, "bin", "go"));
    expect(found.environment).toMatchObject({ GOTOOLCHAIN: "local", MINE: "1" });
    expect(found.environment.PATH?.startsWith(join(root, "bin"))).toBe(true);
    expect(found.environment.GITHUB_TOKEN).toBeUndefined();
    for (const [name, content] of fake.files) {
      expect(await readFile(join(root, name))).toEqual(content);
    }
    if (process.platform !== "win32") {
      const executables = [];
      for (const name of fake.files.keys()) {
        if (((await stat(join(root, name))).mode & 0o777) === 0o755) executables.push(name);
        else expect((await stat(join(root, name))).mode & 0o777).toBe(0o644);
      }
      expect(executables).toEqual([
        "bin/go",
        "bin/gofmt",
        "lib/wasm/go_js_wasm_exec",
        "pkg/tool/linux_amd64/compile",
        "pkg/tool/linux_amd64/fix",
      ]);
    }
    expect(await findGo(request(folder, fake, { env }))).toEqual(found);
    // Also offline, and when no proxy is set any more.
    expect((await findGo(request(folder, fake, { offline: true }))).command).toBe(found.command);
    expect(proxy.paths.length).toBe(1);
    expect((await cacheNames(folder)).length).toBe(1);
  });

  test("other contents are refused, no other place is asked, nothing is left", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await mkdir(join(folder.path, "other"));
    const other = await makeFakeGo(join(folder.path, "other"));
    await using proxy = await serve(file(other.zip));
    await using second = await serve(file(fake.zip));
    await using mirror = await serve(file(fake.tarGz));
    const env = {
      GOPROXY: `${proxy.origin}|${second.origin}`,
      MULTIARCH_GO_SOURCE: `${mirror.origin}/{version}`,
    };
    const error = await failure(request(folder, fake, { env }));
    expect(error.id).toBe("MA351");
    expect(error.message).toContain(fake.table.releases[0]?.h1[platform]);
    expect([proxy.paths.length, second.paths.length, mirror.paths.length]).toEqual([1, 0, 0]);
    expect(await cacheNames(folder)).toEqual([]);
  });

  test.each<[string, (fake: FakeGo) => Answer]>([
    [
      "a body that is cut",
      (fake) => async (_request, response) => {
        const bytes = await readFile(fake.zip);
        response.writeHead(200, { "content-length": bytes.length });
        response.write(bytes.subarray(0, bytes.length - 100), () => response.destroy());
      },
    ],
    ["404", () => status(404)],
    ["403", () => status(403)],
    ["500", () => status(500)],
    [
      "a login page",
      () => (_request, response) => {
        response.writeHead(200, { "content-type": "text/html" });
        response.end("<html>log in</html>");
      },
    ],
  ])("%s: the next proxy, then the archive", async (_name, answer) => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using bad = await serve(answer(fake));
    await using good = await serve(file(fake.zip));
    const next = await findGo(
      request(folder, fake, { env: { GOPROXY: `${bad.origin},${good.origin}` } }),
    );
    expect(next.used.from).toBe("module proxy");
    expect(good.paths.length).toBe(1);

    await using mirror = await serve(file(fake.tarGz));
    const env = {
      GOPROXY: bad.origin,
      MULTIARCH_GO_SOURCE: `${mirror.origin}/{version}.{os}-{arch}.{extension}`,
    };
    const toolCache = join(folder.path, "cache2");
    const last = await findGo(request(folder, fake, { env, toolCache }));
    expect(last.used).toMatchObject({ from: "download", version: "1.25.3" });
    expect(mirror.paths).toEqual(["/go1.25.3.linux-amd64.tar.gz"]);
    expect(await readFile(last.command)).toEqual(fake.files.get("bin/go"));
  });

  test("an archive with another hash is refused", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await appendFile(fake.tarGz, "x");
    await using mirror = await serve(file(fake.tarGz));
    const env = { MULTIARCH_GO_SOURCE: `${mirror.origin}/{version}` };
    expect((await failure(request(folder, fake, { env }))).id).toBe("MA505");
    const local = { MULTIARCH_GO_SOURCE: pathToFileURL(fake.tarGz).href };
    expect((await failure(request(folder, fake, { env: local }))).id).toBe("MA351");
    expect(await cacheNames(folder)).toEqual([]);
  });

  test("a proxy that is a folder, and a mirror that is a file", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    const path = join(folder.path, "proxy", zipPath("1.25.3"));
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, await readFile(fake.zip));
    const proxy = pathToFileURL(join(folder.path, "proxy")).href;
    const found = await findGo(request(folder, fake, { env: { GOPROXY: proxy } }));
    expect(found.used.from).toBe("module proxy");
    const env = { MULTIARCH_GO_SOURCE: pathToFileURL(fake.tarGz).href };
    const toolCache = join(folder.path, "cache2");
    expect((await findGo(request(folder, fake, { env, toolCache }))).used.from).toBe("download");
    // The archives are where they were.
    expect((await stat(path)).isFile() && (await stat(fake.tarGz)).isFile()).toBe(true);
  });

  test("the user's file of Go settings names the proxy", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(file(fake.zip));
    await mkdir(join(folder.path, ".config/go"), { recursive: true });
    await writeFile(join(folder.path, ".config/go/env"), `GOPROXY=${proxy.origin},direct\n`);
    expect((await findGo(request(folder, fake))).used.from).toBe("module proxy");
  });

  test.each([
    ["members outside the module", "golang.org/elsewhere/bin/go"],
    ["no go command", `golang.org/toolchain@v0.0.1-go1.25.3.${platform}/bin/gofmt`],
  ])("%s: refused, whatever the hash", async (_what, name) => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    const content = Buffer.from("x");
    await writeZip(fake.zip, [{ name, mode: 0o755, content }], { epoch: 0 });
    const release = {
      version: "1.25.3",
      h1: { [platform]: h1Of([[name, content]]) },
      archives: {},
    };
    const table = { ...fake.table, releases: [release] };
    await using proxy = await serve(file(fake.zip));
    const error = await failure(request(folder, fake, { table, env: { GOPROXY: proxy.origin } }));
    expect(error.id).toBe("MA354");
    expect(await cacheNames(folder)).toEqual([]);
  });
});

describe("when there is none", () => {
  test("the message says what was tried", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(status(404));
    const withUser = proxy.origin.replace("//", "//me:secret@");
    const env = { GOPROXY: withUser, MULTIARCH_GO_SOURCE: `${withUser}/x?token=secret` };
    const error = await failure(request(folder, fake, { env }));
    expect(error.id).toBe("MA350");
    expect(error.message).toMatch(/no Go on this machine.*status 404.*status 404/);
    expect(error.message).not.toContain("secret");
  });

  test("offline, nothing is asked", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    await using proxy = await serve(file(fake.zip));
    const error = await failure(
      request(folder, fake, { offline: true, env: { GOPROXY: proxy.origin } }),
    );
    expect(error.id).toBe("MA350");
    expect(error.message).toContain("offline");
    expect(proxy.paths).toEqual([]);
  });

  test("a version that the table does not know is named", async () => {
    await using folder = await temporaryFolder();
    const fake = await makeFakeGo(folder.path);
    const error = await failure(request(folder, fake, { version: "go1.26.1" }));
    expect(error.message).toMatch(/MA350[\s\S]*1\.26\.1[\s\S]*at most Go 1\.25\.3/);
  });
});
