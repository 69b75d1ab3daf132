import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "@multiarch/diagnostics";
import { errorCode } from "./files.ts";

/** A name in the kernel's table of sockets that are no files. Other users' jobs must meet at it too, so nothing private is part of it. */
const prefix = "\0multiarch-emulation";

export interface LockOptions {
  /** Milliseconds. */
  readonly waitMs: number;
  readonly now: () => number;
}

/**
 * Lets one process at a time do its work, on this machine (Linux). The lock is a socket's name that only one process can have and
 * that the kernel takes back when the process is gone, however it ended: a killed job can never leave it behind, as it could a file.
 * It holds among processes of one network namespace.
 * @throws UserError MA461 when it is not free in time
 */
export async function withLock<Result>(
  name: string,
  { waitMs, now }: LockOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const { createServer } = await import("node:net");
  const end = now() + waitMs;
  for (;;) {
    const server = createServer((socket) => socket.destroy());
    const taken = await new Promise<boolean>((resolve, reject) => {
      server.once("error", (error) =>
        errorCode(error) === "EADDRINUSE" ? resolve(false) : reject(error),
      );
      server.listen({ path: `${prefix}-${name}` }, () => resolve(true));
    });
    if (taken) {
      try {
        return await work();
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    }
    if (now() >= end) {
      throw new UserError("MA461", {
        what: `the lock for emulators (${name}) is not free`,
        expected: `free within ${waitMs / 1000} s`,
        found: "another process has it",
      });
    }
    await sleep(5 + Math.random() * 20);
  }
}
