import { describe, expect, test } from 'vitest';
import { companyOfEmail } from './email.ts';

describe('a business e-mail address names the employer', () => {
  test.each([
    ['anna@example-works.com', 'Example Works', 'example-works.com'],
    ['  Anna.Berg@Mail.Example-Works.CO.UK ', 'Example Works', 'example-works.co.uk'],
    ['anna+news@bmw.de', 'BMW', 'bmw.de'],
    ['anna@pg.com', 'Procter & Gamble', 'pg.com'],
    ['anna@sub.acme.uk.com', 'Acme', 'acme.uk.com'],
    ['ivan@corp.mail.ru', 'Mail', 'mail.ru'],
    ['anna@acme.example', 'Acme', 'acme.example'],
  ])('%s', (email, name, domain) => {
    const found = companyOfEmail(email);
    expect(found?.company).toEqual({ name, domain });
    expect(found?.evidence).toMatchObject({ source: 'email', confidence: 0.95 });
    // The evidence is shown to salespeople: the domain is enough.
    expect(JSON.stringify(found?.evidence)).not.toMatch(/anna|ivan/i);
  });
});

describe('an address that does not name an employer gives no company', () => {
  test.each([
    ['a free mailbox', 'anna@gmail.com'],
    ['a free mailbox in another country', 'anna@yahoo.co.jp'],
    ['a newer free mailbox', 'anna@hey.com'],
    ['an access provider customer', 'anna@t-online.de'],
    ['a forwarder', 'x7f@privaterelay.appleid.com'],
    ['a disposable mailbox', 'anna@guerrillamail.com'],
    ['a code host alias', '1234+anna@users.noreply.github.com'],
    ['a role', 'info@example-works.com'],
    ['a role with a region', 'sales-emea@example-works.com'],
    ['a role with a number', 'support2@example-works.com'],
    ['a machine', 'no-reply@example-works.com'],
    ['an address number', 'anna@[192.0.2.1]'],
    ['a bare address number', 'anna@192.0.2.1'],
    ['a host in the house', 'anna@mail.corp.local'],
    ['a public suffix', 'anna@co.uk'],
    ['no address', 'anna'],
    ['two at signs', 'anna@b@example-works.com'],
    ['nothing', ''],
  ])('%s', (_, email) => {
    expect(companyOfEmail(email)).toBeNull();
  });

  test('a name that only begins like a role is a person', () => {
    expect(companyOfEmail('dev.patel@example-works.com')).not.toBeNull();
    expect(companyOfEmail('hiro@example-works.com')).not.toBeNull();
    expect(companyOfEmail('salesa.berg@example-works.com')).not.toBeNull();
  });
});
