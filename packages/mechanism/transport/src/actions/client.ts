import type { Log } from "@multiarch/diagnostics";
import type { StoredItem } from "../types.ts";
import type { Environment } from "./access.ts";
import type { Effects } from "./limits.ts";
import { observeCall } from "./observe.ts";
import { withRetry } from "./retry.ts";
import { withSurroundings } from "./surroundings.ts";

/** An artifact as the service lists it. */
export interface Listed {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  /** 64 hex digits; `null` when the service tells none. */
  readonly digest: string | null;
  readonly createdAt: string | null;
}

export function itemOf({ id, name, size, digest, createdAt }: Listed): StoredItem {
  return { name, reference: String(id), digest, size, createdAt };
}

/** What an upload sent. */
export interface Sent {
  readonly id: number;
  readonly size: number;
  readonly digest: string;
}

/**
 * The three calls of the stock client, each watched, bounded and (but for `upload`, which is not the same call again once
 * the name is taken) repeated where that can help.
 */
export class ObservedClient {
  readonly #env: Environment;
  readonly #log: Log;
  readonly effects: Effects;

  constructor(env: Environment, log: Log, effects: Effects) {
    this.#env = env;
    this.#log = log;
    this.effects = effects;
  }

  /**
   * Every artifact of this run, of all its attempts, more than one of a name among them: the service takes the run from the
   * token and answers in one piece. The stock option `latest`, which keeps the highest id of a name, is left off.
   * @throws CallFailure
   */
  list(): Promise<Listed[]> {
    return this.repeat("list of artifacts", () => this.listOnce());
  }

  /** @throws CallFailure */
  async listOnce(): Promise<Listed[]> {
    const { artifacts } = await this.#call(this.effects.limits.callMs, (client) =>
      client.listArtifacts(),
    );
    return artifacts.map(({ id, name, size, digest, createdAt }) => ({
      id,
      name,
      size,
      digest: /^sha256:([0-9a-f]{64})$/.exec(digest ?? "")?.[1] ?? null,
      createdAt: createdAt?.toISOString() ?? null,
    }));
  }

  /** @throws CallFailure */
  async upload(
    name: string,
    files: readonly string[],
    root: string,
    retentionDays: number | undefined,
  ): Promise<Sent> {
    const options = retentionDays === undefined ? {} : { retentionDays };
    const sent = await this.#call(this.effects.limits.transferMs, (client) =>
      client.uploadArtifact(name, [...files], root, options),
    );
    const { id = Number.NaN, size = Number.NaN, digest = "" } = sent;
    return { id, size, digest };
  }

  /**
   * Saves an artifact's zip as the only file of `folder`. Nothing is unpacked: the stock client would lose the modes, check
   * no checksum, and go by the content type.
   * @throws CallFailure
   */
  async download(id: number, digest: string, folder: string): Promise<{ mismatch: boolean }> {
    const { digestMismatch = false } = await this.#call(this.effects.limits.transferMs, (client) =>
      client.downloadArtifact(id, {
        path: folder,
        expectedHash: `sha256:${digest}`,
        skipDecompress: true,
      }),
    );
    return { mismatch: digestMismatch };
  }

  repeat<T>(title: string, call: () => Promise<T>): Promise<T> {
    return withRetry(title, this.effects, this.#log, call);
  }

  async #call<T>(totalMs: number, work: (client: StockClient) => Promise<T>): Promise<T> {
    // Loaded here: it brings the whole storage SDK, which most steps never need.
    const { DefaultArtifactClient } = await import("@actions/artifact");
    const { limits, print } = this.effects;
    const context = { limits, totalMs, print, log: this.#log };
    return withSurroundings(this.#env, () =>
      observeCall(context, () => work(new DefaultArtifactClient())),
    );
  }
}

type StockClient = InstanceType<typeof import("@actions/artifact").DefaultArtifactClient>;
