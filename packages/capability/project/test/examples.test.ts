import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../src/config/load-config.ts";
import { temporary } from "./temporary.ts";

/** The examples of the documentation: each must load, and mean what it says. */
const examples: readonly [string, string, Record<string, unknown>][] = [
  ["a Go command line tool, no key at all", "", {}],
  [
    "cargo to npm and PyPI",
    `
npm: { scope: "@cribo" }
wheel: true
targets: [linux-x64-musl, linux-arm64-musl, darwin-x64, darwin-arm64, windows-x64, windows-arm64]
`,
    { npm: { scope: "@cribo" }, wheel: true },
  ],
  [
    "two products",
    `
packages: [{ name: kalam-cli, bins: [kalam] }, { name: kalamdb-server, bins: [kalamdb] }]
archive: { name: "{package}-v{version}-{os}-{uname}", include: [LICENSE, README.md] }
`,
    { archive: { name: "{package}-v{version}-{os}-{uname}", include: ["LICENSE", "README.md"] } },
  ],
  [
    "an addon with its JavaScript half",
    `
builder: cargo
npm: { addon: index, scope: "@me" }
targets: [{ id: linux-x64-gnu, glibc: "2.17" }, linux-x64-musl, darwin-arm64, windows-x64-msvc, { id: any, build: { command: [npm, run, build] } }]
`,
    {
      targets: [
        { id: "linux-x64-gnu", glibc: "2.17" },
        { id: "linux-x64-musl" },
        { id: "darwin-arm64" },
        { id: "windows-x64-msvc" },
        { id: "any", build: { command: ["npm", "run", "build"] } },
      ],
    },
  ],
  [
    "an image",
    `
image: { name: ghcr.io/me/app, tags: ["{version}", latest], context: ., cache: "type=registry,ref=ghcr.io/me/app:cache-{target}" }
targets: [linux-x64, linux-arm64, { id: linux-riscv64, optional: true, timeout: 90 }]
`,
    {
      image: {
        name: "ghcr.io/me/app",
        tags: ["{version}", "latest"],
        context: ".",
        cache: "type=registry,ref=ghcr.io/me/app:cache-{target}",
      },
    },
  ],
  [
    "nuitka",
    `
builder: nuitka
build: { entry: chatrixcd/main.py, lto: true, jobs: auto, args: [--enable-plugin=anti-bloat], cache-paths: [.ccache] }
targets: [linux-x64-musl, linux-ia32-musl, { id: linux-arm64-musl, build: { lto: false } }]
smoke: [--version]
bench: { command: [./bench.sh], metric: ops }
`,
    { smoke: ["--version"], bench: { command: ["./bench.sh"], metric: "ops" } },
  ],
  [
    "nuitka by docker",
    "builder: docker\ndocker: { export: true, stage: export }\n",
    { builder: "docker", docker: { export: true, stage: "export" } },
  ],
  [
    "matrices by event",
    `
matrix:
  test:
    target: [linux-x64, linux-arm64]
    python-version: ["3.11", "3.12", "3.13"]
    rules: [{ when: { event: pull_request }, python-version: ["3.12"] }]
rules: [{ when: { event: pull_request }, targets: [linux-x64, linux-arm64] }]
`,
    {
      matrix: {
        test: {
          target: ["linux-x64", "linux-arm64"],
          "python-version": ["3.11", "3.12", "3.13"],
          rules: [{ when: { event: ["pull_request"] }, "python-version": ["3.12"] }],
        },
      },
      rules: [
        {
          when: { event: ["pull_request"] },
          targets: [{ id: "linux-x64" }, { id: "linux-arm64" }],
        },
      ],
    },
  ],
  [
    "runners of one's own",
    `
runners:
  linux-arm64: [{ runs-on: [self-hosted, arm64, dgx], when: idle }, { runs-on: my-arc-set, when: always, only: push }, ubuntu-24.04-arm]
  linux-riscv64: [{ runs-on: { group: rise }, when: online }, { emulate: true }]
`,
    {
      runners: {
        "linux-arm64": [
          { "runs-on": ["self-hosted", "arm64", "dgx"], when: "idle" },
          { "runs-on": "my-arc-set", when: "always", only: ["push"] },
          "ubuntu-24.04-arm",
        ],
        "linux-riscv64": [{ "runs-on": { group: "rise" }, when: "online" }, { emulate: true }],
      },
    },
  ],
  [
    "files that are already built",
    'builder: prebuilt\nprebuilt: { files: "out/{rust}/mytool{exe}" }\n',
    { builder: "prebuilt", prebuilt: { files: ["out/{rust}/mytool{exe}"] } },
  ],
  [
    "what a build may do besides",
    `
build: { before: [[npm, ci], [npm, run, ui]], strip: true, transform: [[upx, "{file}"]], env: { RUSTFLAGS: "-Ctarget-cpu=x86-64-v2", CGO_ENABLED: 0 } }
sign: { command: [./sign.sh], secret-env: [CERT], environment: signing }
release: { draft: false, prerelease: auto, notes: changelog }
`,
    {
      build: {
        before: [
          ["npm", "ci"],
          ["npm", "run", "ui"],
        ],
        strip: true,
        transform: [["upx", "{file}"]],
        env: { RUSTFLAGS: "-Ctarget-cpu=x86-64-v2", CGO_ENABLED: "0" },
      },
      sign: { command: ["./sign.sh"], "secret-env": ["CERT"], environment: "signing" },
      release: { draft: false, prerelease: "auto", notes: "changelog" },
    },
  ],
];

describe("the examples of the documentation", () => {
  test.each(examples)("%s", async (_name, text, expected) => {
    const { config } = await loadConfig(await temporary({ "multiarch.yml": text }));
    expect(config).toMatchObject(expected);
  });
});
