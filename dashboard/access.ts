/**
 * What each route behind sign-in takes to open. The guard asks it by the route that was matched, never by the address
 * as it was typed, and a route that is not in it is closed to everybody.
 */
import { type Capability, roleMay } from '../collector/access/capability.ts';
import type { User } from './roles.ts';

/** `signed in`: one's own affairs, whatever the role. */
export const pageAccess: Readonly<Record<string, Capability | 'signed in'>> = {
  'GET /': 'signed in',
  'GET /overview': 'accounts:read',
  'GET /live': 'accounts:read',
  'GET /live/events': 'accounts:read',
  'GET /accounts': 'accounts:read',
  'GET /accounts.csv': 'accounts:export',
  'GET /accounts/import': 'accounts:import',
  'POST /accounts/import': 'accounts:import',
  'GET /imports': 'accounts:import',
  'GET /imports/new': 'accounts:import',
  'POST /imports/new': 'accounts:import',
  'GET /imports/file/:token': 'accounts:import',
  'POST /imports/file/:token': 'accounts:import',
  'POST /imports/file/:token/import': 'accounts:import',
  'GET /imports/:id': 'accounts:import',
  'GET /imports/:id/state': 'accounts:import',
  'POST /imports/:id/undo': 'accounts:import',
  'GET /accounts/:id': 'accounts:read',
  'GET /accounts/:id/correct': 'accounts:correct',
  'POST /accounts/:id/correct': 'accounts:correct',
  'POST /accounts/:id/relate': 'accounts:write',
  'POST /decisions/:id/undo': 'accounts:correct',
  'GET /segments': 'accounts:read',
  'GET /segments/new': 'segments:write',
  'GET /segments/names': 'accounts:read',
  'POST /segments/new': 'segments:write',
  'POST /segments/check': 'accounts:read',
  'GET /segments/:id/edit': 'segments:write',
  'POST /segments/:id/edit': 'segments:write',
  'POST /segments/:id/remove': 'segments:write',
  'GET /learned': 'accounts:read',
  'POST /learned/forget': 'settings:write',
  'GET /health': 'health:read',
  'GET /password': 'signed in',
  'POST /password': 'signed in',
  'POST /theme': 'signed in',
  'POST /sign-out': 'signed in',
  'GET /sites/new': 'sites:write',
  'POST /sites/new': 'sites:write',
  'GET /sites/:id/tag': 'sites:write',
  'GET /sites/:id/status': 'sites:write',
  'GET /sites/:id/settings': 'sites:write',
  'POST /sites/:id/settings': 'sites:write',
  'GET /settings/sites': 'sites:write',
  'GET /settings/rules': 'settings:write',
  'POST /settings/rules': 'settings:write',
  'POST /settings/rules/:id/remove': 'settings:write',
  'POST /settings/data/fetch': 'settings:write',
  'POST /settings/data/schedule': 'settings:write',
  'GET /settings/data/state': 'settings:write',
  'GET /settings/users': 'users:write',
  'POST /settings/users': 'users:write',
  'POST /settings/users/:id/role': 'users:write',
  'POST /settings/users/:id/remove': 'users:write',
  'GET /settings/audit': 'audit:read',
  'GET /settings/audit.csv': 'audit:read',
  'GET /settings/keys': 'keys:read',
  'POST /settings/keys': 'keys:write',
  'POST /settings/keys/:id/revoke': 'keys:write',
  'GET /doctor': 'settings:write',
  'POST /doctor/dismiss': 'settings:write',
  'POST /doctor/watch': 'settings:write',
};

/** Whether somebody may open a route. @param route method and path as registered, `GET /accounts/:id` */
export function mayOpen(user: User, route: string): boolean {
  const needs = Object.hasOwn(pageAccess, route) ? pageAccess[route] : undefined;
  return needs !== undefined && (needs === 'signed in' || roleMay(user.role, needs));
}
