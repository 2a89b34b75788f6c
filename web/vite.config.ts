// Two entries, no HTML of their own: graph_api/http/pages.py writes the pages and finds the files by the manifest.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/assets/",
  publicDir: false,
  build: {
    outDir: "../graph_api/http/assets",
    emptyOutDir: true,
    assetsDir: "",
    manifest: "manifest.json",
    license: { fileName: "licenses.md" },
    target: "es2022",
    chunkSizeWarningLimit: 5000,
    // The first script must not be written into the page: the policy forbids inline code.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { application: "src/application.tsx", graphiql: "src/graphiql.ts" },
      // Libraries mark modules for React's server side; there is none here.
      onLog: (level, log, handle) => log.code === "MODULE_LEVEL_DIRECTIVE" || handle(level, log),
    },
  },
});
