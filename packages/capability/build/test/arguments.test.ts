import { describe, expect, test } from "@jest/globals";
import type { BuildContext, BuildSettings } from "../src/builder.ts";
import { cargoArguments, executables, stripVariable } from "../src/builders/cargo.ts";
import { goArguments } from "../src/builders/go.ts";
import { buildSettings } from "../src/settings.ts";

const defaults = buildSettings({});

test("settings that nobody made", () => {
  expect(defaults).toEqual({
    command: [],
    args: [],
    before: [],
    env: {},
    strip: true,
    transform: [],
    profile: null,
    features: [],
    ldflags: [],
    jobs: null,
  });
});

test("one text is one word, and words are text", () => {
  const settings = buildSettings({
    ldflags: "-X main.version={version}",
    args: ["-v", 1],
    jobs: "auto",
    strip: false,
    env: { LEVEL: 3 },
    before: [["npm", "ci"], ["make"]],
  });
  expect(settings).toMatchObject({
    ldflags: ["-X main.version={version}"],
    args: ["-v", "1"],
    jobs: null,
    strip: false,
    env: { LEVEL: "3" },
    before: [["npm", "ci"], ["make"]],
  });
  expect(buildSettings({ jobs: 4 }).jobs).toBe(4);
});

describe("go build", () => {
  const project = { version: "1.2.3" } as BuildContext["project"];
  const args = (settings: Partial<BuildSettings>, main = "cmd/tool"): string =>
    goArguments({ settings: { ...defaults, ...settings }, project }, "out/tool", main).join(" ");

  test.each([
    ["stripped", {}, "-ldflags -s -w -buildid="],
    ["not stripped", { strip: false }, "-ldflags -buildid="],
    ["flags", { ldflags: ["-X main.v={version}"] }, "-ldflags -s -w -buildid= -X main.v=1.2.3"],
  ])("%s", (_what, settings, expected) => {
    expect(args(settings)).toBe(
      `build -trimpath -buildvcs=false ${expected} -o out/tool ./cmd/tool`,
    );
  });

  test("jobs, tags and arguments of the user", () => {
    expect(args({ jobs: 2, features: ["sqlite", "netgo"], args: ["-mod=vendor"] })).toBe(
      "build -trimpath -buildvcs=false -p 2 -tags sqlite,netgo -ldflags -s -w -buildid= -mod=vendor -o out/tool ./cmd/tool",
    );
  });

  test("the module's own folder", () => {
    expect(args({}, ".").endsWith(" -o out/tool .")).toBe(true);
  });
});

describe("cargo build", () => {
  const context = (
    settings: Partial<BuildSettings>,
    row: { tool: "host" | "cross"; glibc: string | null },
  ) => ({
    settings: { ...defaults, ...settings },
    row: row as BuildContext["row"],
    packages: [{ name: "tool", bins: ["tool", "helper"], outputs: {} }],
    project: {
      manifestDetails: {
        kind: "cargo",
        workspaceRoot: "/w",
        packages: [
          { name: "tool-cli", manifestPath: "/w/cli/Cargo.toml", bins: ["tool", "helper"] },
          { name: "other", manifestPath: "/w/other/Cargo.toml", bins: ["other"] },
        ],
      },
    } as unknown as BuildContext["project"],
  });
  const args = (
    settings: Partial<BuildSettings>,
    row: { tool: "host" | "cross"; glibc: string | null },
    triple: string,
    locked = false,
  ): string => cargoArguments(context(settings, row), triple, locked).join(" ");
  const own = "--message-format json-render-diagnostics --package tool-cli --bin tool --bin helper";

  test("with the machine's own linker", () => {
    expect(args({}, { tool: "host", glibc: null }, "aarch64-apple-darwin")).toBe(
      `build --release --target aarch64-apple-darwin ${own}`,
    );
  });

  test("through zig, with the floor behind the target", () => {
    expect(args({}, { tool: "cross", glibc: "2.17" }, "x86_64-unknown-linux-gnu", true)).toBe(
      `zigbuild --release --locked --target x86_64-unknown-linux-gnu.2.17 ${own}`,
    );
    expect(args({}, { tool: "cross", glibc: null }, "x86_64-unknown-linux-musl")).toBe(
      `zigbuild --release --target x86_64-unknown-linux-musl ${own}`,
    );
    // A floor means nothing to the machine's own linker.
    expect(args({}, { tool: "host", glibc: "2.17" }, "x86_64-unknown-linux-gnu")).toContain(
      "--target x86_64-unknown-linux-gnu --",
    );
  });

  test("profile, features, jobs and arguments of the user", () => {
    const settings = { profile: "dist", features: ["a", "b"], jobs: 3, args: ["--no-default"] };
    expect(args(settings, { tool: "host", glibc: null }, "t")).toBe(
      `build --profile dist --target t ${own} --features a,b --jobs 3 --no-default`,
    );
  });

  test.each([
    [null, "CARGO_PROFILE_RELEASE_STRIP"],
    ["dist", "CARGO_PROFILE_DIST_STRIP"],
    ["release-small", "CARGO_PROFILE_RELEASE_SMALL_STRIP"],
  ])("strips the profile %s by its own variable", (profile, variable) => {
    expect(stripVariable(profile)).toBe(variable);
  });

  test("finds what cargo made among its messages", () => {
    const artifact = (name: string, executable: string | null) =>
      JSON.stringify({ reason: "compiler-artifact", target: { name }, executable });
    const messages = [
      artifact("library", null),
      JSON.stringify({ reason: "build-script-executed" }),
      "   Compiling tool v1.2.3",
      artifact("tool", "/w/target/tool"),
      JSON.stringify({ reason: "build-finished", success: true }),
      "",
    ].join("\n");
    expect([...executables(messages)]).toEqual([["tool", "/w/target/tool"]]);
  });
});
