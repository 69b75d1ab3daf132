import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseInspect } from "../src/inspect.ts";

/** As buildx 0.37 writes it with DEBUG=1. */
const text = `Name:          mine
Driver:        docker-container
Last Activity: 2026-11-21 16:26:51 +0000 UTC

Nodes:
Name:                  mine0
Endpoint:              tcp://10.0.0.1:1234
Driver Options:        env.no_proxy="a,b" image="moby/buildkit@sha256:0" env.quote="say \\"hi\\""
Status:                running
BuildKit daemon flags: --debug --allow-insecure-entitlement=network.host
BuildKit version:      v0.33.1
Platforms:             linux/amd64*, linux/amd64/v2, linux/386
Features:
 Cache export:  true
 Direct push:   false
Labels:
 org.mobyproject.buildkit.worker.hostname: a:b
Devices:
 Name:                  vendor.com/gpu=0
 On-Demand:             true
GC Policy rule#0:
 All:            false
 Filters:        type==source.local type==exec.cachemount
 Keep Duration:  48h0m0s
 Max Used Space: 488.3MiB
GC Policy rule#1:
 All:            true
File#buildkitd.toml:
 > debug = true
 > [registry."docker.io"]
 >   mirrors = ["x:5000"]

Name:      mine1
Endpoint:  ssh://me@host
Error:     dial tcp: connection refused
`;

test("what buildx says about a builder", () => {
  expect(parseInspect(text)).toEqual({
    name: "mine",
    driver: "docker-container",
    error: null,
    nodes: [
      {
        name: "mine0",
        endpoint: "tcp://10.0.0.1:1234",
        "driver-opts": ["env.no_proxy=a,b", "image=moby/buildkit@sha256:0", 'env.quote=say "hi"'],
        status: "running",
        "buildkitd-flags": "--debug --allow-insecure-entitlement=network.host",
        buildkit: "v0.33.1",
        platforms: "linux/amd64",
        features: { "Cache export": true, "Direct push": false },
        labels: { "org.mobyproject.buildkit.worker.hostname": "a:b" },
        devices: [{ name: "vendor.com/gpu=0", onDemand: true }],
        gcPolicy: [
          {
            all: false,
            filter: ["type==source.local", "type==exec.cachemount"],
            keepDuration: "48h0m0s",
            maxUsedSpace: "488.3MiB",
          },
          { all: true },
        ],
        files: {
          "buildkitd.toml": 'debug = true\n[registry."docker.io"]\n  mirrors = ["x:5000"]',
        },
      },
      { name: "mine1", endpoint: "ssh://me@host", error: "dial tcp: connection refused" },
    ],
  });
});

test("older versions, Windows' line ends, and a builder that cannot be read", () => {
  const old =
    "Name:   b\r\nDriver: docker\r\n\r\nNodes:\r\nName:      b\r\nFlags: --x\r\nBuildkit:  0.12\r\nPlatforms: linux/amd64, linux/386\r\n";
  expect(parseInspect(old).nodes).toEqual([
    { name: "b", "buildkitd-flags": "--x", buildkit: "0.12", platforms: "linux/amd64,linux/386" },
  ]);
  expect(parseInspect("Name: b\nDriver: remote\nError: no context\n")).toEqual({
    name: "b",
    driver: "remote",
    error: "no context",
    nodes: [],
  });
});

test("any text is read to its end", () => {
  fc.assert(fc.property(fc.string({ maxLength: 500 }), (any) => void parseInspect(any)));
});
