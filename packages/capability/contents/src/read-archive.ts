import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  type ArchiveFormat,
  type FileSource,
  type InspectedMember,
  inspectArchive,
  type Refused,
} from "@multiarch/archive";
import { type ArchiveKind, classify, describing, withoutRoot } from "./classify.ts";
import { MemberCollector } from "./collect-members.ts";
import { hashingSource } from "./hashing-source.ts";
import { fileHolder, type Holder, memoryHolder, Scratch } from "./holder.ts";
import type {
  ArchiveContents,
  Contents,
  Member,
  NpmContents,
  Refusal,
  SdistContents,
  WheelContents,
} from "./types.ts";

/** Larger native files are held on disk. */
const maximumInMemory = 8 * 2 ** 20;

export interface ArchiveRequest {
  /** For messages and reports. */
  readonly path: string;
  readonly name: string;
  readonly as: Contents["kind"] | undefined;
  readonly temporaryFolder: string;
  /** Keeps native files: where each is to go. Without it they are read and dropped. */
  readonly placeFor?: (member: InspectedMember) => string;
  readonly onNative?: (member: Member) => void;
}

export type PackedContents = WheelContents | SdistContents | NpmContents | ArchiveContents;

/** Reads an archive of any kind; `null` when it is none, whatever it begins like. */
export async function readArchive(
  file: FileSource,
  request: ArchiveRequest,
): Promise<PackedContents | null> {
  const { path, name, as } = request;
  const scratch = new Scratch();
  const collector = new MemberCollector({
    where: path,
    wantsText: describing(name, as),
    hold: (member) => holderFor(member, request, scratch),
    onNative: (member) => request.onNative?.(member),
  });
  const hashing = hashingSource(file);
  const wheel = as === "wheel" || (as === undefined && /\.whl$/i.test(name));
  const { format, refusals, zip } = await inspectArchive(
    path,
    hashing.source,
    (member, content) => collector.visit(member, content),
    wheel ? { format: "zip" } : {},
  );
  const { members, texts } = collector;
  const sure = wheel || isArchiveKind(as) || /\.(?:zip|tgz|tar\.gz)$/i.test(name);
  if (!sure && (format === null || (members.length === 0 && refusals.length > 0))) return null;
  const about = {
    path,
    name,
    size: file.size,
    sha256: await hashing.sha256(),
    members,
    texts,
    refusals: refusals.map(refusalOf),
  };
  if (wheel) return { kind: "wheel", ...about, zip };
  return settle(about, format ?? "tar.gz", as);
}

type Everything = Omit<ArchiveContents, "kind" | "format">;

function settle(about: Everything, format: ArchiveFormat, as?: Contents["kind"]): PackedContents {
  const { kind, root } = isArchiveKind(as)
    ? { kind: as, root: classify(about.texts, format).root }
    : classify(about.texts, format);
  if (kind === "npm") {
    const members = about.members.map((one) => ({ ...one, path: withoutRoot(one.path) }));
    const manifest = about.texts.get(`${root}/package.json`);
    const texts = new Map(manifest === undefined ? [] : [["package.json", manifest]]);
    return { kind, ...about, root, members, texts };
  }
  const own = [...about.texts].filter(([path]) => path.startsWith(`${root}/`));
  if (kind === "sdist") return { kind, ...about, texts: new Map(own) };
  return { kind: "archive", ...about, format };
}

function isArchiveKind(kind: Contents["kind"] | undefined): kind is ArchiveKind {
  return kind === "npm" || kind === "sdist" || kind === "archive";
}

async function holderFor(
  member: InspectedMember,
  { temporaryFolder, placeFor }: ArchiveRequest,
  scratch: Scratch,
): Promise<Holder> {
  if (placeFor !== undefined) return fileHolder(placeFor(member), { keep: true });
  if (member.size <= maximumInMemory) return memoryHolder(scratch, member.size);
  const path = join(temporaryFolder, `member-${randomBytes(8).toString("hex")}`);
  return fileHolder(path, { keep: false });
}

function refusalOf({ id, reason, member, details }: Refused): Refusal {
  const { what, expected = "a sound archive", found = what } = details;
  return { id, reason, member, text: what, expected, found };
}
