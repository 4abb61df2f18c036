/** Where whoever looks at the page seems to come from: the quickest way to see that a proxy hides everybody. */
import type { Context } from 'hono';
import { isPrivatePrefix } from '../../collector/doctor/diagnosis.ts';
import type { Env, House } from '../house.ts';
import { kindWords } from '../words.ts';
import { Icon } from './icon.tsx';

export interface SeenAsProps {
  address: string;
  /** What is known of it, in words; empty if nothing. */
  is: string;
  isPrivate: boolean;
  /** The request says that it was forwarded, by somebody whom nobody named as trusted. */
  isForwarded: boolean;
}

/** What this request shows of its sender. */
export function seenAs(house: House, c: Context<Env>): SeenAsProps {
  const address = house.clientAddress(c);
  const system = house.resolver.system(address);
  const verdict = house.resolver.resolve(address);
  const isForwarded =
    c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined;
  const name = verdict.company?.name ?? verdict.operator ?? system?.name ?? kindWords[verdict.kind];
  return {
    address,
    is: [system && `AS${system.number}`, name].filter(Boolean).join(', '),
    isPrivate: isPrivatePrefix(address),
    // Who was trusted is not the client.
    isForwarded: isForwarded && address === house.peerAddress(c),
  };
}

/** @param props.isOnDoctor the page that it would lead to is this one */
export function SeenAs({ seen, isOnDoctor = false }: { seen: SeenAsProps; isOnDoctor?: boolean }) {
  const see = (words: string) => (isOnDoctor ? 'See above.' : <a href="/doctor">{words}</a>);
  const { address, is, isPrivate, isForwarded } = seen;
  return (
    <section class="card seen-as">
      <p>
        We see you as <code>{address || 'nobody'}</code>
        {is !== '' && <span class="muted"> ({is})</span>}
      </p>
      {isPrivate && isForwarded ? (
        <p class="notice" role="alert">
          <Icon name="warning" />
          <span>
            That is your proxy’s address, not yours: the proxy passes yours on, but is not named in{' '}
            <code>FOOTLIGHT_TRUSTED_PROXIES</code>. {see('See how to name it')}
          </span>
        </p>
      ) : isPrivate ? (
        <p class="muted">
          A private address: right if you are in the server’s own network, else your proxy does not pass yours
          on. {see('See how to let it')}
        </p>
      ) : (
        isForwarded && (
          <p class="muted">
            Your request says that it was forwarded, by a proxy that is not named in{' '}
            <code>FOOTLIGHT_TRUSTED_PROXIES</code>. If it is yours, name it. {see('See how')}
          </p>
        )
      )}
    </section>
  );
}
