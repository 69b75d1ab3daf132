import type { BuilderName } from "@multiarch/contracts";
import { UserError } from "@multiarch/diagnostics";
import type { Locate } from "./config/issues.ts";
import { prebuiltFiles } from "./config/prebuilt.ts";
import { type CargoProject, readCargoProject } from "./manifest/cargo.ts";
import { type GoProject, readGoProject } from "./manifest/go.ts";
import { laterBuilders } from "./manifest/others.ts";
import type { Config } from "./types.ts";

/** The builder, and the manifest that it builds from. */
export type Detected =
  | { readonly builder: "go"; readonly go: GoProject }
  | { readonly builder: "cargo"; readonly cargo: CargoProject }
  | { readonly builder: "command" | "prebuilt" };

const later: readonly BuilderName[] = ["maturin", "zig", "docker", "nuitka", "bun"];

/**
 * Which builder a project is for: the one the configuration names or implies, else the one whose manifest is there.
 * @throws UserError MA130 nothing fits, MA131 several fit, MA132 fits but cannot be built yet, MA125 contradiction
 */
export async function detectBuilder(
  root: string,
  config: Config,
  locate: Locate,
): Promise<Detected> {
  const named = config.builder ?? "auto";
  checkContradictions(config, locate);
  if (later.some((one) => one === named)) {
    throw new UserError("MA132", {
      what: `this version has no builder ${named} yet`,
      where: locate(["builder"]),
      expected: "go, cargo, command or prebuilt",
      found: named,
    });
  }
  if (named === "prebuilt" || (named === "auto" && config.prebuilt)) return { builder: "prebuilt" };
  refuseAddons(config, locate);
  if (named === "command" || (named === "auto" && config.build?.command)) {
    return { builder: "command" };
  }
  const features = config.build?.features ?? [];
  const go = named === "cargo" ? null : await readGoProject(root);
  const cargo = named === "go" ? null : await readCargoProject(root, features);
  const hasGo = go !== null && go.mains.length > 0;
  const hasCargo = cargo !== null && cargo.candidates.length > 0;
  if (hasGo && hasCargo) {
    throw new UserError("MA131", {
      what: "both Go and Cargo can build this project",
      where: root,
      found: `go.mod with ${go.mains.map(({ name }) => name).join(", ")}; Cargo.toml with ${cargo.candidates.flatMap(({ bins }) => bins).join(", ")}`,
      fix: "write `builder: go` or `builder: cargo` in multiarch.yml",
    });
  }
  if (hasGo) return { builder: "go", go };
  if (hasCargo) return { builder: "cargo", cargo };
  throw await nothingDetected(root, named, go, cargo);
}

function refuseAddons(config: Config, locate: Locate): void {
  const places = [
    { npm: config.npm, path: ["npm", "addon"] },
    ...(config.packages ?? []).map(({ npm }, index) => ({
      npm,
      path: ["packages", index, "npm", "addon"],
    })),
  ];
  const found = places.find(({ npm }) => typeof npm === "object" && npm.addon !== undefined);
  if (found === undefined) return;
  throw new UserError("MA132", {
    what: "this version packages Node addons that are already built, and builds none itself",
    where: locate(found.path),
    fix: "build them first, and name them: prebuilt: {files: out/{id}/{bin}.node}",
  });
}

async function nothingDetected(
  root: string,
  named: string,
  go: GoProject | null,
  cargo: CargoProject | null,
): Promise<UserError> {
  const found = [
    ...(go === null ? [] : ["go.mod, but no package main with a func main"]),
    ...(cargo === null ? [] : ["Cargo.toml, but no executable (src/main.rs, src/bin or [[bin]])"]),
  ];
  const looked = {
    go: "go.mod and a main package",
    cargo: "Cargo.toml with an executable",
  };
  if (named === "go" || named === "cargo") {
    return new UserError("MA130", {
      what: `builder ${named} finds nothing to build`,
      where: root,
      expected: looked[named],
      found: found.join("; ") || "neither the manifest nor a program",
    });
  }
  const others = await laterBuilders(root);
  if (others.length > 0) {
    return new UserError("MA132", {
      what: `this version cannot build a project of this kind yet: it would take the builder ${others.map(({ builder }) => builder).join(" or ")}`,
      where: root,
      expected: `${looked.go}, or ${looked.cargo}`,
      found: [...found, ...others.map(({ why }) => why)].join("; "),
    });
  }
  return new UserError("MA130", {
    what: "nothing was found that can be built",
    where: root,
    expected: `${looked.go}, or ${looked.cargo}, or the key build.command or prebuilt in multiarch.yml`,
    found: found.join("; ") || "none of them",
  });
}

function checkContradictions(config: Config, locate: Locate): void {
  const named = config.builder ?? "auto";
  const refuse = (key: "prebuilt" | "command", path: string[]): never => {
    throw new UserError("MA125", {
      what:
        named === "auto"
          ? "build.command and prebuilt each name a builder"
          : `${path.join(".")} means nothing to builder ${named}`,
      where: locate(path, true),
      fix: named === "auto" ? "keep one of the two" : `remove it, or write builder: ${key}`,
    });
  };
  const command = config.build?.command !== undefined;
  const prebuilt = config.prebuilt !== undefined;
  if (prebuilt && named !== "prebuilt" && (named !== "auto" || command)) {
    refuse("prebuilt", ["prebuilt"]);
  }
  if (command && named !== "command" && named !== "auto") refuse("command", ["build", "command"]);
  const says = config.prebuilt?.files ?? config.prebuilt?.tree;
  if ((named === "prebuilt" || prebuilt) && says === undefined) {
    throw missing("prebuilt.files", locate);
  }
  checkSdists(config, locate);
  const perTarget = config.targets?.every(({ build }) => build?.command !== undefined) ?? false;
  if (named === "command" && !command && !perTarget) throw missing("build.command", locate);
}

/** An sdist serves no platform of its own: without its row it would be left out without a word. */
function checkSdists(config: Config, locate: Locate): void {
  const [sdist] = prebuiltFiles(config).sdists;
  const { targets } = config;
  if (sdist === undefined || targets === undefined) return;
  if (targets.some(({ id }) => id === "any")) return;
  throw new UserError("MA125", {
    what: `${sdist} belongs to the target any, which targets does not name`,
    where: locate(["targets"], true),
    fix: "add any to targets",
  });
}

function missing(key: string, locate: Locate): UserError {
  return new UserError("MA123", {
    what: `the key ${key} is missing`,
    where: locate(["builder"]),
    expected: "a value: the builder needs it",
    found: "nothing",
  });
}
