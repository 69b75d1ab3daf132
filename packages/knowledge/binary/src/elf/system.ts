import type { Facts } from "@multiarch/contracts";

/** All that hints at the system and the C library of an ELF file. */
export interface SystemHints {
  readonly osabi: number;
  readonly noteOs: Facts["os"];
  readonly interpreter: string | null;
  readonly needed: readonly string[];
  /** Asks for a numbered GLIBC version of a library other than the loader and libgcc_s. */
  readonly glibc: boolean;
  readonly bionic: boolean;
}

interface System {
  readonly os: Facts["os"];
  readonly libc: Facts["libc"];
}

/**
 * System and C library. A note says it best, then the OS ABI byte, then the interpreter and the needed libraries; what
 * carries no sign at all (static programs from Go among them) is taken for Linux.
 */
export function systemOf(hints: SystemHints): System {
  const told = hints.noteOs ?? osByAbi[hints.osabi] ?? null;
  const byInterpreter = systemByInterpreter(hints.interpreter, told);
  const byLibrary = byInterpreter ?? systemByLibraries(hints, told);
  const os = told ?? byLibrary?.os ?? "linux";
  if (os === "android") return { os, libc: "bionic" };
  const libc = byLibrary?.libc ?? (hints.glibc ? "glibc" : null);
  return { os, libc };
}

const androidOnly: ReadonlySet<string> = new Set(["liblog.so", "libandroid.so"]);

/** EI_OSABI; 0 and 3 (GNU) are used for more than Linux and decide nothing. */
const osByAbi: Readonly<Record<number, Facts["os"]>> = {
  2: "netbsd",
  6: "sunos",
  9: "freebsd",
  12: "openbsd",
};

function systemByInterpreter(interpreter: string | null, told: Facts["os"]): System | null {
  if (interpreter === null) return null;
  const name = interpreter.slice(interpreter.lastIndexOf("/") + 1);
  if (/^\/(?:system|apex)\/.*\/linker(?:64)?$/.test(interpreter)) {
    return { os: "android", libc: "bionic" };
  }
  if (/^ld-musl-/.test(name)) return { os: "linux", libc: "musl" };
  if (name === "ld-elf.so.1" || name === "ld-elf32.so.1") return { os: "freebsd", libc: "freebsd" };
  if (name === "ld.elf_so") return { os: "netbsd", libc: "netbsd" };
  if (interpreter === "/usr/libexec/ld.so") return { os: "openbsd", libc: "openbsd" };
  if (/^ld-linux/.test(name) || /^ld64\.so\.[12]$/.test(name))
    return { os: "linux", libc: "glibc" };
  if (name === "ld.so.1") {
    // glibc on MIPS and 32-bit PowerPC keeps it under /lib, Solaris under /usr/lib and /lib/64.
    const glibc = /^\/lib(?:32|64)?\/ld\.so\.1$/.test(interpreter) && told !== "sunos";
    return glibc ? { os: "linux", libc: "glibc" } : { os: "sunos", libc: null };
  }
  return null;
}

function systemByLibraries(hints: SystemHints, told: Facts["os"]): System | null {
  for (const name of hints.needed) {
    if (/^libc\.so\.6(?:\.1)?$/.test(name)) return { os: "linux", libc: "glibc" };
    if (/^libc\.musl-.*\.so\.1$/.test(name)) return { os: "linux", libc: "musl" };
    if (name === "libc.so.7") return { os: "freebsd", libc: "freebsd" };
    if (name === "libc.so.12") return { os: "netbsd", libc: "netbsd" };
    if (/^libc\.so\.\d+\.\d+$/.test(name)) return { os: "openbsd", libc: "openbsd" };
    if (name === "libc.so.1") return { os: "sunos", libc: null };
    if (name !== "libc.so") continue;
    // musl, bionic, OpenBSD and Solaris all answer to this name; only Android has these beside it.
    if (hints.bionic || (told === null && hints.needed.some((other) => androidOnly.has(other))))
      return { os: "android", libc: "bionic" };
    if (told === "openbsd") return { os: told, libc: "openbsd" };
    if (told === "sunos" || told === "freebsd" || told === "netbsd")
      return { os: told, libc: null };
    return { os: "linux", libc: "musl" };
  }
  return null;
}
