/** The digest as it would be sent now. */
import { letterOf } from '../../collector/deliver/letter.ts';
import type { House, Page } from '../house.ts';
import { render } from '../layout.tsx';

export function digestPreview(house: House): Page {
  return async (c) => {
    const message = await house.alerts.preview(c.get('user').email, null);
    // Its links are to lead to where one is, whatever the public address is.
    const { subject, intro, sections } = letterOf(message, '');
    return render(
      c,
      house,
      { title: 'Digest', place: 'alerts' },
      <div class="narrow">
        <div>
          <h1>The digest, if it were sent now</h1>
          <p class="lead">
            {message.visited === 0
              ? 'Nobody came, so by itself it would not be sent.'
              : 'Looking at it sends nothing, and what is in it stays news.'}
          </p>
        </div>
        <section class="card digest-letter" aria-label="The mail">
          <p>
            <span class="muted">Subject</span> <strong>{subject}</strong>
          </p>
          <p>{intro}</p>
          {sections.map(({ title, lines, more }) => (
            <>
              <h2>{title}</h2>
              <ul class="told-list">
                {lines.map(({ text, href, note }) => (
                  <li class="told">
                    <div>
                      <p>{href === null ? text : <a href={href}>{text}</a>}</p>
                      <p class="muted">{note}</p>
                    </div>
                  </li>
                ))}
              </ul>
              {more !== '' && <p class="muted">{more}</p>}
            </>
          ))}
        </section>
        <p>
          <a class="button" href="/settings/alerts">
            Back to the settings
          </a>
        </p>
      </div>,
    );
  };
}
