import type { Environment } from "./access.ts";

/** What the stock client and the libraries below it read from the environment of the process. */
const names = [
  "ACTIONS_RESULTS_URL",
  "ACTIONS_RUNTIME_TOKEN",
  "GITHUB_SERVER_URL",
  "GITHUB_RETENTION_DAYS",
  "ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY",
  "ACTIONS_ARTIFACT_UPLOAD_TIMEOUT_MS",
  ...["http_proxy", "https_proxy", "no_proxy"].flatMap((name) => [name, name.toUpperCase()]),
];

interface Loan {
  readonly env: Environment;
  users: number;
  readonly restore: () => void;
  readonly returned: Promise<void>;
}

let loan: Loan | null = null;

/**
 * Runs `work` while the process has the variables of `env`, which the stock client reads nowhere else. Work with another
 * environment waits for its turn. In an action `env` is the environment of the process, and nothing changes.
 */
export async function withSurroundings<T>(env: Environment, work: () => Promise<T>): Promise<T> {
  while (loan !== null && loan.env !== env) await loan.returned;
  loan ??= lend(env);
  const mine = loan;
  mine.users += 1;
  try {
    return await work();
  } finally {
    mine.users -= 1;
    if (mine.users === 0) {
      loan = null;
      mine.restore();
    }
  }
}

function lend(env: Environment): Loan {
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) setVariable(name, env[name]);
  let settle = (): void => {};
  const returned = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const restore = (): void => {
    for (const [name, value] of before) setVariable(name, value);
    settle();
  };
  return { env, users: 0, restore, returned };
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
