import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import { hashFile } from "@multiarch/archive";
import { factsOf } from "@multiarch/build";
import { checkMade } from "@multiarch/check";
import type { Check, Facts, LegFile, Plan } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import type { Chosen } from "./choose.ts";

/** A file whose bytes were hashed and read here. Nothing of it is taken from the leg's own word. */
export interface ExaminedFile {
  readonly row: string;
  readonly target: string;
  readonly package: string;
  readonly fileId: string;
  /** Command name without `.exe`. */
  readonly bin: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly facts: Facts;
}

export interface Examined {
  readonly files: readonly ExaminedFile[];
  readonly checks: readonly Check[];
  readonly problems: readonly UserError[];
}

/** Hashes and reads the files of one leg again, and holds them against the leg's list and the plan's expectations. */
export async function examineLeg(plan: Plan, { row, delivered }: Chosen): Promise<Examined> {
  const { leg, folder, artifact } = delivered;
  const target = parseTarget(row.target);
  const files: ExaminedFile[] = [];
  const checks: Check[] = [];
  const problems: UserError[] = [];
  for (const file of leg.files) {
    if (file.kind !== "executable") {
      problems.push(unexpected(artifact, file, "an executable", file.kind));
      continue;
    }
    const path = join(folder, file.path);
    const state = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    if (state?.isFile() !== true) {
      problems.push(unexpected(artifact, file, "a file in the artifact", "nothing"));
      continue;
    }
    const { size, sha256 } = await hashFile(path);
    if (sha256 !== file.sha256) {
      problems.push(unexpected(artifact, file, `sha256 ${file.sha256}`, `sha256 ${sha256}`));
      continue;
    }
    const facts = await factsOf(path);
    const found = checkMade({ row, target, file: { ...file, facts }, platformFloor: null });
    checks.push(...found);
    problems.push(
      ...found.filter(({ level }) => level === "error").map((one) => broken(artifact, one)),
    );
    files.push({
      row: row.id,
      target: row.target,
      package: file.package,
      fileId: file.id,
      bin: basename(file.path).replace(/\.(exe|wasm)$/, ""),
      path,
      size,
      sha256,
      facts,
    });
  }
  problems.push(...absent(plan, row.packages, files, artifact));
  return { files, checks, problems };
}

/** Every executable of every package that the plan promises for the row. */
function absent(
  plan: Plan,
  packages: readonly string[],
  files: readonly ExaminedFile[],
  artifact: string,
): UserError[] {
  return plan.packages
    .filter(({ name }) => packages.includes(name))
    .flatMap(({ name, bins }) =>
      bins
        .filter((bin) => !files.some((file) => file.package === name && file.bin === bin))
        .map(
          (bin) =>
            new UserError("MA706", {
              what: `${artifact} holds no usable executable ${bin} of ${name}`,
              expected: bins.join(", "),
              found: files.map((file) => file.bin).join(", ") || "nothing",
            }),
        ),
    );
}

function unexpected(artifact: string, file: LegFile, expected: string, found: string): UserError {
  return new UserError("MA707", {
    what: `${file.path} of ${artifact} is not what its leg says`,
    expected,
    found,
  });
}

function broken(artifact: string, { rule, file, expected, found }: Check): UserError {
  return new UserError("MA708", {
    what: `${file} of ${artifact} is not what its target asks for (${rule})`,
    expected,
    found,
  });
}
