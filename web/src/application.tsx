// The living part of the first page. The server's page stands around it and is readable without it.
import { render } from "preact";

import { usePlace } from "./address";
import { Counts } from "./core/counts";
import { Gaps } from "./core/gaps/Gaps";
import { Search } from "./core/search/Search";
import "./design/application.css";

function Application() {
  const [place, go] = usePlace();
  return (
    <>
      <Counts />
      <Search query={place.search} typed={(search) => go({ search })} />
      <Gaps chosen={place.municipality} choose={(municipality) => go({ municipality })} />
    </>
  );
}

const root = document.getElementById("application");
if (root) {
  root.replaceChildren();
  render(<Application />, root);
}
