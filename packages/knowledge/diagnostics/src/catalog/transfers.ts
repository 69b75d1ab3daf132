import type { CatalogPart } from "./entry.ts";

/** Transport and download: mechanism/transport, mechanism/download. */
export const transfers = {
  MA500: {
    title: "A download address is not allowed",
    fix: "use an https address",
  },
  MA501: {
    title: "A redirect was refused",
    fix: "name the final address, or allow the host that it leads to",
  },
  MA502: {
    title: "A server refused a download",
    fix: "look whether the address is right and whether this machine may read it",
  },
  MA503: {
    title: "A server cannot be reached",
    fix: "check the network, the proxy settings and the address, and run again",
  },
  MA504: {
    title: "A download did not come whole",
    fix: "run again; if it recurs, a proxy or firewall on the way cuts connections",
  },
  MA505: {
    title: "A downloaded file is not the expected one",
    fix: "do not use the file; find out who changed it, or correct the expected hash",
  },
  MA506: {
    title: "A web page came instead of a file",
    fix: "log in or ask for access to the address; a proxy may have answered in its place",
  },
  MA507: {
    title: "A file is larger than allowed",
    fix: "look whether the address names the right file",
  },
  MA508: {
    title: "A download cannot be written",
    fix: "make room or give access to the folder, and run again",
  },
  MA509: {
    title: "A server asks to wait too long",
    fix: "run again later, or use an account or mirror with a larger quota",
  },
  MA510: {
    title: "A server's certificate is not trusted",
    fix: "if your network has a certificate authority of its own, name its file in NODE_EXTRA_CA_CERTS",
  },
  MA511: {
    title: "The proxy does not work",
    fix: "correct HTTPS_PROXY or NO_PROXY",
  },
  MA512: {
    title: "An answer cannot be checked",
    fix: "use another mirror, or give the sha256 of the file",
  },
  MA540: {
    title: "A name or reference of an artifact is not valid",
    fix: "pass names and references on as the earlier step gave them out",
  },
  MA541: {
    title: "An artifact of this name holds other files",
    fix: "give every upload of a run its own name",
  },
  MA542: {
    title: "An artifact is missing",
    fix: "look whether the job that uploads it ran, in this run, and whether the artifact has expired",
  },
  MA543: {
    title: "An artifact's bytes are not the expected ones",
    fix: "run the workflow again; if it recurs, some job of this run replaces artifacts",
  },
  MA544: {
    title: "A folder holds something that cannot be stored",
    fix: "store a folder of plain files, with names that every system accepts",
  },
  MA545: {
    title: "A folder changed while it was stored",
    fix: "let nothing write to the folder, and run again",
  },
  MA546: {
    title: "There is no artifact service to use here",
    fix: "set MULTIARCH_TRANSPORT=directory:PATH, a folder that every job can reach",
  },
  MA547: {
    title: "The artifact service cannot be reached or fails",
    fix: "run the job again; githubstatus.com tells of outages",
  },
  MA548: {
    title: "The artifact service refused a call",
    fix: "look at what the service answered; storage limits are in the account's billing settings",
  },
  MA549: {
    title: "An upload broke off and spoilt its artifact's name",
    fix: "run the job again: a new attempt takes a new name",
  },
  MA550: {
    title: "MULTIARCH_TRANSPORT cannot be understood",
    fix: "set it to directory:PATH, or leave it unset for the artifact service",
  },
  MA551: {
    title: "The artifact service stored something else than was sent",
    fix: "run the job again; if it recurs, report it with the answer of the service",
  },
} as const satisfies CatalogPart;
