import { checkEntryName } from "@multiarch/archive";
import { UserError } from "@multiarch/diagnostics";
import type { PutOptions } from "./types.ts";

/**
 * Refuses a name that cannot be an artifact's in every transport: it becomes a folder's name, and a zip's. A dot at the
 * start is for our own temporary folders.
 * @throws UserError MA540
 */
export function checkArtifactName(name: string): void {
  const reason =
    checkEntryName(name) ??
    (name.includes("/") ? "it has a slash" : null) ??
    (name.startsWith(".") ? "it begins with a dot" : null);
  if (reason === null) return;
  throw new UserError("MA540", {
    what: "an artifact cannot have this name",
    found: `${shown(name)}: ${reason}`,
  });
}

/** A text from elsewhere, quoted and bounded, so that nothing in it can pass for something else in a log. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text).replace(
    /[\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

const maximumNames = 4;

/** The names that one `put` may try, each once. */
export class NameSupply {
  readonly #used = new Set<string>();
  readonly #next: (() => string) | undefined;
  #current: string;

  constructor(first: string, options: PutOptions) {
    checkArtifactName(first);
    this.#used.add(first);
    this.#current = first;
    this.#next = options.nextName;
  }

  get current(): string {
    return this.#current;
  }

  /** Goes on to the caller's next name; `false` when there is none, it was tried before, or four were tried. */
  advance(): boolean {
    const name = this.#used.size < maximumNames ? this.#next?.() : undefined;
    if (name === undefined || this.#used.has(name)) return false;
    checkArtifactName(name);
    this.#used.add(name);
    this.#current = name;
    return true;
  }
}
