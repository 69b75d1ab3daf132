import { constants, copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  describeFile,
  executableName,
  legArtifactName,
  legDocument,
  writeLeg,
} from "@multiarch/build";
import { digest, type Leg, type Plan, type PlanRow, serialize } from "@multiarch/contracts";
import { InternalError } from "@multiarch/diagnostics";
import { parseTarget } from "@multiarch/targets";
import type { DeliveredLeg } from "../collect.ts";
import type { NamedFile } from "./assign.ts";

/** A file of a target, and the package that it goes into. */
export interface OwnedFile extends NamedFile {
  readonly owner: string;
}

/** The leg of a row whose files somebody else built, in `folder`: nothing is known of the machine that made them. */
export async function makeForeignLeg(
  plan: Plan,
  row: PlanRow,
  files: readonly OwnedFile[],
  folder: string,
): Promise<DeliveredLeg> {
  const [exact] = parseTarget(row.target).rows;
  if (exact === undefined) throw new InternalError(`${row.target} has no row`);
  const described: Leg["files"] = [];
  for (const { file, name, owner } of files) {
    const { kind } = file;
    const fileName = kind === "addon" ? `${name}.node` : executableName(name, exact);
    const relative = ["files", owner, fileName].join("/");
    const path = join(folder, relative);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(file.path, path, constants.COPYFILE_FICLONE);
    described.push(await describeFile({ package: owner, bin: name, kind, path }, relative));
  }
  const leg: Leg = {
    schema: "multiarch.leg/1",
    tool: plan.tool,
    plan: plan.id,
    row: row.id,
    target: row.target,
    run: { id: "elsewhere", attempt: 1, checkRunId: null, nonce: "0" },
    commit: plan.project.commit,
    config: plan.config.sha256,
    host: {
      os: "unknown",
      arch: "unknown",
      machineArch: null,
      emulated: false,
      libc: null,
      cpuLevel: null,
      label: null,
    },
    cpu: row.cpu,
    toolKind: row.tool,
    image: null,
    toolchain: [],
    parent: null,
    result: "ok",
    error: null,
    files: described.sort((one, other) => (one.path < other.path ? -1 : 1)),
    checks: [],
    smoke: [],
    tests: [],
    bench: [],
    cache: { hits: 0, misses: 0 },
    timings: [],
  };
  await writeLeg(folder, leg);
  return {
    artifact: legArtifactName(leg),
    folder,
    leg,
    sha256: digest(serialize(leg)),
    contents: [legDocument, ...leg.files.map(({ path }) => path)],
  };
}
