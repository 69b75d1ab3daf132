import type { Release } from "@multiarch/contracts";
import { formatBytes, type Table } from "./table.ts";

/** One line a file of the release. */
export function packageTable({ packages }: Release): Table {
  return {
    headers: ["package", "kind", "target", "size", "sha256"],
    rows: packages.map(({ name, version, kind, target, size, sha256 }) => [
      called(name, version, kind),
      kind,
      target ?? "all",
      formatBytes(size),
      sha256.slice(0, 12),
    ]),
  };
}

/** As the package's own world writes it; the name of an archive holds its version already. */
function called(name: string, version: string, kind: string): string {
  if (kind === "npm") return `${name}@${version}`;
  return kind === "wheel" || kind === "sdist" ? `${name} ${version}` : name;
}

/** One line a package manager that installed what was made for this machine, or why it did not. */
export function installTable({ installs }: Release): Table {
  return {
    headers: ["installed", "by", "version", "status", "why"],
    rows: installs.map((one) => [one.package, one.manager, one.version, one.status, one.why ?? ""]),
  };
}
