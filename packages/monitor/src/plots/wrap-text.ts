import { textWidth } from './svg.js';

/** How wide text may be, how large its font is, and in how many lines it may stand. */
export interface TextRoom {
  readonly width: number;
  readonly fontSize: number;
  readonly lines: number;
}

/** Text in lines of about equal length, none wider than there is room for; what finds no place in them ends with "…". */
export function wrapText(text: string, { width, fontSize, lines }: TextRoom): string[] {
  const fill = (room: number) => fillLines(text, (line) => textWidth(line, fontSize) <= room);
  let wrapped = fill(width);
  for (let narrower = width - fontSize; narrower > width / 2; narrower -= fontSize) {
    const next = fill(narrower);
    if (next.length > wrapped.length) break;
    wrapped = next;
  }
  const shown = wrapped.slice(0, lines);
  if (shown.length < wrapped.length) shown.push(cutText(`${shown.pop()} …`, { width, fontSize }));
  return shown.map((line) => cutText(line, { width, fontSize }));
}

/** Text that fits into a width; where it is longer it ends with "…". */
export function cutText(text: string, { width, fontSize }: Pick<TextRoom, 'width' | 'fontSize'>): string {
  if (textWidth(text, fontSize) <= width) return text;
  const fitting = Math.floor(width / textWidth('x', fontSize)) - 1;
  return `${[...text].slice(0, Math.max(1, fitting)).join('').trimEnd()}…`;
}

function fillLines(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && !fits(longer)) lines.push(word);
    else lines[Math.max(0, lines.length - 1)] = longer;
  }
  return lines;
}
