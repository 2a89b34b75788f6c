// The part of the page on the municipalities: loads, joins map, panel and table by the chosen municipality's code.
import { useState } from "preact/hooks";

import { useLoaded } from "../../api/use";
import { FailureText, Waiting } from "../../design/states";
import { words } from "../../language/words";
import { Chosen } from "./Chosen";
import { RegionMap } from "./Map";
import { gaps, geography } from "./queries";
import { GapTable } from "./Table";

interface Props {
  chosen: string | null;
  choose: (code: string | null) => void;
}

export function Gaps({ chosen, choose }: Props) {
  const analysis = useLoaded((signal) => gaps(words.language, signal), words.language);
  const shapes = useLoaded(geography, "geography");
  const [pointed, point] = useState<string | null>(null);

  return (
    <section aria-labelledby="gaps-title">
      <h2 id="gaps-title">{words.gaps.title}</h2>
      <p class="lead">{words.gaps.lead}</p>
      {analysis.state === "waiting" && <Waiting />}
      {analysis.state === "failed" && <FailureText failure={analysis.failure} />}
      {analysis.state === "come" && analysis.value === null && <p role="alert">{words.analysisFailed}</p>}
      {analysis.state === "come" && analysis.value !== null && (
        <>
          <div class="region">
            {shapes.state === "waiting" && <Waiting />}
            {shapes.state === "failed" && <p role="alert">{words.mapFailed}</p>}
            {shapes.state === "come" && (
              <RegionMap
                shapes={shapes.value.municipalities}
                land={shapes.value.land}
                gaps={analysis.value}
                {...{ chosen, pointed, choose, point }}
              />
            )}
            <Chosen gaps={analysis.value} chosen={chosen} close={() => choose(null)} />
          </div>
          <GapTable gaps={analysis.value} {...{ chosen, pointed, choose, point }} />
        </>
      )}
    </section>
  );
}
