import { join } from "node:path";
import { buildLeg, buildPlannedLeg, type LegRequest } from "@multiarch/build";
import { type Leg, parseMatrixRow, toolIdentity } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { appendSummary, summaryTable } from "@multiarch/github";
import { detectHost, ownTarget } from "@multiarch/host";
import { makePlan } from "@multiarch/plan";
import { legTable } from "@multiarch/report";
import { parseTarget } from "@multiarch/targets";
import { cargoTools, defaultToolCache } from "@multiarch/toolchains";
import { chooseTransport, type StoredItem } from "@multiarch/transport";
import { openProject } from "../project.ts";
import type { Session } from "../session.ts";
import type { buildInputs } from "./inputs.ts";

type Inputs = ReturnType<typeof buildInputs>;

interface StepOutputs {
  readonly values: Readonly<Record<string, string>>;
  /** Fails the step when the leg failed; called after the outputs were written. */
  raise(): void;
}

interface Built {
  readonly leg: Leg;
  readonly folder: string;
  readonly stored: StoredItem | null;
}

export async function buildStep(inputs: Inputs, session: Session): Promise<StepOutputs> {
  const row = parseMatrixRow(inputs.row, "the input row");
  const built =
    row === null ? await buildAlone(inputs, session) : await buildRow(row, inputs, session);
  const { leg, folder, stored } = built;
  return {
    values: {
      leg: join(folder, "leg.json"),
      path: leg.files[0] === undefined ? "" : join(folder, leg.files[0].path),
      files: JSON.stringify(leg.files.map(({ path }) => join(folder, path))),
      sha256: leg.files[0]?.sha256 ?? "",
      glibc: leg.files[0]?.facts?.glibcMin ?? "",
      smoke: leg.smoke[0]?.status ?? "",
      "artifact-id": stored?.reference ?? "",
      "artifact-digest": stored?.digest ?? "",
    },
    raise() {
      if (leg.error === null) return;
      throw new UserError("MA316", {
        what: `${leg.row} was not built`,
        where: `phase ${leg.error.phase}`,
        // The whole of it was shown when it happened.
        found: leg.error.text.split("\n", 1)[0] ?? leg.error.code,
      });
    },
  };
}

async function buildRow(
  row: { id: string; plan: string },
  inputs: Inputs,
  session: Session,
): Promise<Built> {
  const { env, log, temporaryFolder } = session;
  const days = inputs["retention-days"];
  return buildPlannedLeg({
    ...(await surroundings(session)),
    row,
    // The plan's word counts: the matrix step may have been given a builder that the checkout does not name.
    openProject: (builder) => openProject({ ...inputs, builder }, session, {}),
    transport: await chooseTransport(env, log),
    temporaryFolder,
    upload: { wanted: inputs.upload, ...(days === 0 ? {} : { retentionDays: days }) },
  });
}

async function buildAlone(inputs: Inputs, session: Session): Promise<Built> {
  const { env, temporaryFolder, nonce } = session;
  const common = await surroundings(session);
  const { os, arch } = common.host;
  const target = parseTarget(inputs.target === "" ? ownTarget(common.host) : inputs.target);
  const project = await openProject(inputs, session, { targets: [target.id] });
  const tools = project.builder === "cargo" ? await cargoTools({ env, cwd: project.root }) : null;
  const rust =
    tools === null ? null : { targets: tools.installedTargets, canAddTargets: tools.rustup };
  const { plan } = await makePlan({
    project,
    targets: [target],
    where: { os, arch, rust },
    trigger: {
      event: session.context.eventName ?? "local",
      trusted: false,
      why: "a build without a plan",
    },
    repositoryId: session.context.repositoryId,
    tool: toolIdentity,
  });
  const [row] = plan.rows;
  if (row === undefined) throw new TypeError("a plan without rows was accepted");
  const folder = join(temporaryFolder, `multiarch-leg-${row.id}-${nonce}`);
  const leg = await buildLeg({ ...common, plan, row, project, folder });
  const { headers, rows } = legTable(plan, [leg], []);
  await appendSummary(env, `### Build\n\n${summaryTable(headers, rows)}`);
  return { leg, folder, stored: null };
}

type Surroundings = Pick<
  LegRequest,
  "host" | "environment" | "toolCache" | "run" | "label" | "log" | "now"
>;

async function surroundings({ env, log, context, nonce }: Session): Promise<Surroundings> {
  return {
    host: await detectHost(env),
    environment: env,
    toolCache: defaultToolCache(env),
    run: { id: context.runId ?? "local", attempt: context.attempt, checkRunId: null, nonce },
    label: null,
    log,
    now: () => performance.now(),
  };
}
