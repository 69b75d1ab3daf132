import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractArchive } from "@multiarch/archive";
import { type Log, UserError } from "@multiarch/diagnostics";
import {
  type FolderFile,
  listingDigest,
  readFolderFile,
  refuseChanges,
  scanFolder,
} from "../inventory.ts";
import { NameSupply, shown } from "../names.ts";
import type { PutOptions, StoredItem } from "../types.ts";
import { itemOf, type Listed, type ObservedClient, type Sent } from "./client.ts";
import { withZip } from "./download.ts";
import { explain, explainFailure } from "./explain.ts";
import { CallFailure } from "./failure.ts";

export interface StoreRequest {
  readonly name: string;
  readonly folder: string;
  readonly temporary: string | undefined;
  readonly options: PutOptions;
  readonly log: Log;
}

/** Uploads a folder and makes sure that what the service holds is what was there. */
export async function store(client: ObservedClient, request: StoreRequest): Promise<StoredItem> {
  const { folder, options, log } = request;
  const names = new NameSupply(request.name, options);
  const before = await scanFolder(folder);
  for (;;) {
    const name = names.current;
    try {
      const sent = await uploadUntilAccepted(client, name, before, request);
      return await explain(name, () => verify(client, name, sent, log));
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      if (!isTaken(error)) throw explainFailure(name, error);
      const own = await explain(name, () => findOwn(client, name, before, request));
      if (own !== "absent" && own !== "different") {
        log.info(`artifact ${name} is stored already, with the same files`);
        return own;
      }
      if (!names.advance()) throw nameLost(name, own, error);
      log.warning(`artifact ${name}: ${error.message}; trying ${names.current}`);
    }
  }
}

/** Whether the name is of no more use: accepted by this call before it failed, or by an earlier one. */
function isTaken({ nameTaken, step, fault }: CallFailure): boolean {
  const refused = step === "CreateArtifact" && fault.kind === "status" && fault.status === 409;
  return nameTaken || refused;
}

/** Repeats an upload for as long as the service has not accepted the name. @throws CallFailure, UserError MA545 */
async function uploadUntilAccepted(
  client: ObservedClient,
  name: string,
  before: readonly FolderFile[],
  { folder, options }: StoreRequest,
): Promise<Sent> {
  const paths = before.map(({ path }) => path);
  return client.repeat(`artifact ${name}`, async () => {
    try {
      return await client.upload(name, paths, folder, options.retentionDays);
    } finally {
      // The stock client leaves a file that vanished out of the zip, with no more than a warning.
      refuseChanges(before, await scanFolder(folder), folder);
    }
  });
}

/** Compares what the service lists with what was sent. Listing may lag behind. */
async function verify(
  client: ObservedClient,
  name: string,
  sent: Sent,
  log: Log,
): Promise<StoredItem> {
  const { attempts } = client.effects.limits;
  const listed = await client.repeat(`artifact ${name}`, async () => {
    const artifact = (await client.listOnce()).find(({ id }) => id === sent.id);
    if (artifact) return artifact;
    const found = `id ${sent.id} is not in the list of the run`;
    throw new CallFailure("ListArtifacts", { kind: "wrong", found, attempts }, false);
  });
  if (listed.digest === null) log.warning(`the artifact service keeps no digest of ${name}`);
  const same = (listed.digest ?? sent.digest) === sent.digest && listed.size === sent.size;
  if (same && listed.name === name) return itemOf(listed);
  throw new UserError("MA551", {
    what: `artifact ${shown(name)} was not stored as it was sent`,
    expected: `${sent.size} bytes with the sha256 ${sent.digest}`,
    found: `${shown(listed.name)}, ${listed.size} bytes with the sha256 ${listed.digest}`,
  });
}

/**
 * Looks whether a taken name holds just what was to be stored, as after an answer that was lost: by content, because the
 * zip of a second attempt has other bytes.
 */
async function findOwn(
  client: ObservedClient,
  name: string,
  before: readonly FolderFile[],
  { temporary, folder }: StoreRequest,
): Promise<StoredItem | "absent" | "different"> {
  const candidates = (await client.list()).filter((artifact) => artifact.name === name);
  const ours = await listingOf(before);
  refuseChanges(before, await scanFolder(folder), folder);
  for (const candidate of candidates) {
    if ((await storedListing(client, candidate, temporary)) === ours) return itemOf(candidate);
  }
  return candidates.length === 0 ? "absent" : "different";
}

async function listingOf(files: readonly FolderFile[]): Promise<string> {
  const listing = [];
  for (const file of files) listing.push(await readFolderFile(file));
  return listingDigest(listing);
}

async function storedListing(
  client: ObservedClient,
  { id, name, digest }: Listed,
  temporary: string | undefined,
): Promise<string | null> {
  if (digest === null) return null;
  const folder = await mkdtemp(join(temporary ?? tmpdir(), "multiarch-compare-"));
  try {
    return await withZip(client, { id, digest, label: name, temporary }, async (zip) => {
      const members = await extractArchive(zip, join(folder, "files"), { format: "zip" });
      return listingDigest(
        members.sort((left, right) =>
          Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)),
        ),
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function nameLost(name: string, state: "absent" | "different", cause: CallFailure): UserError {
  const { step, found } = cause;
  if (state === "different") {
    return new UserError("MA541", {
      what: `an artifact ${shown(name)} exists in this run with other files`,
      where: step,
      found,
      cause,
    });
  }
  const refusedAddress =
    (step === "PutBlock" || step === "PutBlockList") &&
    cause.fault.kind === "status" &&
    cause.fault.status === 403;
  return new UserError("MA549", {
    what: refusedAddress
      ? `the blob store refused the upload address of artifact ${shown(name)}`
      : `the upload of artifact ${shown(name)} broke off; its name cannot be used again in this run`,
    where: step,
    found,
    cause,
  });
}
