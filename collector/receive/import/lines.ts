/** Lines of a text in pieces, in memory that does not grow with them. */

/** Characters of a row; what is longer is no row of anybody's. */
export const maxRowLength = 131_072;

export interface Line {
  number: number;
  text: string;
  /** It went on, and the rest was thrown away. */
  isCut: boolean;
}

export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  let rest = '';
  const line = (): Line => {
    number += 1;
    const isCut = rest.length > maxRowLength;
    const text = isCut ? rest.slice(0, maxRowLength) : rest.endsWith('\r') ? rest.slice(0, -1) : rest;
    rest = '';
    return { number, text, isCut };
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      if (rest.length <= maxRowLength) rest += piece.slice(start, end);
      start = end + 1;
      yield line();
    }
    if (rest.length <= maxRowLength) rest += piece.slice(start, start + maxRowLength + 1);
  }
  if (rest !== '') yield line();
}
