import { join } from "node:path";
import { formatReference } from "@multiarch/contracts";
import { summaryTable } from "@multiarch/github";
import { type Merged, storeRelease } from "@multiarch/merge";
import { installTable, packageTable, type Table } from "@multiarch/report";
import type { Transport } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { MergeInputs } from "./inputs.ts";

export interface MergeResult {
  readonly values: Record<string, string>;
  readonly summary: string;
}

export interface Handing {
  readonly inputs: MergeInputs;
  readonly session: Session;
  readonly transport: Transport;
  readonly targets: Table;
  /** Lines of Markdown for the summary. */
  readonly remarks?: readonly string[];
}

/** Stores a release for the jobs that follow, and says what it holds. */
export async function handOver(
  { release, sha256 }: Merged,
  output: string,
  { inputs, session, transport, targets, remarks = [] }: Handing,
): Promise<MergeResult> {
  const { temporaryFolder, context } = session;
  const stored = inputs.upload
    ? await storeRelease(output, release, transport, temporaryFolder, context.attempt)
    : null;
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
      section("Targets", targets),
      ...remarks,
      section("Packages", packageTable(release)),
      section("Installed", installTable(release)),
    ].join("\n\n"),
  };
}

function section(title: string, { headers, rows }: Table): string {
  return `### ${title}\n\n${summaryTable(headers, rows)}`;
}
