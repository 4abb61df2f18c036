/** Visits that are no account's: who runs the network they came from. */
import type { NetworkRow } from '../../collector/store/store.ts';
import { countryName, kindWords, number } from '../words.ts';
import { Claim } from './claim.tsx';
import { InTurns } from './in-turns.tsx';
import { Day } from './moment.tsx';

export function NetworksTable(props: { rows: readonly NetworkRow[]; caption: string; now: number }) {
  return (
    <table class="list">
      <caption class="hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col" class="cell-company">
            Network
          </th>
          <th scope="col" class="cell-kind">
            Kind
          </th>
          <th scope="col" class="cell-country">
            Country
          </th>
          <th scope="col" class="cell-last">
            Last visit
          </th>
          <th scope="col" class="cell-number">
            Visits
          </th>
          <th scope="col" class="cell-number">
            Pages
          </th>
        </tr>
      </thead>
      <tbody>
        <InTurns>
          {props.rows.map((row, index) => (
            <tr>
              <th scope="row" class="cell-company">
                <Claim {...row} id={`why-${index}`} />
              </th>
              <td class="cell-kind">{kindWords[row.kind]}</td>
              <td class="cell-country">{row.country ? countryName(row.country) : '–'}</td>
              <td class="cell-last">
                <Day at={row.lastDay} now={props.now} />
              </td>
              <td class="cell-number" data-label="Visits">
                {number(row.visits)}
              </td>
              <td class="cell-number" data-label="Pages">
                {number(row.pages)}
              </td>
            </tr>
          ))}
        </InTurns>
      </tbody>
    </table>
  );
}
