/** Whether a host is this machine by its name or number alone. Names are never looked up: a name can be made to point anywhere. */
import { BlockList, isIP } from 'node:net';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** @param host a bare address, or what stands in a Host header, with or without a port */
export function isLoopbackHost(host: string): boolean {
  const name = hostName(host);
  if (name === 'localhost') return true;
  const family = isIP(name);
  return family !== 0 && LOOPBACK.check(name, family === 4 ? 'ipv4' : 'ipv6');
}

function hostName(host: string): string {
  if (isIP(host) !== 0) return host;
  // A user name or a path in a Host header is an attempt at something.
  if (!/^[\w.:[\]-]+$/.test(host)) return '';
  return URL.parse(`http://${host}/`)?.hostname.replace(/^\[|\]$/g, '') ?? '';
}
