import { describe, expect, test } from 'vitest';
import type { Detail } from '../draft.ts';
import { identityOf } from './account.ts';

const form = (more: Partial<NonNullable<Detail['form']>>): Detail => ({
  form: { step: 'submit', name: 'contact', id: '', action: '/send', ...more },
});

describe('a form that was sent', () => {
  test('with an e-mail field that the owner asked for tells who it was', () => {
    expect(identityOf(1, form({ values: { Email: ' Kim@Harbour-Tools.com ' } }))).toMatchObject({
      key: 'mailto:kim@harbour-tools.com',
      label: 'kim@harbour-tools.com',
      account: { key: 'harbour-tools.com' },
    });
  });

  test('with the domain of an e-mail only tells where they work, and nobody in particular', () => {
    expect(identityOf(1, form({ domain: 'mail.harbour-tools.com' }))).toMatchObject({
      key: 'domain:harbour-tools.com',
      label: 'harbour-tools.com',
      account: { key: 'harbour-tools.com' },
      evidence: { source: 'email', confidence: 0.95 },
    });
  });

  test.each([
    ['a free-mail domain', { domain: 'gmail.com' }],
    ['what is no domain', { domain: 'harbour' }],
    ['no e-mail', { values: { company: 'Harbour Tools' } }],
    [
      'two e-mails of which neither is called so',
      { values: { you: 'kim@a-works.com', friend: 'lee@b-works.com' } },
    ],
    ['nothing', {}],
  ])('with %s tells nobody', (_, more) => {
    expect(identityOf(1, form(more))).toBeNull();
  });

  test('with the sender’s e-mail and a colleague’s is the sender’s', () => {
    const values = { 'work-email': 'kim@harbour-tools.com', colleague: 'lee@northern-mills.com' };
    expect(identityOf(1, form({ values }))?.label).toBe('kim@harbour-tools.com');
  });

  test.each([
    ['free-mail', 'kim@gmail.com'],
    ['role', 'info@harbour-tools.com'],
    ['disposable', 'kim@mailinator.com'],
  ])('with a %s address tells the person and no company', (_, email) => {
    expect(identityOf(1, form({ values: { email } }))).toMatchObject({ label: email, account: null });
  });

  test.each(['start', 'abandon'] as const)('that was only begun or given up (%s) tells nobody', (step) => {
    expect(identityOf(1, form({ step, domain: 'harbour-tools.com' }))).toBeNull();
  });
});

test('a site’s own id is a person of that site; with an e-mail it stands for the same person', () => {
  const told = (user: string | null, email: string | null): Detail => ({
    identify: { user, email, traits: {} },
  });
  expect(identityOf(2, told('u-17', null))).toMatchObject({ key: 'user:2:u-17', account: null });
  expect(identityOf(2, told('u-17', 'kim@harbour-tools.com'))).toMatchObject({
    key: 'mailto:kim@harbour-tools.com',
    alias: 'user:2:u-17',
  });
  expect(identityOf(2, told(null, null))).toBeNull();
});
