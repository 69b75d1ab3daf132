import type { Release } from "@multiarch/contracts";
import { formatBytes, type Table } from "./table.ts";

/** One line a file of the release, and whether it was installed. */
export function packageTable({ packages, installs }: Release): Table {
  const installed = (name: string): string =>
    installs
      .filter((one) => one.package === name)
      .map(({ manager, status, why }) => `${manager}: ${status}${why === null ? "" : ` (${why})`}`)
      .join(", ");
  return {
    headers: ["package", "kind", "target", "size", "sha256", "installed"],
    rows: packages.map(({ name, version, kind, target, size, sha256 }) => [
      kind === "npm" ? `${name}@${version}` : name,
      kind,
      target ?? "all",
      formatBytes(size),
      sha256.slice(0, 12),
      installed(name),
    ]),
  };
}
