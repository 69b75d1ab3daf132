/** Hashes of one Go release, by platform as Go writes it (`linux-amd64`). */
export interface GoRelease {
  /** `1.26.7`. */
  readonly version: string;
  /** Of the module `golang.org/toolchain`: `h1:<base64>`, the hash that the checksum database signs. */
  readonly h1: Readonly<Record<string, string>>;
  /** Of the archive that the Go project offers for download: sha256, 64 hex digits. */
  readonly archives: Readonly<Record<string, string>>;
}

/** One release of each minor version, ascending. */
export interface GoTable {
  /** The minor version for a project that asks for nothing: `1.26`. */
  readonly defaultMinor: string;
  /** Where archives are; placeholders {version} (`go1.26.7`), {os}, {arch}, {extension}. */
  readonly archiveUrl: string;
  /** Hosts that `archiveUrl` may redirect to. */
  readonly archiveHosts: readonly string[];
  readonly releases: readonly GoRelease[];
}
