/** A file that was compressed once. The same compressed bytes are spliced into every package that carries the file. */
export interface Deflated {
  /** The file itself. */
  readonly path: string;
  /** Bytes of the file. */
  readonly size: number;
  /** CRC-32 of the file, unsigned. */
  readonly crc32: number;
  /** SHA-256 of the file, 64 hex digits. */
  readonly sha256: string;
  /** A raw deflate stream of the file: byte aligned, ended by a flush, without a final block. */
  readonly rawPath: string;
  /** Bytes of the raw deflate stream. */
  readonly rawSize: number;
}

/** One file of an archive that is to be written. Folders have no entries: they follow from the names. */
export interface ArchiveEntry {
  /** Relative name with `/`; must pass `checkEntryName`. */
  readonly name: string;
  readonly mode: 0o755 | 0o644;
  readonly content: Uint8Array | Deflated;
}

export interface WriteOptions {
  /** Modification time of every entry: seconds since 1970, UTC. A zip holds 1980 to 2107 in steps of two seconds; other times are clamped. */
  readonly epoch: number;
  /** Keep the order of the entries as given. Without it they are sorted by the UTF-8 bytes of their names. */
  readonly keepOrder?: boolean;
}

export interface FileHashes {
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
  /** `sha512-<base64>`, as npm writes it. */
  readonly integrity: string;
}

export interface WrittenFile extends FileHashes {
  readonly path: string;
}

export type ArchiveFormat = "zip" | "tar.gz";

/** What an archive may ask for at most. Exceeding any of them refuses the archive as a whole. */
export interface ArchiveLimits {
  /** Members, folders and tar's extended headers included. */
  readonly entries: number;
  /** Bytes of one file when unpacked. */
  readonly fileBytes: number;
  /** Bytes of all files when unpacked. */
  readonly totalBytes: number;
  /** Unpacked bytes for each packed byte. */
  readonly ratio: number;
  /** The ratio counts only above this many unpacked bytes. */
  readonly ratioFrom: number;
}

export interface ReadOptions {
  readonly limits?: Partial<ArchiveLimits>;
  /** Accept symbolic and hard links that are relative and stay inside. Without it any link refuses the archive. */
  readonly allowLinks?: boolean;
  /** The format that the archive must have. Without it the first bytes decide. */
  readonly format?: ArchiveFormat;
}

/**
 * Which rule of its format an archive breaks. Kept for good: whoever checks packages tells rules apart by it.
 * Names: `name` leads outside or means something else elsewhere, `name-portable` cannot be made on every system,
 * `name-form` has a needless `.` or empty part, `name-case` and `duplicate` are two entries for one file.
 */
export type RefusalReason =
  | "not-an-archive"
  | "not-a-zip"
  | "truncated"
  | "header"
  | "directory"
  | "local-header"
  | "descriptor"
  | "extra"
  | "zip64"
  | "multipart"
  | "method"
  | "encrypted"
  | "prefix-data"
  | "trailing-data"
  | "gap"
  | "overlap"
  | "name"
  | "name-portable"
  | "name-form"
  | "name-case"
  | "duplicate"
  | "link"
  | "type"
  | "entries"
  | "ratio"
  | "size"
  | "crc"
  | "inflate"
  | "absent";

/** What the directory of a zip says of an entry; numbers as in PKWARE's APPNOTE. */
export interface ZipEntryAccount {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly flags: number;
  /** "version made by", upper byte: 0 DOS, 3 Unix. */
  readonly creator: number;
  readonly externalAttributes: number;
  readonly extraIds: readonly number[];
  readonly packedSize: number;
  readonly size: number;
  readonly commentSize: number;
}

/** What a zip says of itself, whether or not it is true. */
export interface ZipAccount {
  /** In the order of the directory; also those that are refused. */
  readonly entries: readonly ZipEntryAccount[];
  /** Bytes of the comment at the end. */
  readonly commentSize: number;
  /** What the 64-bit end record says of its own size; `null`: there is none. */
  readonly zip64RecordSize: number | null;
}

/** An account that is being taken. */
export interface ZipAccountDraft {
  readonly entries: ZipEntryAccount[];
  commentSize: number;
  zip64RecordSize: number | null;
}

/** A file (or accepted link) that was found in an archive. */
export interface ArchiveMember {
  readonly name: string;
  /** Bytes when unpacked; 0 for a symbolic link. */
  readonly size: number;
  /** `(stored & 0o755) | 0o600`; 0o644 when the archive holds no Unix mode. */
  readonly mode: number;
  /** SHA-256 of the unpacked file; of the target's text for a symbolic link. */
  readonly sha256: string;
  /** Target of a symbolic link. */
  readonly link?: string;
}

/** Random access to an open file; fits `ByteSource` of the binary room. */
export interface FileSource {
  readonly size: number;
  /** Short only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}
