/**
 * Where in a text a character stands, as people count: lines and columns from 1, columns in characters.
 */

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Gives a function from an offset in `text` (in UTF-16 units) to its position. Quick for offsets in rising order. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  // Many mistakes may stand on one line of a megabyte: counting goes on from the one before.
  let last = { offset: 0, line: 0, characters: 0 };
  return (offset) => {
    const held = Math.min(Math.max(offset, 0), text.length);
    const line = lastAtMost(starts, held);
    const near = last.line === line && last.offset <= held;
    const from = near ? last : { offset: starts[line] ?? 0, characters: 0 };
    const characters = from.characters + Array.from(text.slice(from.offset, held)).length;
    last = { offset: held, line, characters };
    return { line: line + 1, column: characters + 1 };
  };
}

function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
