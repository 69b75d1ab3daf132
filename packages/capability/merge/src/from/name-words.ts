import { UserError } from "@multiarch/diagnostics";
import { parseTarget, readings, type TargetRow } from "@multiarch/targets";
import type { Place } from "./found.ts";

/** A piece of a file name between separators. */
interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly says: "system" | "processor" | "filler" | "number" | "stage" | null;
}

const systems =
  /^(?:linux|linuxmusl|darwin|macos|macosx|mac|osx|apple|windows|win|win32|win64|freebsd|netbsd|openbsd|android|androideabi|sunos|solaris|illumos|ohos|openharmony|wasi|wasip1|(?:linux|macos|mac|osx|windows)(?:32|64))$/;
const processors =
  /^(?:x64|amd64|x86|386|i[3-6]86|ia32|arm|arm64|arm64e|aarch64|armhf|armv[5-8](?:l|hf|a)?|universal2?|fat|riscv64(?:gc)?|ppc64(?:le)?|powerpc64(?:le)?|s390x|loong64|loongarch64|mips(?:64)?(?:el|le)?|wasm32|32bit|64bit)$/;
const fillers =
  /^(?:unknown|pc|static|gnu|glibc|musl|msvc|mingw|mingw64|gnullvm|gnueabi|gnueabihf|musleabi|musleabihf|eabi|eabihf)$/;
const stages = /^(?:alpha|beta|rc|pre|dev|nightly|snapshot|next)\d*$/;

/** What many a build calls its result: no name of a command. */
const meaningless: ReadonlySet<string> = new Set(
  "a.out app artifact bin binary build cli dist download exe executable file main output package program release".split(
    " ",
  ),
);

export interface CommandName {
  readonly stem: string;
  /** The name also says a platform, so that the rest of it means something. */
  readonly platform: boolean;
}

/**
 * What a file's name says of its command once platform, version and ending are taken off; the names of the folders and
 * archives around it are asked where its own says nothing. `null`: none says anything.
 */
export function commandName(place: Place): CommandName | null {
  const parts = place.flatMap((name) => name.split("/")).reverse();
  for (const part of parts) {
    const found = stemOf(part);
    if (found !== null) return found;
  }
  return null;
}

function stemOf(part: string): CommandName | null {
  const bare = part.replace(/(?:\.(?:exe|node|wasm|zip|tgz|gz|tar|whl|bin))+$/i, "");
  const words = split(bare);
  const platform = words.some(({ says }) => says === "system" || says === "processor");
  const rest = withoutPlatform(bare, words);
  const stem = trimmed(rest);
  const usable = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9_-])?$/.test(stem);
  return usable && !meaningless.has(stem.toLowerCase()) ? { stem, platform } : null;
}

function trimmed(text: string): string {
  return text.replaceAll(/^[-_ .+@~]+|[-_ .+@~]+$/g, "");
}

/** Cuts the run of such words at the end, else that at the beginning, else one between that says a whole platform. */
function withoutPlatform(bare: string, words: readonly Word[]): string {
  const cut = (from: number, to: number): string => {
    const before = trimmed(bare.slice(0, words[from]?.start ?? 0));
    const after = trimmed(bare.slice(words[to - 1]?.end ?? bare.length));
    return [before, after].filter((part) => part !== "").join("-");
  };
  let last = words.length;
  while (last > 0 && words[last - 1]?.says) last -= 1;
  const tail = words.slice(last);
  if (tail.length > 0 && isLabel(tail)) return cut(last, words.length);
  let first = 0;
  while (first < words.length && words[first]?.says) first += 1;
  const lead = words.slice(0, first);
  if (lead.length > 0 && isLabel(lead)) return cut(0, first);
  const from = words.findIndex(({ says }) => says === "system" || says === "processor");
  let to = Math.max(from, 0);
  while (to < words.length && words[to]?.says) to += 1;
  return to - from >= 2 && from >= 0 ? cut(from, to) : bare;
}

/** Numbers alone are a version when there are two of them, or a `v`; `binary-1` has none. */
function isLabel(run: readonly Word[]): boolean {
  if (run.some(({ says }) => says === "system" || says === "processor" || says === "filler")) {
    return true;
  }
  const numbers = run.filter(({ says }) => says === "number");
  return numbers.length >= 2 || numbers.some(({ text }) => text.startsWith("v"));
}

function split(bare: string): Word[] {
  // Of one length, so that places stay what they are.
  const text = bare.toLowerCase().replaceAll(/x86[-_]64/g, "amd64\0");
  const words: Word[] = [];
  for (const match of text.matchAll(/[^-_ .+@~()[\]]+/g)) {
    const word = match[0].replaceAll("\0", "");
    const before = words.at(-1)?.says ?? null;
    const end = match.index + match[0].length;
    words.push({ text: word, start: match.index, end, says: meaning(word, before) });
  }
  return words;
}

function meaning(word: string, before: Word["says"]): Word["says"] {
  if (systems.test(word)) return "system";
  if (processors.test(word)) return "processor";
  if (fillers.test(word)) return "filler";
  if (/^v?\d+$/.test(word)) return "number";
  return before === "number" && stages.test(word) ? "stage" : null;
}

/** The exact targets among `candidates` that some name around the file singles out; `null`: none does. */
export function hintedRows(
  place: Place,
  candidates: readonly TargetRow[],
): readonly TargetRow[] | null {
  const parts = place.flatMap((name) => name.split("/")).reverse();
  for (const part of parts) {
    for (const run of runsOf(part)) {
      const meant = rowsMeant(run);
      const left = candidates.filter(({ id }) => meant.has(id));
      if (left.length > 0 && left.length < candidates.length) return left;
    }
  }
  return null;
}

/** Every run of words of a name, the longest first. */
function runsOf(part: string): string[] {
  const words = part.split(/[-_ .+@~()[\]]+/).filter((word) => word !== "");
  const runs: string[] = [];
  for (let length = Math.min(words.length, 8); length > 0; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      runs.push(words.slice(from, from + length).join("-"));
    }
  }
  return runs;
}

function rowsMeant(run: string): ReadonlySet<string> {
  // Asked first: it costs less than the error about a word that means nothing.
  if (run.length > 64 || readings(run).length === 0) return new Set();
  try {
    return new Set(parseTarget(run).rows.map(({ id }) => id));
  } catch (error) {
    if (error instanceof UserError) return new Set();
    throw error;
  }
}
