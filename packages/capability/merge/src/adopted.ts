import { copyFile, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Check, ReleasePackage } from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import { parseTarget, servesTarget, targetOfTags } from "@multiarch/targets";
import { normalizedName, pep440Version } from "@multiarch/wheel";
import { common } from "./package-context.ts";
import { raiseProblems } from "./problems.ts";
import { type ReadPackage, readPackage } from "./read-python-package.ts";

/** A wheel or sdist that another tool made. Its base name is the name that it is published by. */
export interface AdoptableFile {
  readonly path: string;
  /** Row of the leg that it came with, or whatever else tells two sources of one file apart in a message. */
  readonly leg: string;
  readonly fileId: string;
  /** The target that it was made for, canonical; absent: nobody said, so the file tells. */
  readonly target?: string;
}

export interface AdoptionContext {
  /** The project's version, semantic. */
  readonly version: string;
  /** Packages that a file may belong to: the plan's name and the one that Python knows it by, in any spelling. */
  readonly packages: readonly { readonly name: string; readonly wheelName: string }[];
  /** Every target of the release, canonical. */
  readonly targets: readonly string[];
  /** The release folder that is being made: files go to `wheels/` in it. */
  readonly folder: string;
  readonly temporaryFolder: string;
  readonly log: Log;
}

export interface Adopted {
  readonly packages: readonly ReleasePackage[];
  /** What the rules say of them, warnings and notes. */
  readonly checks: readonly Check[];
}

/**
 * Takes wheels and sdists of other tools into a release, byte for byte: they may be signed by their hash. Each is read and
 * checked first; the target is computed from what it is labelled for once the label was held against the bytes.
 * @throws UserError MA720 a fault that a rule calls an error, MA721 the name, MA722 the version, MA723 the target, MA709 two
 * files of one name with different bytes, MA700 several of these
 */
export async function adoptPackages(
  files: readonly AdoptableFile[],
  context: AdoptionContext,
): Promise<Adopted> {
  const { canonicalVersion } = await import("@multiarch/check");
  const problems: UserError[] = [];
  const checks: Check[] = [];
  const taken = new Map<string, { file: AdoptableFile; made: ReleasePackage }>();
  for (const file of files) {
    const read = await readPackage(file.path, context.temporaryFolder);
    const found =
      read instanceof UserError ? [read] : faultsOf(file, read, context, canonicalVersion);
    problems.push(...found);
    if (read instanceof UserError || found.length > 0) continue;
    checks.push(...read.checks);
    const key = basename(file.path).toLowerCase();
    const earlier = taken.get(key);
    if (earlier === undefined) {
      taken.set(key, { file, made: releasePackage(file, read, context) });
    } else if (earlier.made.sha256 === read.sha256) {
      // One file that two jobs delivered: the release names both.
      earlier.made.from.push(origin(file, read));
    } else {
      problems.push(
        new UserError("MA709", {
          what: `two files with different bytes are called ${basename(file.path)}`,
          found: `of ${earlier.file.leg} and of ${file.leg}`,
          fix: "let one job make it, or give the wheels tags that tell them apart",
        }),
      );
    }
  }
  raiseProblems(problems, context.log);
  await mkdir(join(context.folder, "wheels"), { recursive: true });
  for (const { file, made } of taken.values()) {
    await copyFile(file.path, join(context.folder, made.file));
  }
  return { packages: [...taken.values()].map(({ made }) => made), checks };
}

function faultsOf(
  { path, leg, target }: AdoptableFile,
  { name, version, platforms, checks }: ReadPackage,
  context: AdoptionContext,
  canonical: (version: string) => string | null,
): UserError[] {
  const file = basename(path);
  const where = `of ${leg}`;
  const problems = checks
    .filter(({ level }) => level === "error")
    .map(
      (one) =>
        new UserError("MA720", {
          what: `${file} is not what it says (${one.rule}${one.file === file ? "" : `: ${one.file}`})`,
          where,
          expected: one.expected,
          found: one.found,
        }),
    );
  if (ownerOf(name, context) === undefined) {
    const names = context.packages.map(({ wheelName }) => wheelName);
    problems.push(
      new UserError("MA721", {
        what: `${file} is another project's`,
        where,
        expected: names.join(" or "),
        found: name,
      }),
    );
  }
  const expected = pep440Version(context.version);
  if (canonical(version) !== canonical(expected)) {
    problems.push(
      new UserError("MA722", {
        what: `${file} has another version than the project`,
        where,
        expected,
        found: version,
      }),
    );
  }
  if (target !== undefined && platforms !== null && !servesTarget(platforms, parseTarget(target))) {
    problems.push(
      new UserError("MA723", {
        what: `${file} is not for ${target}`,
        where,
        expected: `tags of ${target}`,
        found: platforms.join(", "),
      }),
    );
  }
  return problems;
}

function ownerOf(name: string, { packages }: AdoptionContext) {
  const normalized = normalizedName(name);
  return packages.find(({ wheelName }) => normalizedName(wheelName) === normalized);
}

function releasePackage(
  file: AdoptableFile,
  read: ReadPackage,
  context: AdoptionContext,
): ReleasePackage {
  const fileName = basename(file.path);
  const owner = ownerOf(read.name, context)?.name ?? "";
  return {
    ...common(owner, read.kind, fileName),
    name: normalizedName(read.name),
    version: read.version,
    target: targetOf(file, read, context),
    file: `wheels/${fileName}`,
    size: read.size,
    sha256: read.sha256,
    from: [origin(file, read)],
  };
}

/** The target that was asked for where one was; else what the file is for, by its asked name if there is one. */
function targetOf(
  { target }: AdoptableFile,
  { platforms }: ReadPackage,
  { targets }: AdoptionContext,
): string | null {
  if (platforms === null || platforms.includes("any")) return null;
  if (target !== undefined) return target;
  const computed = targetOfTags(platforms);
  if (computed !== null && targets.includes(computed)) return computed;
  return targets.find((id) => servesTarget(platforms, parseTarget(id))) ?? computed;
}

function origin({ leg, fileId }: AdoptableFile, { sha256 }: ReadPackage) {
  return { leg, file: fileId, sha256 };
}
