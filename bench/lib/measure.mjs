import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The shell's own clock counts the child from fork to exit, with every child that it waited for itself: process start and
// end belong to the figure, which a clock inside of the child would miss.
// It shows whole milliseconds, so what takes few of them is repeated within one reading.
const timed = `TIMEFORMAT='%R %U %S'
again() { for ((left = REPEAT; left > 0; left--)); do "$@" || return; done; }
{ time again "$@" >"$OUT" 2>"$ERR"; } 2>"$TIMES"`;

/**
 * Runs a command. `cpu` is user and system time together; both in milliseconds, for one run when it is repeated.
 * @param {readonly string[]} command
 * @param {{cwd?: string, env?: Record<string, string | undefined>, codes?: readonly number[], repeat?: number}} options
 * @returns {Promise<{wall: number, cpu: number, output: string}>}
 */
export async function runOnce(command, { cwd, env = {}, codes = [0], repeat = 1 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "multiarch-bench-time-"));
  const [out, errors, times] = ["out", "err", "times"].map((name) => join(folder, name));
  try {
    const child = spawn("bash", ["-c", timed, "time", ...command], {
      cwd,
      env: {
        ...process.env,
        LC_ALL: "C",
        ...env,
        OUT: out,
        ERR: errors,
        TIMES: times,
        REPEAT: String(repeat),
      },
      stdio: "ignore",
    });
    const code = await new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const output = readFileSync(out, "utf8") + readFileSync(errors, "utf8");
    if (!codes.includes(code)) throw new Error(`${command.join(" ")}: exit ${code}\n${output}`);
    const [wall, user, system] = readFileSync(times, "utf8").trim().split(/\s+/).map(Number);
    const milliseconds = (seconds) => (seconds * 1000) / repeat;
    return { wall: milliseconds(wall), cpu: milliseconds(user + system), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Measures several things in turns, so that what else the machine does meets all of them alike. Every round begins with
 * another one; the medians are returned.
 * @param {Record<string, () => Promise<{wall: number, cpu: number}>>} cases
 * @returns {Promise<Record<string, {wall: number, cpu: number}>>}
 */
export async function inTurns(cases, rounds) {
  const names = Object.keys(cases);
  const found = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < names.length; index++) {
      const name = names[(round + index) % names.length];
      found[name].push(await cases[name]());
    }
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        wall: median(found[name].map(({ wall }) => wall)),
        cpu: median(found[name].map(({ cpu }) => cpu)),
      },
    ]),
  );
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
