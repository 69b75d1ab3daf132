import type { ZigbuildTable } from "../zig/table.ts";

/**
 * cargo-zigbuild and zig as the Python package index has them. The wheels of ziglang 0.17.0 for Windows are called 0.17.0.post0, with the same zig.
 * To update: `pip download --no-deps --only-binary=:all: --platform <tag> <name>==<version>` and `pip hash` for each line.
 * On Linux both are static, so the manylinux wheels serve musl machines as well: that is why the tags are given to pip.
 */
export const zigbuildTable: ZigbuildTable = {
  "linux-x64": {
    platforms: ["manylinux_2_5_x86_64", "manylinux_2_12_x86_64"],
    zigbuild: {
      version: "0.24.0",
      sha256: "484412e39e4c6039474535ce97ee75a22bab22d58233056f8ec8a8f9034bb957",
    },
    zig: {
      version: "0.17.0",
      sha256: "97079827064a7492cce5541ceb438ae8003ce1e54e399676da2d62fb7a5dc08b",
    },
  },
  "linux-arm64": {
    platforms: ["manylinux_2_17_aarch64"],
    zigbuild: {
      version: "0.24.0",
      sha256: "6942e4320f7b05d8fb29e0a8ce5670bcbb3d254275100b85b5b7c86552f9a744",
    },
    zig: {
      version: "0.17.0",
      sha256: "d2804f94f54f7fcf8169f4b212a619ad688a4e2e6592e976f0cf2e58e2cd8af3",
    },
  },
  "linux-arm": {
    platforms: ["manylinux_2_17_armv7l"],
    zigbuild: {
      version: "0.24.0",
      sha256: "0c69bacf1db29919d080a9a0db5a4b574e5ef7ff0808e8257d9905d11f347a76",
    },
    zig: {
      version: "0.17.0",
      sha256: "2f1506fbd4080ae55c7f3c5abe99cce226e563827f50e8f143e36decc615310f",
    },
  },
  "darwin-x64": {
    platforms: [],
    zigbuild: {
      version: "0.24.0",
      sha256: "b576e8b95ff199eedee0e57afcdbaff7579744916261483280d350b9a35711fd",
    },
    zig: {
      version: "0.17.0",
      sha256: "4d910f0e363ddb60a6b8ddb55235617797a8ccbcb6c5c7132a949d9f833eea42",
    },
  },
  "darwin-arm64": {
    platforms: [],
    zigbuild: {
      version: "0.24.0",
      sha256: "b576e8b95ff199eedee0e57afcdbaff7579744916261483280d350b9a35711fd",
    },
    zig: {
      version: "0.17.0",
      sha256: "87274af689c4128051b26c80f6f676757e0a81c2fdc137fd8b5679e928e4bc4f",
    },
  },
  "windows-x64": {
    platforms: [],
    zigbuild: {
      version: "0.24.0",
      sha256: "59b64614fdac7a85337560f85a90dd5fb6278c9a7c3522c875c738e2d507cd10",
    },
    zig: {
      version: "0.17.0.post0",
      sha256: "bb0eeecea548d8653a96ce4165a462962687e4f0dcea81cba8345ae97b635ee3",
    },
  },
  "windows-arm64": {
    platforms: [],
    zigbuild: {
      version: "0.24.0",
      sha256: "e6d4cbeac06a566b54400f5336e383980630f9380636414ae0951c96dd3b95c7",
    },
    zig: {
      version: "0.17.0.post0",
      sha256: "e9ebec62ad37d93abe3ff69e1bc94bf9b8338ed289bf90497c1f58d5d93a6347",
    },
  },
};
