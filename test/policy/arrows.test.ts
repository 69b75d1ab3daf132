import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { projectFiles, root } from "./tree.ts";

/** Rooms of each layer in the order of the flow. A room imports from layers below, and from rooms before it in its own layer. */
const layers = {
  knowledge: ["diagnostics", "patterns", "contracts", "targets", "binary"],
  mechanism: ["process", "archive", "download", "github", "transport"],
  capability: [
    "host",
    "project",
    "toolchains",
    "emulation",
    "buildx",
    "runners",
    "routing",
    "plan",
    "contents",
    "check",
    "smoke",
    "build",
    "packaging",
    "npm",
    "wheel",
    "verify",
    "merge",
    "gate",
    "report",
  ],
  face: ["cli", "actions"],
} as const;

const order = Object.values(layers).flat() as string[];
const layerNames = Object.keys(layers);

interface Import {
  readonly file: string;
  readonly room: string;
  readonly specifier: string;
}

function roomOf(file: string): string | undefined {
  const parts = file.split("/");
  if (parts[0] === "actions") return "actions";
  if (parts[1] === "cli") return "cli";
  return parts[2];
}

function readImports(): Import[] {
  const sources = [...projectFiles("packages", ".ts"), ...projectFiles("actions", ".ts")];
  return sources
    .filter((file) => file.includes("/src/") || file.startsWith("actions/"))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const pattern = /(?:from|import)\s*\(?\s*"([^"]+)"/g;
      const room = roomOf(file) ?? "";
      return [...text.matchAll(pattern)].map((match) => ({
        file,
        room,
        specifier: match[1] ?? "",
      }));
    });
}

describe("imports", () => {
  const imports = readImports();

  test("are found at all", () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  test("every room has its place in the order", () => {
    const rooms = new Set(imports.map(({ room }) => room));
    expect([...rooms].filter((room) => !order.includes(room))).toEqual([]);
  });

  test("point downward, or to an earlier room of the same layer", () => {
    const wrong = imports.filter(({ room, specifier }) => {
      const target = /^@multiarch\/(.+)$/.exec(specifier)?.[1];
      return target !== undefined && order.indexOf(target) >= order.indexOf(room);
    });
    expect(wrong).toEqual([]);
  });

  test("take a room by its name, never a file of it", () => {
    const wrong = imports.filter(({ specifier }) => /^@multiarch\/[^/]+\//.test(specifier));
    expect(wrong).toEqual([]);
  });

  test("stay inside the room when relative", () => {
    const wrong = imports.filter(({ file, room, specifier }) => {
      if (!specifier.startsWith(".") || room === "actions") return false;
      const depth = file.split("/src/")[1]?.split("/").length ?? 1;
      return (specifier.match(/\.\.\//g) ?? []).length >= depth;
    });
    expect(wrong).toEqual([]);
  });

  test("knowledge does no input or output", () => {
    const io = /^node:(fs|net|http|https|child_process|os|process|dns|timers)/;
    const wrong = imports.filter(
      ({ file, specifier }) => file.startsWith("packages/knowledge/") && io.test(specifier),
    );
    expect(wrong).toEqual([]);
  });

  test("only the room github and the faces know the runner's variables", () => {
    const readers = projectFiles("packages", ".ts").filter((file) => {
      if (!file.includes("/src/") || file.startsWith("packages/mechanism/github/")) return false;
      return /\["?(GITHUB|INPUT)_[A-Z_]+"?\]|env\.(GITHUB|INPUT)_/.test(
        readFileSync(join(root, file), "utf8"),
      );
    });
    // The transport needs the service's address; the command line accepts the variables of an event.
    const allowed = /^packages\/(mechanism\/transport|cli)\//;
    expect(readers.filter((file) => !allowed.test(file))).toEqual([]);
  });

  test("there are as many layers as folders", () => {
    expect(layerNames).toHaveLength(4);
  });
});

test("entries are short", () => {
  expect(projectFiles("actions", "/main.ts").filter((file) => lineCount(file) > 40)).toEqual([]);
});

test("files have one concern, which fits in 250 lines", () => {
  const sources = [...projectFiles("packages", ".ts"), ...projectFiles("actions", ".ts")];
  const long = sources.filter((file) => !file.includes("/test/") && lineCount(file) > 250);
  expect(long).toEqual([]);
});

function lineCount(file: string): number {
  return readFileSync(join(root, file), "utf8").trimEnd().split("\n").length;
}
