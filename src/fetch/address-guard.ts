/**
 * Which addresses may be dialled: those of the public internet, and what `fetch.allow_private` names. Judges numbers
 * only, after they were read as the system reads them, so that no spelling matters. Names are judged by what they resolve
 * to, and the socket by what it is connected to.
 *
 * @see IANA special-purpose address registries (RFC 6890); ipaddr.js knows their ranges
 */
import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';

/** Says why something may not be dialled, for people, with what would allow it; null where it may. */
export interface AddressGuard {
  /** Before a resolver is asked. */
  judgeName(name: string): string | null;
  /** @param host for the message: the name that led to this address */
  judgeAddress(address: string, host: string): string | null;
}

type Network = readonly [address: IPv4 | IPv6, prefix: number];

/** Unicast by their range, and yet never a publisher. */
const HIDDEN = networks(['168.63.129.16/32']); // Azure's wire server

/** All that is allotted of IPv6 (RFC 3513 section 4): what lies outside is no publisher, such as IPv4 in `::/96`. */
const ALLOTTED = ipaddr.parseCIDR('2000::/3');

/**
 * Where machines ask for their own secrets. A wide exception (`0.0.0.0/0`) does not open these: one must be named that
 * is no wider than the network itself.
 */
const GUARDED = networks([
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::254/128', // AWS
  '100.100.100.200/32', // Alibaba
  '192.0.0.192/32', // Oracle
  '168.63.129.16/32',
]);

/** What people probably mean to allow when one of these addresses was refused. */
const SUGGESTED = networks([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '127.0.0.0/8',
  '100.64.0.0/10',
  'fc00::/7',
]);

/** Names that mean a place near us, whatever a resolver makes of them (RFC 6761, 6762, 8375; ICANN on `internal`). */
const LOCAL_NAME = /(^|\.)(localhost|localdomain|local|internal|home\.arpa|lan|intranet)\.?$|^[^.]+\.?$/;

/** @param allowPrivate networks such as `10.0.0.0/8`, checked by config/ */
export function createAddressGuard(allowPrivate: readonly string[]): AddressGuard {
  const exceptions = networks(allowPrivate);
  return {
    judgeName(name) {
      // Where private addresses are allowed at all, what the name resolves to decides.
      if (exceptions.length > 0 || !LOCAL_NAME.test(name)) return null;
      return `${name} is a name of this machine or its network. If it is meant, allow its address in the configuration: fetch.allow_private: [ADDRESS/32].`;
    },
    judgeAddress(address, host) {
      if (!ipaddr.isValid(address))
        return `${host} leads to "${address}", which is no address. Check its DNS.`;
      const ip = ipaddr.process(address);
      const mayOpen = exceptions.some((exception) => holds(exception, ip) && isAsNarrow(exception, ip));
      if (isPublic(ip) || mayOpen) return null;
      const named = host.replace(/^\[(.*)\]$/, '$1') === address ? address : `${host} (${address})`;
      return `${named} is not a public address. If it is meant, allow it in the configuration: fetch.allow_private: [${suggest(ip)}].`;
    },
  };
}

function isPublic(ip: IPv4 | IPv6): boolean {
  if (ip.range() !== 'unicast' || HIDDEN.some((network) => holds(network, ip))) return false;
  return ip.kind() === 'ipv4' || holds(ALLOTTED, ip);
}

/** A guarded network is opened only by an exception that names it, or a part of it. */
function isAsNarrow([address, prefix]: Network, ip: IPv4 | IPv6): boolean {
  return GUARDED.every((guarded) => !holds(guarded, ip) || (holds(guarded, address) && prefix >= guarded[1]));
}

function suggest(ip: IPv4 | IPv6): string {
  const guarded = GUARDED.some((network) => holds(network, ip));
  const network = guarded ? undefined : SUGGESTED.find((candidate) => holds(candidate, ip));
  if (network !== undefined) return `${network[0].toString()}/${network[1]}`;
  return `${ip.toString()}/${ip.kind() === 'ipv4' ? 32 : 128}`;
}

function holds([address, prefix]: Network, ip: IPv4 | IPv6): boolean {
  return address.kind() === ip.kind() && ip.match(address, prefix);
}

function networks(cidrs: readonly string[]): Network[] {
  return cidrs.map((cidr) => ipaddr.parseCIDR(cidr));
}
