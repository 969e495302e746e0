/**
 * The dateline of archive files: `<div><i><br>2022-12-26T03:38:14.770Z</i></div>` at the very beginning says when the
 * text was published, more exactly than the epoch of the file (product.md section 5). It leaves the text. What is no
 * date there stays, and so does a date anywhere else.
 */
import {
  isElement,
  isText,
  rootOf,
  setChildren,
  type TreeElement,
  type TreeNode,
  type TreeRoot,
} from '../../html/tree.ts';
import type { Item } from '../../model/item.ts';
import { epochMs, type EpochMs } from '../../model/time.ts';
import { editContent } from '../edit-content.ts';
import { elementsAround, isBlank, leavesFromStart } from '../leaves.ts';
import type { Step } from '../step.ts';

interface Dateline {
  /** All that shows nothing but the date. */
  readonly node: TreeNode;
  readonly published: EpochMs;
}

/** RFC 3339, seconds and zone not demanded: other programs that write this format leave them out. */
const MOMENT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?:[Zz]|([+-]\d\d):?(\d\d))?$/;
/** How far into the file the date may stand, tags and attributes included. */
const MAX_BEGINNING = 1000;

export const datelineStep: Step = {
  name: 'dateline',
  purpose: 'Takes the dateline of an archive file out of the text, as the time of publication.',
  apply(item, { sourceType }) {
    if (sourceType !== 'archive' || !/\d-\d\d-\d/.test(item.contentHtml.slice(0, MAX_BEGINNING))) return item;
    return takeDateline(item);
  },
};

function takeDateline(item: Item): Item {
  let published: EpochMs | null = null;
  const changed = editContent(item, ($) => {
    const found = findDateline(rootOf($));
    if (found === null) return false;
    ({ published } = found);
    const parent = found.node.parent ?? rootOf($);
    setChildren(parent, parent.children.slice(parent.children.indexOf(found.node) + 1));
    return true;
  });
  return published === null ? item : { ...changed, published };
}

function findDateline(root: TreeRoot): Dateline | null {
  for (const leaf of leavesFromStart(root)) {
    if (isBlank(leaf)) continue;
    const published = isText(leaf) ? readMoment(leaf.data.trim()) : null;
    const around = [...elementsAround(leaf)];
    if (published === null || !around.some(({ name }) => name === 'i' || name === 'em')) return null;
    return { node: around.findLast((element) => holdsOnly(element, leaf)) ?? leaf, published };
  }
  return null;
}

function holdsOnly(parent: TreeElement, leaf: TreeNode): boolean {
  return parent.children.every(
    (child) => child === leaf || isBlank(child) || (isElement(child) && holdsOnly(child, leaf)),
  );
}

/** Without a zone the moment is in UTC, as the program that made the format writes it. */
function readMoment(text: string): EpochMs | null {
  const [, date = '', time = '', hours, minutes] = MOMENT.exec(text) ?? [];
  if (!isOnCalendar(date)) return null;
  return epochMs(Date.parse(`${date}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`));
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isOnCalendar(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(midnight) && new Date(midnight).toISOString().startsWith(date);
}
