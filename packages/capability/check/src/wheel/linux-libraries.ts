import { compareDotted } from "@multiarch/binary";

/** What every system with a manylinux tag has (PEP 600; auditwheel's policies). */
const manylinux: ReadonlySet<string> = new Set(
  `libatomic.so.1 libgcc_s.so.1 libstdc++.so.6 libm.so.6 libanl.so.1 libdl.so.2 librt.so.1 libc.so.6 libnsl.so.1
   libutil.so.1 libpthread.so.0 libresolv.so.2 libX11.so.6 libXext.so.6 libXrender.so.1 libICE.so.6 libSM.so.6 libGL.so.1
   libgobject-2.0.so.0 libgthread-2.0.so.0 libglib-2.0.so.0 libz.so.1`.split(/\s+/),
);

/** Libraries that only newer systems promise. */
const since: Readonly<Record<string, string>> = {
  "libexpat.so.1": "2.12",
  "libmvec.so.1": "2.24",
};

const loader = /^ld(?:-linux|64|\.so|-musl)/;

/** Whether every system that a manylinux tag promises brings a library. `glibc`: the tag's, `2.17`. */
export function manylinuxHas(library: string, glibc: string): boolean {
  const first = since[library];
  if (first !== undefined) return compareDotted(glibc, first) >= 0;
  return manylinux.has(library) || loader.test(library);
}

/** Whether every musl system brings it: musl's loader answers for `libc.so` itself; C++'s libraries are not there. */
export function musllinuxHas(library: string): boolean {
  return /^(?:libc\.musl-.+\.so\.1|libc\.so|libz\.so\.1)$/.test(library) || loader.test(library);
}

const newest = { glibc: "2.41", glibcxx: "3.4.33", cxxabi: "1.3.15" } as const;

/** The newest symbols of GCC's C++ library that each generation of glibc systems has (auditwheel's policies). */
const cxxGenerations: readonly {
  readonly glibc: string;
  readonly glibcxx: string;
  readonly cxxabi: string;
}[] = [
  { glibc: "2.5", glibcxx: "3.4.8", cxxabi: "1.3.1" },
  { glibc: "2.12", glibcxx: "3.4.13", cxxabi: "1.3.3" },
  { glibc: "2.17", glibcxx: "3.4.19", cxxabi: "1.3.7" },
  { glibc: "2.24", glibcxx: "3.4.22", cxxabi: "1.3.10" },
  { glibc: "2.26", glibcxx: "3.4.22", cxxabi: "1.3.11" },
  { glibc: "2.27", glibcxx: "3.4.24", cxxabi: "1.3.11" },
  { glibc: "2.28", glibcxx: "3.4.24", cxxabi: "1.3.11" },
  { glibc: "2.31", glibcxx: "3.4.28", cxxabi: "1.3.12" },
  { glibc: "2.34", glibcxx: "3.4.29", cxxabi: "1.3.13" },
  { glibc: "2.35", glibcxx: "3.4.30", cxxabi: "1.3.13" },
  { glibc: "2.38", glibcxx: "3.4.30", cxxabi: "1.3.13" },
  { glibc: "2.39", glibcxx: "3.4.33", cxxabi: "1.3.15" },
  newest,
];

/**
 * The newest GLIBCXX and CXXABI that systems with a glibc promise. Between two generations the newer one counts: auditwheel
 * has no policy for every glibc and names the next one then.
 */
export function cxxCaps(glibc: string): { readonly glibcxx: string; readonly cxxabi: string } {
  const next = cxxGenerations.find((one) => compareDotted(one.glibc, glibc) >= 0);
  return next ?? newest;
}
