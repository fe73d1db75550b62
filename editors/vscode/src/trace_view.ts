// The way of a request, drawn beside the manifests. The diagram's text comes from the server, mermaid from the extension.

import {randomBytes} from 'node:crypto';
import * as vscode from 'vscode';

/** What `hoplint/trace` answers. */
export interface Trace {
  host: string;
  /** A ladder of the hops. */
  text: string;
  /** The same as a diagram; empty if no chain was found. */
  mermaid: string;
}

export class TraceView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private shown: Trace | undefined;

  constructor(private readonly extension: vscode.Uri) {}

  /** Of the host that is shown; nothing while the view is closed. */
  get host(): string | undefined {
    return this.shown?.host;
  }

  show(trace: Trace) {
    this.panel ??= this.open();
    this.update(trace);
    this.panel.reveal(undefined, true);
  }

  /** Nothing happens if the view was closed or shows this already. */
  update(trace: Trace) {
    if (!this.panel || (this.shown?.host === trace.host && this.shown.text === trace.text && this.shown.mermaid === trace.mermaid)) return;
    this.shown = trace;
    this.panel.title = `Trace of ${trace.host}`;
    // What it shows is part of the page: so nothing is lost while it is hidden, and no message may come too early.
    this.panel.webview.html = this.page(this.panel.webview, trace);
  }

  dispose() {
    this.panel?.dispose();
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      'hoplint.trace', 'Trace', {viewColumn: vscode.ViewColumn.Beside, preserveFocus: true},
      {enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.extension, 'dist')]});
    panel.onDidDispose(() => (this.panel = this.shown = undefined));
    return panel;
  }

  private page(webview: vscode.Webview, trace: Trace): string {
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.extension, 'dist', name));
    const nonce = randomBytes(16).toString('base64');
    const policy = `default-src 'none'; img-src data:; font-src ${webview.cspSource}; style-src ${webview.cspSource} 'unsafe-inline'; script-src 'nonce-${nonce}'`;
    return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${resource('trace_view.css')}">
<title>Trace</title>
</head>
<body>
<h1>${escaped(trace.host)}</h1>
<div id="diagram" data-mermaid="${escaped(trace.mermaid)}"></div>
<p id="trouble" hidden></p>
<pre id="text">${escaped(trace.text)}</pre>
<script nonce="${nonce}" src="${resource('trace_view.js')}"></script>
</body>
</html>`;
  }
}

/** What a manifest says is never taken for markup. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
