/** Browser, system and form factor from the user agent. A parse costs more than all else together, so it is kept. */
import UAParser from 'ua-parser-js';
import { type Agent, isHearsay } from '../draft.ts';
import { remember } from '../remember.ts';
import type { Step } from './step.ts';

/** Nobody's browser. */
const server: Agent = { browser: 'Server', os: '', device: 'other' };
const file: Agent = { browser: 'Import', os: '', device: 'other' };

export function agentStep(): Step {
  const parsed = remember(5_000, agentOf);
  return {
    name: 'agent',
    run({ via, userAgent, isDriven }) {
      if (isHearsay(via) && userAgent === '') return { agent: via === 'server' ? server : file };
      const agent = parsed(userAgent);
      // Shown and not refused: whoever tests their own site would look for their visits in vain.
      return { agent: isDriven ? { ...agent, browser: `${agent.browser}, driven by a program` } : agent };
    },
  };
}

/** @example agentOf('Mozilla/5.0 (Windows NT 10.0; …) … Edg/140.0') // { browser: 'Edge', os: 'Windows', device: 'desktop' } */
function agentOf(userAgent: string): Agent {
  const { browser, os, device } = new UAParser(userAgent).getResult();
  return {
    browser: browser.name ?? 'Unknown',
    os: os.name ?? 'Unknown',
    device: deviceOf(device.type, os.name),
  };
}

/** The parser names a form factor only where it is not a desktop. Without a system it has recognised nothing. */
function deviceOf(type: string | undefined, os: string | undefined): Agent['device'] {
  if (type === undefined) return os === undefined ? 'other' : 'desktop';
  return type === 'mobile' || type === 'tablet' ? type : 'other';
}
