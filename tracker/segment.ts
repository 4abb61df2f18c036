/**
 * The full tag for a site that calls `analytics.…` as Segment's script taught it: answers the calls, those too that
 * the snippet kept, and goes on with the id that Segment gave the visitor. Loaded in place of `analytics.min.js`.
 * @see https://segment.com/docs/connections/sources/catalog/libraries/website/javascript/
 */
import { startWhenSeen } from './footlight.ts';
import { inheritVisitor, newId, readVisitor, writeVisitor } from './identity.ts';
import { seeAddress } from './page.ts';
import { quietly } from './quietly.ts';
import { cut, pause, type Said, send } from './send.ts';
import { options } from './settings.ts';
import { visitorPattern, type WireEvent } from './wire.ts';

interface Properties {
  [name: string]: unknown;
}

/** What the snippet adds to a call that it keeps: the page as it was then. */
interface PageContext {
  __t: 'bpc';
  /** Address. */
  u: string;
  /** Title. */
  t: string;
}

/** A call, as the snippet keeps it: the method's name, then what it was given. */
type Call = [method: string, ...given: unknown[]];

type Listener = (...given: unknown[]) => void;

/** An array of calls until it is loaded; then whatever `methods` names. */
interface Analytics extends Array<Call> {
  _writeKey?: string;
  initialized?: boolean;
  [method: string]: unknown;
}

declare global {
  interface Window {
    analytics?: Analytics;
  }
}

const isObject = (value: unknown): value is Properties => typeof value === 'object' && value !== null;

const isContext = (value: unknown): value is PageContext =>
  isObject(value) && (value as unknown as PageContext).__t === 'bpc';

/** Segment's scripts keep values in cookies as they are, and in `localStorage` as JSON. */
function kept(name: string): string | undefined {
  const cookie = document.cookie.match(`(^|; )${name}=([^;]*)`)?.[2];
  return decodeURIComponent(cookie ?? localStorage.getItem(name) ?? '').replace(/^"|"$/g, '') || undefined;
}

function isVisitor(id: unknown): id is string {
  return typeof id === 'string' && RegExp(`^${visitorPattern}$`).test(id);
}

/** From here on another visitor; what was said before is still the one's before. */
function become(visitor: string): void {
  pause();
  writeVisitor(visitor);
}

/** A name or id, and an object of properties or traits: each may be left out. */
function takeApart(given: unknown[]): { id: string | undefined; details: Properties | undefined } {
  const [first] = given;
  const hasId = typeof first === 'string' || typeof first === 'number';
  return {
    id: hasId ? cut(`${first}`) : undefined,
    details: given.find((value) => isObject(value) && !isContext(value)) as Properties | undefined,
  };
}

const listeners = new Map<string, Set<Listener>>();
let user: { id: string | undefined; traits: Properties } = { id: undefined, traits: {} };
let group: typeof user = { id: undefined, traits: {} };

function emit(name: string, ...given: unknown[]): void {
  for (const listener of listeners.get(name) ?? []) quietly(listener)(...given);
}

/** Tells an event, on the page where it was said, and calls back as Segment's script does. */
function tell(event: Said<WireEvent>, given: unknown[]): Promise<unknown> {
  const context = given.find(isContext);
  const told = context ? { ...event, url: cut(context.u.replace(/#.*/, '')) } : event;
  const done = new Promise<unknown>((settle) => send(told as typeof event, settle));
  const callback = given.find((value) => typeof value === 'function') as (() => void) | undefined;
  if (callback) done.then(quietly(callback));
  return done.then(() => ({ event }));
}

const methods: { [name: string]: (...given: unknown[]) => unknown } = {
  track(...given) {
    const { id: name, details: props } = takeApart(given);
    emit('track', name, props);
    return tell({ type: 'track', name: name ?? '', props }, given);
  },
  identify(...given) {
    const { id, details } = takeApart(given);
    user = { id: id ?? user.id, traits: { ...user.traits, ...details } };
    emit('identify', user.id, details);
    return tell({ type: 'identify', user: user.id, traits: user.traits }, given);
  },
  group(...given) {
    const { id, details } = takeApart(given);
    if (given.length === 0) return { id: () => group.id, traits: () => group.traits };
    group = { id: id ?? group.id, traits: { ...group.traits, ...details } };
    emit('group', group.id, details);
    if (group.id) return tell({ type: 'group', group: group.id, traits: group.traits }, given);
  },
  alias(...given) {
    return methods.identify?.(...given);
  },
  /** Pages are told by themselves: this adds one only where the address changed without the browser's history. */
  page() {
    seeAddress(true);
    emit('page');
    return Promise.resolve();
  },
  /** Somebody else may sit down at the same browser: a new visitor from here on. */
  reset() {
    user = { id: undefined, traits: {} };
    group = { id: undefined, traits: {} };
    become(newId());
    emit('reset');
  },
  user: () => ({ id: () => user.id, traits: () => user.traits, anonymousId: () => readVisitor() ?? null }),
  setAnonymousId(id) {
    if (isVisitor(id)) become(id);
    return readVisitor();
  },
  on(name, listener) {
    const all = listeners.get(name as string) ?? new Set();
    listeners.set(name as string, all.add(listener as Listener));
    return window.analytics;
  },
  once(name, listener) {
    const once: Listener = (...given) => {
      methods.off?.(name, once);
      (listener as Listener)(...given);
    };
    return methods.on?.(name, once);
  },
  off(name, listener) {
    listeners.get(name as string)?.delete(listener as Listener);
    return window.analytics;
  },
  ready(action) {
    quietly(action as () => void)();
    return Promise.resolve();
  },
};

/** The same method, but what goes wrong in it is not the site's: then it answers nothing. */
function answering(method: (...given: unknown[]) => unknown): typeof method {
  return (...given) => {
    try {
      return method(...given);
    } catch {
      return undefined;
    }
  };
}

/** Methods that have nothing to do here, and must be there all the same. */
const idle =
  'load debug timeout trackSubmit trackClick trackLink trackForm pageview screen register deregister addSourceMiddleware addIntegrationMiddleware addDestinationMiddleware'.split(
    ' ',
  );

quietly(() => {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  const calls = window.analytics ?? ([] as unknown as Analytics);
  if (calls.initialized) return;
  Object.assign(options, { site: calls._writeKey, to: new URL('e', src) }, dataset);
  const anonymous = kept('ajs_anonymous_id');
  if (isVisitor(anonymous)) inheritVisitor(anonymous);
  startWhenSeen();
  const waiting = calls.splice(0);
  for (const name of idle) calls[name] = () => calls;
  for (const [name, method] of Object.entries(methods)) calls[name] = answering(method);
  const answer = ([name, ...given]: Call): void => {
    const method = calls[name];
    if (typeof method === 'function') method.apply(calls, given);
  };
  calls.push = (...more: Call[]) => {
    more.forEach(answer);
    return 0;
  };
  calls.initialized = true;
  window.analytics = calls;
  waiting.forEach(answer);
})();
