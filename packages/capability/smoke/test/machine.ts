import { fileSource } from "@multiarch/archive";
import { readFacts } from "@multiarch/binary";
import type { Facts } from "@multiarch/contracts";
import { silentLog } from "@multiarch/diagnostics";
import { detectHost, type HostFacts } from "@multiarch/host";
import { type SmokeRequest, smokeTest } from "@multiarch/smoke";
import { factsWith } from "../../../../test/support/facts.ts";

export async function factsOfFile(path: string): Promise<Facts> {
  const source = await fileSource(path);
  try {
    return await readFacts(source, path);
  } finally {
    await source.close();
  }
}

/** A Linux x64 machine on which Node stands in for the emulator of 64-bit ARM: what it "emulates" are scripts. */
export async function machineWithEmulator(given: Partial<HostFacts> = {}): Promise<HostFacts> {
  return {
    ...(await detectHost(process.env)),
    os: "linux",
    arch: "x64",
    machineArch: "x64",
    libc: "glibc",
    glibcVersion: "2.36",
    emulators: { aarch64: process.execPath },
    registered: [],
    native: ["x64"],
    ...given,
  };
}

/** Facts of a static 64-bit ARM program for Linux, but for what is given. */
export function armFacts(given: Partial<Facts> = {}): Facts {
  return factsWith({ arch: "arm64", ...given });
}

export function smoke(
  given: Pick<SmokeRequest, "path" | "facts" | "host"> & Partial<SmokeRequest>,
): ReturnType<typeof smokeTest> {
  return smokeTest({ env: process.env, timeoutMs: 60_000, log: silentLog, ...given });
}
