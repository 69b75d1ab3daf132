/** What a manifest says about its package; `null` where it says nothing. */
export interface Metadata {
  readonly name: string | null;
  readonly version: string | null;
  readonly description: string | null;
  readonly license: string | null;
  /** As written: not yet an https URL. */
  readonly repository: string | null;
  readonly homepage: string | null;
  readonly documentation: string | null;
  /** A licence's text with an unusual name, relative to the package. */
  readonly licenseFile: string | null;
  /** The readme that the manifest names, relative to the package. */
  readonly readme: string | null;
  readonly keywords: readonly string[];
  readonly authors: readonly Person[];
}

/** At least one of the two is there. */
export interface Person {
  readonly name: string | null;
  readonly email: string | null;
}

export const noMetadata: Metadata = {
  name: null,
  version: null,
  description: null,
  license: null,
  repository: null,
  homepage: null,
  documentation: null,
  licenseFile: null,
  readme: null,
  keywords: [],
  authors: [],
};

/** `Name <mail>`, with an address behind it as npm allows, or either of the two. @returns `null` for neither */
export function readPerson(text: string): Person | null {
  const [, named = "", mail = ""] = /^([^<(]*)(?:<([^>]*)>)?/.exec(text.trim()) ?? [];
  const isMail = mail === "" && /^[^\s@]+@[^\s@]+$/.test(named.trim());
  const name = isMail ? "" : named.trim();
  const email = isMail ? named.trim() : mail.trim();
  return name === "" && email === "" ? null : { name: name || null, email: email || null };
}
