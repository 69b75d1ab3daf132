import { randomUUID } from "node:crypto";
import type { Answer, Call } from "./artifact-faults.ts";
import { type Artifact, type ArtifactStore, sha256 } from "./artifact-store.ts";
import { type Identity, signAddress } from "./artifact-token.ts";

export interface MethodContext {
  readonly store: ArtifactStore;
  readonly key: string;
  readonly origin: string;
  readonly caller: Identity;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How long signed addresses hold. */
  readonly addressLifetimeMs: number;
  /** How many lists a new artifact is missing from. */
  readonly listingLag: number;
}

type Fields = Readonly<Record<string, unknown>>;

class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, code: string, msg: string) {
    super(msg);
    this.answer = json(status, { code, msg });
  }
}

const text = (value: unknown) => typeof value === "string" && value !== "";
const digits = (value: unknown) => typeof value === "string" && /^(0|[1-9]\d{0,18})$/.test(value);
const ids = { workflow_run_backend_id: text, workflow_job_run_backend_id: text };

/** The fields of each request, by their proto names: required ones first, optional ones second. Others are refused. */
const shapes = {
  CreateArtifact: [
    {
      ...ids,
      name: text,
      version: (value: unknown) => value === 7,
      mime_type: (value: unknown) => value === "application/zip",
    },
    { expires_at: (value: unknown) => typeof value === "string" && Date.parse(value) > 0 },
  ],
  FinalizeArtifact: [
    {
      ...ids,
      name: text,
      size: digits,
      hash: (value: unknown) => typeof value === "string" && /^sha256:[0-9a-f]{64}$/.test(value),
    },
    {},
  ],
  ListArtifacts: [ids, { name_filter: text, id_filter: digits }],
  GetSignedArtifactURL: [{ ...ids, name: text }, {}],
  DeleteArtifact: [{ ...ids, name: text }, {}],
} as const satisfies Partial<
  Record<Call, readonly [Record<string, (value: unknown) => boolean>, object]>
>;

export type Method = keyof typeof shapes;

export function isMethod(name: string): name is Method {
  return Object.hasOwn(shapes, name);
}

/** Answers one call of the results service. `body` is the request's JSON text. */
export function answerMethod(method: Method, body: string, context: MethodContext): Answer {
  try {
    const fields = readFields(method, body);
    if (fields.workflow_run_backend_id !== context.caller.run) {
      throw new Refusal(403, "permission_denied", "the token is for another workflow run");
    }
    return json(200, methods[method](fields, context));
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function readFields(method: Method, body: string): Fields {
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    throw new Refusal(400, "malformed", "the body is not JSON");
  }
  if (!(fields instanceof Object)) throw new Refusal(400, "malformed", "the body is no object");
  const [required, optional]: readonly Readonly<Record<string, (value: unknown) => boolean>>[] =
    shapes[method];
  for (const [name, value] of Object.entries(fields)) {
    const check = required?.[name] ?? optional?.[name];
    if (!check) throw new Refusal(400, "malformed", `unknown field "${name}"`);
    if (!check(value)) throw new Refusal(400, "invalid_argument", `${name} is not valid`);
  }
  for (const name of Object.keys(required ?? {})) {
    if (!Object.hasOwn(fields, name)) {
      throw new Refusal(400, "invalid_argument", `${name} is required`);
    }
  }
  return { ...fields };
}

const methods: Record<Method, (fields: Fields, context: MethodContext) => object> = {
  CreateArtifact: (fields, { store, caller, key, origin, now, addressLifetimeMs, listingLag }) => {
    ownJob(fields, caller);
    const name = String(fields.name);
    if (/[":<>|*?\r\n\\/]/.test(name)) {
      throw new Refusal(400, "invalid_argument", "the artifact name is not valid");
    }
    // Also a name whose upload never ended stays taken.
    if (store.find(caller.run, name)) {
      throw new Refusal(
        409,
        "already_exists",
        "an artifact with this name already exists on the workflow run",
      );
    }
    const blob = `/blobs/${randomUUID()}`;
    store.artifacts.push({
      owner: caller,
      name,
      blob,
      createdAt: new Date(now).toISOString(),
      expiresAt: fields.expires_at === undefined ? null : String(fields.expires_at),
      id: null,
      size: 0,
      digest: null,
      content: null,
      contentType: "",
      blocks: new Map(),
      hidden: listingLag,
    });
    const signed_upload_url = signAddress(key, origin, blob, "w", now + addressLifetimeMs);
    return { ok: true, signed_upload_url };
  },
  FinalizeArtifact: (fields, { store, caller }) => {
    ownJob(fields, caller);
    const artifact = store.find(caller.run, String(fields.name));
    if (!artifact || artifact.owner.job !== caller.job) throw notFound();
    if (artifact.id !== null) {
      throw new Refusal(409, "failed_precondition", "the artifact is already finalized");
    }
    if (!artifact.content) throw new Refusal(400, "failed_precondition", "nothing was uploaded");
    const { content } = artifact;
    if (fields.size !== String(content.length) || fields.hash !== sha256(content)) {
      throw new Refusal(400, "invalid_argument", "size or hash differ from what was uploaded");
    }
    artifact.id = store.nextId();
    artifact.size = content.length;
    artifact.digest = sha256(content);
    return { ok: true, artifact_id: String(artifact.id) };
  },
  ListArtifacts: (fields, { store, caller }) => {
    const finished = store.artifacts.filter(({ owner, id }) => owner.run === caller.run && id);
    const visible = finished.filter(({ hidden }) => hidden === 0);
    for (const artifact of finished) artifact.hidden = Math.max(0, artifact.hidden - 1);
    return {
      artifacts: visible
        .filter(({ name }) => name === (fields.name_filter ?? name))
        .filter(({ id }) => String(id) === (fields.id_filter ?? String(id)))
        .map(describe),
    };
  },
  GetSignedArtifactURL: (fields, { store, caller, key, origin, now, addressLifetimeMs }) => {
    const { blob } = finishedArtifact(store, caller, fields);
    return { signed_url: signAddress(key, origin, blob, "r", now + addressLifetimeMs) };
  },
  DeleteArtifact: (fields, { store, caller }) => {
    const artifact = finishedArtifact(store, caller, fields);
    store.artifacts = store.artifacts.filter((other) => other !== artifact);
    return { ok: true, artifact_id: String(artifact.id) };
  },
};

function describe(artifact: Artifact): object {
  return {
    workflow_run_backend_id: artifact.owner.run,
    workflow_job_run_backend_id: artifact.owner.job,
    database_id: String(artifact.id),
    name: artifact.name,
    size: String(artifact.size),
    created_at: artifact.createdAt,
    ...(artifact.digest === null ? {} : { digest: artifact.digest }),
  };
}

function finishedArtifact(store: ArtifactStore, caller: Identity, fields: Fields): Artifact {
  const artifact = store.find(caller.run, String(fields.name));
  if (!artifact?.id) throw notFound();
  return artifact;
}

function ownJob(fields: Fields, caller: Identity): void {
  if (fields.workflow_job_run_backend_id !== caller.job) {
    throw new Refusal(403, "permission_denied", "the token is for another job");
  }
}

function notFound(): Refusal {
  return new Refusal(404, "not_found", "no artifact of this name in this workflow run");
}

function json(status: number, value: object): Answer {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify(value)),
  };
}
