import type { RunnerLabel } from "../types.ts";

const defaults = {
  tier: "standard",
  status: "ga",
  retires: null,
  replacement: null,
  note: null,
} as const;

type Special = Partial<Pick<RunnerLabel, keyof typeof defaults>>;

const ubuntu = (label: string, special: Special = {}): RunnerLabel => ({
  ...defaults,
  label,
  os: "linux",
  arch: label.endsWith("-arm") ? "arm64" : "x64",
  ...special,
});

const windows = (label: string, special: Special = {}): RunnerLabel => ({
  ...defaults,
  label,
  os: "windows",
  arch: label.endsWith("-arm") ? "arm64" : "x64",
  ...special,
});

/** The processor of a Mac does not follow from its label: `macos-15` is Arm, `macos-15-large` Intel. */
const mac = (label: string, arch: "x64" | "arm64", special: Special = {}): RunnerLabel => ({
  ...defaults,
  label,
  os: "darwin",
  arch,
  ...special,
});

const jammy = {
  status: "deprecated",
  retires: "2027-04-17",
  note: "fails on purpose on 2027-03-23, 03-30, 04-06 and 04-13",
} as const;
const sonoma = { status: "retired", retires: "2026-11-02" } as const;
const larger = { tier: "larger" } as const;

/**
 * The labels of machines that GitHub hosts, from the announcements in its runner-images repository as of 2026-11-20.
 * There is no `-latest` label for Arm, nor for Intel Macs. A job with a retired label does not fail, it waits for a day.
 */
export const runnerLabels: readonly RunnerLabel[] = [
  ubuntu("ubuntu-latest", { note: "became 26.04 between 2026-10-19 and 2026-11-19" }),
  ubuntu("ubuntu-26.04"),
  ubuntu("ubuntu-24.04"),
  ubuntu("ubuntu-22.04", { ...jammy, replacement: "ubuntu-24.04" }),
  ubuntu("ubuntu-20.04", {
    status: "retired",
    retires: "2025-04-15",
    replacement: "ubuntu-24.04",
  }),
  ubuntu("ubuntu-slim", {
    note: "an unprivileged container with one processor, no Docker and 15 minutes at most",
  }),
  ubuntu("ubuntu-26.04-arm"),
  ubuntu("ubuntu-24.04-arm"),
  ubuntu("ubuntu-22.04-arm", { ...jammy, replacement: "ubuntu-24.04-arm" }),
  windows("windows-latest", { note: "Server 2025 with Visual Studio 2026" }),
  windows("windows-2025", { note: "with Visual Studio 2026 since 2026-06-15" }),
  windows("windows-2025-vs2026"),
  windows("windows-2022"),
  windows("windows-2019", {
    status: "retired",
    retires: "2025-06-30",
    replacement: "windows-2022",
  }),
  windows("windows-11-arm", { note: "with Visual Studio 2026 since 2026-09-30" }),
  windows("windows-11-vs2026-arm"),
  mac("macos-latest", "arm64", { note: "macOS 26 since 2026-07-15" }),
  mac("macos-26", "arm64"),
  mac("macos-15", "arm64", { note: "deprecated once macOS 27 is generally available" }),
  mac("macos-14", "arm64", { ...sonoma, replacement: "macos-26" }),
  mac("xcode-27", "arm64", { status: "preview", note: "macOS 27; keyed by Xcode" }),
  mac("macos-26-intel", "x64"),
  mac("macos-15-intel", "x64", { retires: "2027-08", replacement: "macos-26-intel" }),
  mac("macos-13", "x64", {
    status: "retired",
    retires: "2025-12-04",
    replacement: "macos-15-intel",
  }),
  mac("macos-12", "x64", {
    status: "retired",
    retires: "2024-12-03",
    replacement: "macos-15-intel",
  }),
  mac("macos-latest-large", "x64", larger),
  mac("macos-latest-xlarge", "arm64", larger),
  mac("macos-26-large", "x64", larger),
  mac("macos-26-xlarge", "arm64", larger),
  mac("macos-15-large", "x64", larger),
  mac("macos-15-xlarge", "arm64", larger),
  mac("macos-14-large", "x64", { ...larger, ...sonoma, replacement: "macos-26-large" }),
  mac("macos-14-xlarge", "arm64", { ...larger, ...sonoma, replacement: "macos-26-xlarge" }),
  mac("xcode-27-xlarge", "arm64", { ...larger, status: "preview" }),
];
