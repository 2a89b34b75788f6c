// How waiting and failing look, the same everywhere.
import type { Failure } from "../api/graphql";
import { words } from "../language/words";

export function Waiting() {
  return (
    <p class="waiting" role="status">
      {words.waiting}
    </p>
  );
}

export function FailureText({ failure }: { failure: Failure }) {
  return <p role="alert">{failure.kind === "away" ? words.away : `${words.refused} ${failure.message}`}</p>;
}
