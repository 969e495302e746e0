/**
 * Takes tracking parameters (model/tracking-params.ts) out of the links in the content.
 * The item's own link stays the publisher's; there they are left out for identity only (model/canonical-url.ts).
 */
import { isTrackingParam } from '../../model/tracking-params.ts';
import { mapContentLinks, withoutParams } from '../links.ts';
import type { Step } from '../step.ts';

export const trackingParamsStep: Step = {
  name: 'tracking_params',
  purpose: 'Takes out of links what only says where a reader came from.',
  apply: (item) => mapContentLinks(item, withoutTracking),
};

function withoutTracking(address: string): string {
  return /^https?:/i.test(address) ? withoutParams(address, isTrackingParam) : address;
}
