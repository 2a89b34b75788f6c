// Something asked for once → its state while it is on the way, when it has come, and when it failed.
import { useEffect, useState } from "preact/hooks";

import { Failure } from "./graphql";

export type Loaded<Value> = { state: "waiting" } | { state: "come"; value: Value } | { state: "failed"; failure: Failure };

/** Asks again when `key` changes; an answer to an earlier key is thrown away. */
export function useLoaded<Value>(load: (signal: AbortSignal) => Promise<Value>, key: string): Loaded<Value> {
  const [loaded, set] = useState<Loaded<Value>>({ state: "waiting" });
  useEffect(() => {
    const control = new AbortController();
    set({ state: "waiting" });
    load(control.signal).then(
      (value) => !control.signal.aborted && set({ state: "come", value }),
      (error: unknown) =>
        !control.signal.aborted &&
        set({ state: "failed", failure: error instanceof Failure ? error : new Failure("away", String(error)) }),
    );
    return () => control.abort();
  }, [key]);
  return loaded;
}
