/** No command can have this name, so that no file of a package meets the folder. */
const folder = "@python";

/** Where a file of a row's package tree lies below the package's folder of the leg. */
export function treePath(index: number, name: string): string {
  return `${folder}/${index}/${name}`;
}

/**
 * Tells the files of package trees by their path in the leg, `files/<package>/@python/<index>/<name>`.
 * @returns `null` for every other file
 */
export function readTreePath(
  path: string,
): { readonly index: number; readonly name: string } | null {
  const [, index, name] = /^files\/[^/]+\/@python\/(\d{1,4})\/(.+)$/.exec(path) ?? [];
  return index === undefined || name === undefined ? null : { index: Number(index), name };
}
