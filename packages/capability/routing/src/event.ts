/** What `github.event_name` can be, by GitHub's documentation of the events that trigger workflows. */
export const workflowEvents: readonly string[] = [
  "branch_protection_rule",
  "check_run",
  "check_suite",
  "create",
  "delete",
  "deployment",
  "deployment_status",
  "discussion",
  "discussion_comment",
  "fork",
  "gollum",
  "image_version",
  "issue_comment",
  "issues",
  "label",
  "merge_group",
  "milestone",
  "page_build",
  "public",
  "pull_request",
  "pull_request_review",
  "pull_request_review_comment",
  "pull_request_target",
  "push",
  "registry_package",
  "release",
  "repository_dispatch",
  "schedule",
  "status",
  "watch",
  "workflow_call",
  "workflow_dispatch",
  "workflow_run",
];

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
