import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { component, full, root } from "./support/components.ts";
import { run } from "./support/run.ts";

// Under user emulation everything that a program asks says what the emulator wants it to say. The kernel below is this machine's.

const command = join(root, "dist/cli/index.js");
/** The newest Node for some processors is older than what we run on, and lacks one function. */
const preload = `file://${join(root, "test/slow/support/old-node.mjs")}`;

interface Emulated {
  readonly name: string;
  /** QEMU's word, and Debian's. */
  readonly qemu: string;
  readonly debian: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const emulated: readonly Emulated[] = [
  {
    name: "arm64",
    qemu: "aarch64",
    debian: "arm64",
    facts: { arch: "arm64", target: "linux-arm64-gnu", dockerPlatform: "linux/arm64" },
  },
  {
    name: "armv7",
    qemu: "arm",
    debian: "armhf",
    facts: {
      arch: "arm",
      armVersion: 7,
      target: "linux-armv7-gnu",
      dockerPlatform: "linux/arm/v7",
    },
  },
  {
    name: "s390x",
    qemu: "s390x",
    debian: "s390x",
    facts: { arch: "s390x", target: "linux-s390x-gnu", dockerPlatform: "linux/s390x" },
  },
];

async function detect(program: string, args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, output } = await run(program, [...args, command, "detect", "--json"], {
    cwd: root,
    env: { NODE_OPTIONS: undefined },
  });
  expect([code, code === 0 ? "" : output]).toEqual([0, ""]);
  return JSON.parse(output);
}

describe("under QEMU", () => {
  test.each(full ? emulated : emulated.slice(0, 1))(
    "$name",
    async ({ name, qemu, debian, facts }) => {
      const emulators = component("cross-qemu.sh", "qemu", qemu);
      const sysroots = component("cross-sysroots.sh", "sysroots", debian);
      const node = join(component("get-foreign-node.sh", "foreign-node"), name, "bin", "node");
      const start = ["-L", join(sysroots, debian), node, "--import", preload];
      const found = await detect(join(emulators, `qemu-${qemu}`), start);
      expect(found).toMatchObject({
        ...facts,
        os: "linux",
        machineArch: "x64",
        userlandArch: "x64",
        emulated: true,
        libc: "glibc",
        glibcVersion: "2.41",
        cpuLevel: null,
      });
      // Its own programs would need the kernel's help to be started: only the machine's own run.
      expect(found.canExecute).toEqual(["x64", "ia32"]);
    },
  );
});

test("in the personality of a 32-bit machine", async () => {
  const found = await detect("setarch", ["i686", process.execPath]);
  expect(found).toMatchObject({
    arch: "x64",
    machineArch: "x64",
    userlandArch: "x64",
    emulated: false,
    target: "linux-x64-gnu",
    canExecute: ["x64", "ia32"],
  });
});

test("natively", async () => {
  const found = await detect(process.execPath, []);
  expect(found).toMatchObject({ os: "linux", arch: "x64", machineArch: "x64", emulated: false });
});
