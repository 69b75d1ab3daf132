import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Leg } from "@multiarch/contracts";
import { fences } from "../support/markdown.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { bareMachine } from "./support/bare-machine.ts";
import { full, root } from "./support/components.ts";
import { readRelease } from "./support/product.ts";
import { succeed } from "./support/run.ts";

let clone: string;
let machine: string;

/** HEAD, not what lies about in the working folder; under a name that no build has seen. */
beforeEach(async () => {
  const folder = await temporaryFolder();
  clone = join(folder, "somebody's clone");
  machine = join(folder, "machine");
  await succeed("git", ["clone", "--quiet", "--no-local", root, clone], { cwd: folder });
});

/** The commands of the clone's own README, in their order. */
function commands(): string[] {
  return fences(readFileSync(join(clone, "README.md"), "utf8"))
    .filter(({ language }) => language === "sh")
    .map(({ text }) => text.trim());
}

const names = (kind: string): string[] => readdirSync(join(clone, "release", kind)).sort();

function checkSums(): void {
  const folder = join(clone, "release/archives");
  const lines = readFileSync(join(folder, "SHA256SUMS"), "utf8").trimEnd().split("\n");
  const archives = names("archives").filter((name) => name !== "SHA256SUMS");
  expect(lines).toEqual(
    archives.map((name) => {
      const bytes = readFileSync(join(folder, name));
      return `${createHash("sha256").update(bytes).digest("hex")}  ${name}`;
    }),
  );
  expect(archives).toHaveLength(10);
}

describe.each(full ? ([20, 24] as const) : ([20] as const))(
  "a machine with only Node %d",
  (node) => {
    test("releases the example for ten targets by the README's first command", async () => {
      const { shell, withoutGo } = bareMachine(node, machine);
      const [command = ""] = commands();
      const { code, output } = await shell(command, clone);
      expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
      checkSums();
      expect(names("npm")).toHaveLength(11);
      expect(names("wheels")).toHaveLength(10);
      const { installs, missing, packages } = readRelease(join(clone, "release"));
      expect(missing).toEqual([]);
      expect(packages).toHaveLength(10 + 10 + 11 + 1);
      expect(installs).toContainEqual(expect.objectContaining({ manager: "npm", status: "ok" }));
      expect(readdirSync(join(clone, "release")).sort()).toEqual([
        "archives",
        "legs",
        "npm",
        "plan.json",
        "release.json",
        "wheels",
      ]);
      const leg = JSON.parse(
        readFileSync(join(clone, "release/legs/linux-x64/leg.json"), "utf8"),
      ) as Leg;
      const [go] = leg.toolchain;
      expect(go?.from).toMatch(withoutGo ? /^(?:module proxy|download)$/ : /^path$/);
      // Nothing lies beside the release, in the clone or elsewhere in it.
      const status = await succeed("git", ["status", "--porcelain", "--ignored"], { cwd: clone });
      expect(status.trim().split("\n")).toEqual(["!! release/"]);
    });

    if (full) {
      test("passes the tests by the second", async () => {
        const { code, output } = await bareMachine(node, machine).shell(commands()[1] ?? "", clone);
        expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
        const lock = readFileSync(join(clone, "package-lock.json"), "utf8");
        expect(lock).not.toMatch(/"resolved": "https?:/);
        const status = await succeed("git", ["status", "--porcelain"], { cwd: clone });
        expect(status).toBe("");
      });
    }
  },
);
