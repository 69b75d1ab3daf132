import { targetDifferences } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { platformOf } from "../native/named.ts";
import { archsOf, type NativeFile } from "../native/native-file.ts";
import { accepts } from "./label.ts";
import type { Manifest } from "./manifest.ts";
import type { NpmPackage } from "./package.ts";

/** In which field a package promises what a file of it is not. */
export interface Misfit {
  readonly of: "os" | "cpu" | "libc";
  readonly expected: string;
  readonly found: string;
}

/** The values of npm's `os` under which a file works. */
export function npmSystems({ os, libc }: Facts): string[] {
  if (os === null) return [];
  if (os === "windows") return ["win32"];
  // What is bound to no C library speaks to Linux's kernel alone, which is the one of these systems too.
  return os === "linux" && libc === null ? ["linux", "android", "openharmony"] : [os];
}

/** `process.arch` knows one word for both byte orders, and one for every ARM of 32 bits. */
const npmArchs: ReadonlyMap<string, readonly string[]> = new Map([
  ["arm64ec", ["arm64", "x64"]],
  ["ppc64le", ["ppc64"]],
]);

/** The values of npm's `cpu` under which a file works. */
export function npmProcessors(arch: string): readonly string[] {
  return npmArchs.get(arch) ?? [arch];
}

/** The first field that a file contradicts: another system makes its processor and C library meaningless. */
export function misfit(file: NativeFile, { os, cpu, libc }: Manifest): Misfit | null {
  const { facts } = file;
  const found = platformOf(file);
  if (os !== null && !npmSystems(facts).some((word) => accepts(os, word))) {
    return { of: "os", expected: `a file for os ${os.join(", ")}`, found: `one for ${found}` };
  }
  const processors = archsOf(facts).flatMap(npmProcessors);
  if (cpu !== null && !processors.some((word) => accepts(cpu, word))) {
    const made = processors.length === 0 ? "one for an unknown processor" : `one for ${found}`;
    return { of: "cpu", expected: `a file for cpu ${cpu.join(", ")}`, found: made };
  }
  const loader = strangeLoader(facts);
  if (loader !== null) return loader;
  if (facts.os !== "linux" || libc === null || facts.libc === null) return null;
  if (accepts(libc, facts.libc)) return null;
  return { of: "libc", expected: `a file for libc ${libc.join(", ")}`, found: `one for ${found}` };
}

/** A program whose header and loader name two processors starts on neither. */
function strangeLoader(facts: Facts): Misfit | null {
  const { os, arch, format } = facts;
  if (os === null || arch === null || format !== "elf") return null;
  const own = targetDifferences(facts, { os, arch, armVersion: null, libc: null });
  const [loader] = own.filter(({ of }) => of === "arch");
  if (loader === undefined) return null;
  return { of: "cpu", expected: `a loader for ${loader.expected}`, found: loader.found };
}

/** The files that are what the label says. */
export function fitting({ manifest, loaded }: NpmPackage): NativeFile[] {
  return loaded.filter((file) => misfit(file, manifest) === null);
}

/** A file that is not what the label says. */
export interface Misplaced {
  readonly file: NativeFile;
  readonly misfit: Misfit;
}

/**
 * Every file of a package that contradicts its label. Files of all platforms in each package, chosen by name, are among
 * them: everybody downloads what nobody there can use, and only a person can say that it is meant.
 */
export function misplaced({ manifest, loaded, compiled }: NpmPackage): Misplaced[] {
  return compiled.flatMap((file) => {
    const inner = !loaded.some(({ path }) => path === file.path);
    const found = misfit(file, inner ? { ...manifest, os: null, libc: null } : manifest);
    return found === null ? [] : [{ file, misfit: found }];
  });
}
