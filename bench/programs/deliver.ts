import { join } from "node:path";
import { buildLeg, legArtifactName } from "@multiarch/build";
import { formatReference, toolIdentity } from "@multiarch/contracts";
import { silentLog } from "@multiarch/diagnostics";
import { detectHost } from "@multiarch/host";
import { makePlan, storePlan } from "@multiarch/plan";
import { loadProject } from "@multiarch/project";
import { parseTarget } from "@multiarch/targets";
import { directoryTransport } from "@multiarch/transport";

// Plans a project for this machine and stores plan and legs as the jobs of a workflow would: `PROJECT STORE WORK`. Prints
// the reference of the plan.
const [root = "", store = "", work = ""] = process.argv.slice(2);
const log = silentLog;
const project = await loadProject(root, { env: {}, log });
const host = await detectHost(process.env);
const made = await makePlan({
  project,
  targets: project.targets.map((id) => parseTarget(id)),
  where: { os: host.os, arch: host.arch, rust: null },
  trigger: { event: "local", trusted: true, why: "a benchmark" },
  repositoryId: null,
  tool: toolIdentity,
});
const transport = directoryTransport(store, log);
const run = { id: "local", attempt: 1, checkRunId: null, nonce: "aaaaaaaaaaaa" };
const reference = await storePlan(made, transport, work, run);
for (const row of made.plan.rows) {
  const folder = join(work, row.id);
  const leg = await buildLeg({
    plan: made.plan,
    row,
    project,
    host,
    folder,
    environment: process.env,
    toolCache: join(work, "tools"),
    run,
    label: null,
    log,
    now: () => performance.now(),
  });
  if (leg.error !== null) throw new Error(`${row.id}: ${leg.error.text}`);
  await transport.put(legArtifactName(leg), folder);
}
process.stdout.write(formatReference(reference));
