import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { themeVariables } from './app/theme/theme-variables.ts';

/** Where `npm run dev` has the server. */
const SERVER = process.env.TRIPLINE_DEV_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), themeVariables()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    // nothing may stand in the page or in a style as data: the policy of the server refuses it
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // what the first page needs in one file: in many small ones, as pages come to share parts of it, it packs worse
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'first', test: /web\/app\/(router|providers)\.tsx$/ }] } },
    },
  },
  server: { proxy: { '/api': SERVER, '/graphql': SERVER, '/files': SERVER, '/storage': SERVER, '/slack': SERVER } },
});
