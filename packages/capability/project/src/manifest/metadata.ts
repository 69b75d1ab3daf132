/** What a manifest says about its package; `null` where it says nothing. */
export interface Metadata {
  readonly name: string | null;
  readonly version: string | null;
  readonly description: string | null;
  readonly license: string | null;
  /** As written: not yet an https URL. */
  readonly repository: string | null;
  readonly homepage: string | null;
  /** A licence's text with an unusual name, relative to the package. */
  readonly licenseFile: string | null;
}

export const noMetadata: Metadata = {
  name: null,
  version: null,
  description: null,
  license: null,
  repository: null,
  homepage: null,
  licenseFile: null,
};
