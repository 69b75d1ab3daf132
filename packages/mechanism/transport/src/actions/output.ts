/** Where the lines go that the stock client prints inside a call. */
export interface Output {
  /** The call is over: nobody wants to hear what an abandoned client still has to say. */
  readonly ended: boolean;
  debug(line: string): void;
  /** Commands for the runner, with a line feed; `null`: standard output. */
  readonly print: ((text: string) => void) | null;
}

let installed = false;

/**
 * Takes what is printed inside calls from standard output; all else passes. The client reports every step there, answers
 * with signed addresses among them, and has no switch for it: its requests to mask a secret reach the runner, its own
 * debug output goes nowhere, the rest is for our debugging. Done once and for good: a client whose call was ended goes on
 * talking for a while, and whoever takes standard output after us must not lose it to a restoration.
 */
export function installOutput(current: () => Output | undefined): void {
  if (installed) return;
  installed = true;
  const { stdout } = process;
  const write = stdout.write;
  const pass = (...values: unknown[]): boolean => Reflect.apply(write, stdout, values);
  stdout.write = (...values: unknown[]): boolean => {
    const [text] = values;
    const output = current();
    if (output === undefined || typeof text !== "string") return pass(...values);
    if (!output.ended) distribute(text, output, output.print ?? pass);
    // Like the real one, for those who wait until it is written.
    const done = values.at(-1);
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
}

function distribute(text: string, output: Output, print: (text: string) => void): void {
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("::add-mask::")) print(`${line}\n`);
    else if (line !== "" && !line.startsWith("::debug::")) output.debug(line);
  }
}
