import { describe, expect, test } from "@jest/globals";
import { detectHost } from "../src/index.ts";
import { elfWithLoader, kernel, machine } from "./machines.ts";

const report = (glibcVersion: string | null, ...sharedObjects: string[]) => ({
  runtime: () => ({ glibcVersion, sharedObjects }),
});
const silent = report(null);

describe("the C library is the one that Node runs on", () => {
  test("musl installed on Debian does not make it musl", async () => {
    const probes = await machine({
      ...report("2.36", "linux-vdso.so.1", "/lib/x86_64-linux-gnu/libc.so.6"),
      files: { "lib/ld-musl-x86_64.so.1": "", "usr/bin/ldd": "musl libc" },
    });
    expect(await detectHost({}, probes)).toMatchObject({
      libc: "glibc",
      glibcVersion: "2.36",
      target: "linux-x64-gnu",
    });
  });

  test("Alpine", async () => {
    const probes = await machine(report(null, "/lib/ld-musl-x86_64.so.1", "/usr/lib/libz.so.1"));
    expect(await detectHost({}, probes)).toMatchObject({
      libc: "musl",
      glibcVersion: null,
      target: "linux-x64-musl",
      wheelTag: "musllinux_1_2_x86_64",
    });
  });

  test("a glibc Node on Alpine's compatibility layer runs on musl, whatever version the layer claims", async () => {
    const probes = await machine(report("2.8", "/lib/libgcompat.so.0", "/lib/ld-musl-x86_64.so.1"));
    expect(await detectHost({}, probes)).toMatchObject({ libc: "musl", glibcVersion: null });
  });

  test.each([
    ["/lib64/ld-linux-x86-64.so.2", 64, "little", "glibc"],
    ["/nix/store/abc-glibc-2.40/lib/ld-linux-x86-64.so.2", 64, "little", "glibc"],
    ["/lib/ld-musl-x86_64.so.1", 64, "little", "musl"],
    // The two that others miss: 32 bits, and big-endian with a loader that is not called ld-linux.
    ["/lib/ld-linux-armhf.so.3", 32, "little", "glibc"],
    ["/lib/ld-musl-armhf.so.1", 32, "little", "musl"],
    ["/lib/ld64.so.1", 64, "big", "glibc"],
  ] as const)(
    "where the report is silent, Node's own loader %s decides",
    async (loader, bits, endian, libc) => {
      const files = { "usr/bin/node": elfWithLoader(loader, bits, endian) };
      const host = await detectHost({}, await machine({ ...silent, files }));
      expect(host).toMatchObject({ libc, glibcVersion: null });
      // Which wheels it takes depends on the version, and that stays unknown.
      if (libc === "glibc") expect(host.wheelTag).toBeNull();
    },
  );

  test.each([
    ["no file there", {}],
    ["a script", { "usr/bin/node": "#!/bin/sh\n" }],
    [
      "half a program",
      { "usr/bin/node": elfWithLoader("/lib/ld.so", 64, "little").subarray(0, 40) },
    ],
    ["an empty file", { "usr/bin/node": "" }],
  ])("with %s it is unknown, and so is the target", async (_what, files) => {
    const probes = await machine({ ...silent, files: { ...kernel("x86_64"), ...files } });
    expect(await detectHost({}, probes)).toMatchObject({
      libc: null,
      target: null,
      dockerPlatform: null,
      machineArch: "x64",
    });
  });
});
