// A verdict's mark: a shape of its own, so that colour is never the only difference.
import { words } from "../../language/words";
import type { Verdict } from "./queries";

const SHAPES: Record<Verdict, string> = {
  STRONGLY_UNDER_CONNECTED: "M1,1.5h12l-6,5.5zM1,7.5h12l-6,5.5z",
  UNDER_CONNECTED: "M1,3h12l-6,8.5z",
  UNDECIDED: "M2,5.75h10v2.5h-10z",
  WELL_CONNECTED: "M1,11.5h12l-6,-8.5z",
  TOO_LITTLE_DATA: "M1.5,1.5h3v3h-3zM9.5,1.5h3v3h-3zM5.5,5.5h3v3h-3zM1.5,9.5h3v3h-3zM9.5,9.5h3v3h-3z",
};

export const VERDICTS = Object.keys(SHAPES) as Verdict[];
export const tone = (verdict: Verdict): string => verdict.toLowerCase().replaceAll("_", "-");

export function Mark({ verdict }: { verdict: Verdict }) {
  return (
    <svg class={`mark ${tone(verdict)}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      <path d={SHAPES[verdict]} />
    </svg>
  );
}

export function VerdictLabel({ verdict }: { verdict: Verdict }) {
  return (
    <span class="verdict">
      <Mark verdict={verdict} />
      {words.verdicts[verdict]}
    </span>
  );
}
