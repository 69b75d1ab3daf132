import { endianness, release } from "node:os";
import { runProcess } from "@multiarch/process";
import type { Probes } from "./types.ts";

/** The machine that this process runs on. */
export function systemProbes(): Probes {
  return {
    platform: process.platform,
    arch: process.arch,
    endianness: endianness(),
    release: release(),
    armVersion: armVersion(),
    execPath: process.execPath,
    root: "/",
    runtime,
    sysctl: async (names, env) => {
      const options = { env: { PATH: env.PATH }, timeoutMs: 5_000 };
      const { code, stdout } = await runProcess("/usr/sbin/sysctl", ["-i", ...names], options);
      return code === 0 ? stdout : null;
    },
  };
}

function armVersion(): string | null {
  const variables: Readonly<Record<string, unknown>> = { ...process.config.variables };
  const version = variables.arm_version;
  return version === undefined ? null : String(version);
}

/**
 * Node's diagnostic report names the loaded libraries and asks glibc itself for its version, a foreign libc that is
 * merely installed does not show. Without `excludeNetwork` it would look up the names of open sockets and may hang.
 */
function runtime(): { glibcVersion: string | null; sharedObjects: readonly string[] } {
  const { report } = process;
  if (report === undefined) return { glibcVersion: null, sharedObjects: [] };
  // Newer than the types: absent before Node 20.13, where setting it does nothing.
  const before: unknown = Reflect.get(report, "excludeNetwork");
  Reflect.set(report, "excludeNetwork", true);
  try {
    return readReport(report.getReport());
  } finally {
    Reflect.set(report, "excludeNetwork", before);
  }
}

function readReport(text: unknown): { glibcVersion: string | null; sharedObjects: string[] } {
  const report = record(text);
  const version = record(report.header).glibcVersionRuntime;
  const { sharedObjects } = report;
  return {
    glibcVersion: typeof version === "string" ? version : null,
    sharedObjects: Array.isArray(sharedObjects)
      ? sharedObjects.filter((path) => typeof path === "string")
      : [],
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
