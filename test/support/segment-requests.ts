/**
 * Requests as Segment's and RudderStack's server libraries are known to write them, written by hand, with each one's
 * habits (nulls, empty arrays, numbers of digits after the second, the path it calls).
 */
export interface LibraryRequest {
  name: string;
  path: string;
  headers(key: string): Record<string, string>;
  /** @param at when the event was made and sent, ms */
  body(key: string, at: number, message: string): unknown;
}

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
const iso = (at: number) => new Date(at).toISOString();

export const libraryRequests: LibraryRequest[] = [
  {
    name: 'analytics-python',
    path: '/v1/batch',
    headers: (key) => ({
      'content-type': 'application/json',
      'user-agent': 'analytics-python/2.3.2',
      accept: '*/*',
      'accept-encoding': 'gzip, deflate',
      authorization: basic(key),
    }),
    body: (key, at, message) => ({
      batch: [
        {
          integrations: {},
          anonymousId: null,
          properties: { plan: 'pro' },
          timestamp: iso(at).replace(/\.(\d+)Z/, '.$1000+00:00'),
          context: { library: { name: 'analytics-python', version: '2.3.2' } },
          userId: 'user-py',
          type: 'track',
          event: 'Plan chosen',
          messageId: message,
        },
      ],
      sentAt: iso(at).replace('Z', '+00:00'),
      writeKey: key,
    }),
  },
  {
    name: 'analytics-php',
    path: '/v1/batch',
    headers: (key) => ({
      'content-type': 'application/json',
      'user-agent': 'analytics-php/3.8.1 (LibCurl)',
      accept: '*/*',
      authorization: basic(key),
    }),
    body: (_key, at, message) => ({
      batch: [
        {
          userId: 7,
          event: 'Plan chosen',
          // An empty array of PHP is a list in JSON, whatever it was meant to be.
          properties: [],
          type: 'track',
          context: { library: { name: 'analytics-php', version: '3.8.1', consumer: 'LibCurl' } },
          timestamp: iso(at).replace('Z', '+00:00'),
          messageId: message,
        },
      ],
      sentAt: iso(at).replace(/\.\d+Z/, '+00:00'),
    }),
  },
  {
    name: 'analytics-ruby',
    path: '/v1/import',
    headers: (key) => ({
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'analytics-ruby/2.5.0',
      authorization: basic(key),
    }),
    body: (_key, at, message) => ({
      sentAt: iso(at),
      batch: [
        {
          context: { library: { name: 'analytics-ruby', version: '2.5.0' } },
          integrations: null,
          messageId: message,
          timestamp: iso(at),
          anonymousId: null,
          userId: 'user-rb',
          type: 'track',
          event: 'Plan chosen',
          properties: {},
        },
      ],
    }),
  },
  {
    name: 'analytics-go',
    path: '/v1/batch',
    headers: (key) => ({
      'user-agent': 'analytics-go (version: 3.3.0)',
      'content-type': 'application/json',
      authorization: basic(key),
    }),
    body: (_key, at, message) => ({
      messageId: `batch-${message}`,
      sentAt: iso(at).replace('Z', '123456Z'),
      batch: [
        {
          type: 'track',
          messageId: message,
          userId: 'user-go',
          event: 'Plan chosen',
          timestamp: iso(at).replace('Z', '123456Z'),
          properties: { plan: 'pro' },
        },
      ],
      context: { library: { name: 'analytics-go', version: '3.3.0' } },
    }),
  },
  {
    name: 'RudderStack’s node SDK',
    path: '/v1/batch',
    headers: (key) => ({
      accept: 'application/json, text/plain, */*',
      'content-type': 'application/json',
      'user-agent': 'rudder-sdk-node/2.1.3',
      authorization: basic(key),
    }),
    body: (_key, at, message) => ({
      batch: [
        {
          userId: 'user-rs',
          event: 'Plan chosen',
          properties: { plan: 'pro' },
          type: 'track',
          channel: 'server',
          context: { library: { name: '@rudderstack/rudder-sdk-node', version: '2.1.3' } },
          _metadata: { nodeVersion: '20.19.0' },
          originalTimestamp: iso(at),
          messageId: message,
        },
      ],
      sentAt: iso(at),
    }),
  },
];
