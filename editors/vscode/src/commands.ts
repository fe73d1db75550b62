// The commands of the palette, and those that the server's code lenses and code actions call.

import * as vscode from 'vscode';
import {ExecuteCommandRequest, LanguageClient, Location, Position} from 'vscode-languageclient/node';
import {Trace, TraceView} from './trace_view';

/** Announced to the server: without them it shows its lenses as mere text and suppresses without asking why. */
export const serverCalls = ['hoplint.showReferences', 'hoplint.showTrace', 'hoplint.suppressWithReason'];

type Running = () => LanguageClient | undefined;

export function registerCommands(running: Running, view: TraceView): vscode.Disposable[] {
  const ask = async <Result>(method: string, params: object): Promise<Result | undefined> => {
    const client = running();
    if (!client) {
      void vscode.window.showWarningMessage('hoplint does not run; the command "hoplint: Restart the server" starts it.');
      return undefined;
    }
    try {
      return await client.sendRequest<Result>(method, params);
    } catch (why) {
      void vscode.window.showErrorMessage(`hoplint: ${why instanceof Error ? why.message : why}`);
      return undefined;
    }
  };
  const execute = (command: string, ...rest: unknown[]) => ask(ExecuteCommandRequest.method, {command, arguments: rest});

  const trace = async (params: object) => {
    const found = await ask<Trace | null>('hoplint/trace', params);
    if (found) view.show(found);
    if (found === null) void vscode.window.showInformationMessage('hoplint: no host stands here.');
  };
  const here = () => {
    const editor = vscode.window.activeTextEditor;
    const client = running();
    return editor && client && client.code2ProtocolConverter.asTextDocumentPositionParams(editor.document, editor.selection.active);
  };

  const commands: Record<string, (...given: never[]) => unknown> = {
    'hoplint.fixAll': () => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri && execute('hoplint.fixFile', running()?.code2ProtocolConverter.asUri(uri));
    },
    'hoplint.fixAllEverywhere': () => execute('hoplint.fixWorkspace'),
    'hoplint.reload': () => execute('hoplint.restartIndex'),
    'hoplint.traceHere': () => {
      const place = here();
      return place && trace(place);
    },
    'hoplint.traceHost': async () => {
      const host = await vscode.window.showInputBox({prompt: 'Host, as a client would ask for it', placeHolder: 'shop.example.com'});
      if (host) await trace({host});
    },
    'hoplint.showTrace': (_uri: string, host: string) => trace({host}),
    'hoplint.suppressWithReason': async (uri: string, fingerprint: string) => {
      const reason = await vscode.window.showInputBox({prompt: 'Why is it allowed here?', placeHolder: 'goes into the comment'});
      if (reason) await execute('hoplint.suppress', uri, fingerprint, reason);
    },
    'hoplint.showReferences': (uri: string, position: Position, locations: Location[]) => {
      const converter = running()?.protocol2CodeConverter;
      if (!converter) return undefined;
      return vscode.commands.executeCommand(
        'editor.action.showReferences', converter.asUri(uri), converter.asPosition(position), locations.map(one => converter.asLocation(one)));
    }
  };
  // What is drawn follows what is saved.
  const saved = vscode.workspace.onDidSaveTextDocument(async () => {
    const found = view.host && running() && (await ask<Trace | null>('hoplint/trace', {host: view.host}));
    if (found) view.update(found);
  });
  return [saved, ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run))];
}
