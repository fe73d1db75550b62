// Everything that is delivered goes to dist/: the extension with its libraries, and mermaid for the trace view, so that nothing is loaded from
// a network.
import {copyFileSync, rmSync} from 'node:fs';
import {build} from 'esbuild';

const shared = {bundle: true, minify: true, legalComments: 'linked', logLevel: 'warning'};

rmSync('dist', {recursive: true, force: true});
await build({
  ...shared, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', platform: 'node', target: 'node16', format: 'cjs', external: ['vscode']
});
await build({...shared, entryPoints: ['src/view/trace_view.ts'], outfile: 'dist/trace_view.js', platform: 'browser', target: 'es2021', format: 'iife'});
copyFileSync('src/view/trace_view.css', 'dist/trace_view.css');
copyFileSync('../../LICENSE', 'LICENSE');
