import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Contents } from "@multiarch/contents";
import { type Plan, parseDocument, type Release, type ReleaseKind } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { Candidate } from "./expand.ts";
import { levelOf, type OwnRule } from "./own-rules.ts";
import type { ReportCheck } from "./types.ts";
import { filesBelow, kindAt } from "./walk.ts";

/** A file that a release folder holds. */
export interface ReleaseFile extends Candidate {
  readonly as: Contents["kind"] | undefined;
  /** What is wrong with it as a part of the release. */
  check(sha256: string): readonly ReportCheck[];
}

/** A release as its own documents describe it. */
export interface ReleaseFolder {
  readonly shown: string;
  /** Of `release.json`. */
  readonly sha256: string;
  /** Targets that the plan promised and that are not allowed to be missing. */
  readonly targets: readonly string[];
  readonly files: readonly ReleaseFile[];
  /** What is said of the release as a whole. */
  readonly checks: readonly ReportCheck[];
}

const kinds: Partial<Record<ReleaseKind, Contents["kind"]>> = {
  npm: "npm",
  wheel: "wheel",
  sdist: "sdist",
  archive: "archive",
};
/** Folders whose files are uploaded as they lie there. */
const uploaded = ["npm", "wheels", "archives"];

/**
 * Reads a release folder as merge wrote it.
 * @throws UserError MA612 when its documents cannot be read
 */
export async function readReleaseFolder({ shown, path }: Candidate): Promise<ReleaseFolder> {
  const bytes = await readFile(join(path, "release.json"));
  const release = parse("release", bytes, shown);
  const planned = await readPlan(path, shown, release);
  const listed = release.packages.filter(({ kind }) => kinds[kind] !== undefined);
  const present: ReleaseFile[] = [];
  const checks: ReportCheck[] = [...planned.checks];
  for (const { file, kind, sha256 } of listed) {
    const place = { shown: `${shown}/${file}`, path: join(path, ...file.split("/")) };
    if ((await kindAt(place.path)) !== "file") {
      checks.push(finding("release/absent", file, "no such file"));
      continue;
    }
    present.push({ ...place, as: kinds[kind], check: (found) => compareHash(sha256, found) });
  }
  const unlisted = await unlistedFiles({ shown, path }, release);
  checks.push(...(await checkSums(path, release)));
  return {
    shown,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    targets: planned.targets,
    files: [...present, ...unlisted],
    checks,
  };
}

async function readPlan(
  path: string,
  shown: string,
  { plan: { sha256 }, missing }: Release,
): Promise<{ targets: string[]; checks: ReportCheck[] }> {
  const place = join(path, "plan.json");
  if ((await kindAt(place)) !== "file") {
    return { targets: [], checks: [finding("release/plan", "plan.json", "no such file")] };
  }
  const bytes = await readFile(place);
  const found = createHash("sha256").update(bytes).digest("hex");
  const plan = parse("plan", bytes, shown);
  const checks =
    found === sha256 ? [] : [finding("release/plan", `plan.json of sha256 ${sha256}`, found)];
  return { targets: promised(plan, missing), checks };
}

function promised({ rows, derived }: Plan, missing: Release["missing"]): string[] {
  const absent = new Set(missing.map(({ target }) => target));
  const composed = derived.filter(({ from }) => !from.some((target) => absent.has(target)));
  const targets = [...rows, ...composed].map(({ target }) => target);
  return targets.filter((target) => !absent.has(target));
}

async function unlistedFiles(
  { shown, path }: Candidate,
  { packages }: Release,
): Promise<ReleaseFile[]> {
  const listed = new Set(packages.map(({ file }) => file));
  const found: ReleaseFile[] = [];
  for (const folder of uploaded) {
    if ((await kindAt(join(path, folder))) !== "folder") continue;
    for (const name of await filesBelow(join(path, folder))) {
      const file = `${folder}/${name}`;
      if (listed.has(file)) continue;
      const check = () => [finding("release/unlisted", "a file that release.json lists", file)];
      found.push({
        shown: `${shown}/${file}`,
        path: join(path, folder, ...name.split("/")),
        as: undefined,
        check,
      });
    }
  }
  return found;
}

/** Every archive with the hash that the release says, and nothing else. */
async function checkSums(path: string, { packages }: Release): Promise<ReportCheck[]> {
  const sums = packages.find(({ kind }) => kind === "sums");
  if (sums === undefined) return [];
  const place = join(path, ...sums.file.split("/"));
  if ((await kindAt(place)) !== "file") {
    return [finding("release/absent", sums.file, "no such file")];
  }
  const text = await readFile(place, "utf8");
  const lines = new Set(text.split("\n").filter((line) => line !== ""));
  const wanted = new Set(
    packages
      .filter(({ kind }) => kind === "archive")
      .map(({ file, sha256 }) => `${sha256}  ${basename(file)}`),
  );
  const absent = [...wanted].filter((line) => !lines.has(line));
  const strange = [...lines].filter((line) => !wanted.has(line));
  return [
    ...absent.map((line) => finding("release/sums", line, `no such line in ${sums.file}`)),
    ...strange.map((line) => finding("release/sums", "only lines for archives", line)),
  ];
}

function compareHash(expected: string, found: string): readonly ReportCheck[] {
  if (expected === found) return [];
  return [finding("release/hash", `sha256 ${expected}`, `sha256 ${found}`)];
}

function finding(rule: OwnRule, expected: string, found: string): ReportCheck {
  return { rule, level: levelOf(rule), expected, found };
}

function parse<Kind extends "plan" | "release">(kind: Kind, bytes: Uint8Array, shown: string) {
  try {
    return parseDocument(kind, bytes, `${shown}/${kind}.json`).value;
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    const what = `${shown} is no release folder: its ${kind}.json cannot be read`;
    throw new UserError("MA612", { what, found: cause.details.what, cause });
  }
}
