/** A strip above every page while visits cannot be told apart. */
import type { Diagnosis } from '../../collector/doctor/diagnosis.ts';
import { diagnosisWords } from '../../collector/doctor/words.ts';
import { maySetUp, type User } from '../roles.ts';
import { Icon } from './icon.tsx';

export function Banner({ diagnosis, user }: { diagnosis: Diagnosis; user: User }) {
  return (
    <aside class="banner" aria-label="Something is wrong">
      <p class="banner-inner">
        <Icon name="warning" />
        {maySetUp(user) ? (
          <span>
            <strong>{diagnosisWords(diagnosis)}.</strong> No companies are taken from them until it is mended.{' '}
            <a href="/doctor">See how</a>
          </span>
        ) : (
          <span>
            Visits cannot be told apart at the moment, so no new companies appear. An owner can mend it;
            nothing is lost.
          </span>
        )}
      </p>
    </aside>
  );
}
