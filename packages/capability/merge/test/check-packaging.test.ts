import { expect, test } from "@jest/globals";
import type { Plan } from "@multiarch/contracts";
import { checkPackaging } from "@multiarch/merge";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { userError } from "../../../../test/support/temporary.ts";

async function check(
  { target = "linux-x64", ...config }: Record<string, unknown> & { target?: string },
  files: Record<string, string> = {},
): Promise<void> {
  const project = await load(await prebuiltProject({ targets: [target], config, files }));
  const identity = { ...project, repositoryId: null };
  const packages = project.packages.map(({ name, bins, outputs }) => ({
    name,
    bins: [...bins],
    outputs: { ...outputs },
  }));
  const row = { id: target, target } as Plan["rows"][number];
  checkPackaging({ packages, project: identity, rows: [row] });
}

test.each([
  ["archives take any semantic version", { version: "1.2.3-nightly.7+build" }],
  ["npm takes any prerelease", { version: "1.2.3-nightly.7", npm: true }],
  ["Python takes those that it knows", { version: "1.2.3-rc.1", wheel: true }],
  ["a development version is refused by publishing only", { version: "0.0.0-dev.0", wheel: true }],
])("%s", async (_what, config) => {
  await expect(check(config)).resolves.toBeUndefined();
});

test.each([
  ["MA802", "npm drops build metadata (+build)", { version: "1.2.3+build", npm: true }],
  ["MA821", 'not "nightly.7"', { version: "1.2.3-nightly.7", wheel: true }],
  ["MA801", "a module of Node has this name", { npm: { main: "http" } }],
  ["MA823", "cannot be the name of a wheel", { name: "tool_", wheel: true }],
])("%s: %s", async (id, text, config) => {
  const error = await userError(check(config));
  expect(error.id).toBe(id);
  expect(error.message).toContain(text);
});

test("what npm could not name or load is refused before anything is built", async () => {
  const named = await userError(check({ target: "linux-s390x-musl", npm: { names: "napi" } }));
  expect(named.message).toContain("MA804 napi-rs has no name for packages of linux-s390x-musl");
  const manifest = JSON.stringify({ name: "tool", main: "dist/gone.js" });
  const loaded = await userError(check({ npm: true }, { "package.json": manifest }));
  expect(loaded.message).toContain("MA807 main of package.json names dist/gone.js");
});
