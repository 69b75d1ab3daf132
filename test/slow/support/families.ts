import type { Facts } from "@multiarch/contracts";

/** One platform of a tool: where its publisher has it on npm and on PyPI, and what we make of the former. */
export interface Platform {
  /** npm package with the executables. */
  readonly npm: string;
  /** What we read from the bytes. */
  readonly target: string;
  /** Platform tags of the publisher's wheel for it, as its file name has them; absent: there is none for these bytes. */
  readonly theirs?: string;
  /** Tags of our wheel where they differ, and why: what `bytes` says of each executable is read from them. */
  readonly ours?: string;
  readonly because?: string;
  readonly bytes?: Partial<Facts>;
  /** The wheel holds another build than the npm package. */
  readonly otherBuild?: true;
}

/** A tool that is published on npm and on PyPI, by its own authors. */
export interface Family {
  readonly name: string;
  /** Of both, where both have it. */
  readonly version: string;
  /** Project on PyPI. */
  readonly project: string;
  readonly commands: readonly string[];
  /** What every command answers to `--version`. */
  readonly answer: RegExp;
  readonly platforms: readonly Platform[];
}

const linux = (processor: string): string =>
  ["manylinux2014", "manylinux_2_17", "musllinux_1_1", "musllinux_1_2"]
    .map((family) => `${family}_${processor}`)
    .join(".");
const isStatic = "it is static, so it serves every glibc and musl";
const sorted =
  "the specification asks for sorted tags, and a static program serves musl 1.1 as well";

export const families: readonly Family[] = [
  {
    name: "lefthook",
    version: "2.2.2",
    project: "lefthook",
    commands: ["lefthook"],
    answer: /^lefthook version 2\.2\.2/m,
    platforms: [
      {
        npm: "lefthook-linux-x64",
        target: "linux-x64",
        theirs: "manylinux_2_17_x86_64",
        ours: linux("x86_64"),
        because: isStatic,
        bytes: { static: true },
      },
      {
        npm: "lefthook-linux-arm64",
        target: "linux-arm64",
        theirs: "manylinux_2_17_aarch64",
        ours: linux("aarch64"),
        because: isStatic,
        bytes: { static: true },
      },
      {
        npm: "lefthook-darwin-x64",
        target: "darwin-x64",
        theirs: "macosx_10_15_x86_64",
        ours: "macosx_13_0_x86_64",
        because: "its load command names 13.0 as the oldest macOS",
        bytes: { minos: "13.0" },
      },
      {
        npm: "lefthook-darwin-arm64",
        target: "darwin-arm64",
        theirs: "macosx_11_0_arm64",
        ours: "macosx_13_0_arm64",
        because: "its load command names 13.0 as the oldest macOS",
        bytes: { minos: "13.0" },
      },
      { npm: "lefthook-windows-x64", target: "windows-x64", theirs: "win_amd64" },
      { npm: "lefthook-windows-arm64", target: "windows-arm64", theirs: "win_arm64" },
    ],
  },
  {
    name: "sentry-cli",
    version: "3.8.0",
    project: "sentry-cli",
    commands: ["sentry-cli"],
    answer: /^sentry-cli 3\.8\.0$/m,
    platforms: [
      ...(
        [
          ["x64", "linux-x64", "x86_64"],
          ["arm64", "linux-arm64", "aarch64"],
          ["i686", "linux-ia32", "i686"],
          ["arm", "linux-armv7", "armv7l"],
        ] as const
      ).map(([suffix, target, tag]) => ({
        npm: `@sentry/cli-linux-${suffix}`,
        target,
        theirs: `manylinux_2_17_${tag}.manylinux2014_${tag}.musllinux_1_2_${tag}`,
        ours: linux(tag),
        because: sorted,
        bytes: { static: true },
      })),
      {
        npm: "@sentry/cli-darwin",
        target: "darwin-universal",
        theirs: "macosx_11_0_universal2",
        ours: "macosx_10_12_universal2.macosx_10_12_x86_64.macosx_11_0_arm64",
        because: "its half for x86_64 starts on 10.12 already",
        bytes: { format: "macho", minos: null },
      },
      { npm: "@sentry/cli-win32-x64", target: "windows-x64", theirs: "win_amd64" },
      { npm: "@sentry/cli-win32-i686", target: "windows-ia32", theirs: "win32" },
      { npm: "@sentry/cli-win32-arm64", target: "windows-arm64", theirs: "win_arm64" },
    ],
  },
  {
    name: "ast-grep",
    version: "0.51.1",
    project: "ast-grep-cli",
    commands: ["ast-grep", "sg"],
    answer: /^ast-grep 0\.51\.1$/m,
    platforms: [
      {
        npm: "@ast-grep/cli-linux-x64-gnu",
        target: "linux-x64-gnu",
        theirs: "manylinux_2_28_x86_64",
        ours: "manylinux_2_34_x86_64",
        because: "the build for npm needs glibc 2.34, that for PyPI 2.28",
        bytes: { glibcMin: "2.34" },
        otherBuild: true,
      },
      {
        npm: "@ast-grep/cli-linux-arm64-gnu",
        target: "linux-arm64-gnu",
        theirs: "manylinux_2_28_aarch64",
        ours: "manylinux_2_18_aarch64",
        because: "the build for npm needs glibc 2.18, that for PyPI 2.28",
        bytes: { libc: "glibc" },
        otherBuild: true,
      },
      {
        npm: "@ast-grep/cli-darwin-x64",
        target: "darwin-x64",
        theirs: "macosx_10_12_x86_64",
        otherBuild: true,
      },
      {
        npm: "@ast-grep/cli-darwin-arm64",
        target: "darwin-arm64",
        theirs: "macosx_10_12_universal2.macosx_10_12_x86_64.macosx_11_0_arm64",
        ours: "macosx_11_0_arm64",
        because: "on npm it is for one processor, on PyPI for two",
        bytes: { arch: "arm64", minos: "11.0" },
        otherBuild: true,
      },
      {
        npm: "@ast-grep/cli-win32-x64-msvc",
        target: "windows-x64",
        theirs: "win_amd64",
        otherBuild: true,
      },
      {
        npm: "@ast-grep/cli-win32-ia32-msvc",
        target: "windows-ia32",
        theirs: "win32",
        otherBuild: true,
      },
      {
        npm: "@ast-grep/cli-win32-arm64-msvc",
        target: "windows-arm64",
        theirs: "win_arm64",
        otherBuild: true,
      },
    ],
  },
  {
    name: "jscpd",
    version: "5.3.2",
    project: "jscpd",
    commands: ["jscpd"],
    answer: /5\.3\.2/,
    platforms: [
      { npm: "jscpd-linux-x64-gnu", target: "linux-x64-gnu", theirs: "manylinux_2_34_x86_64" },
      { npm: "jscpd-linux-arm64-gnu", target: "linux-arm64-gnu", theirs: "manylinux_2_34_aarch64" },
      {
        npm: "jscpd-linux-x64-musl",
        target: "linux-x64-musl",
        theirs: "musllinux_1_2_x86_64",
        ours: linux("x86_64"),
        because: isStatic,
        bytes: { static: true },
      },
      {
        npm: "jscpd-linux-arm64-musl",
        target: "linux-arm64-musl",
        theirs: "musllinux_1_2_aarch64",
        ours: linux("aarch64"),
        because: isStatic,
        bytes: { static: true },
      },
      { npm: "jscpd-darwin-x64", target: "darwin-x64", theirs: "macosx_10_12_x86_64" },
      { npm: "jscpd-darwin-arm64", target: "darwin-arm64", theirs: "macosx_11_0_arm64" },
      { npm: "jscpd-windows-x64-msvc", target: "windows-x64", theirs: "win_amd64" },
      { npm: "jscpd-windows-arm64-msvc", target: "windows-arm64", theirs: "win_arm64" },
    ],
  },
];
