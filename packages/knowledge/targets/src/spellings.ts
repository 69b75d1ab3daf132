import { type ProcessorWord, processors } from "./data/processors.ts";
import { rows } from "./data/rows.ts";
import { shortIdOf } from "./own.ts";
import { type NamingSystem, nameIn } from "./systems.ts";
import type { TargetRow } from "./types.ts";

/** One way to read a spelling. */
export interface Candidate {
  readonly system: NamingSystem;
  readonly row: TargetRow;
  /** The spelling says the ABI too: Debian's `amd64` is glibc, Docker's is any. */
  readonly bound: boolean;
  /** A processor alone, without a system. */
  readonly bare: boolean;
  /** The system's own choice where it has several targets of this name. */
  readonly preferred: boolean;
  /** A name close to this target but not for it: shown, never accepted. */
  readonly related: boolean;
}

type Marks = Partial<Pick<Candidate, "bound" | "bare" | "preferred" | "related">>;
type Add = (system: NamingSystem, spelling: string, marks?: Marks) => void;

let index: Map<string, Candidate[]> | undefined;

/** Every reading of a spelling, which is already trimmed and in lower case. Built at the first call: most ids need none. */
export function candidates(spelling: string): readonly Candidate[] {
  index ??= buildIndex();
  return index.get(spelling) ?? index.get(withoutWheelVersion(spelling)) ?? [];
}

/** Every spelling that is known, for guessing what a misspelt one meant. */
export function knownSpellings(): Iterable<string> {
  index ??= buildIndex();
  return index.keys();
}

/** `manylinux_2_17_x86_64` and `manylinux2014_x86_64` are one target: the version says how old a system may be. */
function withoutWheelVersion(spelling: string): string {
  return spelling
    .replace(/^manylinux(?:1|2010|2014|_\d+_\d+)_/, "manylinux_")
    .replace(/^(musllinux|macosx)_\d+_\d+_/, "$1_")
    .replace(/^android_\d+_/, "android_");
}

function buildIndex(): Map<string, Candidate[]> {
  const built = new Map<string, Candidate[]>();
  for (const row of rows) {
    const seen = new Set<string>();
    const add: Add = (system, spelling, marks = {}) => {
      const key = spelling.toLowerCase();
      if (seen.has(`${system}:${key}`)) return;
      seen.add(`${system}:${key}`);
      const candidate = { bound: true, bare: false, preferred: false, related: false, ...marks };
      const known = built.get(key);
      if (known === undefined) built.set(key, [{ system, row, ...candidate }]);
      else known.push({ system, row, ...candidate });
    };
    addNames(row, add);
    addGoAndDocker(row, add);
    addProcessor(row, add);
    addComposed(row, add);
  }
  return built;
}

function addNames(row: TargetRow, add: Add): void {
  add("id", row.id);
  const short = shortIdOf(row);
  if (short !== null) add("id", short, { bound: false });
  if (row.rust !== null) add("rust", row.rust);
  for (const triple of row.rustAliases) add("rust", triple);
  for (const triple of row.rustRelated) add("rust", triple, { related: true });
  for (const system of ["zig", "kalam", "darwin", "npm", "cibuildwheel", "os-uname"] as const) {
    const name = nameIn(row, system);
    if (name !== null) add(system, name);
  }
  // napi-rs builds the name that Arm 6 and 7 share for Arm 7.
  if (row.napi !== null) add("napi", row.napi, { preferred: row.armVersion === 7 });
  const node = nameIn(row, "node");
  if (node !== null) add("node", node, { bound: false });
  for (const tag of row.wheelTags) add("wheel", withoutWheelVersion(tag));
  // Tags that are not in the table, because no installer's index accepts them, still say what they are.
  const wheelWord = row.cibuildwheel ?? (row.os === "linux" ? linuxWheelName(row) : null);
  if (wheelWord !== null) add("wheel", wheelWord);
  for (const bottle of row.homebrew) add("homebrew", bottle);
}

function linuxWheelName(row: TargetRow): string {
  return `${row.libc === "musl" ? "musllinux" : "manylinux"}_${row.uname}`;
}

const separators = ["/", "-", "_"];

/** Go's and Docker's pairs. containerd reads `armhf` as Arm 7 and `armel` as Arm 6, and drops the version of arm64. */
function addGoAndDocker(row: TargetRow, add: Add): void {
  const { go, docker } = row;
  for (const separator of separators) {
    if (go !== null) {
      // Go compiles for Arm 7 since 1.21 when GOARM is not set and the host is another processor.
      const preferred = row.armVersion === 7;
      // OpenHarmony is Linux to Go, so its pair says nothing about it.
      const related = row.os === "openharmony";
      add("go", [go.GOOS, go.GOARCH].join(separator), { bound: false, preferred, related });
    }
    if (docker !== null) add("docker", docker.replaceAll("/", separator), { bound: false });
    for (const word of containerdWords(row)) {
      add("docker", `linux${separator}${word.replaceAll("/", separator)}`, { bound: false });
    }
  }
  for (const word of containerdWords(row)) add("docker", word, { bound: false, bare: true });
}

function containerdWords(row: TargetRow): readonly string[] {
  if (row.os !== "linux") return [];
  if (row.armVersion === 7) return ["arm", "armhf"];
  if (row.armVersion === 6) return ["armel"];
  return row.arch === "arm64" ? ["arm64/v8"] : [];
}

/** Words for a processor alone. */
function addProcessor(row: TargetRow, add: Add): void {
  const bare = true;
  for (const system of ["debian", "raspbian", "alpine", "rpm"] as const) {
    const name = nameIn(row, system);
    if (name !== null) {
      add(system, name, { bare });
      for (const separator of separators) add(system, `linux${separator}${name}`);
    }
  }
  for (const machine of row.unameMachines) add("uname", machine, { bound: false, bare });
  if (row.qemu !== null) {
    add("qemu", row.qemu, { bound: false, bare });
    add("qemu", `${row.qemu}-static`, { bound: false, bare });
  }
  if (row.node !== null) add("node", row.node.arch, { bound: false, bare });
  if (row.go !== null) {
    const marks = { bound: false, bare, preferred: row.armVersion === 7 };
    add("go", row.go.GOARCH, { ...marks, related: row.os === "openharmony" });
  }
  if (row.docker !== null) {
    add("docker", row.docker.slice(row.docker.indexOf("/") + 1), { bound: false, bare });
  }
  for (const word of processorWords(row)) add("os-arch", word, { bound: false, bare });
}

const systemWords: Readonly<Record<string, readonly string[]>> = {
  linux: ["linux"],
  darwin: ["darwin", "macos", "osx", "mac"],
  windows: ["windows", "win", "win32"],
  freebsd: ["freebsd"],
  android: ["android"],
  openharmony: ["openharmony", "ohos"],
  wasi: ["wasi"],
};

/** `linux-aarch64`, `macos-x86_64`, `win32-x64-msvc`, `linuxmusl-arm64`, in any usual order of words and separators. */
function addComposed(row: TargetRow, add: Add): void {
  const open = row.abi === null;
  for (const separator of separators) {
    for (const processor of processorWords(row)) {
      for (const system of systemWords[row.os] ?? []) {
        const pair = `${system}${separator}${processor}`;
        add("os-arch", pair, { bound: open });
        for (const abi of abiWords(row)) add("os-arch", `${pair}${separator}${abi}`);
      }
      if (row.os === "linux" && row.libc === "musl") {
        for (const system of ["linuxmusl", "alpine"]) {
          add("os-arch", `${system}${separator}${processor}`);
        }
      }
    }
  }
}

function abiWords(row: TargetRow): readonly string[] {
  if (row.os === "linux" && row.libc === "glibc") {
    return row.arch === "arm" ? ["gnu", "glibc", armEnd("gnu", row)] : ["gnu", "glibc"];
  }
  if (row.os === "linux") return row.arch === "arm" ? ["musl", armEnd("musl", row)] : ["musl"];
  return row.abi === null ? [] : [row.abi];
}

function armEnd(libc: string, row: TargetRow): string {
  return row.armVersion === 5 ? `${libc}eabi` : `${libc}eabihf`;
}

function processorWords(row: TargetRow): readonly string[] {
  if (row.arch === "universal") return ["universal", "universal2", "fat"];
  if (row.arch === "wasm32") return ["wasm32", "wasm"];
  const found = Object.values(processors).find(
    ({ arch, armVersion }) => arch === row.arch && armVersion === row.armVersion,
  );
  if (found === undefined) return [];
  const word: ProcessorWord = found.word;
  const { unameWord, aliases } = processors[word];
  return [word, unameWord, ...aliases];
}
