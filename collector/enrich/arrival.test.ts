import { describe, expect, test } from 'vitest';
import { arrivalOf } from './arrival.ts';

/** query, referrer → channel, source, medium */
const cases: [string, string, string, string, string][] = [
  // Search
  ['', 'https://www.google.com/', 'Organic Search', 'google', 'organic'],
  ['', 'https://www.google.co.uk/search', 'Organic Search', 'google', 'organic'],
  ['', 'https://google.de', 'Organic Search', 'google', 'organic'],
  ['', 'https://www.bing.com/search?q=secret', 'Organic Search', 'bing', 'organic'],
  ['', 'https://duckduckgo.com/', 'Organic Search', 'duckduckgo', 'organic'],
  ['', 'https://de.search.yahoo.com/', 'Organic Search', 'yahoo', 'organic'],
  ['', 'https://yandex.com.tr/', 'Organic Search', 'yandex', 'organic'],
  ['', 'https://www.ecosia.org/', 'Organic Search', 'ecosia', 'organic'],
  ['', 'https://search.brave.com/', 'Organic Search', 'brave', 'organic'],
  ['', 'https://kagi.com/search', 'Organic Search', 'kagi', 'organic'],
  ['', 'https://www.startpage.com/', 'Organic Search', 'startpage', 'organic'],
  ['', 'android-app://com.google.android.googlequicksearchbox/', 'Organic Search', 'google', 'organic'],
  ['?utm_source=partner&utm_medium=organic', '', 'Organic Search', 'partner', 'organic'],
  ['?utm_source=google&utm_medium=cpc', '', 'Paid Search', 'google', 'cpc'],
  ['?utm_source=Bing&utm_medium=PPC', '', 'Paid Search', 'Bing', 'PPC'],
  ['?utm_source=google&utm_medium=cpm', '', 'Paid Search', 'google', 'cpm'],
  ['?gclid=abc', '', 'Paid Search', 'google', 'cpc'],
  ['?gclid=abc', 'https://www.google.com/', 'Paid Search', 'google', 'cpc'],
  ['?wbraid=abc', '', 'Paid Search', 'google', 'cpc'],
  ['?msclkid=abc', 'https://www.bing.com/', 'Paid Search', 'bing', 'cpc'],
  ['?yclid=abc', '', 'Paid Search', 'yandex', 'cpc'],
  ['?utm_source=google&utm_campaign=x&gclid=abc', '', 'Paid Search', 'google', 'cpc'],
  ['?utm_medium=cpc&gclid=abc', '', 'Paid Search', 'google', 'cpc'],
  ['?utm_source=google&utm_medium=organic&gclid=abc', '', 'Organic Search', 'google', 'organic'],
  ['?utm_source=news&gclid=abc', '', 'Unassigned', 'news', '(not set)'],
  // Social
  ['?utm_source=linkedin&li_fat_id=abc', '', 'Paid Social', 'linkedin', 'cpc'],
  ['', 'https://www.linkedin.com/feed/', 'Organic Social', 'linkedin', 'social'],
  ['', 'https://lnkd.in/abc', 'Organic Social', 'linkedin', 'social'],
  ['', 'android-app://com.linkedin.android/', 'Organic Social', 'linkedin', 'social'],
  ['', 'https://l.facebook.com/l.php?u=x', 'Organic Social', 'facebook', 'social'],
  ['', 'https://t.co/abc', 'Organic Social', 'x', 'social'],
  ['', 'https://www.xing.com/', 'Organic Social', 'xing', 'social'],
  ['', 'https://news.ycombinator.com/item', 'Organic Social', 'hacker-news', 'social'],
  ['', 'https://old.reddit.com/r/sysadmin/', 'Organic Social', 'reddit', 'social'],
  ['?fbclid=abc', '', 'Organic Social', 'facebook', 'social'],
  ['?fbclid=abc', 'https://m.facebook.com/', 'Organic Social', 'facebook', 'social'],
  ['?utm_source=newsroom&utm_medium=social-media', '', 'Organic Social', 'newsroom', 'social-media'],
  ['?utm_source=linkedin&utm_medium=post', '', 'Organic Social', 'linkedin', 'post'],
  ['?utm_source=linkedin&utm_medium=cpc', '', 'Paid Social', 'linkedin', 'cpc'],
  ['?utm_source=facebook&utm_medium=paid_social', '', 'Paid Social', 'facebook', 'paid_social'],
  ['?li_fat_id=abc', '', 'Paid Social', 'linkedin', 'cpc'],
  ['?ttclid=abc', '', 'Paid Social', 'tiktok', 'cpc'],
  ['?twclid=abc', '', 'Paid Social', 'x', 'cpc'],
  // AI assistants
  ['', 'https://chatgpt.com/', 'AI Assistants', 'chatgpt', 'referral'],
  ['?utm_source=chatgpt.com', '', 'AI Assistants', 'chatgpt.com', 'referral'],
  ['', 'https://www.perplexity.ai/search', 'AI Assistants', 'perplexity', 'referral'],
  ['', 'https://claude.ai/', 'AI Assistants', 'claude', 'referral'],
  ['', 'https://gemini.google.com/app', 'AI Assistants', 'gemini', 'referral'],
  ['', 'https://copilot.microsoft.com/', 'AI Assistants', 'copilot', 'referral'],
  ['', 'https://edgeservices.bing.com/', 'AI Assistants', 'copilot', 'referral'],
  // Mail
  ['', 'https://mail.google.com/', 'Email', 'gmail', 'email'],
  ['', 'https://outlook.office365.com/', 'Email', 'outlook', 'email'],
  ['', 'https://webmail.harbour-tools.com/', 'Email', 'harbour-tools.com', 'email'],
  ['', 'android-app://com.google.android.gm/', 'Email', 'gmail', 'email'],
  ['?utm_source=newsletter&utm_medium=email', '', 'Email', 'newsletter', 'email'],
  ['?utm_source=newsletter&utm_medium=E-Mail', '', 'Email', 'newsletter', 'E-Mail'],
  ['?utm_source=email', '', 'Email', 'email', '(not set)'],
  ['?mc_cid=1&mc_eid=2', '', 'Email', 'mailchimp', 'email'],
  ['?_hsenc=abc', '', 'Email', 'hubspot', 'email'],
  // Video, shopping, display
  ['', 'https://www.youtube.com/watch', 'Organic Video', 'youtube', 'video'],
  ['?utm_source=youtube&utm_medium=cpc', '', 'Paid Video', 'youtube', 'cpc'],
  ['?utm_source=site&utm_medium=video', '', 'Organic Video', 'site', 'video'],
  ['', 'https://www.amazon.co.uk/', 'Organic Shopping', 'amazon', 'referral'],
  ['?utm_source=amazon&utm_medium=cpc', '', 'Paid Shopping', 'amazon', 'cpc'],
  ['?utm_source=google&utm_medium=cpc&utm_campaign=summer-shopping', '', 'Paid Shopping', 'google', 'cpc'],
  ['?utm_source=google&utm_medium=cpc&utm_campaign=workshop', '', 'Paid Search', 'google', 'cpc'],
  ['?utm_source=google&utm_medium=cpc&utm_campaign=cross-network', '', 'Cross-network', 'google', 'cpc'],
  ['?utm_source=adnet&utm_medium=banner', '', 'Display', 'adnet', 'banner'],
  ['?utm_source=adnet&utm_medium=cpm', '', 'Display', 'adnet', 'cpm'],
  ['?utm_source=adnet&utm_medium=retargeting', '', 'Paid Other', 'adnet', 'retargeting'],
  // The rest
  ['?utm_source=acme&utm_medium=affiliate', '', 'Affiliates', 'acme', 'affiliate'],
  ['', 'https://www.trade-magazine.example/article?id=7', 'Referral', 'trade-magazine.example', 'referral'],
  // Top-level domains that are spelt like a source.
  ['', 'https://www.harbour-tools.shop/', 'Referral', 'harbour-tools.shop', 'referral'],
  ['', 'https://blog.google/products/', 'Referral', 'blog.google', 'referral'],
  ['', 'https://docs.google.com/document', 'Referral', 'docs.google.com', 'referral'],
  ['', 'https://app.slack.com/', 'Referral', 'slack', 'referral'],
  ['', 'https://statics.teams.cdn.office.net/', 'Referral', 'teams', 'referral'],
  ['?utm_source=partner&utm_medium=link', '', 'Referral', 'partner', 'link'],
  ['?utm_source=podcast&utm_medium=audio', '', 'Audio', 'podcast', 'audio'],
  ['?utm_source=sms', '', 'SMS', 'sms', '(not set)'],
  ['?utm_source=app&utm_medium=web-push', '', 'Mobile Push', 'app', 'web-push'],
  ['?utm_source=firebase&utm_medium=x', '', 'Mobile Push', 'firebase', 'x'],
  ['?utm_source=acme&utm_medium=flyer', '', 'Unassigned', 'acme', 'flyer'],
  ['?utm_campaign=spring', 'https://www.google.com/', 'Organic Search', 'google', 'organic'],
  ['?utm_campaign=spring', '', 'Unassigned', '(not set)', '(not set)'],
  // Tags win over what the browser says.
  ['?utm_source=news&utm_medium=email', 'https://www.google.com/', 'Email', 'news', 'email'],
];

describe('where a visit comes from', () => {
  test.each(cases)('%s after %s is %s', (search, referrer, channel, source, medium) => {
    expect(arrivalOf(search, referrer)).toMatchObject({ channel, source, medium });
  });

  test.each([
    ['', ''],
    ['?page=2&q=pumps', ''],
    ['?utm_source=', ''],
    ['', 'about:blank'],
  ])('%j after %j says nothing', (search, referrer) => {
    expect(arrivalOf(search, referrer)).toBeNull();
  });

  test('the campaign is kept whole, and of a click id only its name', () => {
    const arrival = arrivalOf(
      '?utm_source=google&utm_medium=cpc&utm_campaign=Spring%20Fair&utm_term=pumps&utm_content=a&gclid=SECRET',
      'https://www.google.com/search?q=private+words',
    );
    expect(arrival).toEqual({
      channel: 'Paid Search',
      source: 'google',
      medium: 'cpc',
      campaign: 'Spring Fair',
      term: 'pumps',
      content: 'a',
      clickId: 'gclid',
      referrer: 'www.google.com/search',
    });
    expect(JSON.stringify(arrival)).not.toMatch(/SECRET|private/);
  });

  test('a referrer loses its query, and addresses and tokens in its path', () => {
    expect(arrivalOf('', 'https://tool.example/invite/kim@harbour-tools.com?token=abc')?.referrer).toBe(
      'tool.example/invite/[email]',
    );
  });

  test('an address or a token that a mail tool put into a tag is masked', () => {
    const arrival = arrivalOf(
      '?utm_source=news&utm_medium=email&utm_content=kim%40harbour-tools.com&utm_term=eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.c2ln',
      '',
    );
    expect(arrival).toMatchObject({ content: '[email]', term: '[token]' });
  });

  test('a campaign name as long as a novel is cut', () => {
    expect(arrivalOf(`?utm_source=x&utm_campaign=${'spring fair '.repeat(200)}`, '')?.campaign).toHaveLength(
      200,
    );
  });
});
