import type { Log } from "@multiarch/diagnostics";

/** Where the lines of child processes go. */
export interface ChildOutput {
  /** One line, without its line end. */
  line(text: string): void;
  /** A child has ended: whatever guards its output is taken down, so that others may write commands again. */
  end(): void;
}

/** A log that can show a child's lines as they are and still keep the runner from obeying them. */
export interface FencedLog extends Log {
  readonly childOutput: ChildOutput;
}

/** The one writer of a stream that a GitHub runner reads. */
export interface Fence extends ChildOutput {
  /** Our own words: shown, never obeyed. May hold several lines. */
  text(text: string): void;
  /** One workflow command, already escaped, without line end. */
  command(text: string): void;
}

const fences = new WeakMap<(text: string) => void, Fence>();

/**
 * Guards a stream that a runner parses. Lines of children are put between `::stop-commands::<token>` and `::<token>::`:
 * the runner then obeys nothing but the token, 128 random bits that no child can know. The fence goes up with the first
 * line of a child, and comes down when a child ends or one of our own commands must get through; so it never stays up
 * on an error path, and children that run at the same time cannot open each other's.
 * One `write` function has one fence, whoever asks for it: pass the same function everywhere.
 */
export function fence(write: (text: string) => void): Fence {
  const known = fences.get(write);
  if (known !== undefined) return known;
  const made = makeFence(write);
  fences.set(write, made);
  return made;
}

function makeFence(write: (text: string) => void): Fence {
  let token: string | null = null;
  const close = (): void => {
    if (token === null) return;
    write(`::${token}::\n`);
    token = null;
  };
  return {
    line(text) {
      if (token === null) {
        token = randomToken();
        write(`::stop-commands::${token}\n`);
      }
      write(`${hideBrackets(text)}\n`);
    },
    end: close,
    text: (text) => write(`${neutralise(text)}\n`),
    command(text) {
      close();
      write(`${text}\n`);
    },
  };
}

/**
 * The same text, so changed that a runner finds no command in it: `::` at the start of a line becomes `: :`, and `##[`,
 * which is obeyed anywhere in a line, becomes `## [`. The runner ends lines at CR, LF and CRLF and ignores white space
 * before `::`; all line ends come out as LF.
 */
export function neutralise(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => hideBrackets(line).replace(/^([\s\u0085\u180e]*):(?=:)/, "$1: "))
    .join("\n");
}

function hideBrackets(line: string): string {
  return line.replaceAll("##[", "## [");
}

function randomToken(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("hex");
}

/** Where the lines of a child go in a given log. A log without a fence gets them neutralised: it may end up in a runner too. */
export function childOutputOf(log: Log): ChildOutput {
  if (isFenced(log)) return log.childOutput;
  return { line: (text) => log.info(neutralise(text)), end: () => {} };
}

function isFenced(log: Log): log is FencedLog {
  return "childOutput" in log;
}
