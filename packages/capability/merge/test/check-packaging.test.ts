import { expect, test } from "@jest/globals";
import { checkPackaging } from "@multiarch/merge";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { userError } from "../../../../test/support/temporary.ts";

async function check(config: Record<string, unknown>): Promise<void> {
  const project = await load(await prebuiltProject({ targets: ["linux-x64"], config }));
  const identity = { ...project, repositoryId: null };
  const packages = project.packages.map(({ name, bins, outputs }) => ({
    name,
    bins: [...bins],
    outputs: { ...outputs },
  }));
  checkPackaging({ packages, project: identity });
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
