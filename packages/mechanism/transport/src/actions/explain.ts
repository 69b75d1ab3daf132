import { UserError, type UserErrorDetails } from "@multiarch/diagnostics";
import { shown } from "../names.ts";
import { isObject } from "../shapes.ts";
import { CallFailure, isQuota } from "./failure.ts";

/**
 * Turns failed calls into errors that say which call failed, what the service answered and what to do.
 * @param label the artifact that it is about; `null` for the list
 */
export async function explain<T>(label: string | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CallFailure ? explainFailure(label, error) : error;
  }
}

export function explainFailure(label: string | null, failure: CallFailure): unknown {
  const { fault, step, cause, found } = failure;
  const about = label === null ? "the list of artifacts" : `artifact ${shown(label)}`;
  const details = { where: step, found, cause: failure } satisfies Partial<UserErrorDetails>;
  switch (fault.kind) {
    case "local":
      return explainLocal(about, failure);
    case "wrong":
      return step === "GetBlob"
        ? new UserError("MA543", {
            ...details,
            what: `${about} did not come as it was stored`,
            expected: "the sha256 that was given out",
          })
        : new UserError("MA551", { ...details, what: `${about} was not stored as it was sent` });
    case "status":
      if (fault.status === 404) {
        return new UserError("MA542", { ...details, what: `${about} is not in this run` });
      }
      if (isQuota(fault)) {
        return new UserError("MA548", {
          ...details,
          what: `${about} has no room in the account's artifact storage`,
          fix: "delete old artifacts, lower retention-days, or raise the storage limit",
        });
      }
      if (!failure.again) {
        return new UserError("MA548", {
          ...details,
          what: `the artifact service refused a call for ${about}`,
        });
      }
      break;
    default:
      break;
  }
  return new UserError("MA547", {
    ...details,
    what: `the artifact service failed in a call for ${about}`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The client's own complaints. What it could not write or read is passed on as it is, to be explained where it happened. */
function explainLocal(about: string, failure: CallFailure): unknown {
  const { cause, found } = failure;
  if (isObject(cause) && "name" in cause && cause.name === "ArtifactNotFoundError") {
    return new UserError("MA542", { what: `${about} is not in this run`, cause });
  }
  return new UserError("MA547", {
    what: `the artifact client gave up on ${about}`,
    where: failure.step,
    found,
    cause: failure,
    fix: "look at the cause; a full disk is a common one",
  });
}
