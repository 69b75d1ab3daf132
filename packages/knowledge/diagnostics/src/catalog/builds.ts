import type { CatalogPart } from "./entry.ts";

/** Toolchains, processes, build: mechanism/process, capability/toolchains, build, smoke, host. */
export const builds = {
  MA301: {
    title: "A builder is not in this version",
    fix: "set builder to one that is, or build by command or prebuilt",
  },
  MA302: {
    title: "Cargo is not installed",
    fix: "install Rust with rustup, and run again",
  },
  MA303: {
    title: "Cargo made no executable of that name",
    fix: "name the project's own binaries in bins",
  },
  MA304: {
    title: "A Rust standard library is not installed",
    fix: "run rustup target add for this target",
  },
  MA305: {
    title: "The prebuilt builder has no file template",
    fix: "set prebuilt.files in multiarch.yml",
  },
  MA306: {
    title: "A prebuilt file is missing or not the only one",
    fix: "put exactly one file where prebuilt.files points",
  },
  MA307: {
    title: "The command builder has no command",
    fix: "set build.command in multiarch.yml",
  },
  MA308: {
    title: "The build command left no executable",
    fix: "let the command write its result to {out}, or MULTIARCH_OUT",
  },
  MA309: {
    title: "A file of a package tree cannot be part of a wheel",
    fix: "rename the file, or replace the link by what it points to",
  },
  MA310: {
    title: "A built file does not run",
    fix: "mend the program, or set smoke to arguments that it knows",
  },
  MA311: {
    title: "A built file is not what its target asks for",
    fix: "mend the build of this target; see the rule in docs/checks.md",
  },
  MA312: {
    title: "A matrix row is not in the plan",
    fix: "build from the matrix output of the same run",
  },
  MA313: {
    title: "The checkout is at another commit than the plan",
    fix: "check out the same commit in every job",
  },
  MA314: {
    title: "The configuration differs from the planned one",
    fix: "check out the same commit in every job, and do not edit multiarch.yml in between",
  },
  MA315: {
    title: "A row was routed to the wrong machine",
    fix: "let the build job run on matrix.runs_on",
  },
  MA316: {
    title: "A row was not built",
    fix: "mend what the message says; the leg that was stored says the same",
  },
  MA317: {
    title: "What this machine is cannot be found out",
    fix: "leave strict off, or name the target yourself",
  },
  MA350: {
    title: "No Go that fits can be had",
    fix: "install Go (on PATH), or set GOPROXY or MULTIARCH_GO_SOURCE to a place that has it",
  },
  MA351: {
    title: "A fetched Go is not the one that is known",
    fix: "do not use that place; if it recurs with another one, report it",
  },
  MA352: {
    title: "A tool gets no place in the tool cache",
    fix: "empty the tool cache and run again",
  },
  MA353: {
    title: "The project's Go version cannot be read",
    fix: "correct the go or toolchain line of go.mod",
  },
  MA354: {
    title: "A fetched tool comes in another layout",
    fix: "use another source for the tool, and report this",
  },
  MA355: {
    title: "The address of Go's archives is not usable",
    fix: "correct MULTIARCH_GO_SOURCE",
  },
  MA356: {
    title: "cargo-zigbuild and zig cannot be had",
    fix: "install both (pip install cargo-zigbuild ziglang), or a Python with pip",
  },
  MA357: {
    title: "The package index has other files than the known ones",
    fix: "do not use that index; if it recurs with another one, report it",
  },
  MA380: {
    title: "A program was not found",
    fix: "install it, or add its folder to PATH",
  },
  MA381: {
    title: "A program cannot be started",
    fix: "see that the file is a program for this machine and that we may execute it",
  },
  MA382: {
    title: "A command failed",
    fix: "mend what its last lines say; --verbose shows them all",
  },
  MA383: {
    title: "A command took too long",
    fix: "raise the time limit, or see what the command waits for",
  },
  MA384: {
    title: "An argument cannot be passed to a Windows command script",
    fix: "avoid the character, or call the program behind the script",
  },
  MA385: {
    title: "A command was interrupted",
    fix: "run again",
  },
} as const satisfies CatalogPart;
