import { createHash } from "node:crypto";
import type { Identity } from "./artifact-token.ts";

/** An artifact as the service keeps it. It has no id until it is finalized: then it is listed and never changes again. */
export interface Artifact {
  readonly owner: Identity;
  readonly name: string;
  readonly blob: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  id: number | null;
  size: number;
  /** `sha256:<hex>`, or `null` after tampering. */
  digest: string | null;
  content: Buffer | null;
  contentType: string;
  /** Blocks that were put and are not yet part of a block list. */
  readonly blocks: Map<string, Buffer>;
  /** How many more lists leave it out: listing is not instant. */
  hidden: number;
}

/** What a test may do to an artifact behind the service's back. */
export interface Change {
  readonly content?: (content: Buffer) => Buffer;
  readonly digest?: string | null;
  readonly size?: number;
  readonly remove?: true;
  /** The artifact is moved to another run. */
  readonly run?: string;
}

export function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** The memory of the service. */
export class ArtifactStore {
  artifacts: Artifact[] = [];
  #lastId = 1_000_000;

  find(run: string, name: string): Artifact | undefined {
    return this.artifacts.findLast(({ owner, name: own }) => owner.run === run && own === name);
  }

  byBlob(path: string): Artifact | undefined {
    return this.artifacts.find(({ blob }) => blob === path);
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  mutate(name: string, change: Change): void {
    const artifact = this.artifacts.findLast((candidate) => candidate.name === name);
    if (!artifact?.content) throw new Error(`no finished artifact ${name} to change`);
    if (change.remove) this.artifacts = this.artifacts.filter((other) => other !== artifact);
    if (change.content) artifact.content = change.content(artifact.content);
    if (change.digest !== undefined) artifact.digest = change.digest;
    if (change.size !== undefined) artifact.size = change.size;
    if (change.run !== undefined) {
      this.artifacts = this.artifacts.map((other) =>
        other === artifact
          ? { ...artifact, owner: { ...artifact.owner, run: change.run ?? "" } }
          : other,
      );
    }
  }
}
