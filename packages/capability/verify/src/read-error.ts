import { UserError } from "@multiarch/diagnostics";

/** Refusals of a file system to let a file be read, with that file's name (MA613); any other error as it is. */
export function explainReadError(error: unknown): unknown {
  const { code = "", path } = error as NodeJS.ErrnoException;
  if (path === undefined || !["EACCES", "EPERM", "EIO", "EBUSY", "ENOENT"].includes(code)) {
    return error;
  }
  return new UserError("MA613", { what: `${path} cannot be read`, found: code, cause: error });
}
