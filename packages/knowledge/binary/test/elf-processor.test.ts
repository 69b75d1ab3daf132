import { describe } from "@jest/globals";
import { ByteWriter } from "../../../../test/support/write/bytes.ts";
import { elfTable } from "./elf-table.ts";

describe("ARM", () => {
  const attributes = (...tags: number[]) => {
    const content = new ByteWriter()
      .text("A")
      .u32(4 + 6 + 5 + tags.length)
      .text("aeabi\0");
    content
      .u8(1)
      .u32(5 + tags.length)
      .u8(...tags);
    return [{ name: ".ARM.attributes", type: 0x70000003, content: content.done() }];
  };
  const arm = { machine: 40, bits: 32 } as const;
  elfTable([
    [
      "hard float by flags",
      { ...arm, flags: 0x5000400 },
      { arch: "arm", float: "hard", armVersion: null },
    ],
    ["soft float by flags", { ...arm, flags: 0x5000200 }, { float: "soft" }],
    ["neither", { ...arm, flags: 0x5000000 }, { float: null }],
    [
      "hard float by attribute",
      { ...arm, sections: attributes(6, 10, 28, 1) },
      { armVersion: 7, float: "hard" },
    ],
    [
      "hard float by loader",
      { ...arm, interpreter: "/lib/ld-linux-armhf.so.3" },
      { float: "hard" },
    ],
    ["soft float by loader", { ...arm, interpreter: "/lib/ld-musl-arm.so.1" }, { float: "soft" }],
    [
      "version 6 behind a CPU name",
      { ...arm, sections: attributes(5, 0x36, 0, 6, 6) },
      { armVersion: 6 },
    ],
    ["version 5", { ...arm, sections: attributes(6, 4) }, { armVersion: 5 }],
    ["version 8 counts as 7", { ...arm, sections: attributes(6, 14) }, { armVersion: 7 }],
    [
      "attributes that cannot be read",
      {
        ...arm,
        sections: [
          { name: ".ARM.attributes", type: 0x70000003, content: Uint8Array.of(0x41, 255, 255) },
        ],
      },
      { armVersion: null },
    ],
  ]);
});

describe("what Go says of itself", () => {
  const info = (settings: string) => {
    const version = "go1.26.1";
    const modules = `${"\x30".repeat(16)}path\tx\n${settings}\n${"\x31".repeat(16)}`;
    const content = new ByteWriter().text("\xff Go buildinf:").u8(8, 2).padTo(32);
    content.u8(version.length).text(version);
    content.u8((modules.length % 128) | 128, Math.floor(modules.length / 128)).text(modules);
    return [{ name: ".go.buildinfo", type: 1, content: content.done() }];
  };
  elfTable([
    [
      "ARM version",
      { machine: 40, bits: 32, sections: info("build\tGOARM=6\n") },
      { armVersion: 6, float: null },
    ],
    [
      "ARM version with its float mode",
      { machine: 40, bits: 32, sections: info("build\tGOARM=7,softfloat\n") },
      { armVersion: 7 },
    ],
    [
      "processor level",
      { sections: info("build\tGOARCH=amd64\nbuild\tGOAMD64=v3\n") },
      { cpuLevel: "x86-64-v3" },
    ],
    ["nothing", { sections: info("build\t-compiler=gc") }, { cpuLevel: null }],
    [
      "cut off",
      {
        sections: [
          {
            name: ".go.buildinfo",
            type: 1,
            content: new ByteWriter().text("\xff Go buildinf:").u8(8, 2).done(),
          },
        ],
      },
      { cpuLevel: null },
    ],
  ]);
});

describe("processor level by note", () => {
  const property = (...levels: number[]) => {
    const content = new ByteWriter().u32(0xc0000002).u32(4).u32(3).u32(0);
    for (const level of levels) content.u32(0xc0008002).u32(4).u32(level).u32(0);
    return [{ name: "GNU", type: 5, content: content.done() }];
  };
  elfTable([
    ["v1", { notes: property(1), noteAlign: 8 }, { cpuLevel: "x86-64-v1" }],
    ["v3", { notes: property(0b111), noteAlign: 8 }, { cpuLevel: "x86-64-v3" }],
    ["v4", { notes: property(0b1000), noteAlign: 8 }, { cpuLevel: "x86-64-v4" }],
    ["none", { notes: property(), noteAlign: 8 }, { cpuLevel: null }],
    [
      "of another processor",
      { machine: 183, notes: property(1), noteAlign: 8 },
      { cpuLevel: null },
    ],
  ]);
});
