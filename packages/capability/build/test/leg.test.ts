import { describe, expect, test } from "@jest/globals";
import { buildLeg } from "@multiarch/build";
import { detectHost, ownTarget } from "@multiarch/host";
import { linuxProgram } from "../../../../test/support/binaries.ts";
import type { Behaviour } from "../../../../test/support/machine-code.ts";
import { load, prebuiltProject } from "../../../../test/support/project.ts";
import { recordingLog } from "../../../../test/support/recording-log.ts";
import { put, temporaryFolder, tree } from "../../../../test/support/temporary.ts";
import { buildRow } from "./built.ts";

describe("what a leg says of its run", () => {
  test("where it ran, with what, and how long each phase took", async () => {
    let clock = 0;
    const phases: string[] = [];
    const { leg } = await buildRow(await prebuiltProject({ targets: ["linux-x64"] }), "linux-x64", {
      now: () => {
        clock += 5;
        return clock;
      },
      onPhase: (phase) => phases.push(phase),
      label: "ubuntu-24.04",
      run: { id: "77", attempt: 2, checkRunId: "5", nonce: "bbbbbb" },
    });
    const host = await detectHost(process.env);
    expect(leg).toMatchObject({
      schema: "multiarch.leg/1",
      run: { id: "77", attempt: 2, checkRunId: "5", nonce: "bbbbbb" },
      host: { os: host.os, arch: host.arch, label: "ubuntu-24.04" },
      cpu: "native",
      image: null,
      parent: null,
      checks: [],
    });
    expect(leg.timings).toEqual(phases.map((phase) => ({ phase, ms: 5 })));
    expect(phases).toEqual(["compile", "read", "smoke"]);
  });

  test("the folder of an earlier try is emptied first", async () => {
    const root = await prebuiltProject({ targets: ["linux-x64"] });
    const folder = await temporaryFolder();
    await put(folder, { "files/tool/old": "old", "leg.json": "old" });
    const { leg } = await buildRow(root, "linux-x64", { folder });
    expect(leg.error).toBeNull();
    expect(Object.keys(await tree(folder)).sort()).toEqual(["files/tool/tool", "leg.json"]);
  });

  test("what must hold beforehand becomes the leg's own error", async () => {
    const log = recordingLog();
    const { leg } = await buildRow(await prebuiltProject({ targets: ["linux-x64"] }), "linux-x64", {
      log,
      preflight: () => {
        throw new TypeError("a mistake of ours");
      },
    });
    expect(leg.error).toEqual({ code: "internal", phase: "prepare", text: "a mistake of ours" });
    expect(log.lines[0]).toBe("error: a mistake of ours");
    // Our own mistakes are shown with their stack.
    expect(log.lines[1]).toContain("leg.test.ts");
  });

  test("a builder of a later version", async () => {
    const root = await prebuiltProject({ targets: ["linux-x64"] });
    const { plan, leg, folder } = await buildRow(root, "linux-x64");
    const [row] = plan.rows;
    if (row === undefined) throw new Error("no row");
    const later = await buildLeg({
      plan,
      row: { ...row, builder: "nuitka" },
      project: await load(root),
      host: await detectHost(process.env),
      folder,
      environment: process.env,
      toolCache: folder,
      run: leg.run,
      label: null,
      log: recordingLog(),
      now: () => 0,
    });
    expect(later.error).toMatchObject({ code: "MA301" });
    expect(later.error?.text).toContain("the builder nuitka is not in this version");
  });
});

describe("whether it runs", () => {
  /** Our hand-made programs run on Linux; elsewhere the smoke test must say that it could not try. */
  async function smoke(behaviour: Partial<Behaviour>, config: Record<string, unknown> = {}) {
    const host = await detectHost(process.env);
    const native = host.os === "linux" && (host.arch === "x64" || host.arch === "arm64");
    const target = native ? ownTarget(host) : "linux-x64";
    const program = linuxProgram(host.arch === "arm64" && native ? "arm64" : "x64", behaviour);
    const root = await prebuiltProject({
      targets: [target],
      config: { smoke: ["--version"], ...config },
      programs: { [target]: program },
    });
    return { native, ...(await buildRow(root, target, native ? {} : { host: noEmulator(host) })) };
  }
  const noEmulator = (host: Awaited<ReturnType<typeof detectHost>>) => ({
    ...host,
    emulators: {},
    registered: [],
  });

  test("a program that ends well", async () => {
    const { leg, native } = await smoke({});
    const expected = native
      ? { where: "native", status: "ok", exit: 0, why: null }
      : { where: "none", status: "not-run" };
    expect(leg.error).toBeNull();
    expect(leg.smoke).toMatchObject([{ file: "tool", argv: ["--version"], ...expected }]);
  });

  test("a program that returns an error of its own has started", async () => {
    const { leg, native } = await smoke({ exit: 2 });
    expect(leg.error).toBeNull();
    expect(leg.smoke[0]?.status).toBe(native ? "started" : "not-run");
  });

  test("a program that cannot be loaded fails the leg", async () => {
    const { leg, native, folder } = await smoke({ exit: 127 });
    expect(leg.smoke[0]?.status).toBe(native ? "failed" : "not-run");
    expect(leg.result).toBe(native ? "failed" : "ok");
    expect(leg.error?.code ?? "MA310").toBe("MA310");
    expect(leg.error?.phase ?? "smoke").toBe("smoke");
    const left = native ? ["leg.json"] : ["files/tool/tool", "leg.json"];
    expect(Object.keys(await tree(folder)).sort()).toEqual(left);
  });

  test("the project may not want it", async () => {
    const { leg } = await smoke({ exit: 127 }, { smoke: false });
    expect(leg.error).toBeNull();
    expect(leg.smoke).toMatchObject([
      { status: "not-run", why: "smoke is false in the configuration" },
    ]);
  });
});
