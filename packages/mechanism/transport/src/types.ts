/** One stored set of files. */
export interface StoredItem {
  /** The artifact's name. */
  readonly name: string;
  /** What `get` takes: the artifact's id; with the directory transport its name. */
  readonly reference: string;
  /** sha256 (64 hex digits) of what travels: the zip, or the listing of the folder. `null`: the service keeps none. */
  readonly digest: string | null;
  /** Bytes of what travels. */
  readonly size: number;
  /** ISO 8601, or `null` where the store does not tell. */
  readonly createdAt: string | null;
}

/** What `get` needs to know of an item: a `StoredItem`, or a reference alone. */
export interface ItemReference {
  /** Used in messages only. */
  readonly name?: string;
  readonly reference: string;
  /** The sha256 to insist on. Without it the digest that the store itself keeps is the yardstick. */
  readonly digest?: string | null;
}

export interface PutOptions {
  /** Days until the service forgets the artifact. The directory transport keeps everything. */
  readonly retentionDays?: number;
  /**
   * Another name to try when this one is taken or spoilt. A name is spoilt when the service accepted it and the upload then
   * failed: it is in no list, cannot be deleted, and stays taken for the rest of the run. Without it `put` fails.
   */
  readonly nextName?: () => string;
}

/** Carries sets of files between jobs. */
export interface Transport {
  readonly kind: "directory" | "actions";
  /**
   * Stores every regular file under `folder` by its relative name. A name that exists is an error unless it holds the very
   * same files (then that item is returned): a step that is run again after a lost answer converges.
   * @throws UserError MA540, MA541, MA544 to MA549, MA551
   */
  put(name: string, folder: string, options?: PutOptions): Promise<StoredItem>;
  /** Items of this run (directory: of this folder) whose name starts with `prefix`, sorted by name, then by reference. */
  list(prefix: string): Promise<StoredItem[]>;
  /**
   * Writes an item's files into `destination`, a folder that must not exist, and returns their relative names,
   * sorted. Nothing is left behind when it throws.
   * @throws UserError MA412, MA540, MA542, MA543, MA547, MA548, and what `archive` throws for a hostile one
   */
  get(item: ItemReference, destination: string): Promise<string[]>;
}
