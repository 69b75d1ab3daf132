import type { CatalogPart } from "./entry.ts";

/** buildx and its builders: capability/buildx. */
export const builders = {
  MA480: {
    title: "There is no buildx for this machine",
    fix: "install buildx on the machine; without version: it is used as it is",
  },
  MA481: {
    title: "This version of buildx cannot be set up",
    fix: "write a version (v0.36.1), a range (^0.36), latest, or nothing for the one that is installed",
  },
  MA482: {
    title: "No release of buildx fits the version",
    fix: "look at the releases of buildx, and widen the range",
  },
  MA483: {
    title: "The hash of a buildx is not known",
    fix: "give the sha256 of the file as checksum",
  },
  MA484: {
    title: "The checksum for buildx is not right",
    fix: "correct or remove checksum; when another document names the same hash, do not use the file",
  },
  MA485: {
    title: "The nodes to append cannot be read",
    fix: "write a YAML list of nodes with name, endpoint, driver-opts, buildkitd-flags and platforms",
  },
  MA486: {
    title: "A driver option is not key=value",
    fix: 'write one key=value in each line; a value with commas may stand in quotes: "key=a,b"',
  },
  MA487: {
    title: "A builder cannot be made",
    fix: "look at what buildx says",
  },
  MA488: {
    title: "A builder does not start",
    fix: "look at what buildx says; run with step debugging to see the log of BuildKit",
  },
  MA489: {
    title: "A node cannot be added to a builder",
    fix: "look at what buildx says, and at the node in append",
  },
  MA490: {
    title: "This driver keeps no state",
    fix: "remove keep-state, or use driver: docker-container",
  },
  MA491: {
    title: "The configuration of BuildKit cannot be used",
    fix: "check the path in buildkitd-config",
  },
  MA492: {
    title: "A certificate or its key is missing",
    fix: "set both variables of the node, or neither",
  },
  MA493: {
    title: "The command docker is missing",
    fix: "install docker, or use driver: remote with an endpoint",
  },
  MA494: {
    title: "The image of BuildKit cannot be fetched",
    fix: "check the network, or name a mirror: driver-opts: image=mirror.example/moby/buildkit@sha256:…",
  },
  MA495: {
    title: "A name of a builder or node is not allowed",
    fix: "begin with a letter, and use letters, digits, dots, dashes and underscores; default is reserved",
  },
  MA496: {
    title: "An endpoint is missing or not one",
    fix: "set endpoint to the address of BuildKit, tcp://host:port",
  },
  MA497: {
    title: "buildx does not say what is expected of it",
    fix: "try another version of buildx",
  },
  MA498: {
    title: "The list of buildx releases cannot be read",
    fix: "name a version: versions that we know need no list",
  },
} as const satisfies CatalogPart;
