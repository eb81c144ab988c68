import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const OUT = 'target/classes/studio';

/** Compresses once what the server sends many times, and lists all files for it. */
function served(): Plugin {
  return {
    name: 'served',
    apply: 'build',
    closeBundle() {
      const files = readdirSync(OUT, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(OUT.length + 1));
      for (const file of files) {
        const bytes = readFileSync(join(OUT, file));
        const small = gzipSync(bytes, { level: 9 });
        if (small.length < bytes.length * 0.9) writeFileSync(join(OUT, `${file}.gz`), small);
      }
      writeFileSync(join(OUT, 'files.txt'), files.sort().join('\n') + '\n');
    },
  };
}

export default defineConfig({
  base: '/studio/',
  plugins: [served()],
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // A test makes the client anew, which takes seconds where other work shares the machine.
  test: { include: ['test/**/*.test.ts'], environment: 'node', testTimeout: 60_000 },
} as Parameters<typeof defineConfig>[0]);
