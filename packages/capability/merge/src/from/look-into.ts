import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { sniff } from "@multiarch/binary";
import {
  type Contents,
  type ExtractedNative,
  extractWithContents,
  readContents,
} from "@multiarch/contents";
import { type Log, UserError } from "@multiarch/diagnostics";
import { raiseProblems } from "../problems.ts";
import {
  byText,
  type Findings,
  type FoundDocument,
  type FoundManifest,
  type FoundNative,
  type FoundPythonPackage,
  type PassedOver,
  type Place,
  shown,
} from "./found.ts";
import { readManifest } from "./found-manifest.ts";
import { nativeKind } from "./native-kind.ts";
import type { Search, SearchedFile } from "./search.ts";
import { describeUnknown } from "./unknown-files.ts";
import { unpackMembers } from "./unpack-members.ts";

/** Only these faults of an archive leave no doubt about what is in it. Nothing is ever written by a name of its own. */
const harmless: ReadonlySet<string> = new Set(["name-form", "name-portable", "name-case"]);

/**
 * Looks into every file of a search, and into archives in archives, one level deep. What a file is comes from its bytes.
 * @param folder receives what is unpacked
 * @throws UserError MA731 nothing of use, MA732 an archive that cannot be unpacked, MA733 a native file that cannot be read,
 * MA700 several of these
 */
export async function lookInto(search: Search, folder: string, log: Log): Promise<Findings> {
  await mkdir(folder, { recursive: true });
  const looking = new Looking(folder);
  for (const file of search.files) await looking.file(file, 0);
  raiseProblems(looking.problems, log);
  const findings = looking.findings(search);
  if (findings.natives.length + findings.pythonPackages.length > 0) return findings;
  throw new UserError("MA731", {
    what:
      search.files.length === 0
        ? "there are no files"
        : "none of the files is or holds an executable",
    where: search.roots.join(", "),
    found:
      findings.passedOver
        .slice(0, 10)
        .map(({ place, why }) => `${shown(place)} (${why})`)
        .join(", ") || "nothing",
  });
}

interface Native extends Omit<FoundNative, "places"> {
  readonly place: Place;
}

class Looking {
  readonly problems: UserError[] = [];
  readonly #folder: string;
  readonly #natives: Native[] = [];
  readonly #pythonPackages: FoundPythonPackage[] = [];
  readonly #documents: FoundDocument[] = [];
  readonly #containers = new Map<string, FoundManifest | null>();
  readonly #passedOver: PassedOver[] = [];
  #folders = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async file({ path, place }: SearchedFile, depth: number): Promise<void> {
    const head = await firstBytes(path).catch(whyClosed);
    if (typeof head === "string") {
      this.problems.push(damaged(place, { id: head, text: "this user may not read it" }));
      return;
    }
    const format = sniff(head);
    if (format === "zip" || format === "gzip") return this.#container({ path, place }, depth);
    if (["elf", "macho", "pe", "wasm"].includes(format)) return this.#bare({ path, place });
    this.#passedOver.push({ place, why: describeUnknown(head) });
  }

  async #bare({ path, place }: SearchedFile): Promise<void> {
    const options = { temporaryFolder: this.#folder, shownAs: shown(place) };
    const contents = await readContents(path, options);
    if (contents.kind === "other") this.#other(contents, place);
    else if ("facts" in contents) await this.#native({ ...contents, path, member: null }, place);
  }

  async #container({ path, place }: SearchedFile, depth: number): Promise<void> {
    const into = await this.#newFolder();
    const options = { temporaryFolder: into, shownAs: shown(place) };
    const { contents, natives } = await extractWithContents(path, into, options);
    if (contents.kind === "other" && contents.damage === null) {
      const why = "a compressed file that is no archive; unpack it first";
      this.#passedOver.push({ place, why });
      return;
    }
    if (contents.kind === "other") return this.#other(contents, place);
    if (!("members" in contents)) return;
    if (contents.kind === "wheel" || contents.kind === "sdist") {
      this.#pythonPackages.push({ path, place });
      // All else in a wheel belongs to the wheel.
      const scripts = natives.filter(({ member }) => /\.data\/scripts\//.test(member ?? ""));
      for (const one of scripts) await this.#native(one, [...place, one.member ?? ""]);
      return;
    }
    this.#faults(contents, place);
    let held = 0;
    for (const one of natives) {
      if (await this.#native(one, [...place, one.member ?? ""])) held += 1;
    }
    const nested = await this.#unpackOthers({ path, place }, contents, depth);
    if (held > 0) this.#containers.set(shown(place), readManifest(contents));
    if (held + nested === 0) this.#passedOver.push({ place, why: "no executable in it" });
  }

  /** Documents, and archives in the archive. Returns how many of the latter there are. */
  async #unpackOthers(
    { path, place }: SearchedFile,
    { members }: { readonly members: readonly { path: string; facts: unknown }[] },
    depth: number,
  ): Promise<number> {
    const others = members.filter(({ facts }) => facts === null).map((member) => member.path);
    if (others.length === 0) return 0;
    const into = await this.#newFolder();
    const unpacked = await unpackMembers(path, into, depth === 0);
    for (const { name, path: document, sha256 } of unpacked.documents) {
      this.#documents.push({ name, path: document, sha256, container: shown(place) });
    }
    for (const archive of unpacked.archives) {
      await this.file({ path: archive.path, place: [...place, archive.member] }, depth + 1);
    }
    return unpacked.archives.length;
  }

  /** Whether it is of use. */
  async #native(native: ExtractedNative, place: Place): Promise<boolean> {
    const kind = await nativeKind(native, place);
    const { path, facts, sha256, size } = native;
    if (kind === "executable" || kind === "addon") {
      this.#natives.push({ path, kind, place, facts, sha256, size });
      return true;
    }
    this.#passedOver.push({ place, why: kind });
    return false;
  }

  #other({ found, damage }: Extract<Contents, { kind: "other" }>, place: Place): void {
    if (damage === null) this.#passedOver.push({ place, why: found });
    else this.problems.push(damaged(place, damage));
  }

  #faults({ members, refusals }: Extract<Contents, { kind: "npm" | "archive" }>, place: Place) {
    for (const { path, damage } of members) {
      if (damage !== null) this.problems.push(damaged([...place, path], damage));
    }
    const fatal = refusals.find(({ reason }) => !harmless.has(reason));
    if (fatal === undefined) return;
    const { id, member, text, expected, found } = fatal;
    this.problems.push(
      new UserError("MA732", {
        what: `${shown(place)} cannot be unpacked: ${text} (${id})`,
        ...(member === null ? {} : { where: member }),
        expected,
        found,
      }),
    );
  }

  async #newFolder(): Promise<string> {
    const folder = join(this.#folder, String(this.#folders++));
    await mkdir(folder, { recursive: true });
    return folder;
  }

  findings({ skipped }: Search): Findings {
    const natives = new Map<string, FoundNative>();
    const ordered = [...this.#natives].sort((one, other) =>
      byText(shown(one.place), shown(other.place)),
    );
    for (const { place, ...native } of ordered) {
      const known = natives.get(native.sha256);
      const places = [...(known?.places ?? []), place];
      natives.set(native.sha256, { ...(known ?? native), places });
    }
    return {
      natives: [...natives.values()],
      pythonPackages: this.#pythonPackages,
      documents: this.#documents,
      containers: this.#containers,
      passedOver: [...skipped, ...this.#passedOver],
    };
  }
}

function damaged(place: Place, { id, text }: { id: string; text: string }): UserError {
  return new UserError("MA733", {
    what: `${shown(place)} cannot be read`,
    found: `${text} (${id})`,
  });
}

/** For `catch`: what keeps a user from a file; anything else is thrown on. */
function whyClosed(error: NodeJS.ErrnoException): string {
  if (error.code === "EACCES" || error.code === "EPERM") return error.code;
  throw error;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
