import type { Log } from "@multiarch/diagnostics";
import type { DownloadOptions } from "@multiarch/download";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The machine and the folders that emulation works with. Tests put others in their place. */
export interface Surroundings {
  readonly env: Environment;
  readonly log: Log;
  /** `process.platform` */
  readonly platform: string;
  /** The architecture of the kernel in the words of facts, `x64`; null when unknown. */
  readonly machineArch: string | null;
  /** What `os.release()` says. */
  readonly kernel: string;
  /** Effective user id; null where there is none. */
  readonly userId: number | null;
  /** The folder that stands for `/proc`. */
  readonly proc: string;
  /** Where leases are kept when `/run` cannot be written; also the root of the emulators that were fetched. */
  readonly toolCache: string;
  /** A folder for leases that is used before all others, which tests give. */
  readonly leaseFolder?: string;
  readonly temporaryFolder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Clock, waits and attempts of downloads. */
  readonly download?: Partial<DownloadOptions>;
}

/** A processor that programs are to run for. */
export interface Guest {
  /** The vocabulary of facts: `arm64`. */
  readonly arch: string;
  /** `qemu-aarch64` */
  readonly qemu: string;
  /** `aarch64` */
  readonly word: string;
  /** Our entry in the kernel's table: `multiarch-aarch64`. */
  readonly entry: string;
  /** Docker's names of what it runs: `linux/arm/v7`, `linux/arm/v6`. */
  readonly platforms: readonly string[];
  /** Hex, as the kernel shows them. */
  readonly magic: string;
  readonly mask: string;
}

/** A file that is an emulator: it was executed with a program of its guest. */
export interface Emulator {
  readonly guest: Guest;
  /** Full path, links resolved. */
  readonly path: string;
  /** `10.0.13` */
  readonly version: string;
  /** 64 hex digits; null for what was already installed. */
  readonly sha256: string | null;
  /** Where it came from, for people: `installed`, `tool cache`, `apt qemu-user`, `image …`. */
  readonly source: string;
}

/** How a process can be known again after its number was given to another. */
export interface ProcessMark {
  readonly pid: number;
  /** Clock ticks after boot when it was started. */
  readonly start: string;
}
