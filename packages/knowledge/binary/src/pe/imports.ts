import type { Reader } from "../reader.ts";
import type { Directory, Image } from "./image.ts";

const entryLength = 20;
const mostImports = 4096;

/**
 * Names of the libraries that Windows loads together with the image, in lower case as Windows compares them, in the
 * file's order. Libraries loaded at their first use (delay imports) are not among them.
 */
export async function readImports(
  file: Reader,
  image: Image,
  directory: Directory | undefined,
): Promise<string[]> {
  if (directory === undefined || directory.address === 0) return [];
  const start = image.fileOffset(directory.address);
  if (start === null) file.fail("the import table is in no section of the image");
  const names: string[] = [];
  // The table ends with an entry of zeros; its stated size is not reliable and Windows ignores it.
  for (let index = 0; ; index++) {
    if (index === mostImports) file.fail("the import table has no end");
    const offset = start + index * entryLength;
    const entry = await file.fields(offset, entryLength, "the import table", true);
    const address = entry.u32(12);
    if (address === 0) return names;
    const place = image.fileOffset(address);
    if (place === null) file.fail("the name of an imported library is in no section of the image");
    names.push(
      (await file.text(place, file.size, "the name of an imported library")).toLowerCase(),
    );
  }
}
