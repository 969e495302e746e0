/**
 * How names of machines and networks are read. Readings as in readings.ts.
 */
import { isIP } from 'node:net';
import type { Reading } from './readings.ts';

/** The name of a machine, in its lower-case form, without scheme and path. */
export function readHost(text: string): Reading<string> {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text)
    ? { value: text.toLowerCase() }
    : { wrong: 'must be the name of a host alone, such as images.example.org' };
}

/** What `listen` takes: a name or an address. */
export function readListenHost(text: string): Reading<string> {
  return isIP(text) !== 0 || 'value' in readHost(text)
    ? { value: text }
    : { wrong: 'must be a name or address to listen on, such as 127.0.0.1, ::1 or 0.0.0.0' };
}

/** A network as CIDR. A single address is the network of that address alone. */
export function readNetwork(text: string): Reading<string> {
  const [, address = '', prefix] = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return bits !== -1 && Number(prefix ?? 0) <= bits
    ? { value: `${address}/${prefix ?? bits}` }
    : { wrong: 'must be a network such as 192.168.1.0/24 or fd00::/8' };
}

/** What Express takes as `trust proxy` in text: names of ranges and networks, separated by commas. */
export function readTrustedProxies(text: string): Reading<string> {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every(
    (part) => /^(loopback|linklocal|uniquelocal)$/.test(part) || 'value' in readNetwork(part),
  )
    ? { value: parts.join(',') }
    : { wrong: WRONG_TRUST_PROXY };
}

/** Said of everything that is no setting of `trust_proxy`. */
export const WRONG_TRUST_PROXY =
  'must be true, false, how many proxies stand in front, or their networks, such as "loopback, 10.0.0.0/8"';
