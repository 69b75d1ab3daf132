/**
 * The image of BuildKit 0.33.1 by the digest of its index: what builders run unless `driver-opts` name another. The digest was found in
 * many projects that pin it, some of which computed it from the bytes.
 */
export const buildkitImage =
  "docker.io/moby/buildkit:v0.33.1@sha256:cec9f139f45e93c5c69c60f8b07cfad9f43f4ef6b6a6cd917527fea5ff2e3dea";
