/**
 * Who speaks: openings such as `王先生：` or `Reporter: ` of the paragraphs of an interview.
 * One opening is an ordinary colon; that openings come back, or one is answered by one that does, makes turns of them.
 */
import { columns } from './text-lines.ts';

/** For each paragraph the length of the opening that names its speaker, colon included; 0 where there is none. */
export function turnsOf(paragraphs: readonly string[]): number[] {
  const labels = paragraphs.map(labelOf);
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  const comesBack = (label: string | null | undefined) => (counts.get(label ?? '') ?? 0) > 1;
  return labels.map((label, index) => {
    const isTurn = label !== null && (comesBack(label) || comesBack(labels[index + 1]) || ROLES.test(label));
    return isTurn ? label.length : 0;
  });
}

/** Names and offices with the paper they come from: sixteen Han characters, four words. */
const MAX_LABEL_COLUMNS = 32;

/** Openings that name a part in a conversation, even once. */
const ROLES = /(?:[记記]者|主持人|^[问問答]|^[QA]|^Question|^Answer)[：:]\s?$/u;

/** What leads to a quotation rather than to a turn. */
const LEADS_TO_QUOTE = /(?:说|說|称|稱|道|指出|表示|认为|認為|如下|例如|包括)：$/u;

function labelOf(paragraph: string): string | null {
  const start = paragraph.slice(0, MAX_LABEL_COLUMNS + 2);
  const label = /^[\p{L}\p{N}《》〈〉·・ .'（）()-]+?(?:：|:\s)/u.exec(start)?.[0];
  if (label === undefined || columns(label) > MAX_LABEL_COLUMNS + 2 || LEADS_TO_QUOTE.test(label))
    return null;
  return label.endsWith('：') || /^\p{Lu}\S*(?: \S+){0,3}\s$/u.test(label) ? label : null;
}
