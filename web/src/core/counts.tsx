// How much the graph holds.
import { ask } from "../api/graphql";
import { useLoaded } from "../api/use";
import { FailureText } from "../design/states";
import { count, words } from "../language/words";

interface Info {
  actorCount: number;
  collaborationCount: number;
  affiliationCount: number;
  initiativeCount: number;
  sourceCount: number;
  revision: number;
}

const INFO = `{
  graph { actorCount collaborationCount affiliationCount initiativeCount sourceCount revision }
}`;

async function info(signal: AbortSignal): Promise<Info> {
  return (await ask<{ graph: Info }>(INFO, {}, signal)).data.graph;
}

export function Counts() {
  const loaded = useLoaded(info, "graph");
  if (loaded.state === "failed") return <FailureText failure={loaded.failure} />;
  const value = loaded.state === "come" ? loaded.value : null;
  const figures: [string, number | undefined][] = [
    [words.counts.actors, value?.actorCount],
    [words.counts.collaborations, value?.collaborationCount],
    [words.counts.affiliations, value?.affiliationCount],
    [words.counts.initiatives, value?.initiativeCount],
    [words.counts.sources, value?.sourceCount],
  ];
  return (
    <dl class="counts" aria-label={words.counts.title} aria-busy={value === null}>
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure === undefined ? "…" : count(figure)}</dd>
        </div>
      ))}
    </dl>
  );
}
