// The gaps as a table, most probably among the three lowest first. Roles are spelt out: on narrow screens the rows
// become blocks, and browsers then forget that they are rows.
import { count, percent, ratio, tenth, words } from "../../language/words";
import { Axis, Interval, scaleFor } from "./Interval";
import { VerdictLabel } from "./Mark";
import { nameOf, type Gap } from "./queries";

interface Props {
  gaps: Gap[];
  chosen: string | null;
  pointed: string | null;
  choose: (code: string | null) => void;
  point: (code: string | null) => void;
}

export function ratioText(gap: Gap): string {
  if (gap.ratio === null || gap.ratioLow === null || gap.ratioHigh === null) return words.gaps.unknown;
  return words.gaps.ratioText(ratio(gap.ratio), ratio(gap.ratioLow), ratio(gap.ratioHigh));
}

export function GapTable({ gaps, chosen, pointed, choose, point }: Props) {
  const scale = scaleFor(gaps);
  return (
    <table class="gaps" role="table">
      <caption>
        {words.gaps.table}. {words.gaps.axis}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {words.gaps.municipality}
          </th>
          <th role="columnheader" scope="col">
            {words.gaps.verdict}
          </th>
          <th role="columnheader" scope="col" class="bar">
            {words.gaps.ratio}
            <Axis scale={scale} />
          </th>
          <th role="columnheader" scope="col" class="figure">
            {words.gaps.ties}
          </th>
          <th role="columnheader" scope="col" class="figure">
            {words.gaps.lowest}
          </th>
          <th role="columnheader" scope="col" class="figure">
            {words.gaps.sources}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {gaps.map((gap) => {
          const { code } = gap.municipality;
          const state = code === chosen ? "chosen" : code === pointed ? "pointed" : "";
          return (
            <tr
              key={gap.municipality.id}
              role="row"
              class={state}
              onClick={() => choose(code === chosen ? null : code)}
              onPointerEnter={() => point(code)}
              onPointerLeave={() => point(null)}
            >
              <th role="rowheader" scope="row">
                <button type="button" aria-pressed={code === chosen}>
                  {nameOf(gap)}
                </button>
              </th>
              <td role="cell">
                <VerdictLabel verdict={gap.verdict} />
              </td>
              <td role="cell" class="bar">
                <div class="range-row">
                  <Interval gap={gap} scale={scale} />
                  <span class="unseen">{ratioText(gap)}</span>
                  {gap.ratio !== null && gap.ratioLow !== null && gap.ratioHigh !== null && (
                    <span class="ratio" aria-hidden="true">
                      <b>{ratio(gap.ratio)}</b> {ratio(gap.ratioLow)}–{ratio(gap.ratioHigh)}
                    </span>
                  )}
                </div>
              </td>
              <td role="cell" class="figure" data-label={words.gaps.ties}>
                {count(gap.observed)} / {gap.expected === null ? "–" : tenth(gap.expected)}
              </td>
              <td role="cell" class="figure" data-label={words.gaps.lowest}>
                {gap.probabilityLowestThree === null ? "–" : percent(gap.probabilityLowestThree)}
              </td>
              <td role="cell" class="figure" data-label={words.gaps.sources}>
                {!gap.wellDocumented && <small title={words.gaps.fewWhy}>{words.gaps.few} </small>}
                {count(gap.sourceCount)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
