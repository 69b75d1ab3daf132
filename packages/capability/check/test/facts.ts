import type { Facts } from "@multiarch/contracts";
import { factsWith } from "../../../../test/support/facts.ts";

export { factsWith } from "../../../../test/support/facts.ts";

const glibcLoaders: Readonly<Partial<Record<string, string>>> = {
  arm: "/lib/ld-linux-armhf.so.3",
  arm64: "/lib/ld-linux-aarch64.so.1",
  loong64: "/lib64/ld-linux-loongarch-lp64d.so.1",
  ppc64le: "/lib64/ld64.so.2",
  riscv64: "/lib/ld-linux-riscv64-lp64d.so.1",
};

export function glibcFacts(glibcMin: string | null, given: Partial<Facts> = {}): Facts {
  return factsWith({
    libc: "glibc",
    static: false,
    interp: glibcLoaders[given.arch ?? "x64"] ?? "/lib64/ld-linux-x86-64.so.2",
    needed: ["libc.so.6"],
    glibcMin,
    ...given,
  });
}

export function muslFacts(given: Partial<Facts> = {}): Facts {
  return factsWith({
    libc: "musl",
    static: false,
    interp: "/lib/ld-musl-x86_64.so.1",
    needed: ["libc.so"],
    ...given,
  });
}

export function macFacts(
  slices: { arch: "x64" | "arm64"; minos?: string; signed?: boolean }[],
): Facts {
  const made = slices.map(({ arch, minos = "11.0", signed = true }) => ({
    arch,
    minos,
    sdk: null,
    platform: "macos",
    signed,
    needed: [],
  }));
  const [first] = made;
  const alone = made.length === 1;
  return factsWith({
    format: "macho",
    os: "darwin",
    arch: alone ? (first?.arch ?? null) : null,
    minos: alone ? (first?.minos ?? null) : null,
    static: null,
    slices: made,
    signed: made.every(({ signed }) => signed),
  });
}

export function windowsFacts(given: Partial<Facts> = {}): Facts {
  return factsWith({ format: "pe", os: "windows", static: null, signed: false, ...given });
}
