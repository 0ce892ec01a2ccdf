import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page runs under a CSP without `unsafe-*`: nothing is inlined, neither assets nor the polyfill for module preloading.
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: { outDir: '../dist/renderer', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2024', sourcemap: false },
});
