import { type Log, UserError } from "@multiarch/diagnostics";
import { childEnvironment, findExecutable, type RunResult, runProcess } from "@multiarch/process";

/** Which commit a folder stands at. */
export interface GitState {
  readonly commit: string | null;
  /** Of the commit, in seconds. */
  readonly time: number | null;
  /** `refs/heads/…`, or `null` when no branch is checked out. */
  readonly branch: string | null;
  /** Names of the tags at the commit. */
  readonly tags: readonly string[];
  /** Tracked files in the folder that differ from the commit. */
  readonly changed: readonly string[];
}

const timeoutMs = 60_000;
const noCommit: GitState = { commit: null, time: null, branch: null, tags: [], changed: [] };

/**
 * Asks git about the commit that is checked out in `folder`. `null` when git is not on PATH, or when the commit has
 * nothing in this folder: then it is a stranger's commit, of a repository that merely surrounds the project.
 * @throws UserError MA143 when git refuses to say
 */
export async function readGitState(
  folder: string,
  isTop: boolean,
  options: { env: Readonly<Record<string, string | undefined>>; log: Log },
): Promise<GitState | "no-git" | "not-tracked"> {
  const git = await findExecutable("git", options.env);
  if (git === null) return "no-git";
  const env = gitEnvironment(options.env);
  const ask = (...args: string[]): Promise<RunResult> =>
    runProcess(
      git,
      [
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.quotePath=false",
        "-c",
        "log.showSignature=false",
        ...args,
      ],
      { cwd: folder, env, timeoutMs },
    );
  const log = await ask("log", "-1", "--format=%H%n%ct%n%D", ...decorations);
  if (log.code !== 0) {
    if (/does not have any commits yet|bad default revision/.test(log.stderr)) return noCommit;
    throw gitFailed(log, folder);
  }
  if (!isTop && (await ask("rev-parse", "--quiet", "--verify", "HEAD:./")).code !== 0) {
    return "not-tracked";
  }
  const status = await ask("status", "--porcelain", "--untracked-files=no", "--", ".");
  if (status.code !== 0) throw gitFailed(status, folder);
  const [commit = "", time = "", names = ""] = log.stdout.split("\n");
  return {
    commit,
    time: Number(time),
    ...branchAndTags(names),
    changed: lines(status.stdout).map((line) => line.slice(3)),
  };
}

/** Full names of the refs at the commit, also those that the user's configuration hides. Each further child takes milliseconds. */
const decorations = [
  "--decorate=full",
  ...["HEAD", "refs/heads/*", "refs/tags/*"].map((pattern) => `--decorate-refs=${pattern}`),
];

/** Takes `HEAD -> refs/heads/main, tag: refs/tags/v1` apart. No ref can hold a space. */
function branchAndTags(text: string): Pick<GitState, "branch" | "tags"> {
  const names = text.split(", ");
  const after = (prefix: string): string[] =>
    names.flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []));
  return { branch: after("HEAD -> ")[0] ?? null, tags: after("tag: refs/tags/").sort() };
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Inside a hook, or a step that set them, these would make git speak of another repository. */
function gitEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const set = childEnvironment(env, {
    LC_ALL: "C",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  });
  const foreign =
    /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|NAMESPACE|OBJECT_DIRECTORY)$/i;
  return Object.fromEntries(Object.entries(set).filter(([name]) => !foreign.test(name)));
}

function gitFailed(result: RunResult, folder: string): UserError {
  const dubious = result.stderr.includes("dubious ownership");
  return new UserError("MA143", {
    what: dubious
      ? "git does not trust the folder: it belongs to another user"
      : "git could not say which commit is checked out",
    where: folder,
    found: result.timedOut ? "no answer in time" : result.tail.join("; "),
    ...(dubious ? { fix: `git config --global --add safe.directory ${folder}` } : {}),
  });
}
