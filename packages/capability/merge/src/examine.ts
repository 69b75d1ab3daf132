import { basename } from "node:path";
import { factsOf, legDocument } from "@multiarch/build";
import { checkMade } from "@multiarch/check";
import type { Check, Facts, LegFile, Plan, PlanRow } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { NpmSettings } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import type { AdoptableFile } from "./adopted.ts";
import type { Chosen } from "./choose.ts";
import type { DeliveredLeg } from "./collect.ts";
import {
  absentForPython,
  type ExaminedTreeFile,
  examineForPython,
  isForPython,
} from "./examine-python.ts";
import { broken, sameBytes, unexpected } from "./same-bytes.ts";

/** A file whose bytes were hashed and read here. Nothing of it is taken from the leg's own word. */
export interface ExaminedFile {
  readonly row: string;
  readonly target: string;
  readonly package: string;
  readonly fileId: string;
  readonly kind: "executable" | "addon";
  /** Command name without `.exe`; of an addon its name without `.node`. */
  readonly bin: string;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly facts: Facts;
}

export interface Examined {
  readonly files: readonly ExaminedFile[];
  /** Wheels and sdists; their contents are looked at when they are adopted. */
  readonly packages: readonly AdoptableFile[];
  /** Files of package trees. */
  readonly trees: readonly ExaminedTreeFile[];
  readonly checks: readonly Check[];
  readonly problems: readonly UserError[];
}

/** Hashes and reads the files of one leg again, and holds them against the leg's list and the plan's expectations. */
export async function examineLeg(plan: Plan, chosen: Chosen): Promise<Examined> {
  const { delivered } = chosen;
  const files: ExaminedFile[] = [];
  const packages: AdoptableFile[] = [];
  const trees: ExaminedTreeFile[] = [];
  const checks: Check[] = [];
  const problems: UserError[] = [];
  for (const file of delivered.leg.files) {
    if (isForPython(file)) {
      const found = await examineForPython(chosen, file);
      packages.push(...found.packages);
      trees.push(...found.trees);
      checks.push(...found.checks);
      problems.push(...found.problems);
      continue;
    }
    const outcome = await examineFile(plan, chosen, file);
    if (outcome instanceof UserError) {
      problems.push(outcome);
      continue;
    }
    files.push(outcome.file);
    checks.push(...outcome.checks);
    const errors = outcome.checks.filter(({ level }) => level === "error");
    problems.push(...errors.map((one) => broken(delivered.artifact, one)));
  }
  problems.push(...unlisted(delivered), ...absent(plan, chosen), ...absentForPython(chosen));
  return { files, packages, trees, checks, problems };
}

async function examineFile(
  plan: Plan,
  { row, delivered }: Chosen,
  file: LegFile,
): Promise<{ file: ExaminedFile; checks: Check[] } | UserError> {
  const { folder, artifact } = delivered;
  const wrong = (expected: string, found: string): UserError =>
    unexpected(artifact, file, expected, found);
  const { kind } = file;
  if (kind !== "executable" && kind !== "addon") return wrong("an executable or an addon", kind);
  const bin = nameOf(file);
  const promised = promises(plan, row);
  if (!promised.some((one) => one.kind === kind && one.owner === file.package && one.bin === bin)) {
    const each = promised.map((one) => `${one.kind} ${one.bin} of ${one.owner}`);
    return wrong(`what the plan promises: ${each.join(", ")}`, `${kind} ${bin} of ${file.package}`);
  }
  const same = await sameBytes(artifact, folder, file);
  if (same instanceof UserError) return same;
  const { path, size, sha256 } = same;
  const facts = await factsOf(path).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  const native = kind === "addon" ? "a native library" : "a native program";
  if (facts instanceof UserError) return wrong(native, facts.details.what);
  const target = parseTarget(row.target);
  const checks = checkMade({ row, target, file: { ...file, facts }, platformFloor: null });
  const examined: ExaminedFile = {
    row: row.id,
    target: row.target,
    package: file.package,
    fileId: file.id,
    kind,
    bin,
    path,
    size,
    sha256,
    facts,
  };
  return { file: examined, checks };
}

/** What the leg does not name was hashed by nobody, so nobody may pass it on. */
function unlisted({ artifact, leg, contents }: DeliveredLeg): UserError[] {
  const listed = new Set([legDocument, ...leg.files.map(({ path }) => path)]);
  return contents
    .filter((name) => !listed.has(name))
    .map(
      (name) =>
        new UserError("MA707", {
          what: `${name} of ${artifact} is not what its leg says`,
          expected: "only files that leg.json lists",
          found: name,
        }),
    );
}

interface Promised {
  readonly owner: string;
  readonly kind: ExaminedFile["kind"];
  readonly bin: string;
}

/** Each file that the row must deliver: commands, and addons by the name that the npm settings give them. */
function promises({ packages }: Plan, row: PlanRow): Promised[] {
  return packages
    .filter(({ name }) => row.packages.includes(name))
    .flatMap(({ name: owner, bins, outputs }): Promised[] => {
      const wanted = ({ kind }: Promised): boolean =>
        row.expect.some((one) => one.package === owner && one.kind === kind);
      const addon = (outputs.npm as NpmSettings | undefined)?.addon ?? null;
      return [
        ...bins.map((bin): Promised => ({ owner, kind: "executable", bin })),
        ...(addon === null ? [] : [{ owner, kind: "addon" as const, bin: addon }]),
      ].filter(wanted);
    });
}

/** What the plan promises for the row and the leg does not list. What is listed and wrong is told elsewhere. */
function absent(plan: Plan, { row, delivered }: Chosen): UserError[] {
  const { leg, artifact } = delivered;
  const kinds: readonly string[] = ["executable", "addon"];
  const listed = ({ owner, bin, kind }: Promised): boolean =>
    leg.files.some(
      (file) =>
        file.package === owner &&
        nameOf(file) === bin &&
        (file.kind === kind || !kinds.includes(file.kind)),
    );
  const promised = promises(plan, row);
  return promised
    .filter((one) => !listed(one))
    .map(
      ({ kind, bin, owner }) =>
        new UserError("MA706", {
          what: `${artifact} holds no ${kind} ${bin} of ${owner}`,
          expected: promised.map((one) => one.bin).join(", "),
          found: leg.files.map((file) => nameOf(file)).join(", ") || "nothing",
        }),
    );
}

function nameOf({ path }: LegFile): string {
  return basename(path).replace(/\.(exe|wasm|node)$/, "");
}
