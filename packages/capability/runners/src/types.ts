/** A self-hosted runner that is registered with the repository, its organisation or one of the organisation's groups. */
export interface RegisteredRunner {
  /** Unique within one server. */
  readonly id: number;
  readonly name: string;
  readonly online: boolean;
  readonly busy: boolean;
  /** Trimmed, lower case. Runners of ARC scale sets have none. */
  readonly labels: readonly string[];
  /** Names of the groups through which it was found, lower case. */
  readonly groups: readonly string[];
}

/** What is known of self-hosted runners; `why` is a phrase for the plan. */
export type Availability =
  | { readonly known: true; readonly runners: readonly RegisteredRunner[] }
  | { readonly known: false; readonly why: string };
