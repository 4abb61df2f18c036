/** The script that a site loads: reads what its tag says, and starts. */
import { startWhenSeen } from './footlight.ts';
import { options } from './settings.ts';

try {
  const { dataset, src } = document.currentScript as HTMLScriptElement;
  // `e` beside the script itself, whatever the owner called it.
  Object.assign(options, { to: new URL('e', src) }, dataset, window.footlight?.options);
  startWhenSeen();
} catch {
  // The page's console is not ours to fill.
}
