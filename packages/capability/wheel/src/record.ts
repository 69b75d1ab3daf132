export interface RecordedFile {
  readonly name: string;
  /** 64 hex digits. */
  readonly sha256: string;
  readonly size: number;
}

/** RECORD: every file with its hash, itself without one. CSV, as the specification of wheels wants it. */
export function recordFile(files: readonly RecordedFile[], ownName: string): Uint8Array {
  const lines = files.map(({ name, sha256, size }) => {
    const hash = Buffer.from(sha256, "hex").toString("base64url");
    return `${cell(name)},sha256=${hash},${size}`;
  });
  return new TextEncoder().encode(`${[...lines, `${cell(ownName)},,`].join("\n")}\n`);
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
