import { nativeFacts, readTreePath } from "@multiarch/build";
import { checkMade } from "@multiarch/check";
import type { Check, Facts, FileKind, LegFile } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import type { AdoptableFile } from "./adopted.ts";
import type { Chosen } from "./choose.ts";
import { broken, sameBytes, unexpected } from "./same-bytes.ts";

/** A file of a package tree, hashed and read here. */
export interface ExaminedTreeFile {
  readonly row: string;
  readonly target: string;
  readonly package: string;
  readonly fileId: string;
  /** Which of the row's trees. */
  readonly tree: number;
  /** Path in the tree, with `/`. */
  readonly name: string;
  readonly path: string;
  readonly executable: boolean;
  readonly size: number;
  readonly sha256: string;
  /** `null`: no native file. */
  readonly facts: Facts | null;
}

interface ExaminedForPython {
  readonly packages: readonly AdoptableFile[];
  readonly trees: readonly ExaminedTreeFile[];
  readonly checks: readonly Check[];
  readonly problems: readonly UserError[];
}

const packed: ReadonlySet<FileKind> = new Set(["wheel", "sdist"]);
const inTrees: ReadonlySet<FileKind> = new Set(["library", "other"]);

/** Finished wheels and sdists, and files of package trees. */
export function isForPython({ kind, path }: LegFile): boolean {
  return packed.has(kind) || (inTrees.has(kind) && readTreePath(path) !== null);
}

/** Hashes and reads one such file again and holds it against what the row promised. */
export async function examineForPython(
  { row, delivered }: Chosen,
  file: LegFile,
): Promise<ExaminedForPython> {
  const { artifact, folder } = delivered;
  const refuse = (...problems: UserError[]): ExaminedForPython => ({ ...nothing, problems });
  const wrong = (expected: string, found: string): UserError =>
    unexpected(artifact, file, expected, found);
  const promised = row.expect.map(({ kind }) => kind);
  const isPromised = packed.has(file.kind)
    ? promised.some((kind) => packed.has(kind))
    : promised.includes("library");
  if (!isPromised || !row.packages.includes(file.package)) {
    const each = row.expect.map((one) => `${one.kind} of ${one.package}`).join(", ");
    return refuse(wrong(`what the plan promises: ${each}`, `${file.kind} of ${file.package}`));
  }
  const same = await sameBytes(artifact, folder, file);
  if (same instanceof UserError) return refuse(same);
  const inTree = readTreePath(file.path);
  if (inTree === null) {
    const { path } = same;
    return { ...nothing, packages: [{ path, leg: row.id, fileId: file.id, target: row.target }] };
  }
  const facts = await nativeFacts(same.path).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  if (facts instanceof UserError) return refuse(wrong("a library", facts.details.what));
  const kind = facts?.type === "library" ? "library" : "other";
  if (kind !== file.kind) return refuse(wrong(kind, file.kind));
  const target = parseTarget(row.target);
  const checks = checkMade({ row, target, file: { ...file, facts }, platformFloor: null });
  const examined: ExaminedTreeFile = {
    ...same,
    row: row.id,
    target: row.target,
    package: file.package,
    fileId: file.id,
    tree: inTree.index,
    name: inTree.name,
    executable: (Number.parseInt(file.mode, 8) & 0o111) !== 0,
    facts,
  };
  const errors = checks.filter(({ level }) => level === "error");
  return {
    packages: [],
    trees: [examined],
    checks,
    problems: errors.map((one) => broken(artifact, one)),
  };
}

const nothing: ExaminedForPython = { packages: [], trees: [], checks: [], problems: [] };

/** Kinds that the row promised for a package and that the leg does not list. */
export function absentForPython({ row, delivered: { leg, artifact } }: Chosen): UserError[] {
  return row.expect
    .filter(({ kind }) => packed.has(kind) || kind === "library")
    .filter(
      ({ package: owner, kind }) =>
        !leg.files.some(
          (file) =>
            file.package === owner &&
            // A tree may hold programs instead of libraries; what it is for is read from all of it.
            (file.kind === kind || (kind === "library" && readTreePath(file.path) !== null)),
        ),
    )
    .map(
      ({ package: owner, kind }) =>
        new UserError("MA706", {
          what: `${artifact} holds no ${kind === "library" ? "package tree" : kind} of ${owner}`,
          expected: kind === "library" ? "files of a package tree" : `a ${kind}`,
          found: leg.files.map((file) => file.kind).join(", ") || "nothing",
        }),
    );
}
