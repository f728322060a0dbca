import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { chunksOf } from './scripts/chunks';
import { splitWords } from './scripts/words';

const here = import.meta.dirname;
const server = process.env.POSTGANG_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), splitWords(), chunksOf()],
  resolve: {
    alias: {
      '@texts': path.resolve(here, '../texts'),
      '@design': path.resolve(here, '../design'),
      '@': path.resolve(here, 'src'),
    },
  },
  server: { host: '127.0.0.1', fs: { allow: ['..'] }, proxy: { '/api': server, '/health': server } },
  build: {
    target: 'es2022',
    manifest: true,
    cssCodeSplit: false, // all pages' styles are 10 kB beside Mantine's: one file
    assetsInlineLimit: 0, // the server's Content-Security-Policy takes no data: scripts, styles or fonts
    modulePreload: { polyfill: false },
    rollupOptions: {
      // Small shared pieces are put together: over HTTP/1.1 each file costs a turn.
      output: {
        experimentalMinChunkSize: 12_000,
        manualChunks: (id) => (/node_modules\/(react|react-dom|scheduler|i18next|react-i18next|@tanstack\/(?!.*table).*)\//.test(id) ? 'base' : undefined),
      },
    },
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test-setup.ts'], css: false },
});
