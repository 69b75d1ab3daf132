import { type Place, type Refused, refusal } from "./errors.ts";
import type { Member, Reading } from "./member.ts";
import { NameLedger } from "./name-ledger.ts";
import { checkEntryName, nameFault, plainName, quoteName } from "./names.ts";
import type { RefusalReason } from "./types.ts";

/** The checks that every member of every format passes before anything of it is used. */
export class Admission {
  readonly #reading: Reading;
  readonly #packedTotal: number;
  readonly #names = new NameLedger();
  /** Sizes of the files so far, which hard links can repeat. */
  readonly #files = new Map<string, number>();
  #entries = 0;
  #total = 0;

  /** `packedTotal`: bytes of the archive file. */
  constructor(reading: Reading, packedTotal: number) {
    this.#reading = reading;
    this.#packedTotal = packedTotal;
  }

  /** Counts one header. Throws `UserError` MA406. */
  count(): void {
    this.#entries += 1;
    const { entries } = this.#reading.limits;
    if (this.#entries > entries) throw this.#exceeds("entries", "entries", entries, "more");
  }

  /**
   * Returns the member as it may be used. Throws `UserError` MA403 to MA406 when it must not be unpacked; where faults are
   * collected, only for sizes, and needless parts of its name are gone.
   */
  admit<Kind extends Member>(member: Kind): Kind {
    const { kind } = member;
    const place: Place = { path: this.#reading.path, member: member.name };
    const fault = nameFault(member.name);
    if (fault !== null) {
      const what = `the name of an entry is not safe: ${fault.text}`;
      this.#reading.refuse(refusal("MA403", fault.reason, place, what));
    }
    const name = fault === null ? member.name : plainName(member.name);
    const conflict = this.#names.add(name, kind === "folder" ? "folder" : "file");
    if (conflict !== null) {
      this.#reading.refuse(refusal("MA404", conflict.reason, place, conflict.text));
    }
    // A hard link repeats an earlier entry, which may have been written with needless parts as well.
    const target = kind === "hardlink" ? plainName(member.target ?? "") : member.target;
    const admitted = { ...member, name, target };
    if (kind === "symlink" || kind === "hardlink") this.#admitLink(admitted, place);
    if (kind === "file") this.#admitSize(member.size, place);
    if (kind === "file" && this.#reading.allowLinks) this.#files.set(name, member.size);
    return admitted;
  }

  #admitSize(size: number, place: Place): void {
    const { fileBytes, totalBytes } = this.#reading.limits;
    if (size > fileBytes)
      throw this.#exceeds("size", "bytes in one file", fileBytes, String(size), place);
    this.#total += size;
    if (this.#total > totalBytes) throw this.#exceeds("size", "bytes in all", totalBytes, "more");
    this.admitRatio(this.#total, this.#packedTotal);
  }

  /** Throws `UserError` MA406 when `packed` bytes unpack to suspiciously many. */
  admitRatio(unpacked: number, packed: number, place?: Place): void {
    const { ratio, ratioFrom } = this.#reading.limits;
    if (unpacked <= ratioFrom || unpacked <= packed * ratio) return;
    throw this.#exceeds("ratio", "unpacked bytes for each packed byte", ratio, "more", place);
  }

  #admitLink({ name, kind, target }: Member, place: Place): void {
    const text = target ?? "";
    if (!this.#reading.allowLinks) {
      const sort = kind === "symlink" ? "a symbolic link" : "a hard link";
      throw refusal("MA405", "link", place, `an entry is ${sort}`, {
        found: `a link to ${quoteName(text)}`,
      });
    }
    if (kind === "symlink") {
      const reason = checkLinkTarget(name, text);
      if (reason === null) return;
      const what = `a symbolic link to ${quoteName(text)} is refused: ${reason}`;
      this.#reading.refuse(refusal("MA405", "link", place, what));
      return;
    }
    const size = this.#files.get(text);
    if (size === undefined) {
      const what = `a hard link to ${quoteName(text)} is refused: no earlier file`;
      this.#reading.refuse(refusal("MA405", "link", place, what));
      return;
    }
    this.#admitSize(size, place);
    this.#files.set(name, size);
  }

  #exceeds(
    reason: RefusalReason,
    what: string,
    limit: number,
    found: string,
    place: Place = { path: this.#reading.path },
  ): Refused {
    return refusal("MA406", reason, place, `too many ${what}`, {
      expected: `at most ${limit}`,
      found,
    });
  }
}

/**
 * Says why a symbolic link's target is not a safe relative path inside the archive; `null` when it is. Other links can
 * still lead it astray, so the extractor resolves it again on disk.
 */
export function checkLinkTarget(name: string, target: string): string | null {
  if (target.startsWith("/")) return "it is absolute";
  const resolved = name.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === ".") continue;
    if (part !== "..") resolved.push(part);
    else if (resolved.pop() === undefined) return "it leads outside";
  }
  return resolved.length === 0 ? "it leads to the top folder" : checkEntryName(resolved.join("/"));
}
