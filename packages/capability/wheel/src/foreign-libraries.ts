import type { Facts } from "@multiarch/contracts";

/** What every system with a manylinux tag has (PEP 600); the loader is added by its prefix. */
const manylinuxLibraries: ReadonlySet<string> = new Set(
  `libatomic.so.1 libgcc_s.so.1 libstdc++.so.6 libm.so.6 libanl.so.1 libdl.so.2 librt.so.1 libc.so.6 libnsl.so.1
   libutil.so.1 libpthread.so.0 libresolv.so.2 libX11.so.6 libXext.so.6 libXrender.so.1 libICE.so.6 libSM.so.6 libGL.so.1
   libgobject-2.0.so.0 libgthread-2.0.so.0 libglib-2.0.so.0 libz.so.1 libexpat.so.1 libmvec.so.1`.split(
    /\s+/,
  ),
);

/** What every macOS has, and what programs in Swift find there since 10.14.4. */
const ofMacos = /^(?:\/usr\/lib\/|\/System\/Library\/|@rpath\/libswift)/;

/**
 * Needed libraries that a file's tags do not promise, sorted: on some systems it would not start. Of Windows' libraries there is no
 * short list; the rules over wheels have one.
 * @param there patterns with `*` of libraries that whoever installs the wheel has anyhow, as auditwheel's `--exclude` takes them
 */
export function foreignLibraries(facts: Facts, there: readonly string[] = []): string[] {
  const excluded = there.map(
    (pattern) =>
      new RegExp(`^${pattern.replace(/[\\^$.+?()[\]{}|]/g, "\\$&").replaceAll("*", ".*")}$`, "i"),
  );
  return allForeign(facts)
    .filter((library) => !excluded.some((pattern) => pattern.test(baseName(library))))
    .sort();
}

function allForeign({ os, libc, needed, slices, static: isStatic }: Facts): string[] {
  if (os === "darwin") {
    const names = slices.flatMap((slice) => slice.needed);
    return [...new Set(names)].filter((library) => !ofMacos.test(library));
  }
  if (os !== "linux" || isStatic === true) return [];
  const allowed =
    libc === "musl"
      ? (library: string) =>
          /^(libc\.musl-.*\.so\.1|libc\.so|libz\.so\.1|ld-musl-.*)$/.test(library)
      : (library: string) => manylinuxLibraries.has(library) || /^ld(-linux|64|\.so)/.test(library);
  return needed.filter((library) => !allowed(library));
}

/** A library's name without its folders, by which it is found when it comes along. */
export function baseName(library: string): string {
  return library.slice(library.lastIndexOf("/") + 1);
}
