import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { detectHost, hostOutputs } from "../src/index.ts";
import { kernel, machine } from "./machines.ts";

describe("outputs of the detect action", () => {
  test("are the ones that its action.yml declares", async () => {
    const file = new URL("../../../../detect/action.yml", import.meta.url);
    const { outputs } = parse(readFileSync(file, "utf8"));
    const made = hostOutputs(await detectHost({}, await machine()), []);
    expect(Object.keys(made).sort()).toEqual(Object.keys(outputs).sort());
  });

  test("are texts; unknown is empty", async () => {
    const host = await detectHost({}, await machine({ platform: "aix", arch: "ppc64" }));
    const proofs = [{ arch: "ppc64le", how: "native", command: null }] as const;
    expect(hostOutputs(host, proofs)).toMatchObject({
      os: "aix",
      target: "",
      libc: "",
      "machine-arch": "",
      emulated: "false",
      "can-execute": '["ppc64le"]',
      "platform-string": "aix ppc64le",
      json: JSON.stringify({ ...host, canExecute: ["ppc64le"], executes: proofs }),
    });
  });

  test("strict names what is unknown", async () => {
    const silent = () => ({ glibcVersion: null, sharedObjects: [] });
    const host = await detectHost({}, await machine({ runtime: silent }));
    expect(() => hostOutputs(host, [], { strict: true })).toThrow(
      /MA317 the architecture of the machine and the C library and the target .* found out/,
    );
    const known = await detectHost({}, await machine({ files: kernel("x86_64") }));
    expect(hostOutputs(known, [], { strict: true }).target).toBe("linux-x64-gnu");
  });
});
