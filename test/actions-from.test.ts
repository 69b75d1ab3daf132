import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { programFor } from "./support/binaries.ts";
import { type EndedStep, type Job, runStep } from "./support/step.ts";
import { put, temporaryFolder, tree } from "./support/temporary.ts";

const targets = ["linux-x64", "darwin-arm64", "windows-x64"];
const said = { name: "tool", "package-version": "1.2.3", "install-test": "false" };

/** A run whose earlier jobs stored a program each. */
async function job(): Promise<Job> {
  const folder = await temporaryFolder();
  for (const id of targets) {
    await put(join(folder, "store", `bin-${id}`), { "some/program": programFor(id) });
  }
  await put(join(folder, "workspace"), { "notes.txt": "none\n" });
  return { workspace: join(folder, "workspace"), store: join(folder, "store") };
}

describe("merge of files that other jobs built", () => {
  let where: Job;
  let merged: EndedStep;

  beforeAll(async () => {
    where = await job();
    merged = await runStep("merge", { ...said, pattern: "bin-*" }, where);
  });

  test("makes and stores a release, without a plan", async () => {
    expect([merged.code, merged.errors]).toEqual([0, []]);
    expect(merged.outputs).toMatchObject({
      version: "1.2.3",
      missing: "[]",
      publish: "false",
      "npm-artifact": "multiarch-npm",
      "wheels-artifact": "multiarch-wheels",
      "archives-artifact": "multiarch-archives",
      release: expect.stringMatching(/^multiarch-release@sha256:[0-9a-f]{64}$/),
    });
    const stored = Object.keys(await tree(where.store));
    expect(stored).toEqual(expect.arrayContaining(["multiarch-npm/tool-1.2.3.tgz"]));
  });

  test("says in the summary what each file was taken for, and that nobody asked for these", () => {
    expect(merged.summary).toContain("Nothing says which targets to expect");
    for (const id of targets) {
      expect(merged.summary).toMatch(new RegExp(`${id}.*bin-${id} › some/program`));
    }
  });

  test("takes no release of its own for files, when it runs again", async () => {
    const again = await runStep("merge", { ...said, pattern: "*" }, where);
    expect([again.code, again.errors]).toEqual([0, []]);
    expect(again.outputs.release).toBe(merged.outputs.release);
  });
});

describe("the wrong inputs", () => {
  test.each([
    [{}, "MA004 the inputs plan and from are missing"],
    [{ plan: "x@sha256:1", from: "dist" }, "MA003 the input from does not go with plan"],
    [{ plan: "x@sha256:1", name: "tool" }, "MA003 the input name does not go with plan"],
    [{ from: "dist", "npm-layout": "flat" }, "MA003 the input npm-layout has a value"],
    [{ ...said, from: "bim-*" }, "MA730"],
    [{ ...said, pattern: "bin-*", targets: "linux-x64" }, "MA738"],
  ])("%j: %s", async (inputs, error) => {
    const { code, errors } = await runStep("merge", inputs, await job());
    expect([code, errors.join("\n")]).toEqual([1, expect.stringContaining(error)]);
  });
});

test("a tag that differs from the version given is not to be published", async () => {
  const env = {
    GITHUB_EVENT_NAME: "push",
    GITHUB_REF: "refs/tags/v1.2.4",
    GITHUB_SHA: "0123456789012345678901234567890123456789",
    GITHUB_REPOSITORY: "me/tool",
  };
  const inputs = { ...said, pattern: "bin-*" };
  const other = await runStep("merge", inputs, { ...(await job()), env });
  expect(other.outputs.publish).toBe("false");
  const same = { ...env, GITHUB_REF: "refs/tags/v1.2.3" };
  const right = await runStep("merge", inputs, { ...(await job()), env: same });
  expect([right.errors, right.outputs.publish]).toEqual([[], "true"]);
});
