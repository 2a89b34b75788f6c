// The page's state is its address: ?municipality=1440&search=chalmers&language=en. Read here, written here, nowhere else.
import { useEffect, useState } from "preact/hooks";

export interface Place {
  municipality: string | null;
  search: string;
}

function read(): Place {
  const parameters = new URLSearchParams(location.search);
  return { municipality: parameters.get("municipality"), search: parameters.get("search") ?? "" };
}

/** The server renders the links between languages; they must lead to what is seen now. */
function carryOver(parameters: URLSearchParams): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[hreflang]")) {
    const target = new URLSearchParams(parameters);
    target.set("language", link.hreflang);
    link.search = target.toString();
  }
}

/** A choice is a step that Back undoes; typing in the search box is not. */
export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const [place, set] = useState(read);
  useEffect(() => {
    const onBack = (): void => set(read());
    addEventListener("popstate", onBack);
    return () => removeEventListener("popstate", onBack);
  }, []);
  useEffect(() => carryOver(new URLSearchParams(location.search)), [place]);

  function go(change: Partial<Place>): void {
    const parameters = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(change)) {
      if (value) parameters.set(name, value);
      else parameters.delete(name);
    }
    const text = parameters.toString();
    const address = location.pathname + (text && `?${text}`) + location.hash;
    if ("municipality" in change) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    set(read());
  }
  return [place, go];
}
