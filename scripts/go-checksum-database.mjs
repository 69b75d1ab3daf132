// A reader of Go's checksum database through a module proxy: a record counts only when the signed tree contains it.
// Formats: https://go.dev/ref/mod#checksum-database, https://research.swtch.com/tlog, RFC 6962 section 2.1.
import { createHash, createPublicKey, verify } from "node:crypto";

// The public key of the database that the go command trusts by default: name hash 033de0ae, Ed25519.
const trustedKey = Buffer.from("Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", "base64");
const trustedKeyHash = "033de0ae";
const tileHeight = 8;
const tileWidth = 2 ** tileHeight;

const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const join = (left, right) => sha256(Buffer.from([1]), left, right);

/** `base` is `<proxy>/sumdb/<name of the database>`; `get(url)` gives bytes, or null for 404 and 410. */
export function checksumDatabase(base, get) {
  const tiles = new Map();

  async function tile(level, index, treeSize) {
    const hashes = Math.min(
      tileWidth,
      Math.floor(treeSize / tileWidth ** level) - index * tileWidth,
    );
    const path = `${base}/tile/${tileHeight}/${level}/${spell(index)}`;
    const partial = hashes < tileWidth ? `${path}.p/${hashes}` : path;
    // A tile that has filled up since is served whole only.
    if (!tiles.has(partial)) tiles.set(partial, (await get(partial)) ?? (await get(path)));
    const bytes = tiles.get(partial);
    if (bytes === null || bytes.length < hashes * 32) throw new Error(`no tile ${partial}`);
    return bytes;
  }

  /** Hash of the leaves from `low` up to, not including, `high`. */
  async function range(low, high, treeSize) {
    const size = high - low;
    const whole = Number.isInteger(Math.log2(size)) && low % size === 0;
    if (!whole) {
      const middle = low + leftSize(size);
      return join(await range(low, middle, treeSize), await range(middle, high, treeSize));
    }
    const level = Math.floor(Math.log2(size) / tileHeight);
    const unit = tileWidth ** level;
    const index = Math.floor(low / unit / tileWidth);
    const bytes = await tile(level, index, treeSize);
    let hashes = [];
    for (let at = low / unit; at < high / unit; at++) {
      const start = (at - index * tileWidth) * 32;
      hashes.push(bytes.subarray(start, start + 32));
    }
    while (hashes.length > 1) {
      hashes = Array.from({ length: hashes.length / 2 }, (_, at) =>
        join(hashes[2 * at], hashes[2 * at + 1]),
      );
    }
    return hashes[0];
  }

  async function rootWith(record, id, low, high, treeSize) {
    if (high - low === 1) return sha256(Buffer.from([0]), record);
    const middle = low + leftSize(high - low);
    return id < middle
      ? join(await rootWith(record, id, low, middle, treeSize), await range(middle, high, treeSize))
      : join(
          await range(low, middle, treeSize),
          await rootWith(record, id, middle, high, treeSize),
        );
  }

  return {
    /** The h1 of a module version, or null when the database does not know it. Throws when it cannot be proved. */
    async lookup(module, version) {
      const answer = await get(`${base}/lookup/${module}@${version}`);
      if (answer === null) return null;
      const [, idText, record, note] =
        /^(\d+)\n([\s\S]*?\n)\n([\s\S]*)$/.exec(answer.toString("utf8")) ?? [];
      if (note === undefined) throw new Error(`the answer for ${version} has another form`);
      const { size, root } = openNote(note);
      const id = Number(idText);
      if (!(id < size)) throw new Error(`record ${id} is not in a tree of ${size}`);
      if (!root.equals(await rootWith(Buffer.from(record), id, 0, size, size))) {
        throw new Error(`the signed tree does not contain the record of ${version}`);
      }
      const line = record.split("\n").find((one) => one.startsWith(`${module} ${version} h1:`));
      if (line === undefined) throw new Error(`the record names no hash of ${version}`);
      return line.split(" ")[2];
    },
  };
}

/** A signed tree head: text, empty line, signature lines. The signature covers the text with its last newline. */
function openNote(note) {
  const end = note.indexOf("\n\n") + 1;
  const text = note.slice(0, end);
  const der = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"),
    trustedKey.subarray(1),
  ]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  const signed = note
    .slice(end + 1)
    .split("\n")
    .filter((line) => line.startsWith("\u2014 "))
    .map((line) => Buffer.from(line.split(" ")[2] ?? "", "base64"))
    .some(
      (signature) =>
        signature.subarray(0, 4).toString("hex") === trustedKeyHash &&
        verify(null, Buffer.from(text), key, signature.subarray(4)),
    );
  const [, size, root] = /^go\.sum database tree\n(\d+)\n(\S+)\n/.exec(text) ?? [];
  if (!signed || root === undefined) throw new Error("the tree of the database is not signed");
  return { size: Number(size), root: Buffer.from(root, "base64") };
}

/** The largest power of two below `size`: where RFC 6962 divides a tree. */
function leftSize(size) {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** 1234067 is x001/x234/067. */
function spell(index) {
  const groups = [];
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(String(rest % 1000).padStart(3, "0"));
  }
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}
