import type { CatalogPart } from "./entry.ts";

/** Archives and files: mechanism/archive. */
export const archives = {
  MA401: {
    title: "A file is not an archive that can be read here",
    fix: "give a .zip or .tar.gz file",
  },
  MA402: {
    title: "An archive is damaged or cut short",
    fix: "fetch or make the archive again",
  },
  MA403: {
    title: "A name in an archive is not safe on every system",
    fix: "rename the file in what the archive is made from",
  },
  MA404: {
    title: "Two entries of an archive are one file",
    fix: "remove or rename one of them in what the archive is made from",
  },
  MA405: {
    title: "An archive holds a link or a special file",
    fix: "put a copy of the file in its place",
  },
  MA406: {
    title: "An archive asks for more than is allowed",
    fix: "do not use this archive unless you know what is in it",
  },
  MA407: {
    title: "A file in an archive differs from its checksum or size",
    fix: "fetch or make the archive again",
  },
  MA408: {
    title: "An archive has data where none belongs",
    fix: "make the archive again with a plain zip or tar",
  },
  MA409: {
    title: "Two places of a zip describe one thing differently",
    fix: "do not use this archive; make it again with a plain zip",
  },
  MA410: {
    title: "A zip uses encryption or an unknown method",
    fix: "make the archive again with deflate and without a password",
  },
  MA411: {
    title: "A file or folder cannot be written",
    fix: "free some space, grant access or move what is in the way, and run again",
  },
  MA412: {
    title: "A folder that is to be made exists already",
    fix: "remove it, or name another folder",
  },
  MA413: {
    title: "A file changed while it was packed",
    fix: "let nothing write to the file, and run again",
  },
  MA414: {
    title: "Too much for one zip",
    fix: "leave out files, or use tar.gz",
  },
  MA415: {
    title: "An archive lacks an entry",
    fix: "make the archive again, with the entry",
  },
} as const satisfies CatalogPart;
