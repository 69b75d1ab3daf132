import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type DocumentReference,
  digest,
  type Plan,
  parseDocument,
  parseJson,
  serialize,
} from "@multiarch/contracts";
import { type Log, UserError } from "@multiarch/diagnostics";
import type { Transport } from "@multiarch/transport";
import type { MadePlan } from "./make-plan.ts";
import { documentFolder, metadataPath, type PackagingMetadata } from "./metadata.ts";

export const planArtifactPrefix = "multiarch.plan.";

export interface RunIdentity {
  readonly attempt: number;
  /** Makes names of a re-run, and of a second call in one run, differ. */
  readonly nonce: string;
}

/** Writes the plan and its files as one artifact and returns what the other jobs need to fetch exactly these bytes. */
export async function storePlan(
  { plan, files }: Pick<MadePlan, "plan" | "files">,
  transport: Transport,
  temporaryFolder: string,
  run: RunIdentity,
): Promise<DocumentReference> {
  const folder = await mkdtemp(join(temporaryFolder, "multiarch-plan-"));
  try {
    const text = serialize(plan);
    await writeFile(join(folder, "plan.json"), text);
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const name = `${planArtifactPrefix}${plan.id}.${run.attempt}.${run.nonce}`;
    let extra = 0;
    const nextName = (): string => `${name}${++extra}`;
    const { reference } = await transport.put(name, folder, { nextName });
    return { reference, sha256: digest(text) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface FetchedPlan {
  readonly plan: Plan;
  readonly sha256: string;
  readonly metadata: PackagingMetadata;
  /** README and licence files by name. */
  readonly documents: ReadonlyMap<string, Uint8Array>;
}

/**
 * Fetches a plan and holds it against the hash that travelled by job output: a build job can replace an artifact, not that hash.
 * @throws UserError MA903 when the bytes differ
 */
export async function fetchPlan(
  { reference, sha256 }: DocumentReference,
  transport: Transport,
  folder: string,
  log: Log,
): Promise<FetchedPlan> {
  await transport.get({ reference }, folder);
  const where = `plan.json of artifact ${reference}`;
  const bytes = await readStored(join(folder, "plan.json"), where);
  const found = digest(bytes);
  if (found !== sha256) {
    throw new UserError("MA903", {
      what: "the plan was changed after its hash was given out",
      where,
      expected: `sha256 ${sha256}`,
      found: `sha256 ${found}`,
    });
  }
  const parsed = parseDocument("plan", bytes, where);
  for (const path of parsed.unknown) log.notice(`${where}: unknown field ${path} is ignored`);
  const files = new Map<string, Uint8Array>();
  for (const file of parsed.value.files) {
    const content = await readStored(join(folder, file.path), `${file.path} of the plan`);
    if (digest(content) !== file.sha256) {
      throw new UserError("MA903", {
        what: `${file.path} was changed after the plan was written`,
        where: `artifact ${reference}`,
        expected: `sha256 ${file.sha256}`,
        found: `sha256 ${digest(content)}`,
      });
    }
    files.set(file.path, content);
  }
  return openPlan({ plan: parsed.value, sha256: found, files }, where);
}

/** A plan with what its files say, as merge takes it. @throws UserError MA901 for a plan without its metadata */
export function openPlan(
  {
    plan,
    sha256,
    files,
  }: Pick<FetchedPlan, "plan" | "sha256"> & {
    readonly files: ReadonlyMap<string, Uint8Array>;
  },
  where: string,
): FetchedPlan {
  const metadata = files.get(metadataPath);
  if (metadata === undefined) {
    throw new UserError("MA901", { what: `the plan has no ${metadataPath}`, where });
  }
  const documents = [...files].flatMap(([path, content]): [string, Uint8Array][] =>
    path.startsWith(`${documentFolder}/`) ? [[path.slice(documentFolder.length + 1), content]] : [],
  );
  return {
    plan,
    sha256,
    metadata: parseJson(metadata, metadataPath) as PackagingMetadata,
    documents: new Map(documents),
  };
}

async function readStored(path: string, where: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UserError("MA901", {
      what: "a file of the plan is missing",
      where,
      expected: "the files that the plan step stored",
      found: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
