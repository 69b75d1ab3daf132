import { quoteName } from "./names.ts";

/** Why two names cannot stand in one archive. */
export interface NameConflict {
  readonly reason: "duplicate" | "name-case";
  readonly text: string;
}

interface Known {
  readonly spelling: string;
  /** `implied`: no entry of its own yet, only a folder in another entry's name. */
  readonly kind: "file" | "folder" | "implied";
}

/**
 * All names of one archive, to find two that are one file somewhere: macOS and Windows ignore case, macOS also how an
 * accent is composed and characters that show nothing.
 */
export class NameLedger {
  readonly #known = new Map<string, Known>();
  /** Spellings of folders that were seen as they are: the common case, without folding them again. */
  readonly #folders = new Set<string>();

  /** Records a name. Returns why it cannot stand beside the earlier ones, or `null`. */
  add(name: string, kind: "file" | "folder"): NameConflict | null {
    const slash = name.lastIndexOf("/");
    const conflict = slash === -1 ? null : this.#addFolders(name.slice(0, slash));
    if (conflict !== null) return conflict;
    const key = fold(name);
    const known = this.#known.get(key);
    if (known === undefined || (known.kind === "implied" && kind === "folder")) {
      if (known !== undefined && known.spelling !== name) return sameFile(name, known.spelling);
      this.#known.set(key, { spelling: name, kind });
      return null;
    }
    if (known.spelling !== name) return sameFile(name, known.spelling);
    if (known.kind === kind) return duplicate(`${quoteName(name)} is there twice`);
    return duplicate(`${quoteName(name)} is both a file and a folder`);
  }

  #addFolders(folder: string): NameConflict | null {
    if (this.#folders.has(folder)) return null;
    const slash = folder.lastIndexOf("/");
    const conflict = slash === -1 ? null : this.#addFolders(folder.slice(0, slash));
    if (conflict !== null) return conflict;
    const key = fold(folder);
    const known = this.#known.get(key);
    if (known !== undefined && known.spelling !== folder) return sameFile(folder, known.spelling);
    if (known?.kind === "file") {
      return duplicate(`${quoteName(folder)} is both a file and a folder`);
    }
    if (known === undefined) this.#known.set(key, { spelling: folder, kind: "implied" });
    this.#folders.add(folder);
    return null;
  }
}

function duplicate(text: string): NameConflict {
  return { reason: "duplicate", text };
}

function sameFile(name: string, other: string): NameConflict {
  const text = `${quoteName(name)} and ${quoteName(other)} are one file on some systems`;
  return { reason: "name-case", text };
}

/** Equal for names that some file system takes for one. Upper case first: it also joins `ß` with `ss`. */
function fold(name: string): string {
  return name
    .normalize("NFC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFC");
}
