import type { HostedRunner, TargetRow } from "../types.ts";
import type { Processor } from "./processor.ts";
import { type ProcessorWord, processors } from "./processors.ts";

/** What differs between the Linux targets of one processor and cannot be derived from its names. */
interface LinuxNames {
  /** The ends of Rust's and Zig's names, where they are not `gnu` and `musl`. */
  readonly rustEnd?: { readonly gnu: string; readonly musl: string };
  readonly zigEnd?: { readonly gnu: string; readonly musl: string };
  /** napi-rs: `undefined` means Node's name with `gnu` or `musl`. */
  readonly napi?: { readonly gnu: string | null; readonly musl: string | null };
  /** The glibc versions of wheel tags, oldest first: from the images that the Python packaging authority offers. */
  readonly manylinux?: readonly string[];
  readonly glibcFloor?: string;
  readonly homebrew?: readonly string[];
  readonly raspbian?: string;
  readonly hosted: HostedRunner;
  readonly musl: boolean;
  readonly tested: boolean;
}

const x64Native: HostedRunner = { label: "ubuntu-24.04", os: "linux", arch: "x64", native: true };
const x64Foreign: HostedRunner = { ...x64Native, native: false };
const arm64Native: HostedRunner = {
  label: "ubuntu-24.04-arm",
  os: "linux",
  arch: "arm64",
  native: true,
};
/** 32-bit code runs there only on some processors and kernels: whoever needs it must try. */
const arm64Foreign: HostedRunner = { ...arm64Native, native: false };
const hardFloat = { gnu: "gnueabihf", musl: "musleabihf" };
const softFloat = { gnu: "gnueabi", musl: "musleabi" };
const hardFloatNapi = { gnu: "linux-arm-gnueabihf", musl: "linux-arm-musleabihf" };
const old = ["2014", "_2_28"];

const names: readonly (readonly [ProcessorWord, LinuxNames])[] = [
  [
    "x64",
    { hosted: x64Native, musl: true, tested: true, manylinux: old, homebrew: ["x86_64_linux"] },
  ],
  // Runs on x64 kernels with IA32 emulation; no 32-bit runner exists.
  ["ia32", { hosted: x64Native, musl: true, tested: true, manylinux: old }],
  [
    "arm64",
    { hosted: arm64Native, musl: true, tested: true, manylinux: old, homebrew: ["arm64_linux"] },
  ],
  [
    "armv7",
    {
      hosted: arm64Foreign,
      musl: true,
      tested: true,
      manylinux: ["_2_31", "_2_35"],
      rustEnd: hardFloat,
      zigEnd: hardFloat,
      napi: hardFloatNapi,
    },
  ],
  [
    "armv6",
    {
      hosted: arm64Foreign,
      musl: true,
      tested: false,
      rustEnd: hardFloat,
      zigEnd: hardFloat,
      napi: hardFloatNapi,
      raspbian: "armhf",
    },
  ],
  [
    "armv5",
    {
      hosted: x64Foreign,
      musl: true,
      tested: false,
      rustEnd: softFloat,
      zigEnd: softFloat,
      napi: { gnu: null, musl: null },
    },
  ],
  ["ppc64le", { hosted: x64Foreign, musl: true, tested: true, manylinux: old }],
  [
    "s390x",
    {
      hosted: x64Foreign,
      musl: true,
      tested: true,
      manylinux: old,
      napi: { gnu: "linux-s390x-gnu", musl: null },
    },
  ],
  [
    "riscv64",
    { hosted: x64Foreign, musl: true, tested: true, manylinux: ["_2_39"], glibcFloor: "2.27" },
  ],
  ["loong64", { hosted: x64Foreign, musl: true, tested: false, glibcFloor: "2.36" }],
  [
    "mips64le",
    {
      hosted: x64Foreign,
      musl: true,
      tested: false,
      rustEnd: { gnu: "gnuabi64", musl: "muslabi64" },
      zigEnd: { gnu: "gnuabi64", musl: "musl" },
      napi: { gnu: null, musl: null },
    },
  ],
  [
    "mipsle",
    {
      hosted: x64Foreign,
      musl: false,
      tested: false,
      zigEnd: hardFloat,
      napi: { gnu: null, musl: null },
    },
  ],
  ["ppc64", { hosted: x64Foreign, musl: false, tested: false, napi: { gnu: null, musl: null } }],
];

export const linuxRows: readonly TargetRow[] = names.flatMap(([word, special]) =>
  (special.musl ? (["gnu", "musl"] as const) : (["gnu"] as const)).map((abi) =>
    linuxRow(processors[word], abi, special),
  ),
);

function linuxRow(processor: Processor, abi: "gnu" | "musl", special: LinuxNames): TargetRow {
  const glibc = abi === "gnu";
  const { word, node, wheel } = processor;
  const libc = glibc ? "glibc" : "musl";
  const napi = special.napi === undefined ? `linux-${node}-${abi}` : special.napi[abi];
  const manylinux = (special.manylinux ?? []).map((version) => `manylinux${version}_${wheel}`);
  const musllinux = wheel === null ? [] : [`musllinux_1_2_${wheel}`];
  const wheelFamily = glibc ? "manylinux" : "musllinux";
  return {
    id: `linux-${word}-${abi}`,
    os: "linux",
    arch: processor.arch,
    armVersion: processor.armVersion,
    bits: processor.bits,
    endian: processor.endian,
    libc,
    abi,
    rust: `${processor.rust}-unknown-linux-${special.rustEnd?.[abi] ?? abi}`,
    rustAliases: [],
    rustRelated: [],
    go: { GOOS: "linux", ...processor.go },
    docker: `linux/${processor.docker}`,
    node: { platform: "linux", arch: node },
    npm: { os: ["linux"], cpu: [node], libc: [libc] },
    napi,
    wheelTags: glibc ? manylinux : musllinux,
    cibuildwheel: wheel === null ? null : `${wheelFamily}_${wheel}`,
    debian: glibc ? processor.debian : null,
    raspbian: glibc ? (special.raspbian ?? null) : null,
    alpine: glibc ? null : processor.alpine,
    rpm: glibc ? processor.rpm : null,
    uname: processor.uname[0],
    unameMachines: processor.uname,
    unameId: `linux-${processor.unameWord}-${abi}`,
    zig: `${processor.zig}-linux-${special.zigEnd?.[abi] ?? abi}`,
    qemu: processor.qemu,
    homebrew: glibc ? (special.homebrew ?? []) : [],
    kalam: `linux-${kalamWord(processor)}${glibc ? "" : "-musl"}`,
    hosted: special.hosted,
    glibcFloor: glibc ? (special.glibcFloor ?? "2.17") : null,
    tier: special.tested ? "tested" : "data",
  };
}

/** That style writes MIPS as GNU does, with `el`. */
function kalamWord(processor: Processor): string {
  return processor.arch.startsWith("mips") ? processor.arch : processor.unameWord;
}
