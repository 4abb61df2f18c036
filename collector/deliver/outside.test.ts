import { describe, expect, test } from 'vitest';
import { checkedAddress } from './outside.ts';

const asked = (url: string, addresses: string[], trustedHosts: string[] = []) =>
  checkedAddress(new URL(url), { trustedHosts, resolve: async () => addresses });

describe('an address that somebody typed', () => {
  test('that is public is asked at the very address that was checked', async () => {
    expect(await asked('https://hooks.slack.com/services/x', ['8.8.8.8', '2606:4700::1'])).toBe('8.8.8.8');
  });

  test.each([
    ['127.0.0.1', 'the machine itself'],
    ['10.1.2.3', 'a private address'],
    ['169.254.169.254', 'a link-local address'],
    ['::1', 'the machine itself'],
    ['::ffff:192.168.0.1', 'a private address'],
    ['fd00::1', 'a private address'],
    ['64:ff9b::a00:1', 'an IPv4 address in IPv6'],
    ['2002:7f00:1::', 'an IPv4 address in IPv6'],
    ['0.0.0.0', 'an unspecified address'],
  ])('whose name leads to %s is refused: it is %s', async (address, is) => {
    await expect(asked('https://hooks.slack.com/', [address])).rejects.toThrow(is);
    // One public address beside it does not help: which one is taken is not ours to hope.
    await expect(asked('https://hooks.slack.com/', ['8.8.8.8', address])).rejects.toThrow(is);
  });

  test('that is a number in brackets or in disguise is refused as well', async () => {
    await expect(asked('https://[::1]/', [])).rejects.toThrow('loopback');
    await expect(asked('https://2130706433/', [])).rejects.toThrow('loopback');
    await expect(asked('https://0x7f.1/', [])).rejects.toThrow('loopback');
  });

  test('without TLS, or with a password in it, is refused', async () => {
    await expect(asked('http://hooks.slack.com/', ['8.8.8.8'])).rejects.toThrow('is not https');
    await expect(asked('https://a:b@hooks.slack.com/', ['8.8.8.8'])).rejects.toThrow('has a password in it');
    await expect(asked('https://hooks.slack.com/', [])).rejects.toThrow('has no address');
  });

  test('that the owner vouches for may be inside, on that port alone', async () => {
    expect(await asked('http://chat.test:8065/hooks/x', ['10.0.0.8'], ['chat.test:8065'])).toBe('10.0.0.8');
    await expect(asked('http://chat.test/', ['10.0.0.8'], ['chat.test:8065'])).rejects.toThrow(
      'is not https',
    );
  });
});
