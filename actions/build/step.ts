import { join } from "node:path";
import { buildPlannedLeg } from "@multiarch/build";
import { type Leg, parseMatrixRow } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import { chooseTransport, type StoredItem } from "@multiarch/transport";
import type { Session } from "../session.ts";
import type { buildInputs } from "./inputs.ts";

type Inputs = ReturnType<typeof buildInputs>;

interface StepOutputs {
  readonly values: Readonly<Record<string, string>>;
  /** Fails the step when the leg failed; called after the outputs were written. */
  raise(): void;
}

export interface Built {
  readonly leg: Leg;
  readonly folder: string;
  readonly stored: StoredItem | null;
}

export async function buildStep(inputs: Inputs, session: Session): Promise<StepOutputs> {
  const row = parseMatrixRow(inputs.row, "the input row");
  const built = row === null ? await alone(inputs, session) : await buildRow(row, inputs, session);
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

async function alone(inputs: Inputs, session: Session): Promise<Built> {
  const { buildAlone } = await import("./alone.ts");
  return buildAlone(inputs, session);
}

async function buildRow(
  row: { id: string; plan: string },
  inputs: Inputs,
  session: Session,
): Promise<Built> {
  const { env, log, temporaryFolder } = session;
  const days = inputs["retention-days"];
  return buildPlannedLeg({
    log,
    row,
    prepare: async (builder) => {
      const { openProject } = await import("../project.ts");
      const { surroundings } = await import("./surroundings.ts");
      // The plan's word counts: the matrix step may have been given a builder that the checkout does not name.
      const project = await openProject({ ...inputs, builder }, session, {});
      return { ...(await surroundings(session)), project };
    },
    transport: await chooseTransport(env, log),
    temporaryFolder,
    upload: { wanted: inputs.upload, ...(days === 0 ? {} : { retentionDays: days }) },
  });
}
