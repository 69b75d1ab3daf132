import { lstat } from "node:fs/promises";
import { extractArchive } from "@multiarch/archive";
import { type Log, UserError } from "@multiarch/diagnostics";
import { shown } from "../names.ts";
import { codeOf } from "../shapes.ts";
import type { ItemReference, StoredItem, Transport } from "../types.ts";
import type { Environment } from "./access.ts";
import { itemOf, ObservedClient } from "./client.ts";
import { withZip } from "./download.ts";
import { explain } from "./explain.ts";
import { type ActionsTransportOptions, effectsOf } from "./limits.ts";
import { store } from "./upload.ts";

/** The service is not known to answer with more than this at once, whatever the run holds. */
const suspiciousCount = 1000;

/** The transport of an environment that `requireService` has passed. */
export function serviceTransport(
  env: Environment,
  log: Log,
  options: ActionsTransportOptions,
): Transport {
  const client = new ObservedClient(env, log, effectsOf(options));
  const temporary = env.RUNNER_TEMP || undefined;
  return {
    kind: "actions",
    put: (name, folder, putOptions = {}) =>
      store(client, { name, folder, temporary, options: putOptions, log }),
    list: async (prefix) => {
      const artifacts = await explain(null, () => client.list());
      if (artifacts.length >= suspiciousCount) {
        log.warning(`the run lists ${artifacts.length} artifacts: the list may be incomplete`);
      }
      return artifacts
        .filter(({ name }) => name.startsWith(prefix))
        .map(itemOf)
        .sort(compareItems);
    },
    get: (item, destination) => get(client, item, destination, temporary),
  };
}

async function get(
  client: ObservedClient,
  item: ItemReference,
  destination: string,
  temporary: string | undefined,
): Promise<string[]> {
  const id = readId(item);
  await refuseExisting(destination);
  const label = item.name ?? item.reference;
  return explain(label, async () => {
    const digest = item.digest ?? (await digestOf(client, id, label));
    return withZip(client, { id, digest, label, temporary }, async (zip) => {
      const members = await extractArchive(zip, destination, { format: "zip" });
      return members.map(({ name }) => name).sort(compareBytes);
    });
  });
}

/** The digest that the service keeps: without one to compare with, bytes are not taken. */
async function digestOf(client: ObservedClient, id: number, label: string): Promise<string> {
  const artifacts = await client.list();
  const digest = artifacts.find((artifact) => artifact.id === id)?.digest;
  if (digest) return digest;
  throw digest === undefined
    ? new UserError("MA542", {
        what: `this run has no artifact ${shown(label)}`,
        found: `${artifacts.length} others`,
      })
    : new UserError("MA546", {
        what: `the artifact service keeps no digest of artifact ${shown(label)}`,
        expected: "a sha256 to compare what is downloaded with",
      });
}

function readId({ reference }: ItemReference): number {
  const id = Number(reference);
  if (/^[1-9]\d*$/.test(reference) && Number.isSafeInteger(id)) return id;
  throw new UserError("MA540", {
    what: "a reference is not an artifact's id",
    expected: "digits, as the artifact service gives them out",
    found: shown(reference),
    fix: "set MULTIARCH_TRANSPORT to the same value in every job, and pass references on unchanged",
  });
}

async function refuseExisting(destination: string): Promise<void> {
  const present = await lstat(destination).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (present === null) return;
  throw new UserError("MA412", { what: "the destination exists already", where: destination });
}

/** By name, then by age: ids grow. */
function compareItems(left: StoredItem, right: StoredItem): number {
  return compareBytes(left.name, right.name) || Number(left.reference) - Number(right.reference);
}

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
