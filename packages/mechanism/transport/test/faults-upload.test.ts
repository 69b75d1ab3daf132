import { describe, expect, test } from "@jest/globals";
import {
  type Fault,
  type PlannedFault,
  type ServiceOptions,
  troubles,
} from "../../../../test/services/artifact-service.ts";
import { bed, expectStored, files, folderWith, userErrorOf } from "./support.ts";

function always(call: PlannedFault["call"], fault: Fault): ServiceOptions {
  return { faults: [{ call, fault }] };
}

function once(call: PlannedFault["call"], fault: Fault, processed = false): ServiceOptions {
  return { faults: [{ call, fault, nth: [1], processed }] };
}

describe("CreateArtifact", () => {
  const passing: [string, Fault][] = [
    ["a reset before the headers", { kind: "reset" }],
    ["headers that never come", { kind: "stall-headers" }],
    ["status 502 with a web page", troubles.badGateway],
    ["status 503", troubles.status(503, "unavailable")],
    ["status 408", troubles.status(408, "timeout")],
    ["a login page with status 200", troubles.loginPage],
  ];
  test.each(passing)("%s: again, under the same name", async (_title, fault) => {
    const here = await bed(once("CreateArtifact", fault));
    const item = await here.transport.put("leg", await folderWith(files));
    await expectStored(here, item, "leg");
    expect(here.service.count("CreateArtifact")).toBe(2);
    expect(here.pauses).toEqual([1000]);
  });

  test.each(passing)("%s, every time: fails within its attempts", async (_title, fault) => {
    const here = await bed(always("CreateArtifact", fault), { limits: { attempts: 3 } });
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA547");
    expect(error.message).toContain("CreateArtifact");
    expect(error.message).toContain('"leg"');
    expect(here.service.count("CreateArtifact")).toBe(3);
    expect(here.pauses).toEqual([1000, 2000]);
  });

  const lost: [string, Fault][] = [
    ["a body that is cut", { kind: "cut", bytes: 5 }],
    ["a body that stalls", { kind: "stall-body", bytes: 5 }],
    ["a body that is short", { kind: "short", bytes: 5 }],
  ];
  test.each(lost)("%s: the name is taken by then, the next one is used", async (_title, fault) => {
    const here = await bed(once("CreateArtifact", fault));
    const item = await here.transport.put("leg.1", await folderWith(files), {
      nextName: () => "leg.2",
    });
    await expectStored(here, item, "leg.2");
  });

  test.each(lost)("%s: without a next name it fails and says so", async (_title, fault) => {
    const here = await bed(once("CreateArtifact", fault));
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA549");
    expect(error.message).toMatch(/"leg" broke off[\s\S]*CreateArtifact/);
  });

  test("status 429 waits what was asked, not more", async () => {
    const fault = troubles.tooMany("1");
    const here = await bed({ faults: [{ call: "CreateArtifact", fault, nth: [1, 2] }] });
    await here.transport.put("leg", await folderWith(files));
    expect(here.pauses).toEqual([1000, 1000]);
  });

  test("Retry-After may be a date", async () => {
    const now = Date.parse("2026-01-01T00:00:00Z");
    const fault = troubles.tooMany("Thu, 01 Jan 2026 00:00:07 GMT");
    const here = await bed(once("CreateArtifact", fault), { now: () => now });
    await here.transport.put("leg", await folderWith(files));
    expect(here.pauses).toEqual([7000]);
  });

  test("a Retry-After beyond all patience fails at once", async () => {
    const here = await bed(always("CreateArtifact", troubles.tooMany("86400")));
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA547");
    expect(here.pauses).toEqual([]);
  });

  test.each([400, 401, 403, 422])("status %i is final", async (status) => {
    const here = await bed(always("CreateArtifact", troubles.status(status, "not for you")));
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA548");
    expect(error.message).toMatch(new RegExp(`status ${status}: "not for you"`));
    expect(here.service.count("CreateArtifact")).toBe(1);
  });

  test("a full account is final, whatever the status", async () => {
    const fault = troubles.status(429, "create artifact: insufficient usage to proceed");
    const here = await bed(always("CreateArtifact", fault));
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA548");
    expect(error.message).toContain("storage");
    expect(here.pauses).toEqual([]);
  });
});

describe("FinalizeArtifact", () => {
  test("status 500 is left to the client, which asks again", async () => {
    const here = await bed(once("FinalizeArtifact", troubles.status(500, "oops")));
    const item = await here.transport.put("leg", await folderWith(files));
    await expectStored(here, item, "leg");
    expect(here.service.count("CreateArtifact")).toBe(1);
  });

  const lost: [string, Fault][] = [
    ["a reset", { kind: "reset" }],
    ["a body that is cut", { kind: "cut", bytes: 5 }],
    ["a body that stalls", { kind: "stall-body", bytes: 5 }],
    ["headers that never come", { kind: "stall-headers" }],
  ];
  test.each(lost)("%s after the deed: found in the list", async (_title, fault) => {
    const here = await bed(once("FinalizeArtifact", fault, true));
    const item = await here.transport.put("leg", await folderWith(files));
    await expectStored(here, item, "leg");
    expect(here.service.count("CreateArtifact")).toBe(1);
    expect(here.service.count("FinalizeArtifact")).toBe(1);
  });

  const spoilt: [string, Fault][] = [
    ["a reset", { kind: "reset" }],
    ["status 403", troubles.status(403, "forbidden")],
    ["headers that never come", { kind: "stall-headers" }],
  ];
  test.each(spoilt)("%s before the deed: the next name", async (_title, fault) => {
    const here = await bed(once("FinalizeArtifact", fault));
    const item = await here.transport.put("leg.1", await folderWith(files), {
      nextName: () => "leg.2",
    });
    await expectStored(here, item, "leg.2");
    expect(here.log.lines.join("\n")).toMatch(/leg\.1: FinalizeArtifact: .*trying leg\.2/);
  });

  test.each(spoilt)("%s before the deed, without a next name: an error", async (_title, fault) => {
    const here = await bed(once("FinalizeArtifact", fault));
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA549");
    expect(error.message).toContain("FinalizeArtifact");
  });

  test("names are not tried for ever", async () => {
    const here = await bed(always("FinalizeArtifact", troubles.status(403, "forbidden")));
    let number = 1;
    const work = here.transport.put("leg.1", await folderWith(files), {
      nextName: () => `leg.${++number}`,
    });
    expect((await userErrorOf(work)).id).toBe("MA549");
    expect(here.service.count("CreateArtifact")).toBe(4);
  });
});

describe("the blob store", () => {
  const passing: [PlannedFault["call"], string, Fault][] = [
    ["PutBlock", "status 500", troubles.status(500, "oops")],
    ["PutBlock", "a reset", { kind: "reset" }],
    ["PutBlockList", "status 503", troubles.status(503, "busy")],
  ];
  test.each(passing)("%s: %s is left to its client", async (call, _title, fault) => {
    const here = await bed(once(call, fault));
    const item = await here.transport.put("leg", await folderWith(files));
    await expectStored(here, item, "leg");
    expect(here.service.count(call)).toBe(2);
  });

  test.each(["PutBlock", "PutBlockList"] as const)("%s: status 403", async (call) => {
    const here = await bed(once(call, troubles.status(403, "AuthenticationFailed")));
    const item = await here.transport.put("leg.1", await folderWith(files), {
      nextName: () => "leg.2",
    });
    await expectStored(here, item, "leg.2");
  });

  test("an upload address that has expired is named as the cause", async () => {
    const here = await bed({ addressLifetimeMs: 0 });
    const error = await userErrorOf(here.transport.put("leg", await folderWith(files)));
    expect(error.id).toBe("MA549");
    expect(error.message).toMatch(/refused the upload address[\s\S]*AuthenticationFailed/);
  });

  test("a block whose answer never comes", async () => {
    const here = await bed(once("PutBlock", { kind: "stall-headers" }));
    const item = await here.transport.put("leg.1", await folderWith(files), {
      nextName: () => "leg.2",
    });
    await expectStored(here, item, "leg.2");
  });
});
