import { expect, test } from "@jest/globals";
import { engineArguments, engineImage, engineIsElsewhere } from "../src/engine.ts";
import { parseOrigin, pinnedImage } from "../src/sources/reference.ts";

test.each([
  ["linux", undefined, false],
  ["linux", "unix:///run/user/1000/docker.sock", false],
  ["linux", "tcp://10.0.0.5:2376", true],
  ["linux", "ssh://me@builder", true],
  ["darwin", undefined, true],
  ["win32", "npipe:////./pipe/docker_engine", true],
])("on %s with DOCKER_HOST %s the engine is elsewhere: %s", (platform, host, answer) => {
  expect(engineIsElsewhere(platform, { DOCKER_HOST: host })).toBe(answer);
});

test("the image is run by digest, without a network, and leaves no container", () => {
  expect(engineArguments(engineImage(null), ["--install", "arm64,riscv64"])).toEqual([
    ...["run", "--rm", "--privileged", "--network", "none", "--pull", "missing"],
    ...[pinnedImage.text, "--install", "arm64,riscv64"],
  ]);
  expect(pinnedImage.text).toMatch(/@sha256:[0-9a-f]{64}$/);
});

test("only an image can be run there", () => {
  const digest = "0".repeat(64);
  const image = parseOrigin(`ghcr.io/me/binfmt:v1@sha256:${digest}`);
  expect(engineImage(image)).toBe(`ghcr.io/me/binfmt@sha256:${digest}`);
  expect(engineImage(parseOrigin("tonistiigi/binfmt:latest"))).toBe(pinnedImage.text);
  expect(() => engineImage(parseOrigin("/opt/qemu"))).toThrow(/MA460/);
});
