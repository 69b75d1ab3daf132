import { UserError } from "@multiarch/diagnostics";
import { isObject } from "../shapes.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Makes sure that an environment leads to an artifact service that the client supports, before anything is asked of it.
 * @throws UserError MA546
 */
export function requireService(env: Environment): void {
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  if (isEnterpriseServer(server)) {
    throw unavailable("GitHub Enterprise Server has no artifact service of this kind", {
      where: "GITHUB_SERVER_URL",
      found: server,
    });
  }
  const { ACTIONS_RESULTS_URL: url = "", ACTIONS_RUNTIME_TOKEN: token = "" } = env;
  if (url === "" || token === "") {
    const missing = url === "" ? "ACTIONS_RESULTS_URL" : "ACTIONS_RUNTIME_TOKEN";
    throw unavailable("this step has no access to the artifact service", {
      where: missing,
      expected: "a value, which a runner sets for actions (and never for `run:` steps)",
      found: "none",
    });
  }
  if (!URL.canParse(url)) {
    throw unavailable("the address of the artifact service is no URL", {
      where: "ACTIONS_RESULTS_URL",
    });
  }
  if (!hasScope(token)) {
    throw unavailable("the job's token has no access to the artifact service", {
      where: "ACTIONS_RUNTIME_TOKEN",
      expected: "a token whose claim scp has Actions.Results:<run>:<job>",
    });
  }
}

function unavailable(
  what: string,
  details: { where: string; expected?: string; found?: string },
): UserError {
  return new UserError("MA546", { what, ...details });
}

/** By the rule of the runner's own libraries: all but github.com, *.ghe.com and *.localhost is a server of one's own. */
function isEnterpriseServer(server: string): boolean {
  if (!URL.canParse(server)) return true;
  const host = new URL(server).hostname.toLowerCase();
  return host !== "github.com" && !host.endsWith(".ghe.com") && !host.endsWith(".localhost");
}

/** Whether a token carries the ids of the run and the job that the client needs. Its signature is the service's affair. */
function hasScope(token: string): boolean {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
    );
    const scp = isObject(claims) && "scp" in claims ? String(claims.scp) : "";
    return scp.split(" ").some((scope) => /^Actions\.Results:[^:]+:[^:]+$/.test(scope));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
