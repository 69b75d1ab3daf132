/** The variables of a process. Only this room reads those that the runner sets. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Writes to the stream that the runner reads. Pass one and the same function everywhere: its fence is found by it. */
export type Write = (text: string) => void;

/** The `write` of a real step. */
export const standardOutput: Write = (text) => {
  process.stdout.write(text);
};

/** True in a step of a workflow, on GitHub, on GHES and under act. */
export function inActions(env: Environment): boolean {
  return env.GITHUB_ACTIONS === "true";
}
