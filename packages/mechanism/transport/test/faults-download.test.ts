import { chmod, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import {
  type Fault,
  type PlannedFault,
  troubles,
} from "../../../../test/services/artifact-service.ts";
import type { Limits, StoredItem } from "../src/index.ts";
import {
  type Bed,
  bed,
  contentsOf,
  files,
  folderWith,
  temporaryFolder,
  userErrorOf,
} from "./support.ts";

async function stored(
  limits: Partial<Limits> = {},
): Promise<{ here: Bed; item: StoredItem; parent: string; out: string }> {
  const here = await bed({}, { limits });
  const item = await here.transport.put("leg", await folderWith(files));
  here.pauses.length = 0;
  const parent = await temporaryFolder();
  return { here, item, parent, out: join(parent, "out") };
}

const steps = ["ListArtifacts", "GetSignedArtifactURL", "GetBlob"] as const;
const passing: [string, Fault][] = [
  ["a reset", { kind: "reset" }],
  ["headers that never come", { kind: "stall-headers" }],
  ["a body that is cut", { kind: "cut", bytes: 20 }],
  ["a body that stalls", { kind: "stall-body", bytes: 20 }],
  ["a body that is short", { kind: "short", bytes: 20 }],
  ["status 502 with a web page", troubles.badGateway],
  ["status 429", troubles.tooMany("2")],
];
const cells = steps.flatMap((step) =>
  passing.map(([title, fault]) => [step, title, fault] as const),
);

describe("a download", () => {
  test.each(cells)("%s: %s, at first", async (call, _title, fault) => {
    const { here, item, out } = await stored();
    // A body that is short by its own account is not told from another blob: it has one more attempt.
    const rare = fault.kind.startsWith("stall") || (fault.kind === "short" && call === "GetBlob");
    const nth = rare ? [1] : [1, 2];
    here.service.plan([{ call, fault, nth }]);
    expect(await here.transport.get(item, out)).toEqual(Object.keys(files).sort());
    expect(await contentsOf(out)).toEqual(files);
    expect(await readdir(here.temporary)).toEqual([]);
    expect(here.pauses).toHaveLength(nth.length);
  });

  test.each(cells)("%s: %s, every time", async (call, _title, fault) => {
    const { here, item, parent, out } = await stored({ attempts: 2 });
    here.service.plan([{ call, fault }]);
    const error = await userErrorOf(here.transport.get(item, out));
    expect(error.id).toBe(fault.kind === "short" && call === "GetBlob" ? "MA543" : "MA547");
    expect(error.message).toContain(call);
    expect(await readdir(parent)).toEqual([]);
    expect(await readdir(here.temporary)).toEqual([]);
  });

  test("one flipped byte, once: again", async () => {
    const { here, item, out } = await stored();
    here.service.plan([{ call: "GetBlob", fault: { kind: "flip", offset: 60 }, nth: [1] }]);
    await here.transport.get(item, out);
    expect(await contentsOf(out)).toEqual(files);
  });

  test("one flipped byte, always: an error, and nothing on disk", async () => {
    const { here, item, parent, out } = await stored();
    here.service.plan([{ call: "GetBlob", fault: { kind: "flip", offset: 60 } }]);
    for (const digest of [item.digest, null]) {
      const error = await userErrorOf(here.transport.get({ ...item, digest }, out));
      expect(error.id).toBe("MA543");
      expect(error.message).toContain('"leg"');
    }
    expect(await readdir(parent)).toEqual([]);
    expect(await readdir(here.temporary)).toEqual([]);
  });

  test.each([
    { "content-type": "application/octet-stream" },
    { "content-type": "text/html" },
    { "content-disposition": 'attachment; filename="../../evil.zip"' },
    { "content-disposition": "attachment; filename*=UTF-8''%2e%2e%2Fevil" },
  ])("the bytes decide, not the headers: %j", async (headers) => {
    const { here, item, out } = await stored();
    here.service.plan([{ call: "GetBlob", fault: { kind: "headers", headers } }]);
    await here.transport.get(item, out);
    expect(await contentsOf(out)).toEqual(files);
  });

  // The client sleeps for five seconds before it shows, by asking again, that it could not save what came.
  test("a file that cannot be saved is no fault of the service", async () => {
    const { here, item, parent, out } = await stored();
    const headers = { "content-disposition": 'attachment; filename=".."' };
    here.service.plan([{ call: "GetBlob", fault: { kind: "headers", headers } }]);
    const error = await userErrorOf(here.transport.get(item, out));
    expect(error.message).toContain("could not be saved");
    expect(here.service.count("GetBlob")).toBe(1);
    expect(await readdir(parent)).toEqual([]);
  }, 30_000);

  test("a download address that was refused is asked for anew", async () => {
    const { here, item, out } = await stored();
    const fault = troubles.status(403, "AuthenticationFailed");
    here.service.plan([{ call: "GetBlob", fault, nth: [1] }]);
    await here.transport.get(item, out);
    expect(here.service.count("GetSignedArtifactURL")).toBe(2);
  });

  const gone: [PlannedFault["call"], number][] = [
    ["GetSignedArtifactURL", 404],
    ["GetBlob", 404],
  ];
  test.each(gone)("%s: status %i means that it is gone", async (call, status) => {
    const { here, item, out } = await stored();
    here.service.plan([{ call, fault: troubles.status(status, "gone") }]);
    expect((await userErrorOf(here.transport.get(item, out))).id).toBe("MA542");
  });
});

describe("an artifact that somebody changed", () => {
  test("other bytes", async () => {
    const { here, item, parent, out } = await stored();
    here.service.mutate("leg", { content: (content) => Buffer.concat([content, content]) });
    expect((await userErrorOf(here.transport.get(item, out))).id).toBe("MA543");
    expect(await readdir(parent)).toEqual([]);
  });

  test("other bytes with a digest of their own: what the caller knows counts", async () => {
    const { here, item, out } = await stored();
    const other = await here.transport.put("other", await folderWith({ evil: "1" }));
    const [, evil] = here.service.artifacts();
    here.service.mutate("leg", {
      content: () => Buffer.from(evil?.content ?? []),
      digest: `sha256:${other.digest}`,
    });
    expect((await userErrorOf(here.transport.get(item, out))).id).toBe("MA543");
  });

  test("a service without digests is not trusted", async () => {
    const { here, item, out } = await stored();
    here.service.mutate("leg", { digest: null });
    const error = await userErrorOf(here.transport.get({ ...item, digest: null }, out));
    expect(error.id).toBe("MA546");
    expect(error.message).toContain("MULTIARCH_TRANSPORT=directory:");
  });

  test("a removed one", async () => {
    const { here, item, out } = await stored();
    here.service.mutate("leg", { remove: true });
    expect((await userErrorOf(here.transport.get(item, out))).id).toBe("MA542");
  });

  test("one of another run is neither listed nor given out", async () => {
    const { here, item, out } = await stored();
    here.service.mutate("leg", { run: "another" });
    expect(await here.transport.list("")).toEqual([]);
    expect((await userErrorOf(here.transport.get(item, out))).id).toBe("MA542");
  });
});

test("modes survive the way there and back", async () => {
  const here = await bed();
  const folder = await folderWith(files);
  await chmod(join(folder, "bin/tool"), 0o755);
  const item = await here.transport.put("leg", folder);
  const out = join(await temporaryFolder(), "out");
  await here.transport.get(item, out);
  if (process.platform !== "win32") {
    expect((await stat(join(out, "bin/tool"))).mode & 0o777).toBe(0o755);
    expect((await stat(join(out, "leg.json"))).mode & 0o777).toBe(0o644);
  }
});
