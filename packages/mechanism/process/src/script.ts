import { UserError } from "@multiarch/diagnostics";

/** What cmd.exe acts on even between quotes, or what would end them. There is no way to escape `%`. */
const unsafe = /[%"&|<>^!\r\n]/;

/** True for the files that Windows cannot start by itself, but only through cmd.exe. */
export function isCommandScript(path: string): boolean {
  return /\.(cmd|bat)$/i.test(path);
}

/**
 * The one argument after `cmd.exe /d /s /c` that runs a command script with these arguments.
 * @throws UserError MA384 for an argument, or a path, that cmd.exe would change.
 */
export function scriptCommandLine(script: string, args: readonly string[]): string {
  for (const part of [script, ...args]) {
    const found = unsafe.exec(part)?.[0];
    if (found !== undefined) {
      throw new UserError("MA384", {
        what: `an argument for the Windows command script ${script} holds a character that cmd.exe interprets`,
        found: `${JSON.stringify(found)} in ${JSON.stringify(part)}`,
      });
    }
  }
  return `"${[script, ...args].map(quote).join(" ")}"`;
}

/** A backslash before the closing quote would escape it for the program that the script calls, so it is doubled. */
function quote(part: string): string {
  if (/^[\w./:\\@+-]+$/.test(part)) return part;
  return `"${part.replace(/\\+$/, "$&$&")}"`;
}
