import { join } from "node:path";
import { writeFileAtomic } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import { writeField } from "./fields.ts";
import type { Environment, NodeWish, Surroundings } from "./types.ts";

const kinds = ["cacert", "cert", "key"] as const;
type Kind = (typeof kinds)[number];

/** The variable with the certificate of a node: `BUILDER_NODE_0_AUTH_TLS_CACERT`, counted from the builder's first. */
export function variableOf(index: number, kind: Kind): string {
  return `BUILDER_NODE_${index}_AUTH_TLS_${kind.toUpperCase()}`;
}

/** Certificates of a node, by what they are for. @throws UserError MA492 for a certificate without its key, or the other way round */
export function certificatesOf(
  node: Pick<NodeWish, "index">,
  env: Environment,
): Partial<Record<Kind, string>> {
  const given = kinds.filter((kind) => (env[variableOf(node.index, kind)] ?? "").trim() !== "");
  if (given.includes("cert") !== given.includes("key")) {
    const [missing, present] = given.includes("key")
      ? (["cert", "key"] as const)
      : (["key", "cert"] as const);
    throw new UserError("MA492", {
      what: "a certificate and its key come only together",
      expected: `${variableOf(node.index, missing)} beside ${variableOf(node.index, present)}`,
      found: `${variableOf(node.index, missing)} is not set`,
      where: "env:",
    });
  }
  return Object.fromEntries(given.map((kind) => [kind, env[variableOf(node.index, kind)] ?? ""]));
}

/**
 * Writes the certificates of a node into the job's own folder, readable by its user only, and returns the options that name them.
 * They are for the driver remote over tcp; elsewhere nothing is written, and it is said that they do nothing.
 */
export async function certificateOptions(
  driver: string,
  node: NodeWish,
  folder: string,
  { env, log }: Pick<Surroundings, "env" | "log">,
): Promise<string[]> {
  const certificates = certificatesOf(node, env);
  const given = kinds.filter((kind) => certificates[kind] !== undefined);
  if (given.length === 0) return [];
  if (driver !== "remote" || !/^tcp:\/\//.test(node.endpoint ?? "")) {
    log.warning(
      `${variableOf(node.index, given[0] ?? "key")} is set, but certificates are for the driver remote with an endpoint tcp://`,
    );
    return [];
  }
  const options: string[] = [];
  for (const kind of given) {
    const path = join(folder, `node-${node.index}-${kind}.pem`);
    const text = certificates[kind] ?? "";
    await writeFileAtomic(path, Buffer.from(text.endsWith("\n") ? text : `${text}\n`), 0o600);
    options.push(writeField(`${kind}=${path}`));
  }
  return options;
}
