import { join, resolve } from "node:path";
import { formatReference, parseReference } from "@multiarch/contracts";
import { summaryTable } from "@multiarch/github";
import { merge, storeRelease } from "@multiarch/merge";
import { installTable, legTable, packageTable, type Table } from "@multiarch/report";
import { chooseTransport } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { mergeInputs } from "./inputs.ts";

export async function mergeStep(
  inputs: ReturnType<typeof mergeInputs>,
  { env, log, context, temporaryFolder }: Session,
): Promise<{ values: Record<string, string>; summary: string }> {
  const transport = await chooseTransport(env, log);
  const output = resolve(context.workspace ?? process.cwd(), inputs["output-dir"]);
  const merged = await merge({
    plan: parseReference(inputs.plan, "the input plan"),
    transport,
    output,
    attempt: context.attempt,
    allowMissing: inputs["allow-missing"],
    installTest: inputs["install-test"],
    host: async () => (await import("@multiarch/host")).detectHost(env),
    environment: env,
    log,
  });
  const { release, sha256, fetched, chosen } = merged;
  const stored = inputs.upload
    ? await storeRelease(output, release, transport, temporaryFolder, context.attempt)
    : null;
  const legs = chosen.map(({ delivered }) => delivered.leg);
  return {
    values: {
      path: output,
      release:
        stored === null ? "" : formatReference({ reference: stored.release.reference, sha256 }),
      "npm-dir": join(output, "npm"),
      "wheel-dir": join(output, "wheels"),
      "archive-dir": join(output, "archives"),
      packages: JSON.stringify(
        release.packages.map(({ name, version, kind, file }) => ({ name, version, kind, file })),
      ),
      missing: JSON.stringify(release.missing),
      version: release.project.version,
      publish: String(release.publish.allowed),
      "npm-artifact": stored?.npm?.name ?? "",
      "wheels-artifact": stored?.wheels?.name ?? "",
      "archives-artifact": stored?.archives?.name ?? "",
      "images-artifact": "",
    },
    summary: [
      section("Targets", legTable(fetched.plan, legs, release.missing)),
      section("Packages", packageTable(release)),
      section("Installed", installTable(release)),
    ].join("\n\n"),
  };
}

function section(title: string, { headers, rows }: Table): string {
  return `### ${title}\n\n${summaryTable(headers, rows)}`;
}
