import type { SmokeResult } from "@multiarch/contracts";
import type { RunResult } from "@multiarch/process";

type Judgement = Pick<SmokeResult, "status" | "why">;

/** Windows ends what cannot go on with a status from here on: 0xC0000135 is a missing library. */
const firstWindowsFailure = 0xc0000000;
/** What a shell and a C library's loader return when a program cannot be executed or a library is missing. */
const loaderExits: ReadonlySet<number> = new Set([126, 127]);
const qemuExit = 255;

/** What the loaders write when they give up, although some of them return 1 as a program would. */
const loaderComplaints: readonly RegExp[] = [
  /version [`'"]?(?:GLIBC|GLIBCXX|CXXABI)_[\w.]+'? not found/,
  /error while loading shared libraries/i,
  /Error relocating .*: symbol not found/,
  /symbol lookup error/,
  /dyld(?:\[\d+\])?: (?:Library not loaded|Symbol not found)/,
  /CPU ISA level is lower than required/,
];
const qemuComplaint = /^qemu[\w-]*: |: Could not open '/m;

/** Whether a program ran, judged by how it ended. */
export function judge(result: RunResult, timeoutMs: number): Judgement {
  const { code, signal, stderr, timedOut, aborted } = result;
  if (timedOut) return failed(`did not end within ${timeoutMs / 1000} s`);
  if (aborted) return failed("was stopped from outside");
  if (signal !== null) return failed(`ended by ${signal}${saying(stderr)}`);
  if (code === 0) return { status: "ok", why: null };
  if (code === null) return failed("ended without an exit code");
  if (code >= firstWindowsFailure) {
    return failed(`ended by Windows with 0x${code.toString(16).toUpperCase()}${saying(stderr)}`);
  }
  const complaint = loaderComplaints.some((pattern) => pattern.test(stderr));
  const emulator = code === qemuExit && qemuComplaint.test(stderr);
  if (complaint || emulator || loaderExits.has(code)) {
    return failed(`could not be loaded, exit ${code}${saying(stderr)}`);
  }
  return { status: "started", why: `exit ${code}${saying(stderr)}` };
}

function failed(why: string): Judgement {
  return { status: "failed", why };
}

/** The last line that the program wrote about it, cut to what fits a table. */
function saying(stderr: string): string {
  const last = stderr
    .split(/\r?\n/)
    .map((line) => line.trim())
    .findLast((line) => line !== "");
  return last === undefined ? "" : `: ${last.slice(0, 200)}`;
}
