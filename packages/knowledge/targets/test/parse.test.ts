import { describe, expect, test } from "@jest/globals";
import { UserError } from "@multiarch/diagnostics";
import { parseTarget, readings } from "../src/index.ts";

function refusal(text: string): UserError {
  try {
    parseTarget(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe("spellings that name one target", () => {
  test.each([
    // Rust.
    ["x86_64-unknown-linux-gnu", "linux-x64-gnu"],
    ["riscv64gc-unknown-linux-musl", "linux-riscv64-musl"],
    ["armv7-unknown-linux-gnueabihf", "linux-armv7-gnu"],
    ["arm-unknown-linux-gnueabihf", "linux-armv6-gnu"],
    ["powerpc64-unknown-linux-gnu", "linux-ppc64-gnu"],
    ["universal2-apple-darwin", "darwin-universal"],
    ["x86_64-pc-windows-gnullvm", "windows-x64-gnu"],
    ["wasm32-wasi", "wasm32-wasip1"],
    // Docker and Go leave the libc open.
    ["linux/amd64", "linux-x64"],
    ["linux/arm64", "linux-arm64"],
    ["linux/arm64/v8", "linux-arm64"],
    ["linux/arm/v7", "linux-armv7"],
    ["linux/arm/7", "linux-armv7"],
    ["linux/arm/v6", "linux-armv6"],
    ["linux/386", "linux-ia32"],
    ["linux/loong64", "linux-loong64"],
    ["linux/mipsle", "linux-mipsle"],
    ["windows/amd64", "windows-x64"],
    ["darwin/arm64", "darwin-arm64"],
    ["freebsd/amd64", "freebsd-x64"],
    ["wasip1/wasm", "wasm32-wasip1"],
    ["wasi/wasm", "wasm32-wasip1"],
    ["docker:linux/arm", "linux-armv7"],
    ["docker:linux/armhf", "linux-armv7"],
    ["docker:armel", "linux-armv6"],
    ["go:linux/arm", "linux-armv7"],
    ["go:linux/ppc64", "linux-ppc64"],
    // Wheels: the tag of Windows does not say the ABI.
    ["manylinux2014_x86_64", "linux-x64-gnu"],
    ["manylinux1_i686", "linux-ia32-gnu"],
    ["manylinux_2_28_aarch64", "linux-arm64-gnu"],
    ["manylinux_2_36_loongarch64", "linux-loong64-gnu"],
    ["musllinux_1_2_aarch64", "linux-arm64-musl"],
    ["linux_x86_64", "linux-x64"],
    ["win_amd64", "windows-x64"],
    ["win32", "windows-ia32-msvc"],
    ["macosx_11_0_arm64", "darwin-arm64"],
    ["macosx_10_9_universal2", "darwin-universal"],
    ["android_21_arm64_v8a", "android-arm64"],
    ["cibuildwheel:win_arm64", "windows-arm64-msvc"],
    // Node and npm.
    ["win32-x64", "windows-x64"],
    ["win32-x64-msvc", "windows-x64-msvc"],
    ["linux-x64-glibc", "linux-x64-gnu"],
    ["linuxmusl-arm64", "linux-arm64-musl"],
    ["napi:linux-arm-gnueabihf", "linux-armv7-gnu"],
    ["napi:linux-ppc64-gnu", "linux-ppc64le-gnu"],
    ["openharmony-arm64", "ohos-arm64"],
    // Any system with any processor.
    ["linux-aarch64", "linux-arm64"],
    ["linux-aarch64-musl", "linux-arm64-musl"],
    ["macos-x86_64", "darwin-x64"],
    ["macos-aarch64", "darwin-arm64"],
    ["osx-arm64", "darwin-arm64"],
    ["linux_amd64", "linux-x64"],
    ["windows-x86", "windows-ia32"],
    ["linux/x86", "linux-ia32"],
    ["Darwin arm64", "darwin-arm64"],
    ["Linux  x86_64", "linux-x64"],
    ["kalam:linux-x86_64", "linux-x64-gnu"],
    // A processor alone is Linux.
    ["amd64", "linux-x64"],
    ["AMD64", "linux-x64"],
    ["x86_64", "linux-x64"],
    ["x86-64", "linux-x64"],
    ["aarch64", "linux-arm64"],
    ["arm64", "linux-arm64"],
    ["arm64v8", "linux-arm64"],
    ["i386", "linux-ia32"],
    ["armv7l", "linux-armv7"],
    ["armv8l", "linux-armv7"],
    ["arm32v6", "linux-armv6"],
    ["ppc64el", "linux-ppc64le"],
    ["powerpc64", "linux-ppc64"],
    ["s390x", "linux-s390x"],
    ["loongarch64", "linux-loong64"],
    ["mips64el", "linux-mips64le"],
    ["qemu-aarch64-static", "linux-arm64"],
    ["wasm32", "wasm32-wasip1"],
    // A package system knows its libc.
    ["debian:amd64", "linux-x64-gnu"],
    ["deb:ppc64el", "linux-ppc64le-gnu"],
    ["debian:armhf", "linux-armv7-gnu"],
    ["debian:armel", "linux-armv5-gnu"],
    ["raspbian:armhf", "linux-armv6-gnu"],
    ["alpine:armhf", "linux-armv6-musl"],
    ["alpine:x86", "linux-ia32-musl"],
    ["apk:x86_64", "linux-x64-musl"],
    ["rpm:armv7hl", "linux-armv7-gnu"],
    ["homebrew:x86_64_linux", "linux-x64-gnu"],
    ["brew:arm64_tahoe", "darwin-arm64"],
    // Case and space.
    ["  LINUX-X64-GNU\t", "linux-x64-gnu"],
    ["Docker : Linux/ARM64", "linux-arm64"],
    ["any", "any"],
  ])("%s is %s", (spelling, id) => {
    expect(parseTarget(spelling).id).toBe(id);
  });
});

describe("our own id wins", () => {
  test.each(["linux-ppc64", "linux-ppc64-gnu", "linux-arm64", "id:linux-arm64"])("%s", (id) => {
    expect(parseTarget(id).id).toBe(id.replace("id:", ""));
  });

  test("although Node and napi-rs mean little-endian by it", () => {
    expect(readings("linux-ppc64-gnu")).toContainEqual({
      system: "napi",
      id: "linux-ppc64le-gnu",
    });
    expect(parseTarget("linux-ppc64-gnu").rows[0]?.endian).toBe("big");
  });
});

describe("what a target covers", () => {
  test("an exact id one row, a short id every ABI, any none", () => {
    const ids = (text: string) => parseTarget(text).rows.map(({ id }) => id);
    expect(ids("linux-x64-musl")).toEqual(["linux-x64-musl"]);
    expect(ids("linux-x64")).toEqual(["linux-x64-gnu", "linux-x64-musl"]);
    expect(ids("windows-x64")).toEqual(["windows-x64-msvc", "windows-x64-gnu"]);
    expect(ids("windows-arm64")).toEqual(["windows-arm64-msvc"]);
    expect(ids("any")).toEqual([]);
    expect(parseTarget("linux-armv7")).toMatchObject({ os: "linux", arch: "arm", short: true });
    expect(parseTarget("darwin-x64")).toMatchObject({ os: "darwin", arch: "x64", short: false });
    expect(parseTarget("windows-arm64").short).toBe(true);
  });
});

describe("ambiguous names are refused with their readings", () => {
  test.each([
    ["armhf", ["linux-armv7-gnu", "linux-armv7-musl", "linux-armv6-gnu", "linux-armv6-musl"]],
    ["armel", ["linux-armv5-gnu", "linux-armv6-gnu"]],
    ["arm", ["linux-armv7-gnu", "linux-armv6-gnu", "linux-armv5-gnu"]],
    ["linux/arm", ["linux-armv7-musl", "linux-armv6-musl", "linux-armv5-musl"]],
    ["linux-arm", ["linux-armv7-musl", "linux-armv6-musl", "linux-armv5-musl"]],
    ["linux-armhf", ["linux-armv7-gnu", "linux-armv6-musl"]],
    ["ppc64", ["linux-ppc64-gnu", "linux-ppc64le-gnu"]],
    ["node:linux-arm", ["linux-armv7-gnu", "linux-armv6-gnu"]],
    ["linux-arm-gnueabihf", ["linux-armv7-gnu", "linux-armv6-gnu"]],
    ["arm-linux-gnueabihf", ["linux-armv7-gnu", "linux-armv6-gnu"]],
    ["qemu-arm", ["linux-armv7-gnu", "linux-armv5-gnu"]],
    ["x86", ["linux-ia32-musl"]],
    ["mips", ["linux-mipsle-gnu"]],
    ["uname:mips", ["linux-mipsle-gnu"]],
    ["mips64", ["linux-mips64le-gnu"]],
    ["uname:arm64", ["darwin-arm64", "freebsd-arm64"]],
  ])("%s", (text, ids) => {
    const error = refusal(text);
    expect(error.id).toBe("MA102");
    expect(error.message).toContain(text);
    const found = readings(text).map(({ id }) => id);
    for (const id of ids) {
      expect(found).toContain(id);
      const short = id.replace(/-(gnu|musl)$/, "");
      expect(error.details.found).toContain(short);
    }
  });

  test("the way out that the message shows works", () => {
    for (const text of ["armhf", "armel", "arm", "linux/arm", "Linux-Arm", "ppc64"]) {
      const example = /name the system: (\S+)$/.exec(refusal(text).details.fix ?? "")?.[1] ?? "";
      expect(example).toMatch(/^[a-z-]+:/);
      expect(parseTarget(example).rows.length).toBeGreaterThan(0);
    }
  });
});

describe("unknown names are refused with the nearest", () => {
  test.each([
    ["linux-amd46", "linux-x64 (linux-amd64)"],
    ["lnux-x64", "linux-x64"],
    ["linux-x64-msul", "linux-x64-musl"],
    ["windows-arm46", "windows-arm64"],
    ["darwin-arm65", "darwin-arm64"],
    ["x86_64-unknown-linux-gun", "linux-x64-gnu"],
    ["freebsd-x46", "freebsd-x64"],
  ])("%s: %s", (text, near) => {
    const error = refusal(text);
    expect(error.id).toBe("MA101");
    expect(error.details.what).toContain(text);
    expect(error.details.fix).toContain(near);
  });

  test("a processor level is not dropped in silence", () => {
    expect(refusal("linux/amd64/v3").id).toBe("MA101");
    expect(refusal("linux/arm64/v9").id).toBe("MA101");
  });

  test("a triple that is merely close is named, not taken", () => {
    for (const [text, near] of [
      ["arm64ec-pc-windows-msvc", "windows-arm64-msvc"],
      ["aarch64-pc-windows-gnullvm", "windows-arm64-msvc"],
      ["wasm32-wasip2", "wasm32-wasip1"],
    ] as const) {
      const error = refusal(text);
      expect(error.id).toBe("MA101");
      expect(error.details.fix).toContain(near);
    }
  });

  test("Itanium is not x86-64", () => {
    expect(refusal("ia64").message).toContain("Itanium");
    expect(refusal("linux-ia64").message).toContain("Itanium");
  });

  test("a naming system that does not exist, or has no such name", () => {
    expect(refusal("dokcer:linux/arm").details.fix).toContain("docker:linux/arm");
    expect(refusal("docker:linux/mips64").id).toBe("MA101");
    expect(refusal("constructor:amd64").id).toBe("MA101");
  });

  test.each(["", "   ", ":", "docker:", "__proto__", "constructor", "-", "x".repeat(10_000)])(
    "%#",
    (text) => {
      const error = refusal(text);
      expect(error.id).toBe("MA101");
      expect(error.message.length).toBeLessThan(600);
    },
  );
});
