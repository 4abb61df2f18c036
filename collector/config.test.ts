import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { siteDomain } from './site-domain.ts';

describe('settings', () => {
  test('need nothing to be set', () => {
    expect(readConfig({}, './data', {})).toMatchObject({
      port: 8080,
      dataDir: './data',
      publicUrl: null,
      trustedProxies: [],
      ipDatabases: [],
      reverseDns: false,
    });
  });

  test('given on the command line win over the environment, and an empty variable is not set', () => {
    const env = { PORT: '9000', FOOTLIGHT_DATA: '/var/lib/footlight', FOOTLIGHT_PUBLIC_URL: '' };
    expect(readConfig({ port: '7000' }, './data', env)).toMatchObject({
      port: 7000,
      dataDir: '/var/lib/footlight',
      publicUrl: null,
    });
  });

  test('are lists where commas are, and addresses lose the slash at their end', () => {
    const env = {
      FOOTLIGHT_IP_DATABASES: 'a.mmdb, b.mmdb,',
      FOOTLIGHT_PUBLIC_URL: 'https://footlight.example.com/',
    };
    expect(readConfig({}, './data', env)).toMatchObject({
      ipDatabases: ['a.mmdb', 'b.mmdb'],
      publicUrl: 'https://footlight.example.com',
    });
  });

  test('turn reverse DNS on only where they say so', () => {
    expect(readConfig({}, './data', { FOOTLIGHT_REVERSE_DNS: 'on' }).reverseDns).toBe(true);
    expect(() => readConfig({}, './data', { FOOTLIGHT_REVERSE_DNS: 'yes' })).toThrow('FOOTLIGHT_REVERSE_DNS');
  });

  test('that cannot be used are all told at once, each with its value but the secret', () => {
    const env = { PORT: 'eighty', FOOTLIGHT_SECRET: 'short' };
    expect(() => readConfig({}, './data', env)).toThrow(/PORT="eighty"[\s\S]*FOOTLIGHT_SECRET=/);
    expect(() => readConfig({}, './data', env)).not.toThrow(/short"/);
  });

  test('of mail go together, and the password is never told', () => {
    const mail = {
      FOOTLIGHT_SMTP_URL: 'smtps://kim:letmein@mail.example.com',
      FOOTLIGHT_MAIL_FROM: 'Kim <kim@example.com>',
    };
    expect(readConfig({}, './data', mail).mail).toEqual({
      url: 'smtps://kim:letmein@mail.example.com',
      from: 'Kim <kim@example.com>',
    });
    expect(readConfig({}, './data', {}).mail).toBeNull();
    const alone = { FOOTLIGHT_SMTP_URL: mail.FOOTLIGHT_SMTP_URL };
    expect(() => readConfig({}, './data', alone)).toThrow('FOOTLIGHT_MAIL_FROM is not set');
    const wrong = { ...mail, FOOTLIGHT_SMTP_URL: 'kim:letmein@mail.example.com' };
    expect(() => readConfig({}, './data', wrong)).toThrow(
      'FOOTLIGHT_SMTP_URL=(not shown): is not like smtps://',
    );
    expect(() => readConfig({}, './data', wrong)).not.toThrow(/letmein/);
    const twoLines = { ...mail, FOOTLIGHT_MAIL_FROM: 'kim@example.com\nBcc: all@example.com' };
    expect(() => readConfig({}, './data', twoLines)).toThrow('FOOTLIGHT_MAIL_FROM');
  });

  test('name hosts that may stand in for Slack', () => {
    const env = { FOOTLIGHT_SLACK_HOSTS: 'Chat.example.com, 10.0.0.8:8065' };
    expect(readConfig({}, './data', env).slackHosts).toEqual(['chat.example.com', '10.0.0.8:8065']);
  });

  test.each(['FOOTLIGHT_IPINFO_TOKEN', 'FOOTLIGHT_MAXMIND_ACCOUNT', 'FOOTLIGHT_MAXMIND_KEY'])(
    '%s that cannot be one is told without its value',
    (name) => {
      const env = { [name]: 'token\nwith-a-line-end' };
      expect(() => readConfig({}, './data', env)).toThrow(`${name}=(not shown): is not one word`);
      expect(() => readConfig({}, './data', env)).not.toThrow(/with-a-line-end/);
    },
  );
});

describe('a site’s domain', () => {
  test.each([
    ['example.com', 'example.com'],
    [' https://www.Example.com/about?x=1 ', 'example.com'],
    ['http://localhost:3000', 'localhost:3000'],
    ['192.0.2.7', '192.0.2.7'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('is read from %j', (typed, domain) => {
    expect(siteDomain(typed)).toBe(domain);
  });

  test.each(['', 'two words', 'https://', '/about', 'com', 'co.uk', '..'])(
    '%j is refused with what was typed',
    (typed) => {
      expect(() => siteDomain(typed)).toThrow(`"${typed}" is not a domain`);
    },
  );
});
