import type { Facts } from "@multiarch/contracts";

/** Which Pythons load an extension module, as its file name tells (PEP 3149, PEP 384, PEP 803). */
export type ExtensionName =
  | {
      readonly kind: "version";
      /** `cp313`, `pp311`, `graalpy312`. */
      readonly interpreter: string;
      /** `cp313`, `cp313t`, `pypy311_pp73`. */
      readonly abi: string;
      /** As written: `x86_64-linux-gnu`, `darwin`, `win_amd64`; `null`: the name holds none. */
      readonly platform: string | null;
    }
  | { readonly kind: "abi3" | "abi3t" }
  /** `name.so` or `name.pyd`: every Python looks for it, whatever it was built for. */
  | { readonly kind: "plain" }
  /** No release of Python loads it. */
  | { readonly kind: "unusable"; readonly why: string };

/**
 * Reads the ending of a file in a Python package. Endings: CPython's `importlib.machinery.EXTENSION_SUFFIXES`, PyPy's and
 * GraalPy's; tags as installers compute them from the same names.
 * @returns `null` for what no Python imports as an extension module
 */
export function extensionName(name: string): ExtensionName | null {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const [, marks, ending] = /^[^.]+((?:\.[^.]+)*)\.(so|pyd)$/.exec(base) ?? [];
  if (marks === undefined) return null;
  if (ending === "pyd") return windowsName(base, marks.slice(1));
  switch (marks) {
    case "":
      return { kind: "plain" };
    case ".abi3":
    case ".abi3t":
      return { kind: marks === ".abi3" ? "abi3" : "abi3t" };
    default:
      return taggedName(marks.slice(1)) ?? null;
  }
}

function windowsName(base: string, mark: string): ExtensionName {
  if (/_d(?:\.[^.]+)?\.pyd$/.test(base)) {
    return { kind: "unusable", why: "only debug builds of Python load it" };
  }
  if (mark === "") return { kind: "plain" };
  if (/^abi3t?$/.test(mark)) {
    return {
      kind: "unusable",
      why: `no Python on Windows loads *.${mark}.pyd: leave .${mark} out of its name`,
    };
  }
  const [, abi, version, platform] = /^(cp(3[0-9]+)t?)-(win[a-z0-9_]+)$/.exec(mark) ?? [];
  if (abi !== undefined && platform !== undefined) {
    return { kind: "version", interpreter: `cp${version}`, abi, platform };
  }
  return (
    taggedName(mark) ?? { kind: "unusable", why: `no Python is known that loads *.${mark}.pyd` }
  );
}

function taggedName(mark: string): ExtensionName | undefined {
  const [, version, flags, cpythonPlatform] =
    /^cpython-(3[0-9]+)([a-z]*)(?:-(.+))?$/.exec(mark) ?? [];
  if (version !== undefined && flags !== undefined) {
    if (flags.includes("d")) {
      return { kind: "unusable", why: "only debug builds of Python load it" };
    }
    const abi = `cp${version}${flags}`;
    const platform = cpythonPlatform ?? null;
    return { kind: "version", interpreter: `cp${version}`, abi, platform };
  }
  const [, pypy, api, pypyPlatform] = /^pypy(3[0-9]+)-(pp[0-9]+)(?:-(.+))?$/.exec(mark) ?? [];
  if (pypy !== undefined) {
    const platform = pypyPlatform ?? null;
    return { kind: "version", interpreter: `pp${pypy}`, abi: `pypy${pypy}_${api}`, platform };
  }
  const [, own, python, graalPlatform] =
    /^graalpy([0-9]+)-(3[0-9]+)-native(?:-(.+))?$/.exec(mark) ?? [];
  if (python === undefined) return undefined;
  const abi = `graalpy${own}_${python}_native`;
  const platform = graalPlatform ?? null;
  return { kind: "version", interpreter: `graalpy${python}`, abi, platform };
}

/** Processors as names of extension modules on Linux spell them (Debian's multiarch tuples). */
const linuxProcessors: Readonly<Record<string, string>> = {
  x64: "x86_64",
  ia32: "i386",
  arm64: "aarch64",
  arm: "arm",
  ppc64le: "powerpc64le",
  ppc64: "powerpc64",
  s390x: "s390x",
  riscv64: "riscv64",
  loong64: "loongarch64",
};

const windowsPlatforms: Readonly<Record<string, string>> = {
  x64: "win_amd64",
  ia32: "win32",
  arm64: "win_arm64",
};

/**
 * Whether a module's name and its bytes speak of one platform: Python looks for the name first, and then fails to load it.
 * musl's Pythons before 3.13 called their modules `gnu` too, so that word says nothing there.
 */
export function platformFits(platform: string, { os, arch, libc }: Facts): boolean {
  if (platform === "darwin") return os === "darwin";
  if (platform.startsWith("win")) {
    return os === "windows" && windowsPlatforms[arch ?? ""] === platform;
  }
  const [, processor, abi] = /^([a-z0-9_]+)-linux(?:-([a-z0-9]+))?$/.exec(platform) ?? [];
  // A system that has no such names in the table: nothing to compare with.
  if (processor === undefined) return true;
  if (os !== "linux" || linuxProcessors[arch ?? ""] !== processor) return false;
  return !(abi?.startsWith("musl") === true && libc === "glibc");
}
