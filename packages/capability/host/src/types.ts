/** What this machine truly is. `null` is unknown, never a guess: whoever needs the fact must fail. */
export interface HostFacts {
  /** The vocabulary of facts: `linux`, `darwin`, `windows`. */
  readonly os: string;
  /** The architecture of this process: `x64`, `arm64`, `ppc64le`. */
  readonly arch: string;
  /** What Node was compiled for, where `arch` is `arm`. */
  readonly armVersion: 5 | 6 | 7 | null;
  /** The architecture of the kernel, below any emulation. */
  readonly machineArch: string | null;
  /** The architecture of the distribution's own programs. Only told on Linux. */
  readonly userlandArch: string | null;
  /** This process runs on a processor of another family. */
  readonly emulated: boolean;
  readonly libc: "glibc" | "musl" | "bionic" | null;
  /** `2.36` */
  readonly glibcVersion: string | null;
  /** `x86-64-v1` to `x86-64-v4`, `armv8.0-a`, `armv8.1-a`, `armv9.0-a`. */
  readonly cpuLevel: string | null;
  /** Our exact id of this process's platform: `linux-x64-gnu`. */
  readonly target: string | null;
  readonly dockerPlatform: string | null;
  readonly rustTarget: string | null;
  readonly goos: string | null;
  readonly goarch: string | null;
  /** `linux-x64` */
  readonly nodePlatform: string | null;
  /** The newest platform tag of wheels that this machine takes: `manylinux_2_36_x86_64`. */
  readonly wheelTag: string | null;
  readonly container: boolean;
  /** QEMU's user emulators on `PATH`, by QEMU's word for the processor: `aarch64` to its full path. */
  readonly emulators: Readonly<Record<string, string>>;
  /** QEMU's words for processors whose programs the kernel hands to an emulator by itself (binfmt_misc). */
  readonly registered: readonly string[];
  /** Architectures that the machine executes without an emulator of QEMU's. */
  readonly native: readonly string[];
  /** Every architecture whose programs can be executed here, emulators included. */
  readonly canExecute: readonly string[];
  /** `linux arm64` */
  readonly platformString: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the facts come from. Tests put another machine in its place; everything else uses `systemProbes`. */
export interface Probes {
  /** `process.platform` and `process.arch`. */
  readonly platform: string;
  readonly arch: string;
  readonly endianness: "LE" | "BE";
  /** What `os.release()` says. */
  readonly release: string;
  /** `process.config.variables.arm_version` */
  readonly armVersion: string | null;
  readonly execPath: string;
  /** The folder that stands for `/`. */
  readonly root: string;
  /** Which libraries this process runs on. Only asked on Linux. */
  runtime(): { glibcVersion: string | null; sharedObjects: readonly string[] };
  /** The lines of `sysctl -i` for these names, `null` when it cannot be run. Only asked on macOS. */
  sysctl(names: readonly string[], env: Environment): Promise<string | null>;
}
