// Starts `hoplint lsp` and gives its requests names in the editor. What is found, and what is to be done about it, is the server's.

import * as vscode from 'vscode';
import {LanguageClient, LanguageClientOptions, ServerOptions, State, TransportKind} from 'vscode-languageclient/node';
import {registerCommands, serverCalls} from './commands';
import {TraceView} from './trace_view';

const languages = ['yaml', 'helm', 'json'];
const ownFile = '**/.hoplint.yaml';

let client: LanguageClient | undefined;

function serverOptions(): ServerOptions {
  const settings = vscode.workspace.getConfiguration('hoplint');
  return {
    command: settings.get<string>('path') || 'hoplint',
    args: ['lsp', ...settings.get<string[]>('arguments', [])],
    transport: TransportKind.stdio
  };
}

function clientOptions(log: vscode.OutputChannel): LanguageClientOptions {
  return {
    documentSelector: [...languages.map(language => ({scheme: 'file', language})), {scheme: 'file', pattern: ownFile}],
    outputChannel: log,
    initializationOptions: {...vscode.workspace.getConfiguration('hoplint'), commands: serverCalls},
    markdown: {isTrusted: false}
  };
}

/** A program that is not there is the commonest trouble: it is said with a way out. */
async function sayThatItDoesNotRun(why: unknown) {
  const path = vscode.workspace.getConfiguration('hoplint').get<string>('path');
  const settings = 'Open settings';
  const chosen = await vscode.window.showErrorMessage(`hoplint: \`${path} lsp\` does not run: ${why instanceof Error ? why.message : why}`, settings);
  if (chosen === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'hoplint.path');
}

async function start(log: vscode.OutputChannel) {
  client = new LanguageClient('hoplint', 'hoplint', serverOptions(), clientOptions(log));
  try {
    await client.start();
  } catch (why) {
    client = undefined;
    void sayThatItDoesNotRun(why);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running && running.state !== State.Stopped) await running.stop().catch(() => undefined);
}

export async function activate(context: vscode.ExtensionContext) {
  const log = vscode.window.createOutputChannel('hoplint');
  const view = new TraceView(context.extensionUri);
  const restart = async () => {
    await stop();
    await start(log);
  };
  const changed = async (event: vscode.ConfigurationChangeEvent) => {
    if (event.affectsConfiguration('hoplint.path') || event.affectsConfiguration('hoplint.arguments')) await restart();
  };
  context.subscriptions.push(
    log, view, vscode.workspace.onDidChangeConfiguration(changed), vscode.commands.registerCommand('hoplint.restart', restart),
    vscode.commands.registerCommand('hoplint.showLog', () => log.show()), ...registerCommands(() => client, view));
  await start(log);
}

export const deactivate = stop;
