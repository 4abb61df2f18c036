/** Hosts, apps and short names that visits come from, and what they are. Written by hand; extend it here. */

export type SourceCategory = 'search' | 'social' | 'video' | 'shopping' | 'ai' | 'email' | 'chat';

export interface KnownSource {
  /** One name for all of its hosts. */
  name: string;
  category: SourceCategory;
}

/**
 * Per category: name, then its domains (subdomains count too), app ids, and names people write into `utm_source`.
 * A more specific host wins over a shorter one: `gemini.google.com` is not a search engine.
 */
const table: { [Category in SourceCategory]: string[] } = {
  search: [
    'google googlequicksearchbox com.google.android.googlequicksearchbox adwords googleads',
    'bing bing.com msn.com bingads',
    'duckduckgo duckduckgo.com com.duckduckgo.mobile.android',
    'yahoo search.yahoo.com r.search.yahoo.com search.yahoo.co.jp',
    'yandex yandex.ru yandex.com yandex.com.tr yandex.kz yandex.by ya.ru ru.yandex.searchplugin',
    'baidu baidu.com',
    'ecosia ecosia.org org.ecosia.android',
    'qwant qwant.com',
    'startpage startpage.com',
    'brave search.brave.com',
    'kagi kagi.com',
    'naver search.naver.com m.search.naver.com naver.com',
    'seznam search.seznam.cz seznam.cz',
    'sogou sogou.com',
    '360 so.com haosou.com',
    'shenma sm.cn',
    'daum search.daum.net daum.net',
    'aol search.aol.com',
    'ask ask.com',
    'swisscows swisscows.com',
    'mojeek mojeek.com',
    'metager metager.org metager.de',
    'presearch presearch.com',
    'coccoc coccoc.com',
    'lycos lycos.com search.lycos.com',
    'dogpile dogpile.com',
    'petalsearch petalsearch.com',
    'karmasearch karmasearch.org',
    'lilo search.lilo.org',
  ],
  social: [
    'facebook facebook.com fb.com fb.me fb com.facebook.katana com.facebook.lite messenger.com com.facebook.orca',
    'instagram instagram.com ig com.instagram.android',
    'linkedin linkedin.com lnkd.in com.linkedin.android',
    'x x.com twitter.com t.co twitter com.twitter.android',
    'reddit reddit.com redd.it com.reddit.frontpage',
    'pinterest pinterest.com pinterest.co.uk pinterest.de pinterest.fr pin.it com.pinterest',
    'tiktok tiktok.com com.zhiliaoapp.musically',
    'threads threads.net threads.com',
    'bluesky bsky.app go.bsky.app',
    'mastodon mastodon.social mastodon.online fosstodon.org mas.to mstdn.social hachyderm.io org.joinmastodon.android',
    'xing xing.com com.xing.android',
    'hacker-news news.ycombinator.com hackernews',
    'lobsters lobste.rs',
    'quora quora.com',
    'vk vk.com m.vk.com com.vkontakte.android',
    'ok ok.ru',
    'weibo weibo.com weibo.cn t.cn',
    'tumblr tumblr.com',
    'snapchat snapchat.com com.snapchat.android',
    'whatsapp whatsapp.com web.whatsapp.com wa.me com.whatsapp',
    'telegram telegram.org web.telegram.org t.me org.telegram.messenger',
    'discord discord.com discordapp.com com.discord',
    'line line.me',
    'kakao kakao.com story.kakao.com',
    'nextdoor nextdoor.com',
    'viadeo viadeo.com',
    'product-hunt producthunt.com producthunt',
  ],
  video: [
    'youtube youtube.com youtu.be com.google.android.youtube',
    'vimeo vimeo.com',
    'wistia wistia.com fast.wistia.net',
    'dailymotion dailymotion.com dai.ly',
    'twitch twitch.tv',
    'bilibili bilibili.com',
    'loom loom.com',
  ],
  shopping: [
    'amazon amazon.com amazon.de amazon.co.uk amazon.fr amazon.it amazon.es amazon.co.jp amazon.in amazon.ca',
    'ebay ebay.com ebay.de ebay.co.uk',
    'etsy etsy.com',
    'alibaba alibaba.com 1688.com',
    'aliexpress aliexpress.com',
    'walmart walmart.com',
    'mercadolibre mercadolibre.com mercadolibre.com.mx mercadolivre.com.br',
    'shop shop.app',
    'google-shopping shopping.google.com',
  ],
  ai: [
    'chatgpt chatgpt.com chat.openai.com openai.com com.openai.chatgpt',
    'perplexity perplexity.ai ai.perplexity.app.android',
    'claude claude.ai com.anthropic.claude',
    'gemini gemini.google.com bard.google.com aistudio.google.com notebooklm.google.com',
    'copilot copilot.microsoft.com copilot.cloud.microsoft m365.cloud.microsoft edgeservices.bing.com',
    'mistral chat.mistral.ai',
    'deepseek deepseek.com chat.deepseek.com',
    'meta-ai meta.ai',
    'grok grok.com x.ai',
    'you you.com',
    'phind phind.com',
    'poe poe.com',
    'kimi kimi.com kimi.moonshot.cn',
    'doubao doubao.com',
    'qwen chat.qwen.ai',
    'duck-ai duck.ai',
  ],
  email: [
    'gmail mail.google.com com.google.android.gm',
    'outlook outlook.live.com outlook.office.com outlook.office365.com com.microsoft.office.outlook',
    'yahoo-mail mail.yahoo.com com.yahoo.mobile.client.android.mail',
    'proton mail.proton.me',
    'gmx navigator.gmx.net deref-gmx.net bap.navigator.gmx.net',
    'web.de navigator.web.de deref-web.de deref-web-02.de',
    'aol-mail mail.aol.com',
    'mail.ru e.mail.ru',
    'zoho-mail mail.zoho.com',
    'hey app.hey.com',
    'fastmail app.fastmail.com fastmail.com',
    'icloud-mail icloud.com',
    'mailchimp mailchimp.com list-manage.com',
    'hubspot-email hs_email hsemail',
  ],
  chat: [
    'slack slack.com app.slack.com com.slack',
    'teams teams.microsoft.com teams.live.com teams.cdn.office.net com.microsoft.teams',
    'google-chat chat.google.com',
    'zoom zoom.us',
    'webex webex.com',
  ],
};

const byKey = new Map<string, KnownSource>();
for (const [category, lines] of Object.entries(table) as [SourceCategory, string[]][])
  for (const line of lines) {
    const keys = line.split(' ');
    for (const key of keys) byKey.set(key, { name: keys[0] ?? key, category });
  }

/** Engines with a host in every country: `google.co.uk`, `www.google.de`. */
const worldwide: [RegExp, KnownSource][] = [
  [/^(?:www\.|m\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/, { name: 'google', category: 'search' }],
  [/^(?:[a-z-]+\.)?search\.yahoo\.[a-z]{2,3}(?:\.[a-z]{2})?$/, { name: 'yahoo', category: 'search' }],
  [/^(?:www\.|m\.)?yandex\.[a-z]{2,3}(?:\.[a-z]{2})?$/, { name: 'yandex', category: 'search' }],
  [/^(?:www\.|m\.)?amazon\.[a-z]{2,3}(?:\.[a-z]{2})?$/, { name: 'amazon', category: 'shopping' }],
  [/^(?:www\.|m\.)?ebay\.[a-z]{2,3}(?:\.[a-z]{2})?$/, { name: 'ebay', category: 'shopping' }],
  [/^(?:[a-z]{2}\.|www\.)?pinterest\.[a-z]{2,3}(?:\.[a-z]{2})?$/, { name: 'pinterest', category: 'social' }],
];

/** Web mail of a company or a provider that we need not know by name. */
const webMail = /^(?:webmail|mail|owa|roundcube|email)\d*\./;

function parentOf(host: string): string {
  const dot = host.indexOf('.');
  return dot < 0 ? '' : host.slice(dot + 1);
}

/**
 * What a referring host, an app id, or a `utm_source` stands for.
 * @param source in lower case
 * @returns null for what is not in the table: an ordinary web site
 */
export function knownSource(source: string): KnownSource | null {
  const exact = byKey.get(source);
  if (exact !== undefined) return exact;
  // Never down to the last label: `acme.shop` and `blog.google` end like names in the table and are neither.
  for (let key = parentOf(source); key.includes('.'); key = parentOf(key)) {
    const known = byKey.get(key);
    if (known !== undefined) return known;
  }
  for (const [pattern, known] of worldwide) if (pattern.test(source)) return known;
  return webMail.test(source) ? { name: source.replace(webMail, ''), category: 'email' } : null;
}
