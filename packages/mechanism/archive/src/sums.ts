import { InternalError, UserError } from "@multiarch/diagnostics";
import { checkEntryName, compareNames, quoteName } from "./names.ts";

/**
 * The text of a `SHA256SUMS` file as `sha256sum -c` reads it: `<64 hex digits>`, two spaces, the bare name, LF; sorted by
 * the bytes of the names. Throws `UserError` MA403 for a name that is not a bare file name, MA404 for one that is there
 * twice.
 */
export function checksumFile(
  lines: readonly { readonly name: string; readonly sha256: string }[],
): string {
  const sorted = lines.toSorted((left, right) => compareNames(left.name, right.name));
  sorted.forEach(({ name, sha256 }, index) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new InternalError(`${name}: ${sha256} is no SHA-256`);
    const reason = checkEntryName(name) ?? (name.includes("/") ? "it has a folder" : null);
    if (reason !== null) {
      throw new UserError("MA403", { what: `${quoteName(name)} cannot be listed: ${reason}` });
    }
    if (sorted[index - 1]?.name === name) {
      throw new UserError("MA404", { what: `${quoteName(name)} is listed twice` });
    }
  });
  return sorted.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join("");
}
