import { createHash } from "node:crypto";
import type { InspectedMember } from "@multiarch/archive";
import type { Facts } from "@multiarch/contracts";
import type { Holder } from "./holder.ts";
import { readNative, seemsNative, sniffedBytes } from "./read-native.ts";
import type { Member } from "./types.ts";

/** Of one text, and of all texts of a package. */
const maximumTextBytes = 8 * 2 ** 20;
const maximumTextsBytes = 32 * 2 ** 20;

/** What to do with the members of an archive. */
export interface Collecting {
  /** Whether a file's bytes are wanted beside its hash. */
  readonly wantsText: (path: string) => boolean;
  /** Where the bytes of a native file go. */
  readonly hold: (member: InspectedMember) => Promise<Holder>;
  /** Told of every native file that could be read, when its holder has it. */
  readonly onNative: (member: Member) => void;
  /** The archive, for messages. */
  readonly where: string;
}

/** Collects hashes, facts and texts of an archive's members, each read once. */
export class MemberCollector {
  readonly texts = new Map<string, Uint8Array>();
  readonly members: Member[] = [];
  readonly #collecting: Collecting;
  /** For hard links, which repeat an earlier file. */
  readonly #files = new Map<string, Member>();
  #textBytes = 0;

  constructor(collecting: Collecting) {
    this.#collecting = collecting;
  }

  async visit(member: InspectedMember, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { name: path, kind, target } = member;
    if (kind === "folder") return;
    const mode = octal(member.storedMode);
    if (kind === "file") return this.#keep(await this.#read(member, mode, content));
    const original = kind === "hardlink" ? this.#files.get(target ?? "") : undefined;
    if (original !== undefined) return this.#keep({ ...original, path, mode });
    // A hard link to nothing is refused by the reader.
    if (kind === "hardlink") return;
    const link = target ?? "";
    const sha256 = createHash("sha256").update(link).digest("hex");
    this.members.push({ path, mode, size: 0, sha256, facts: null, damage: null, link });
  }

  #keep(member: Member): void {
    this.members.push(member);
    this.#files.set(member.path, member);
  }

  async #read(
    member: InspectedMember,
    mode: string | null,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Member> {
    const hash = createHash("sha256");
    const text = this.#wantsText(member) ? ([] as Uint8Array[]) : null;
    const bytes = new BytesOfMember(member, this.#collecting);
    let size = 0;
    try {
      for await (const chunk of content) {
        hash.update(chunk);
        size += chunk.length;
        text?.push(chunk);
        await bytes.add(chunk);
      }
      const { facts, damage } = await bytes.read();
      if (text !== null) this.texts.set(member.name, Buffer.concat(text));
      const sha256 = hash.digest("hex");
      const read: Member = { path: member.name, mode, size, sha256, facts, damage };
      if (facts !== null) this.#collecting.onNative(read);
      return read;
    } finally {
      await bytes.drop();
    }
  }

  #wantsText({ name, size }: InspectedMember): boolean {
    if (!this.#collecting.wantsText(name) || size > maximumTextBytes) return false;
    this.#textBytes += size;
    return this.#textBytes <= maximumTextsBytes;
  }
}

/** Keeps the bytes of a member from its beginning on, when that looks native. */
class BytesOfMember {
  readonly #member: InspectedMember;
  readonly #collecting: Collecting;
  #head: Uint8Array = Buffer.alloc(0);
  #holder: Holder | null = null;
  #decided = false;

  constructor(member: InspectedMember, collecting: Collecting) {
    this.#member = member;
    this.#collecting = collecting;
  }

  async add(chunk: Uint8Array): Promise<void> {
    if (this.#decided) {
      await this.#holder?.add(chunk);
      return;
    }
    this.#head = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    if (this.#head.length >= sniffedBytes) await this.#decide();
  }

  async read(): Promise<{ facts: Facts | null; damage: Member["damage"] }> {
    if (!this.#decided) await this.#decide();
    const where = `${this.#member.name} in ${this.#collecting.where}`;
    if (this.#holder === null) return { facts: null, damage: null };
    return this.#holder.look((source) => readNative(source, where));
  }

  async drop(): Promise<void> {
    await this.#holder?.drop();
  }

  async #decide(): Promise<void> {
    this.#decided = true;
    if (!seemsNative(this.#head)) return;
    this.#holder = await this.#collecting.hold(this.#member);
    await this.#holder.add(this.#head);
  }
}

function octal(mode: number | null): string | null {
  return mode === null ? null : `0${(mode & 0o777).toString(8).padStart(3, "0")}`;
}
