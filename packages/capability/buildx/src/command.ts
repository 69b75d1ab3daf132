import { UserError } from "@multiarch/diagnostics";
import { childEnvironment, type RunResult, runProcess } from "@multiarch/process";
import type { Environment, Surroundings } from "./types.ts";

/** Long enough for an image over a slow line. */
const limitMs = 600_000;

/** Certificates are for us: we write them to files. */
const certificates = /^BUILDER_NODE_\d+_AUTH_TLS_/;

/** What buildx and docker see. Docker's own way to hand over credentials stays: images of builders may be private. */
export function toolEnvironment(
  env: Environment,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const passed = Object.entries(env).filter(([name]) => !certificates.test(name));
  return childEnvironment(Object.fromEntries(passed), extra, ["DOCKER_AUTH_CONFIG"]);
}

export interface CallOptions {
  readonly extra?: Readonly<Record<string, string>>;
  /** Shows the output while it is written. */
  readonly shown?: boolean;
  readonly timeoutMs?: number;
}

export function call(
  command: string,
  args: readonly string[],
  { env, log }: Pick<Surroundings, "env" | "log">,
  { extra, shown = false, timeoutMs = limitMs }: CallOptions = {},
): Promise<RunResult> {
  return runProcess(command, args, {
    env: toolEnvironment(env, extra),
    timeoutMs,
    ...(shown ? { log } : {}),
  });
}

export function succeeded({ code, timedOut, aborted }: RunResult): boolean {
  return code === 0 && !timedOut && !aborted;
}

/** The error for a call that failed: with the last lines, not the last one, which in newer versions of docker says only where help is. */
export function failure(
  id: "MA487" | "MA488" | "MA489" | "MA494" | "MA497",
  what: string,
  result: RunResult,
): UserError {
  const said = result.tail
    .filter((line) => line.trim() !== "" && !/^(?:Run|See) '.*--help'/.test(line.trim()))
    .slice(-12)
    .join("\n");
  const hint = hintFor(said);
  return new UserError(id, {
    what,
    found: result.timedOut ? "it took too long" : said || `exit code ${result.code}`,
    ...(hint === null ? {} : { fix: hint }),
  });
}

const hints: readonly (readonly [RegExp, string])[] = [
  [
    /toomanyrequests|rate limit/i,
    "log in to the registry before this step, or use a mirror: driver-opts: image=…",
  ],
  [
    /cannot connect to the docker daemon|docker daemon is not running|docker\.sock.*(?:no such file|refused)/i,
    "start the container engine, or use driver: remote with an endpoint",
  ],
  [
    /permission denied.*docker\.sock/i,
    "let the runner's user reach the engine: add it to the group docker",
  ],
  [
    /x509|certificate/i,
    "check the certificates in BUILDER_NODE_<n>_AUTH_TLS_CACERT, _CERT and _KEY, and the option servername",
  ],
  [
    /proxyconnect|proxy/i,
    "check HTTPS_PROXY and NO_PROXY, or set them for the builder: driver-opts: env.https_proxy=…",
  ],
  [/unable to apply caps|operation not permitted/i, "the engine must allow privileged containers"],
];

/** What to do about an output that is known. */
export function hintFor(output: string): string | null {
  return hints.find(([pattern]) => pattern.test(output))?.[1] ?? null;
}

/** Failures of a network that another attempt may not meet. */
export function mayPass(output: string): boolean {
  return /\b(?:EOF|i\/o timeout|TLS handshake timeout|connection (?:reset|refused)|temporary failure|no such host|50[0234]|toomanyrequests|429|context deadline exceeded)\b/i.test(
    output,
  );
}
