import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { silentLog } from "@multiarch/diagnostics";
import { chooseTransport } from "../src/index.ts";
import { folderWith, service, temporaryFolder, userErrorOf } from "./support.ts";

test("directory:PATH is a folder", async () => {
  const root = await temporaryFolder();
  const transport = await chooseTransport({ MULTIARCH_TRANSPORT: `directory:${root}` }, silentLog);
  expect(transport.kind).toBe("directory");
  await transport.put("leg", await folderWith({ a: "1" }));
  const again = await chooseTransport({ MULTIARCH_TRANSPORT: `directory:${root}` }, silentLog);
  expect(await again.list("")).toHaveLength(1);
});

test("a path may hold colons and spaces", async () => {
  const root = await mkdtemp(join(tmpdir(), "multiarch test "));
  const path = process.platform === "win32" ? root : join(root, "a:b");
  const transport = await chooseTransport({ MULTIARCH_TRANSPORT: `directory:${path}` }, silentLog);
  const item = await transport.put("leg", await folderWith({ a: "1" }));
  expect(item.name).toBe("leg");
  await rm(root, { recursive: true });
});

test.each(["", undefined, "actions"])("%j is the artifact service", async (value) => {
  const here = await service();
  const env = { ...here.environment(), MULTIARCH_TRANSPORT: value };
  expect((await chooseTransport(env, silentLog)).kind).toBe("actions");
});

test("without either there is an error that names the way out", async () => {
  const error = await userErrorOf(chooseTransport({}, silentLog));
  expect(error.id).toBe("MA546");
  expect(error.message).toContain("MULTIARCH_TRANSPORT=directory:PATH");
});

test.each(["directory:", "directory", "folder:/tmp", "/tmp", "directory:a\0b", " directory:x"])(
  "%j is refused",
  async (value) => {
    const error = await userErrorOf(chooseTransport({ MULTIARCH_TRANSPORT: value }, silentLog));
    expect(error.id).toBe("MA550");
  },
);
