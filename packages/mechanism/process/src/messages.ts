import { existsSync } from "node:fs";
import { UserError } from "@multiarch/diagnostics";
import type { RunOptions, RunResult } from "./types.ts";

/** What to install for a program that is missing, where its name does not say it. */
const advice: Readonly<Record<string, string>> = {
  go: "install Go, or leave the choice of a toolchain to multiarch",
  cargo: "install Rust with rustup",
  rustc: "install Rust with rustup",
  rustup: "install rustup",
  zig: "install Zig, or the Python package ziglang",
  "cargo-zigbuild": "install the Python package or the crate cargo-zigbuild",
  maturin: "install the Python package maturin",
  python3: "install Python 3",
  pip: "install Python 3 with pip",
  uv: "install uv",
  npm: "install Node.js, which brings npm",
  npx: "install Node.js, which brings npx",
  node: "install Node.js",
  bun: "install Bun",
  docker: "install Docker, and start it",
  git: "install Git",
};

export function notFound(command: string, options: RunOptions): UserError {
  const path = Object.entries(options.env).find(([name]) => name.toUpperCase() === "PATH")?.[1];
  const install = advice[command] ?? `install ${command}`;
  return /[\\/]/.test(command)
    ? new UserError("MA380", {
        what: `there is no executable file ${command}`,
        ...(options.cwd === undefined ? {} : { where: options.cwd }),
      })
    : new UserError("MA380", {
        what: `${command} was not found`,
        where: path === undefined || path === "" ? "PATH is empty" : `PATH: ${path}`,
        fix: `${install}; if it is installed, add its folder to PATH`,
      });
}

/** @param cause What Node threw or emitted. */
export function cannotStart(file: string, options: RunOptions, cause: unknown): UserError {
  const folder = options.cwd !== undefined && !existsSync(options.cwd) ? options.cwd : null;
  return new UserError("MA381", {
    what: `${file} cannot be started`,
    found: folder === null ? (cause as Error).message : `no folder ${folder}`,
    cause,
  });
}

/** The error for a run that did not end with 0. */
export function failed(
  what: string,
  command: string,
  options: RunOptions,
  result: RunResult,
): UserError {
  const output = result.tail.length === 0 ? [] : ["last lines of its output:", ...result.tail];
  const found = (how: string): string => [how, ...output].join("\n    ");
  if (result.timedOut) {
    return new UserError("MA383", {
      what: `${what}: ${command} took too long`,
      expected: `an end within ${options.timeoutMs / 1000} s`,
      found: found(`still running, so it was ended with all its descendants`),
    });
  }
  if (result.aborted)
    return new UserError("MA385", { what: `${what}: ${command} was interrupted` });
  const how = result.code === null ? `ended by ${result.signal}` : `exit code ${result.code}`;
  return new UserError("MA382", { what: `${what}: ${command} failed`, found: found(how) });
}
