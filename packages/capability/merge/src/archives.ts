import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type ArchiveEntry,
  checkEntryName,
  type WrittenFile,
  writeTarGz,
  writeZip,
} from "@multiarch/archive";
import type { PlanPackage } from "@multiarch/contracts";
import { InternalError, UserError } from "@multiarch/diagnostics";
import type { FetchedPlan } from "@multiarch/plan";
import type { ArchiveSettings } from "@multiarch/project";
import { fillPlaceholders, parseTarget, placeholders } from "@multiarch/targets";
import type { PreparedBinary } from "./prepared-binary.ts";

export interface ArchiveRequest {
  readonly fetched: FetchedPlan;
  readonly planPackage: PlanPackage;
  readonly target: string;
  readonly group: readonly PreparedBinary[];
  readonly settings: ArchiveSettings;
  readonly outputFolder: string;
}

/** `<name>.tar.gz`, on Windows `<name>.zip`, with one top folder of that name. */
export async function buildArchive(request: ArchiveRequest): Promise<WrittenFile> {
  const { fetched, planPackage, group, settings, outputFolder } = request;
  const target = parseTarget(request.target);
  const { version, epoch } = fetched.plan.project;
  const values = placeholders(target, { package: planPackage.name, version });
  const name = fillPlaceholders(settings.name, values, "archive.name");
  const reason = name.includes("/") ? "it holds a slash" : checkEntryName(name);
  if (reason !== null) {
    throw new UserError("MA710", {
      what: `${JSON.stringify(name)} is no file name: ${reason}`,
      where: "archive.name",
      found: settings.name,
    });
  }
  const suffix = target.os === "windows" ? ".exe" : target.arch === "wasm32" ? ".wasm" : "";
  const entries: ArchiveEntry[] = [
    ...group.map(({ bin, deflated }) => ({
      name: `${name}/${bin}${suffix}`,
      mode: 0o755 as const,
      content: deflated,
    })),
    ...settings.files.map((document): ArchiveEntry => {
      const content = fetched.documents.get(document);
      if (content === undefined) throw new InternalError(`the plan does not hold ${document}`);
      return { name: `${name}/${document}`, mode: 0o644, content };
    }),
  ];
  await mkdir(outputFolder, { recursive: true });
  const zip = settings.format === "zip" || (settings.format === "auto" && target.os === "windows");
  return zip
    ? writeZip(join(outputFolder, `${name}.zip`), entries, { epoch })
    : writeTarGz(join(outputFolder, `${name}.tar.gz`), entries, { epoch });
}
