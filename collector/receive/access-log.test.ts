import { describe, expect, test } from 'vitest';
import { parseLogLine } from './access-log.ts';
import { noiseOf } from './log-noise.ts';

const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const at = Date.UTC(2026, 6, 14, 8, 5, 3);

describe('a line of an access log is read:', () => {
  const visit = {
    address: '198.51.100.7',
    at,
    method: 'GET',
    target: '/pricing?utm_source=x',
    status: 200,
    referrer: 'https://www.google.com/',
    userAgent: agent,
    host: null,
  };
  test.each<[string, string, object]>([
    [
      'combined',
      `198.51.100.7 - - [14/Jul/2026:10:05:03 +0200] "GET /pricing?utm_source=x HTTP/1.1" 200 5123 "https://www.google.com/" "${agent}"`,
      visit,
    ],
    [
      'combined with fields behind it',
      `198.51.100.7 - kim [14/Jul/2026:08:05:03 +0000] "GET /pricing?utm_source=x HTTP/2.0" 200 5123 "https://www.google.com/" "${agent}" 0.004 "-"`,
      visit,
    ],
    [
      'combined behind a virtual host',
      `www.lumen.example:443 198.51.100.7 - - [14/Jul/2026:03:35:03 -0430] "GET /pricing?utm_source=x HTTP/1.1" 200 5123 "https://www.google.com/" "${agent}"`,
      { ...visit, host: 'www.lumen.example:443' },
    ],
    [
      'common, which has no agent',
      '2001:db8::7 - - [14/Jul/2026:08:05:03 +0000] "GET / HTTP/1.1" 304 -',
      { address: '2001:db8::7', target: '/', status: 304, referrer: '', userAgent: null },
    ],
    [
      'a client that gave neither referrer nor agent',
      '198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "GET / HTTP/1.1" 200 12 "-" "-"',
      { referrer: '', userAgent: '' },
    ],
    [
      'quotes and bytes in an agent',
      String.raw`198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "GET / HTTP/1.1" 200 12 "-" "he said \"hi\" \x41"`,
      { userAgent: 'he said "hi" A' },
    ],
    [
      'letters beyond ASCII, as Apache writes them',
      String.raw`198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "GET /f\xc3\xbcr HTTP/1.1" 200 12 "-" "tab\there"`,
      { target: '/für', userAgent: 'tab\there' },
    ],
    [
      'a user with a space in the name',
      '198.51.100.7 - Kim Berg [14/Jul/2026:08:05:03 +0000] "GET / HTTP/1.1" 200 12 "-" "-"',
      { address: '198.51.100.7', host: null },
    ],
    [
      'a path with a space in it',
      '198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "GET /our prices HTTP/1.1" 200 12 "-" "-"',
      { method: 'GET', target: '/our prices' },
    ],
    [
      'a request without a protocol',
      '198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "GET /" 200 12 "-" "-"',
      { method: 'GET', target: '/' },
    ],
    [
      'nginx JSON without escape=json',
      String.raw`{"time_iso8601":"2026-07-14T08:05:03+00:00","remote_addr":"198.51.100.7","request":"GET /f\xC3\xBCr HTTP/1.1","status":"200","http_user_agent":"he said \x22hi\x22"}`,
      { at, target: '/für', userAgent: 'he said "hi"' },
    ],
    [
      'nginx JSON',
      JSON.stringify({
        time_iso8601: '2026-07-14T10:05:03+02:00',
        remote_addr: '198.51.100.7',
        request: 'GET /pricing?utm_source=x HTTP/1.1',
        status: '200',
        http_referer: 'https://www.google.com/',
        http_user_agent: agent,
      }),
      visit,
    ],
    [
      'JSON with its own names and seconds',
      JSON.stringify({
        msec: '1784016303.000',
        client_ip: '198.51.100.7',
        method: 'GET',
        uri: '/pricing?utm_source=x',
        status: 200,
        referer: 'https://www.google.com/',
        user_agent: agent,
        host: 'WWW.Lumen.example',
      }),
      { ...visit, host: 'www.lumen.example' },
    ],
    [
      'Caddy JSON',
      JSON.stringify({
        level: 'info',
        ts: 1784016303.0,
        request: {
          remote_ip: '10.0.0.9',
          client_ip: '198.51.100.7',
          method: 'GET',
          host: 'www.lumen.example',
          uri: '/pricing?utm_source=x',
          headers: { 'User-Agent': [agent], Referer: ['https://www.google.com/'] },
        },
        status: 200,
      }),
      { ...visit, host: 'www.lumen.example' },
    ],
  ])('%s', (_, line, expected) => {
    expect(parseLogLine(line)).toMatchObject(expected);
  });

  // vitest may run in any zone; a time that names none must not mean the reader's.
  test.each(['2026-07-14T08:05:03', '2026-07-14 08:05:03', '2026/07/14 08:05:03', '14/Jul/2026:08:05:03'])(
    'a time without a zone, %s, is UTC wherever it is read',
    (time) => {
      const zone = process.env.TZ;
      process.env.TZ = 'America/New_York';
      try {
        const line = JSON.stringify({
          time,
          remote_addr: '198.51.100.7',
          request: 'GET / HTTP/1.1',
          status: 200,
        });
        expect(parseLogLine(line)).toMatchObject({ at });
      } finally {
        if (zone === undefined) delete process.env.TZ;
        else process.env.TZ = zone;
      }
    },
  );

  test.each([
    ['', 'neither'],
    ['198.51.100.7 - - [31/Feb/2026:08:05:03 +0000] "GET / HTTP/1.1" 200 1', '31/Feb/2026'],
    [String.raw`{"time":"2026-07-14T08:05:03Z","remote_addr":"\x22`, 'JSON is broken'],
    ['hello', 'neither'],
    ['{"status":', 'JSON is broken'],
    ['{"status":200,"request":"GET / HTTP/1.1"}', 'no time'],
    ['{"status":200,"time":"yesterday","request":"GET / HTTP/1.1"}', '"yesterday"'],
    ['198.51.100.7 - - [99/Foo/2026:08:05:03 +0000] "GET / HTTP/1.1" 200 1', 'time'],
    [String.raw`198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "\x16\x03\x01" 400 1 "-" "-"`, 'no path'],
    [`${'['.repeat(50_000)}`, 'neither'],
    [`198.51.100.7 - - [14/Jul/2026:08:05:03 +0000] "${'\\"'.repeat(30_000)}`, 'neither'],
  ])('and one that cannot be is told why (%#)', (line, problem) => {
    expect(parseLogLine(line)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('what is no visit is told apart:', () => {
  const line = {
    address: '198.51.100.7',
    at,
    method: 'GET',
    target: '/',
    status: 200,
    referrer: '',
    host: null,
  };
  test.each<[string | null, Partial<typeof line>, string?]>([
    [null, { target: '/' }],
    [null, { target: '/blog/2026/07/pumps.html' }],
    [null, { target: '/pricing?file=a.png' }],
    [null, { target: '/', status: 304 }],
    [null, { target: '/assets-management' }],
    [null, { target: '/sitemap' }],
    [null, { target: '/favicon-generator' }],
    [null, { target: '/wp-admin-guide' }],
    [null, { target: '/search?feedback=rss' }],
    ['static_file', { target: '/sitemap.xml' }],
    ['static_file', { target: '/?feed=rss2' }],
    ['static_file', { target: '/tags/puppet?page=2&flav=atom' }],
    ['static_file', { target: '/wp-admin/' }],
    ['static_file', { target: '/wp-cron.php' }],
    ['static_file', { target: '/app.css?v=3' }],
    ['static_file', { target: '/img/Logo.PNG' }],
    ['static_file', { target: '/favicon.ico' }],
    ['static_file', { target: '/robots.txt' }],
    ['static_file', { target: '/blog/feed/' }],
    ['static_file', { target: '/wp-json/wp/v2/posts' }],
    ['static_file', { target: '/.well-known/security' }],
    ['static_file', { target: 'https://lumen.example/paper.pdf' }],
    ['method', { method: 'HEAD' }],
    ['method', { method: 'POST' }],
    ['http_status', { status: 301 }],
    ['http_status', { status: 404 }],
    ['http_status', { status: 500 }],
    ['monitoring', { target: '/healthz' }],
    ['monitoring', {}, 'Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
    ['monitoring', {}, 'kube-probe/1.31'],
  ])('%s: %j %s', (reason, more, userAgent = agent) => {
    expect(noiseOf({ ...line, ...more, userAgent })).toBe(reason);
  });
});
