import { describe, expect, test } from "@jest/globals";
import { userError } from "../../../../test/support/temporary.ts";
import { checksumOf } from "../src/checksums.ts";
import { releases } from "../src/data/releases.ts";
import { platformOf } from "../src/platform.ts";
import { sourceOf } from "../src/sources.ts";
import { newestOf, readVersion, satisfies, versionIn } from "../src/version.ts";

describe("version", () => {
  test.each([
    ["", { kind: "any" }],
    ["latest", { kind: "latest" }],
    ["v0.36.1", { kind: "exact", version: "0.36.1" }],
    ["0.36.1", { kind: "exact", version: "0.36.1" }],
    ["v0.37.0-rc1", { kind: "exact", version: "0.37.0-rc1" }],
    ["^0.36", { kind: "range", range: ">=0.36.0 <0.37.0-0" }],
    [">=v0.30 <v0.32", { kind: "range", range: ">=0.30.0 <0.32.0-0" }],
    ["0.36", { kind: "range", range: ">=0.36.0 <0.37.0-0" }],
  ])("%j is read", async (text, expected) => {
    const read = await readVersion(text);
    if (expected.kind === "range") expect(read.kind).toBe("range");
    else expect(read).toEqual(expected);
  });

  test.each(["https://github.com/docker/buildx.git#master", "cloud:0.1", "newest", "v1..2"])(
    "%s is refused",
    async (text) => {
      expect((await userError(readVersion(text))).id).toBe("MA481");
    },
  );

  test.each([
    ["0.36.1", "v0.36.1", true],
    ["0.36.0", "v0.36.1", false],
    ["0.36.1", "^0.36", true],
    ["0.35.0", "^0.36", false],
    ["0.20.1-desktop.2", ">=0.20", true],
    ["0.13.1+ds1-1ubuntu1", ">=0.13.1", true],
    ["0.21.3-0ubuntu1~24.04.1", "0.21.3", true],
    ["0.37.0-rc1", "^0.37", false],
    ["0.1.0", "", true],
    ["99.0.0", "latest", false],
  ])("an installed %s is what %j asks for: %j", async (version, wish, expected) => {
    expect(await satisfies(version, await readVersion(wish))).toBe(expected);
  });

  test("the newest that fits, previews only by name", async () => {
    const all = ["0.35.0", "0.36.1", "0.36.0", "0.37.0-rc1"];
    expect(await newestOf(all, await readVersion("latest"))).toBe("0.36.1");
    expect(await newestOf(all, await readVersion("<0.36"))).toBe("0.35.0");
    expect(await newestOf(all, await readVersion("^0.40"))).toBeNull();
  });

  test.each([
    ["github.com/docker/buildx v0.37.2 ", "0.37.2"],
    ["github.com/docker/buildx v0.20.1-desktop.2 abc", "0.20.1-desktop.2"],
    ["github.com/docker/buildx 0.21.3 0.21.3-0ubuntu1~24.04.1", "0.21.3"],
    ["github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-1", "0.13.1+ds1"],
    ["something else", null],
  ])("%s says its version", (output, expected) => {
    expect(versionIn(output)).toBe(expected);
  });
});

describe("our table", () => {
  test("is in order, newest first, and of hashes", async () => {
    const versions = releases.map(({ version }) => version);
    const { default: semver } = await import("semver");
    expect(versions).toEqual(semver.rsort([...versions]));
    expect(new Set(versions).size).toBe(versions.length);
    const hashes = releases.flatMap(({ files }) => Object.values(files));
    expect(hashes.filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([]);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test.each([
    ["linux", "x64", null, "linux-amd64"],
    ["linux", "arm64", null, "linux-arm64"],
    ["linux", "arm", 7, "linux-arm-v7"],
    ["linux", "arm", 6, "linux-arm-v6"],
    ["linux", "ppc64", null, "linux-ppc64le"],
    ["linux", "s390x", null, "linux-s390x"],
    ["linux", "riscv64", null, "linux-riscv64"],
    ["darwin", "arm64", null, "darwin-arm64"],
    ["win32", "x64", null, "windows-amd64.exe"],
  ])("has a row for %s %s %j", (platform, arch, armVersion, expected) => {
    expect(platformOf({ platform, arch, armVersion })).toBe(expected);
    expect(releases.some(({ files }) => expected in files)).toBe(true);
  });

  test("machines that buildx is not made for", () => {
    expect(platformOf({ platform: "linux", arch: "mips", armVersion: null })).toBeNull();
    expect(platformOf({ platform: "aix", arch: "ppc64", armVersion: null })).toBeNull();
  });
});

describe("checksum files", () => {
  const hash = "ab".repeat(32);
  const other = "cd".repeat(32);

  test.each([
    ["binary mark", `${hash} *buildx-v1.linux-amd64\n`],
    ["text mark", `${hash}  buildx-v1.linux-amd64\n`],
    ["one blank, of old releases", `${hash} buildx-v1.linux-amd64`],
    ["a folder of the builder", `${hash}  ./buildx-v1.linux-amd64\r\n`],
    ["capitals", `${hash.toUpperCase()} *buildx-v1.linux-amd64`],
    ["the same twice", `${hash} *buildx-v1.linux-amd64\n${hash} *buildx-v1.linux-amd64`],
  ])("%s", (_what, text) => {
    expect(
      checksumOf(`${other} *buildx-v1.linux-amd64.sbom.json\n${text}`, "buildx-v1.linux-amd64"),
    ).toBe(hash);
  });

  test.each([
    ["a name that only begins so", `${hash} *buildx-v1.linux-amd64.sbom.json`],
    ["two hashes of one name", `${hash} *buildx-v1.linux-amd64\n${other} *buildx-v1.linux-amd64`],
    ["a hash that is too short", `${hash.slice(1)} *buildx-v1.linux-amd64`],
    ["a page", "<html>not found</html>"],
  ])("%s is none", (_what, text) => {
    expect(checksumOf(text, "buildx-v1.linux-amd64")).toBeNull();
  });
});

test("a mirror takes the place of both addresses", () => {
  const source = sourceOf({ MULTIARCH_BUILDX_MIRROR: "https://mirror.example/buildx/" });
  expect(source.file("0.37.2", "x")).toBe("https://mirror.example/buildx/v0.37.2/x");
  expect([source.list, source.hosts]).toEqual([
    "https://mirror.example/buildx/releases.json",
    ["mirror.example"],
  ]);
  expect(sourceOf({}).file("0.37.2", "x")).toMatch(
    /^https:\/\/github\.com\/docker\/buildx\/.*\/v0\.37\.2\/x$/,
  );
});
