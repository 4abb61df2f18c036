/** Text that stands where a name should, in data on address ranges: what the range is for, not who has it. Data. */
import { listed } from './listed.ts';

/** Marks as in `kind-words.ts`. */
export const poolWords: readonly string[] = listed(`
  dynamic, dynamically, dinamic*, dynamique, dynamisch*, dyn, pool, pools, ippool, *pool, dhcp, pppoe,
  ppp, bras, bng, cgnat, cgn, nat, nat pool, dslam, dsl, adsl, vdsl, xdsl, hsbb, ftth, gpon, hfc, cmts,
  docsis, gprs, apn, customer, customers, cust, clients, clientes, kunden, klienten, abonnes, abonados,
  subscribers, subscriber, end user, end users, residential, residencial, home users, users, broadband,
  retail broadband, assignment, assignments, assigned, allocation, allocations, allocated, allocate,
  reserved, reservado, infrastructure, infra, backbone, loopback, loopbacks, point to point, p2p, ptp,
  wan, interconnect, interconnection, links, transit, peering, router, routers, management, ip address,
  ip addresses, ip numbers, ip range, ip block, address block, address space, network block, netblock,
  subnet, ipv4, ipv6, static ip, static, fixed ip, leased line, leased lines, dedicated line,
  metro ethernet, metroe, mpls, vlan, wifi, hotspot, hotspots, wlan, wireless, mobile, mobile data, dial,
  dialup, dial up, voip, sip, region, pop, node, nodes, staging, temporary, test, testing, lab,
  provisioning, proxy, nodo, zona, unassigned, unknown, private, debogon, bogon, resolver project,
  not used, unused, free, spare, default, internal, internal use, public ip, cloud service
`);
