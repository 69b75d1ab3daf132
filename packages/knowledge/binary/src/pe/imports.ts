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
  const names: string[] = [];
  // The table ends with an entry of zeros; its stated size is not reliable and Windows ignores it.
  for (let index = 0; ; index++) {
    if (index === mostImports) file.fail("the import table has no end");
    const offset = image.fileOffset(directory.address + index * entryLength);
    if (offset === null) file.fail("the import table is in no section of the image");
    if (offset === "zeros") return names;
    const entry = await file.fields(offset, entryLength, "the import table", true);
    const address = entry.u32(12);
    if (address === 0) return names;
    const place = image.fileOffset(address);
    if (typeof place !== "number") {
      file.fail("the name of an imported library is in no section of the image");
    }
    names.push(
      (await file.text(place, file.size, "the name of an imported library")).toLowerCase(),
    );
  }
}
