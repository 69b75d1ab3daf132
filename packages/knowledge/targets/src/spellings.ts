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

/**
 * The form in which spellings are compared: trimmed, in lower case, and with one separator, because `linux/amd64`,
 * `linux_amd64`, `linux-amd64` and `Linux amd64` differ in nothing that a target is made of.
 */
export function fold(spelling: string): string {
  return spelling
    .trim()
    .toLowerCase()
    .replaceAll(/[/_]|\s+/g, "-");
}

/** Every reading of a folded spelling. The index is made at the first call: our own ids do not need it. */
export function candidates(folded: string): readonly Candidate[] {
  index ??= buildIndex();
  return index.get(folded) ?? index.get(withoutWheelVersion(folded)) ?? [];
}

/** Every spelling that is known, for guessing what a misspelt one meant. */
export function knownSpellings(): Iterable<string> {
  index ??= buildIndex();
  return index.keys();
}

/** `manylinux_2_17_x86_64` and `manylinux2014_x86_64` are one target: the version says how old a system may be. */
function withoutWheelVersion(folded: string): string {
  return folded
    .replace(/^manylinux(?:1|2010|2014|-\d+-\d+)-/, "manylinux-")
    .replace(/^(musllinux|macosx)-\d+-\d+-/, "$1-")
    .replace(/^android-\d+-/, "android-");
}

function buildIndex(): Map<string, Candidate[]> {
  const built = new Map<string, Candidate[]>();
  for (const row of rows) {
    const add: Add = (system, spelling, marks = {}) => {
      const key = fold(spelling);
      const known = built.get(key) ?? [];
      if (known.length === 0) built.set(key, known);
      if (known.some((other) => other.system === system && other.row === row)) return;
      const { bound = true, bare = false, preferred = false, related = false } = marks;
      known.push({ system, row, bound, bare, preferred, related });
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
  add("os-arch", row.id);
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
  for (const tag of row.wheelTags) add("wheel", withoutWheelVersion(fold(tag)));
  // Tags that are not in the table, because no installer's index accepts them, still say what they are.
  const wheelWord = row.cibuildwheel ?? (row.os === "linux" ? linuxWheelName(row) : null);
  if (wheelWord !== null) add("wheel", wheelWord);
  for (const bottle of row.homebrew) add("homebrew", bottle);
}

function linuxWheelName(row: TargetRow): string {
  return `${row.libc === "musl" ? "musllinux" : "manylinux"}_${row.uname}`;
}

/** Go's and Docker's pairs. containerd reads `armhf` as Arm 7 and `armel` as Arm 6, and drops the version of arm64. */
function addGoAndDocker(row: TargetRow, add: Add): void {
  const { go, docker } = row;
  if (go !== null) {
    // Go compiles for Arm 7 since 1.21 when GOARM is not set and the host is another processor. OpenHarmony is Linux to
    // Go, so its pair says nothing about it.
    const marks = {
      bound: false,
      preferred: row.armVersion === 7,
      related: row.os === "openharmony",
    };
    add("go", `${go.GOOS}/${go.GOARCH}`, marks);
    add("go", go.GOARCH, { ...marks, bare: true });
  }
  if (docker === null) return;
  for (const word of [docker.slice(docker.indexOf("/") + 1), ...containerdWords(row)]) {
    add("docker", `${docker.slice(0, docker.indexOf("/"))}/${word}`, { bound: false });
    add("docker", word, { bound: false, bare: true });
  }
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
    if (name === null) continue;
    add(system, name, { bare });
    add(system, `linux-${name}`);
  }
  for (const machine of row.unameMachines) add("uname", machine, { bound: false, bare });
  if (row.qemu !== null) {
    add("qemu", row.qemu, { bound: false, bare });
    add("qemu", `${row.qemu}-static`, { bound: false, bare });
  }
  if (row.node !== null) add("node", row.node.arch, { bound: false, bare });
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

/** `linux-aarch64`, `macos-x86_64`, `win32-x64-msvc`, `linuxmusl-arm64`. Behind a system x86 has 32 bits for everybody. */
function addComposed(row: TargetRow, add: Add): void {
  const bound = row.abi === null;
  const abis = abiWords(row);
  for (const processor of [...processorWords(row), ...(row.arch === "ia32" ? ["x86"] : [])]) {
    for (const system of systemWords[row.os] ?? []) {
      const pair = `${system}-${processor}`;
      add("os-arch", pair, { bound });
      for (const abi of abis) add("os-arch", `${pair}-${abi}`);
    }
    if (row.os === "linux" && row.libc === "musl") {
      for (const system of ["linuxmusl", "alpine"]) add("os-arch", `${system}-${processor}`);
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
