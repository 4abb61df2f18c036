/** Reads a request's body within bounds: bytes as they come, nesting before the parser sees it. */

/**
 * The body as text.
 *
 * A declared length is enough to go by, since Node ends the body there; without one, bytes are counted as they come.
 * @returns null if it is longer than `maxBytes`
 * @throws Error if the sender goes away before the end
 */
export async function readText(request: Request, maxBytes: number): Promise<string | null> {
  const declared = request.headers.get('content-length');
  if (declared !== null) return Number(declared) > maxBytes ? null : request.text();
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * How deep the text's brackets nest; looks no further than one level past `max`. A few thousand levels fit into a few
 * kilobytes, parse, and then overflow the stack of whatever walks them.
 */
export function depthOf(text: string, max: number): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === backslash) index += 1;
      else if (code === quote) isInString = false;
    } else if (code === quote) isInString = true;
    else if (code === openBracket || code === openBrace) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (depth > max) return depth;
    } else if (code === closeBracket || code === closeBrace) depth -= 1;
  }
  return deepest;
}

/** True if a parsed value nests deeper than `max`. */
export function isDeeperValue(value: unknown, max: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return max === 0 || Object.values(value).some((inner) => isDeeperValue(inner, max - 1));
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
