import { describe, expect, test } from "@jest/globals";
import type { HostFacts } from "@multiarch/host";
import { prebuiltProject } from "../../../test/support/project.ts";
import { temporaryFolder } from "../../../test/support/temporary.ts";
import { diagnose, type Surroundings } from "../src/diagnose.ts";
import { document, run } from "./session.ts";

const host = {
  os: "linux",
  arch: "x64",
  machineArch: "x64",
  userlandArch: "x64",
  libc: "glibc",
  glibcVersion: "2.39",
  cpuLevel: "x86-64-v3",
  emulated: false,
  container: false,
} as HostFacts;
const bare: Surroundings = {
  host,
  proofs: [{ arch: "x64", how: "native", command: null }],
  programs: {
    "apt-get": "/usr/bin/apt-get",
    git: "/usr/bin/git",
    cargo: null,
    go: null,
    npm: null,
    python3: null,
    docker: null,
  },
  unreachable: null,
};

describe("a diagnosis", () => {
  test("names what is missing, and one command that adds it", () => {
    const { findings, command } = diagnose(bare);
    expect(findings.filter(({ state }) => state === "missing").map(({ what }) => what)).toEqual([
      "emulators",
      "go",
      "cargo",
      "npm",
      "python3",
      "docker",
    ]);
    expect(command).toBe("sudo apt-get install -y qemu-user-static cargo python3-venv docker.io");
  });

  test("offers no command that the machine does not have", () => {
    expect(
      diagnose({ ...bare, programs: { ...bare.programs, "apt-get": null } }).command,
    ).toBeNull();
  });

  test("says how each architecture is run", () => {
    const proofs = [
      ...bare.proofs,
      { arch: "arm64", how: "emulated", command: "/usr/bin/qemu-aarch64" },
      { arch: "s390x", how: "emulated", command: null },
    ] as const;
    const runs = diagnose({ ...bare, proofs }).findings.find(({ what }) => what === "runs");
    expect(runs?.detail).toBe("x64, arm64 (by /usr/bin/qemu-aarch64), s390x (emulated)");
  });

  test("tells a machine apart from its programs and from this process", () => {
    const odd = {
      ...host,
      arch: "arm64",
      machineArch: "x64",
      userlandArch: "ia32",
      emulated: true,
      container: true,
    };
    const machine = diagnose({ ...bare, host: odd as HostFacts }).findings[0];
    expect(machine?.detail).toBe(
      "linux arm64, glibc 2.39, x86-64-v3, on a machine for x64, programs for ia32, this process is emulated, in a container",
    );
  });
});

describe("doctor", () => {
  test("looks at the machine where there is no project", async () => {
    const { code, stdout } = await run(["doctor"], await temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ machine +\S+ \S+/);
    expect(stdout).toMatch(/^✓ runs +\S/m);
  });

  test("looks at the targets of a project, and prints one document when asked", async () => {
    const root = await prebuiltProject({ targets: ["linux-x64"] });
    const found = document(await run(["doctor", root, "--json"], root)) as { unreachable: unknown };
    expect(found.unreachable).toEqual([]);
  });

  test("fails for a folder that is named and is no project", async () => {
    const { code, messages } = await run(["doctor", "nowhere"], await temporaryFolder());
    expect(code).toBe(1);
    expect(messages).toContain("MA130");
  });
});
