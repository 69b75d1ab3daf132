import { StringDecoder } from "node:string_decoder";

/** A line longer than this is handed on in pieces, so that output without line ends cannot fill the memory. */
const maximumLine = 16_384;

/** Cuts a byte stream into lines at LF, CRLF and CR (progress bars), whatever the borders of its chunks. */
export function lineSplitter(onLine: (line: string) => void): {
  push(chunk: Uint8Array): void;
  end(): void;
} {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  let afterReturn = false;
  const take = (text: string): void => {
    // The LF of a CRLF whose CR ended the chunk before.
    const start = afterReturn && text.startsWith("\n") ? 1 : 0;
    if (text.length > 0) afterReturn = text.endsWith("\r");
    const lines = (rest + text.slice(start)).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    while (rest.length > maximumLine) {
      onLine(rest.slice(0, maximumLine));
      rest = rest.slice(maximumLine);
    }
  };
  return {
    push: (chunk) => take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))),
    end() {
      take(decoder.end());
      if (rest !== "") onLine(rest);
      rest = "";
    },
  };
}

/** The last lines of an output, each cut to a length that fits a message. */
export function tailKeeper(count: number): { add(line: string): void; lines(): string[] } {
  const kept: string[] = [];
  return {
    add(line) {
      kept.push(line.length > 500 ? `${line.slice(0, 500)}…` : line);
      if (kept.length > count) kept.shift();
    },
    lines: () => [...kept],
  };
}

/** Keeps the last `maximum` bytes of a stream. */
export function byteKeeper(maximum: number): {
  add(chunk: Uint8Array): void;
  text(): string;
  truncated(): boolean;
} {
  let chunks: Uint8Array[] = [];
  let kept = 0;
  let seen = 0;
  const trim = (): Buffer => {
    const all = Buffer.concat(chunks);
    const last = all.length > maximum ? Buffer.from(all.subarray(all.length - maximum)) : all;
    chunks = [last];
    kept = last.length;
    return last;
  };
  return {
    add(chunk) {
      seen += chunk.length;
      chunks.push(chunk);
      kept += chunk.length;
      // Trimming at twice the size copies every byte once on average.
      if (kept > 2 * maximum) trim();
    },
    text: () => trim().toString("utf8"),
    truncated: () => seen > maximum,
  };
}
