import { cp, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildLeg, legArtifactName } from "@multiarch/build";
import {
  type DocumentReference,
  digest,
  type Leg,
  type Plan,
  serialize,
  toolIdentity,
} from "@multiarch/contracts";
import { type Log, silentLog } from "@multiarch/diagnostics";
import { detectHost, type HostFacts } from "@multiarch/host";
import { type Merged, merge } from "@multiarch/merge";
import { makePlan, storePlan } from "@multiarch/plan";
import { parseTarget } from "@multiarch/targets";
import { directoryTransport, type Transport } from "@multiarch/transport";
import { load } from "./project.ts";
import { temporaryFolder } from "./temporary.ts";

/** A project planned and built for this machine, its legs stored in a folder as between the jobs of a workflow. */
export interface Delivery {
  readonly plan: Plan;
  readonly reference: DocumentReference;
  readonly transport: Transport;
  /** `store/<artifact>/<file>`. */
  readonly store: string;
  /** By row. */
  readonly legs: Readonly<Record<string, Leg>>;
  /** Name of the row's artifact of the first attempt. */
  artifact(row: string): string;
}

/** Builds every row of a project once, into a store of its own or into one that is shared. */
export async function deliver(root: string, shared?: string): Promise<Delivery> {
  const folder = await temporaryFolder();
  const project = await load(root);
  const host = await detectHost(process.env);
  const made = await makePlan({
    project,
    targets: project.targets.map((id) => parseTarget(id)),
    where: { os: host.os, arch: host.arch, rust: null },
    trigger: { event: "local", trusted: true, why: "a test" },
    repositoryId: null,
    tool: toolIdentity,
  });
  const store = shared ?? join(folder, "store");
  const transport = directoryTransport(store, silentLog);
  const run = { id: "local", attempt: 1, checkRunId: null, nonce: "aaaaaaaaaaaa" };
  const reference = await storePlan(made, transport, folder, run);
  const legs: Record<string, Leg> = {};
  for (const row of made.plan.rows) {
    const legFolder = join(folder, "legs", row.id);
    const leg = await buildLeg({
      plan: made.plan,
      row,
      project,
      host,
      folder: legFolder,
      environment: process.env,
      toolCache: join(folder, "tools"),
      run,
      label: null,
      log: silentLog,
      now: () => performance.now(),
    });
    await transport.put(legArtifactName(leg), legFolder);
    legs[row.id] = leg;
  }
  return {
    plan: made.plan,
    reference,
    transport,
    store,
    legs,
    artifact: (row) => legArtifactName({ plan: made.plan.id, row, run }),
  };
}

/** Merges what was delivered into `output`, by default a new folder. */
export async function mergeDelivery(
  { reference, transport }: Delivery,
  given: {
    output?: string;
    attempt?: number;
    allowMissing?: readonly string[];
    log?: Log;
    transport?: Transport;
    installTest?: boolean;
    host?: HostFacts;
    environment?: NodeJS.ProcessEnv;
  } = {},
): Promise<Merged & { readonly output: string }> {
  const output = given.output ?? join(await temporaryFolder(), "release");
  const merged = await merge({
    plan: reference,
    transport,
    output,
    attempt: 1,
    allowMissing: [],
    installTest: false,
    environment: process.env,
    log: silentLog,
    ...given,
    host: async () => given.host ?? (await detectHost(process.env)),
  });
  return { ...merged, output };
}

/** Rewrites the leg document of a row in the store, as a job that lies would; under another name when that changed. */
export async function rewriteLeg(
  delivery: Delivery,
  row: string,
  change: (leg: Leg) => unknown,
  name: string = delivery.artifact(row),
): Promise<void> {
  const folder = join(delivery.store, delivery.artifact(row));
  const path = join(folder, "leg.json");
  const leg = JSON.parse(await readFile(path, "utf8")) as Leg;
  await writeFile(path, serialize(change(leg)));
  if (name !== delivery.artifact(row)) await rename(folder, join(delivery.store, name));
}

/** Stores a row once more: another attempt, or another nonce of the same attempt. */
export async function deliverAgain(
  { transport, store, artifact, plan }: Delivery,
  row: string,
  run: { attempt: number; nonce: string },
  { change = (leg) => leg, file }: { change?: (leg: Leg) => Leg; file?: Uint8Array } = {},
): Promise<string> {
  const folder = await temporaryFolder();
  const name = artifact(row);
  const first = join(store, name);
  const leg = JSON.parse(await readFile(join(first, "leg.json"), "utf8")) as Leg;
  const again = change({ ...leg, run: { ...leg.run, ...run } });
  const files = again.files.map((one) => ({
    ...one,
    ...(file === undefined ? {} : { sha256: digest(file), size: file.byteLength }),
  }));
  await writeFile(join(folder, "leg.json"), serialize({ ...again, files }));
  for (const { path } of files) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), file ?? (await readFile(join(first, path))));
  }
  const stored = legArtifactName({ plan: plan.id, row, run: { ...leg.run, ...run } });
  await transport.put(stored, folder);
  return stored;
}

/** The same delivery in a store of its own, which a test may spoil. */
export async function copyOf(delivery: Delivery): Promise<Delivery> {
  const store = join(await temporaryFolder(), "store");
  await cp(delivery.store, store, { recursive: true });
  return { ...delivery, store, transport: directoryTransport(store, silentLog) };
}

/** What a build that failed leaves behind. */
export function failLeg(leg: Leg): Leg {
  const text = "MA382 cc ended with exit code 1\n  found: no such header";
  return { ...leg, result: "failed", error: { code: "MA382", phase: "compile", text }, files: [] };
}
