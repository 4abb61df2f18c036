/** A letter as the two bodies of a mail: plain text, and HTML that loads nothing from anywhere. */
import type { Letter } from './letter.ts';

export interface MailBody {
  subject: string;
  text: string;
  html: string;
}

/** Longer ones are cut by some readers; it is a name that somebody typed. */
const maxSubjectLength = 150;

/**
 * @param stop a link that ends this kind of mail; null: it cannot be ended, as it comes once
 * @param settings where what is sent is chosen
 */
export function mailBody(letter: Letter, stop: string | null, settings: string): MailBody {
  const { subject, intro, sections, action } = letter;
  const foot = stop === null ? '' : `Change what you are told: ${settings}\nStop these mails: ${stop}\n`;
  const text = [
    intro,
    ...sections.map(({ title, lines, more }) =>
      [
        ...(title === '' ? [] : [title.toUpperCase()]),
        ...lines.map(({ text: line, href, note }) =>
          [`- ${line}`, note && `  ${note}`, href && `  ${href}`].filter(Boolean).join('\n'),
        ),
        ...(more === '' ? [] : [`  ${more}`]),
      ].join('\n'),
    ),
    `${action.text}: ${action.href}`,
    ...(foot === '' ? [] : [`--\n${foot}`]),
  ].join('\n\n');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body style="font-family:sans-serif;line-height:1.5;max-width:40em;margin:0 auto;padding:16px">
<p>${escaped(intro)}</p>
${sections.map(sectionHtml).join('\n')}
<p><a href="${escaped(action.href)}">${escaped(action.text)}</a></p>
${
  stop === null
    ? ''
    : `<hr><p><small><a href="${escaped(settings)}">Change what you are told</a> · <a href="${escaped(stop)}">Stop these mails</a></small></p>`
}
</body></html>
`;
  return { subject: subject.slice(0, maxSubjectLength), text: `${text}\n`, html };
}

function sectionHtml({ title, lines, more }: Letter['sections'][number]): string {
  const items = lines.map(({ text, href, note }) => {
    const name = href === null ? escaped(text) : `<a href="${escaped(href)}">${escaped(text)}</a>`;
    return `<li><strong>${name}</strong>${note === '' ? '' : `<br>${escaped(note)}`}</li>`;
  });
  return `${title === '' ? '' : `<h2 style="font-size:1.1em">${escaped(title)}</h2>\n`}<ul>${items.join('')}</ul>${
    more === '' ? '' : `<p>${escaped(more)}</p>`
  }`;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
