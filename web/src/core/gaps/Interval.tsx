// A ratio and its plausible range as a bar on a log scale around 1; what it shows is also said in words beside it.
import type { Gap } from "./queries";
import { tone } from "./Mark";

export interface Scale {
  ticks: number[];
  at: (ratio: number) => string;
}

/** Whole doublings to either side of 1, at least one and at most four, wide enough for nearly all that is shown. */
export function scaleFor(gaps: Gap[]): Scale {
  const ends = gaps.flatMap(({ ratioLow, ratioHigh }) => [ratioLow, ratioHigh]).filter((end) => end !== null && end > 0);
  const widest = Math.max(1, ...ends.map((end) => Math.abs(Math.log2(end as number))));
  const steps = Math.min(4, Math.ceil(widest));
  const ticks = Array.from({ length: 2 * steps + 1 }, (_, index) => 2 ** (index - steps));
  const share = (ratio: number): number => (Math.log2(Math.max(ratio, 1e-9)) + steps) / (2 * steps);
  return { ticks, at: (ratio) => `${(4 + 92 * Math.min(1, Math.max(0, share(ratio)))).toFixed(2)}%` };
}

export function Interval({ gap, scale }: { gap: Gap; scale: Scale }) {
  const { ratio, ratioLow, ratioHigh } = gap;
  return (
    <svg class={`interval ${tone(gap.verdict)}`} width="100%" height="22" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <line key={tick} class={tick === 1 ? "one" : "tick"} x1={scale.at(tick)} x2={scale.at(tick)} y1="0" y2="22" />
      ))}
      {ratioLow !== null && ratioHigh !== null && (
        <line class="range" x1={scale.at(ratioLow)} x2={scale.at(ratioHigh)} y1="11" y2="11" />
      )}
      {ratio !== null && <circle cx={scale.at(ratio)} cy="11" r="5.5" />}
    </svg>
  );
}

export function Axis({ scale }: { scale: Scale }) {
  return (
    <svg class="axis" width="100%" height="16" aria-hidden="true">
      {scale.ticks.map((tick) => (
        <text key={tick} x={scale.at(tick)} y="12">
          {tick >= 1 ? `${tick}` : ({ 0.5: "½", 0.25: "¼", 0.125: "⅛" }[tick] ?? `1/${1 / tick}`)}
        </text>
      ))}
    </svg>
  );
}
