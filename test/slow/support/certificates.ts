import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "./run.ts";

export interface Authority {
  readonly ca: string;
  /** Paths of a certificate for 127.0.0.1 and its key. */
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
}

/** An authority of one's own with a certificate for each side, made by openssl. */
export async function makeCertificates(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const ssl = (...args: string[]): Promise<string> => succeed("openssl", args, { cwd: folder });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await ssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-days",
    "2",
    "-subj",
    "/CN=ca",
  );
  for (const side of ["server", "client"]) {
    writeFileSync(join(folder, `${side}.ext`), "subjectAltName=IP:127.0.0.1\n");
    await ssl(
      "req",
      "-new",
      ...key,
      "-keyout",
      `${side}.key`,
      "-out",
      `${side}.csr`,
      "-subj",
      `/CN=${side}`,
    );
    await ssl(
      ...[
        "x509",
        "-req",
        "-in",
        `${side}.csr`,
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
      ],
      ...["-out", `${side}.pem`, "-days", "2", "-extfile", `${side}.ext`],
    );
  }
  const side = (name: string) => ({
    cert: join(folder, `${name}.pem`),
    key: join(folder, `${name}.key`),
  });
  return { ca: join(folder, "ca.pem"), server: side("server"), client: side("client") };
}

/** The variables that hand the client's side to the node of a builder. */
export function nodeVariables(index: number, { ca, client }: Authority): Record<string, string> {
  const prefix = `BUILDER_NODE_${index}_AUTH_TLS`;
  return {
    [`${prefix}_CACERT`]: readFileSync(ca, "utf8"),
    [`${prefix}_CERT`]: readFileSync(client.cert, "utf8"),
    [`${prefix}_KEY`]: readFileSync(client.key, "utf8"),
  };
}
