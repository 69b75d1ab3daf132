import type { Log } from "@multiarch/diagnostics";
import type { Environment } from "./access.ts";
import { insideCall } from "./observe.ts";

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
 * Runs `work` while the process has the variables of `env`, which the stock client reads nowhere else, and while what that
 * client prints goes to `log`. Work with another environment waits for its turn. In an action `env` is the environment of
 * the process, and nothing changes.
 */
export async function withSurroundings<T>(
  env: Environment,
  log: Log,
  work: () => Promise<T>,
): Promise<T> {
  while (loan !== null && loan.env !== env) await loan.returned;
  loan ??= lend(env, log);
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

function lend(env: Environment, log: Log): Loan {
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of names) setVariable(name, env[name]);
  const giveBackOutput = takeOutput(log);
  let settle = (): void => {};
  const returned = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const restore = (): void => {
    giveBackOutput();
    for (const [name, value] of before) setVariable(name, value);
    settle();
  };
  return { env, users: 0, restore, returned };
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/**
 * Takes over what is printed from inside a call. The client reports every step on standard output, answers with signed
 * addresses among them, and has no switch for it. Masks reach the runner, its debug output goes nowhere, the rest is ours
 * for debugging. Output of anybody else passes.
 */
function takeOutput(log: Log): () => void {
  const { stdout } = process;
  const write = stdout.write;
  const filtered = (...values: unknown[]): boolean => {
    const [text] = values;
    if (!insideCall() || typeof text !== "string") return Reflect.apply(write, stdout, values);
    for (const line of text.split(/\r?\n/)) {
      if (line.startsWith("::add-mask::")) Reflect.apply(write, stdout, [`${line}\n`]);
      else if (line !== "" && !line.startsWith("::debug::")) log.debug(line);
    }
    return true;
  };
  stdout.write = filtered;
  return () => {
    stdout.write = write;
  };
}
