// Inflates and hashes every member of a wheel, and hashes the wheel: what nobody who looks inside can leave out. Trusts the
// zip; prints how many bytes it holds.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

const zip = readFileSync(process.argv[2]);
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
hash(zip);
const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
let position = zip.readUInt32LE(end + 16);
let total = 0;
for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
  const [method, packed, offset] = [
    zip.readUInt16LE(position + 10),
    zip.readUInt32LE(position + 20),
    zip.readUInt32LE(position + 42),
  ];
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const data = zip.subarray(start, start + packed);
  const bytes = method === 8 ? inflateRawSync(data) : data;
  hash(bytes);
  total += bytes.length;
  const [name, extra, comment] = [28, 30, 32].map((at) => zip.readUInt16LE(position + at));
  position += 46 + name + extra + comment;
}
process.stdout.write(`${total}\n`);
