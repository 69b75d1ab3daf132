import type { CheckOptions } from "@multiarch/check";
import type { ArchiveContents, Member, NativeContents, NpmContents } from "@multiarch/contents";
import type { Facts } from "@multiarch/contracts";
import { factsWith } from "./facts.ts";

/** Nothing is asked but what the label says. */
export const nothingAsked: CheckOptions = { purpose: "any", target: null, glibc: null };

export interface MemberCase {
  readonly facts?: Facts | null;
  readonly mode?: string | null;
  readonly damage?: Member["damage"];
  /** A letter that stands for other bytes. */
  readonly bytes?: string;
}

export type MemberCases = Readonly<Record<string, MemberCase>>;

export function membersOf(cases: MemberCases): Member[] {
  return Object.entries(cases).map(([path, { facts = null, mode = "0755", damage, bytes }]) => ({
    path,
    mode,
    size: 1,
    sha256: hashOf(bytes ?? path),
    facts,
    damage: damage ?? null,
  }));
}

/** 64 digits that are equal for equal texts. */
export function hashOf(text: string): string {
  return Buffer.from(text).toString("hex").padEnd(64, "0").slice(0, 64);
}

/** A package that nothing can be said against, but for what is given. */
export function npmContents(
  fields: Readonly<Record<string, unknown>>,
  cases: MemberCases,
  about: Partial<NpmContents> = {},
): NpmContents {
  const manifest = {
    name: "tool",
    version: "1.0.0",
    license: "MIT",
    repository: { type: "git", url: "git+https://example.com/tool.git" },
    preferUnplugged: true,
    ...fields,
  };
  const name = about.name ?? "tool-1.0.0.tgz";
  return {
    kind: "npm",
    path: `npm/${name}`,
    name,
    size: 1000,
    sha256: hashOf(name),
    root: "package",
    members: membersOf({ "package.json": { mode: "0644" }, ...cases }),
    texts: new Map([["package.json", new TextEncoder().encode(JSON.stringify(manifest))]]),
    refusals: [],
    ...about,
  };
}

export function archiveContents(
  name: string,
  cases: MemberCases,
  about: Partial<ArchiveContents> = {},
): ArchiveContents {
  return {
    kind: "archive",
    format: name.endsWith(".zip") ? "zip" : "tar.gz",
    path: `archives/${name}`,
    name,
    size: 1000,
    sha256: hashOf(name),
    members: membersOf(cases),
    texts: new Map(),
    refusals: [],
    ...about,
  };
}

export function nativeContents(
  name: string,
  facts: Facts = factsWith(),
  about: Partial<NativeContents> = {},
): NativeContents {
  return {
    kind: facts.type === "library" ? "library" : "executable",
    path: `bin/${name}`,
    name,
    size: 1000,
    sha256: hashOf(name),
    mode: "0755",
    facts,
    ...about,
  };
}

/** An addon: a library of some platform. */
export function addonFacts(given: Partial<Facts> = {}): Facts {
  return factsWith({ type: "library", static: false, ...given });
}
