// The chosen municipality in words and figures; without a choice, how many got which verdict.
import { count, ratio, words } from "../../language/words";
import { VERDICTS, VerdictLabel } from "./Mark";
import { nameOf, type Gap } from "./queries";

function Overview({ gaps }: { gaps: Gap[] }) {
  return (
    <>
      <h3>{words.gaps.summary}</h3>
      <ul class="tally">
        {VERDICTS.map((verdict) => {
          const those = gaps.filter((gap) => gap.verdict === verdict);
          return those.length === 0 ? null : (
            <li key={verdict}>
              <b>{those.length}</b>
              <div>
                <VerdictLabel verdict={verdict} />
                <p>{those.map(nameOf).join(", ")}</p>
              </div>
            </li>
          );
        })}
      </ul>
      <p class="hint">{words.gaps.choose}</p>
    </>
  );
}

function Details({ gap, close }: { gap: Gap; close: () => void }) {
  const { gaps: text, helices } = words;
  const facts: [string, string | null][] = [
    [text.actors, count(gap.actorCount)],
    [text.population, gap.municipality.population === null ? null : count(gap.municipality.population)],
    [text.regionWide, count(gap.observedRegionWide)],
    [text.outside, count(gap.observedOutside)],
    [text.forSize, gap.ratioForSize === null ? null : ratio(gap.ratioForSize)],
    [text.rank, gap.rankLow === null || gap.rankHigh === null ? null : text.rankText(gap.rankLow, gap.rankHigh)],
    [text.sources, count(gap.sourceCount)],
    [text.missing, gap.missingHelices.map((helix) => helices[helix]).join(", ") || null],
  ];
  return (
    <>
      <h3>{nameOf(gap)}</h3>
      <p>
        <VerdictLabel verdict={gap.verdict} />
      </p>
      <p class="explanation">{gap.explanation}</p>
      {!gap.wellDocumented && <p class="hint">{text.fewWhy}</p>}
      <dl class="facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
      <button type="button" class="plain" onClick={close}>
        {text.close}
      </button>
    </>
  );
}

export function Chosen({ gaps, chosen, close }: { gaps: Gap[]; chosen: string | null; close: () => void }) {
  const gap = gaps.find(({ municipality }) => municipality.code === chosen);
  return (
    <div class="chosen-panel" aria-live="polite">
      {gap ? <Details gap={gap} close={close} /> : <Overview gaps={gaps} />}
    </div>
  );
}
