import { describe, expect, test } from "@jest/globals";
import { goTable } from "../src/data/go.ts";
import { goPlatform } from "../src/go/platform.ts";
import { fillTemplate, sourcesOf } from "../src/go/sources.ts";
import { compareGoVersions, parseGoVersion } from "../src/go/version.ts";

const linux = goPlatform({ os: "linux", arch: "x64" });

describe("the table of Go releases", () => {
  test("one release of each minor version from 1.21, ascending, the default among them", () => {
    const versions = goTable.releases.map(({ version }) => parseGoVersion(version));
    for (const [at, version] of versions.entries()) {
      expect(version?.minor).toBe(`1.${21 + at}`);
      expect(version?.order[2]).toBe(3);
      const previous = versions[at - 1];
      if (version && previous) expect(compareGoVersions(previous, version)).toBeLessThan(0);
    }
    expect(versions.map((version) => version?.minor)).toContain(goTable.defaultMinor);
  });

  test.each(goTable.releases.map((release) => [release.version, release] as const))(
    "go %s has hashes of the right form, and an archive for every main platform",
    (_version, { h1, archives }) => {
      for (const os of ["linux", "darwin", "windows"]) {
        for (const arch of ["amd64", "arm64"]) {
          expect(archives[`${os}-${arch}`]).toMatch(/^[0-9a-f]{64}$/);
        }
      }
      expect(h1["linux-amd64"]).toBeDefined();
      for (const sum of Object.values(h1)) expect(sum).toMatch(/^h1:[A-Za-z0-9+/]{43}=$/);
      const all = [...Object.values(h1), ...Object.values(archives)];
      expect(new Set(all).size).toBe(all.length);
    },
  );

  test("a hash that was checked by hand", () => {
    const release = goTable.releases.find(({ version }) => version === "1.25.14");
    expect(release?.h1["linux-amd64"]).toBe("h1:XriDgll2yv4W2YeUo2X/WuUuy+iGJkXGH0CQloMBEXo=");
  });
});

describe("where a release is fetched from", () => {
  const release = {
    version: "1.25.3",
    h1: { "linux-amd64": "h1:abc=" },
    archives: { "linux-amd64": "aa".repeat(32), "windows-arm64": "bb".repeat(32) },
  };
  const table = {
    ...goTable,
    archiveUrl: "https://example.com/{version}.{os}-{arch}.{extension}",
    archiveHosts: ["example.com", "storage.example.com"],
  };
  const urls = (platform = linux, template?: string): string[] =>
    sourcesOf(
      release,
      platform,
      table,
      ["https://one.example", "https://two.example/x"],
      template,
    ).map(({ url }) => url);

  test("each proxy in order, then the archive", () => {
    const path = "golang.org/toolchain/@v/v0.0.1-go1.25.3.linux-amd64.zip";
    expect(urls()).toEqual([
      `https://one.example/${path}`,
      `https://two.example/x/${path}`,
      "https://example.com/go1.25.3.linux-amd64.tar.gz",
    ]);
  });

  test("no h1 for the platform: only the archive; neither: nothing", () => {
    expect(urls(goPlatform({ os: "windows", arch: "arm64" }))).toEqual([
      "https://example.com/go1.25.3.windows-arm64.zip",
    ]);
    expect(urls(goPlatform({ os: "sunos", arch: "x64" }))).toEqual([]);
  });

  test("another hash is another folder of the cache, the same hash the same", () => {
    const sources = sourcesOf(
      release,
      linux,
      table,
      ["https://one.example", "https://two.example"],
      undefined,
    );
    expect(new Set(sources.map(({ tool }) => tool.pinned)).size).toBe(2);
  });

  test("the user's own template", () => {
    expect(urls(linux, "file:///mirror/{version}-{os}-{arch}.{extension}").at(-1)).toBe(
      "file:///mirror/go1.25.3-linux-amd64.tar.gz",
    );
    expect(fillTemplate("{arch}", "1", goPlatform({ os: "linux", arch: "arm" }))).toBe("armv6l");
    expect(() => urls(linux, "https://x/{verison}")).toThrow(/MA355[\s\S]*\{verison\}/);
  });
});
