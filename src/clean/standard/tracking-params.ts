/**
 * Takes tracking parameters (model/tracking-params.ts) out of the links in the content.
 * The item's own link stays the publisher's; there they are left out for identity only (model/canonical-url.ts).
 */
import { elementsIn, rootOf } from '../../html/tree.ts';
import { isTrackingParam } from '../../model/tracking-params.ts';
import { editContent } from '../edit-content.ts';
import type { Step } from '../step.ts';

export const trackingParamsStep: Step = {
  name: 'tracking_params',
  purpose: 'Takes out of links what only says where a reader came from.',
  apply: (item) =>
    editContent(item, ($) => {
      let changed = false;
      for (const { attribs } of elementsIn(rootOf($))) {
        const before = attribs['href'];
        if (before === undefined || !/^https?:[^?#]*\?/i.test(before)) continue;
        const after = withoutTrackingParams(before);
        changed ||= after !== before;
        attribs['href'] = after;
      }
      return changed;
    }),
};

/** The other parameters keep their order and their spelling. */
function withoutTrackingParams(url: string): string {
  const [, page = '', query = '', fragment = ''] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(url) ?? [];
  const all = query.split('&');
  const kept = all.filter((parameter) => !isTrackingParam(nameOf(parameter)));
  if (kept.length === all.length) return url;
  return `${page}${kept.length === 0 ? '' : '?'}${kept.join('&')}${fragment}`;
}

function nameOf(parameter: string): string {
  return new URLSearchParams(parameter).keys().next().value ?? '';
}
