/** What rules are held against; `null` where the event has no such thing. */
export interface EventFacts {
  /** `push`, `pull_request`; `local` for a command line. */
  readonly event: string;
  /** `refs/heads/main` */
  readonly ref: string | null;
  /** The branch that was pushed; of a pull request the branch it is to be merged into. */
  readonly branch: string | null;
  readonly tag: string | null;
  /** Names of the pull request's labels. */
  readonly labels: readonly string[];
  readonly trusted: boolean;
}
