// The search box: asks a moment after the last key, drops answers to what was typed before.
import { useEffect, useState } from "preact/hooks";

import { useLoaded } from "../../api/use";
import { FailureText } from "../../design/states";
import { words } from "../../language/words";
import { inGraphiQL, search, type Hit, type Hits } from "./queries";

const PAUSE = 200;

interface Props {
  query: string;
  typed: (query: string) => void;
}

function HitRow({ hit }: { hit: Hit }) {
  const seat = hit.kind ? hit.municipality : null;
  const what = hit.kind ? words.kinds[hit.kind] : words.things[hit.__typename];
  return (
    <li>
      <a href={inGraphiQL(hit.id)} title={words.search.open}>
        {hit.kind ? hit.name : (hit.name ?? hit.title)}
      </a>
      <span>
        {what}
        {seat && hit.kind !== "MUNICIPALITY" && `, ${seat.placeName ?? seat.name}`}
      </span>
    </li>
  );
}

function Outcome({ found }: { found: Hits }) {
  if (found.total === 0) return <p>{words.search.none}</p>;
  return (
    <>
      <p>
        {words.search.hits(found.hits.length, found.total)}
        {found.corrected && ` ${words.search.corrected(found.corrected)}`}
      </p>
      <ol class="hits">
        {found.hits.map((hit) => (
          <HitRow key={hit.id} hit={hit} />
        ))}
      </ol>
    </>
  );
}

export function Search({ query, typed }: Props) {
  const [asked, setAsked] = useState(query.trim());
  useEffect(() => {
    const timer = setTimeout(() => setAsked(query.trim()), PAUSE);
    return () => clearTimeout(timer);
  }, [query]);
  const [last, setLast] = useState<Hits | null>(null);
  const loaded = useLoaded<Hits | null>(
    async (signal) => (asked ? search(asked, words.language, signal) : null),
    asked,
  );
  // The earlier hits stay until the next have come, so that the page does not jump at each key.
  useEffect(() => {
    if (loaded.state === "come") setLast(loaded.value);
  }, [loaded]);

  return (
    <section class="search" aria-labelledby="search-title">
      <h2 id="search-title">{words.search.title}</h2>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(query.trim());
        }}
      >
        <label for="search">{words.search.label}</label>
        <input
          id="search"
          type="search"
          autocomplete="off"
          spellcheck={false}
          value={query}
          aria-describedby="search-hint"
          onInput={(event) => typed(event.currentTarget.value)}
        />
        <p id="search-hint" class="hint">
          {words.search.hint}
        </p>
      </form>
      <div role="status" aria-live="polite" aria-busy={loaded.state === "waiting"}>
        {asked && loaded.state === "failed" && <FailureText failure={loaded.failure} />}
        {asked && loaded.state !== "failed" && last && <Outcome found={last} />}
      </div>
    </section>
  );
}
