import { existsSync, readFileSync, statSync } from "node:fs";
import { UserError } from "@multiarch/diagnostics";
import { type Environment, inActions } from "./runner.ts";

/** GitHub delivers no larger payload (25 MB), and a file of that name could be anything. */
const maximumPayload = 32 * 1024 * 1024;

/** What the runner says about the run. A text is null where it says nothing, which outside GitHub Actions is everywhere. */
export interface RunContext {
  readonly inActions: boolean;
  readonly eventName: string | null;
  /** The webhook payload; empty when there is none. Its values come from whoever caused the event. */
  readonly event: Readonly<Record<string, unknown>>;
  /** `owner/name` */
  readonly repository: string | null;
  readonly repositoryId: string | null;
  /** The repository that the code of a pull request, or of the run before a `workflow_run`, comes from; null when it is gone or not named. */
  readonly headRepositoryId: string | null;
  /** `refs/heads/main` */
  readonly ref: string | null;
  readonly refName: string | null;
  readonly refType: "branch" | "tag" | null;
  readonly sha: string | null;
  readonly runId: string | null;
  /** From 1. */
  readonly attempt: number;
  /** Without a slash at the end, as are all addresses here. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly workspace: string | null;
  /** Emptied after each job. */
  readonly temp: string | null;
  readonly toolCache: string | null;
  readonly actor: string | null;
  /** GitHub Enterprise Server: a server of one's own, with fewer services. ghe.com is not one. */
  readonly isGhes: boolean;
}

/**
 * Reads the runner's variables and the event payload.
 * @throws UserError MA007 when the payload is there and is not a JSON object of at most 32 MiB. A missing file counts as an empty
 *   payload (act has none for most events); a broken one does not, because trust is decided by it.
 */
export function runContext(env: Environment): RunContext {
  const event = readEvent(env.GITHUB_EVENT_PATH);
  const serverUrl = address(env.GITHUB_SERVER_URL, "https://github.com");
  const refType = env.GITHUB_REF_TYPE;
  return {
    inActions: inActions(env),
    eventName: text(env.GITHUB_EVENT_NAME),
    event,
    repository: text(env.GITHUB_REPOSITORY),
    repositoryId: text(env.GITHUB_REPOSITORY_ID) ?? idAt(event, ["repository"]),
    headRepositoryId:
      idAt(event, ["pull_request", "head", "repo"]) ??
      idAt(event, ["workflow_run", "head_repository"]),
    ref: text(env.GITHUB_REF),
    refName: text(env.GITHUB_REF_NAME),
    refType: refType === "branch" || refType === "tag" ? refType : null,
    sha: text(env.GITHUB_SHA),
    runId: text(env.GITHUB_RUN_ID),
    attempt: /^[1-9]\d{0,5}$/.test(env.GITHUB_RUN_ATTEMPT ?? "")
      ? Number(env.GITHUB_RUN_ATTEMPT)
      : 1,
    serverUrl,
    apiUrl: address(env.GITHUB_API_URL, "https://api.github.com"),
    workspace: text(env.GITHUB_WORKSPACE),
    temp: text(env.RUNNER_TEMP),
    toolCache: text(env.RUNNER_TOOL_CACHE),
    actor: text(env.GITHUB_ACTOR),
    isGhes: isGhes(serverUrl),
  };
}

/** The value at a path of keys, or undefined where an object is missing on the way. */
export function valueAt(event: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    event,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function idAt(event: unknown, path: readonly string[]): string | null {
  const id = valueAt(event, [...path, "id"]);
  return typeof id === "number" || typeof id === "string" ? String(id) : null;
}

function readEvent(path: string | undefined): Readonly<Record<string, unknown>> {
  if (path === undefined || path === "" || !existsSync(path)) return {};
  const refuse = (found: string): UserError =>
    new UserError("MA007", {
      what: "the event payload cannot be read",
      expected: "a JSON object of at most 32 MiB",
      found,
      where: path,
    });
  const { size } = statSync(path);
  if (size > maximumPayload) throw refuse(`${size} bytes`);
  let event: unknown;
  try {
    event = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
  if (typeof event !== "object" || event === null || Array.isArray(event))
    throw refuse("no object");
  return { ...event };
}

function isGhes(serverUrl: string): boolean {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname.toLowerCase() : "";
  return host !== "github.com" && !host.endsWith(".ghe.com") && !host.endsWith(".localhost");
}

function text(value: string | undefined): string | null {
  return value === undefined || value === "" ? null : value;
}

function address(value: string | undefined, otherwise: string): string {
  return (text(value) ?? otherwise).replace(/\/+$/, "");
}
