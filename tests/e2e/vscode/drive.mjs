// Works in a real VS Code, in a browser, as one would by hand: findings, a jump to another file, a quick fix, the trace view.
//
//   node drive.mjs URL ESTATE SCREENSHOTS

import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

const [url, estate, screenshots] = process.argv.slice(2);
const patience = 60_000;
const host = 'netbox.cluster.tinfoil.private';

const browser = await chromium.launch({
  executablePath: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync),
  args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb']
});
const page = await browser.newPage({viewport: {width: 1400, height: 1000}, deviceScaleFactor: 1});
page.setDefaultTimeout(patience);

const read = path => readFileSync(join(estate, path), 'utf8');
const shoot = name => page.screenshot({path: join(screenshots, `${name}.png`)});
const messages = text => page.locator('.markers-panel .monaco-list-row .marker-message-details-container', {hasText: text});

async function until(what, condition) {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await page.waitForTimeout(100);
  }
}

/** The palette and its kin. */
async function type_into_picker(keys, text) {
  await page.keyboard.press(keys);
  const input = page.locator('.quick-input-widget input[type=text]').first();
  await input.waitFor({state: 'visible'});
  await input.fill(text);
  return input;
}

async function open(path) {
  const input = await type_into_picker('Control+P', path);
  const name = path.split('/').at(-1);
  await page.locator('.quick-input-list .monaco-list-row.focused', {hasText: name}).waitFor();
  await input.press('Enter');
  await page.locator('.tab.active', {hasText: name}).waitFor();
}

async function go_to(line, column) {
  const input = await type_into_picker('Control+G', `:${line}:${column}`);
  await input.press('Enter');
  await at(line, column);
}

const at = (line, column) => page.locator('.statusbar-item', {hasText: `Ln ${line}, Col ${column}`}).waitFor();

async function run_command(title) {
  const input = await type_into_picker('F1', `>${title}`);
  const row = page.locator('.quick-input-list .monaco-list-row', {hasText: title}).first();
  await row.waitFor();
  await input.press('Enter');
}

/** What can be done at the cursor. The list is worked with keys: for a while it takes no mouse. */
async function act(title, picture) {
  await page.keyboard.press('Control+.');
  const rows = page.locator('.action-widget .monaco-list-row');
  await rows.filter({hasText: title}).waitFor();
  if (picture) await shoot(picture);
  const focused = page.locator('.action-widget .monaco-list-row.focused', {hasText: title});
  for (let left = await rows.count(); left > 0 && (await focused.count()) === 0; --left) await page.keyboard.press('ArrowDown');
  await focused.waitFor();
  await page.keyboard.press('Enter');
  await rows.first().waitFor({state: 'hidden'});
}

/** The list shows no more than fits: so it is filtered. */
async function count_findings(word, wanted) {
  await page.locator('.panel .viewpane-filter input').fill(word);
  if (word === '') return page.locator('.panel .badge-content', {hasText: new RegExp(`^${wanted}$`)}).first().waitFor();
  await until(`${wanted} findings ${word}`, async () => (await messages(word).count()) === wanted);
}

async function starts() {
  await page.goto(`${url}/?folder=${estate}`);
  await page.locator('.monaco-workbench').waitFor();
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
}

async function sees_diagnostics() {
  await open('netbox/virtual_services.yaml');
  await page.keyboard.press('Control+Shift+M');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  // Of files that nobody opened, too.
  await count_findings('ingress-webhook-secret', 1);
  await count_findings('gateway-webhook-secret', 1);
  await count_findings('virtualservice-host-behind-no-load-balancer', 2);
  await count_findings('', 8);
  await shoot('diagnostics');
}

async function goes_to_definition() {
  await open('netbox/virtual_services.yaml');
  await go_to(10, 10);
  await page.keyboard.press('F12');
  await page.locator('.tab.active', {hasText: 'gateway.yaml'}).waitFor();
  await at(4, 9);
  await shoot('definition');
}

async function shows_lenses() {
  await page.locator('.codelens-decoration a', {hasText: 'used by'}).first().click();
  const peek = page.locator('.peekview-widget', {hasText: 'virtual_services.yaml'});
  await peek.locator('.monaco-list-row', {hasText: 'default-gateway.istio-system.svc'}).nth(1).waitFor();
  await page.keyboard.press('Escape');
  await peek.waitFor({state: 'hidden'});
}

async function applies_quick_fix() {
  const before = read('edge/ingress.yaml');
  await open('edge/ingress.yaml');
  await go_to(18, 20);
  await page.locator('.monaco-editor .squiggly-warning').first().waitFor();
  await act('Remove `secretName`', 'quick_fix');
  await page.locator('.tab.active.dirty').waitFor();
  await page.keyboard.press('Control+S');
  await until('the file on disk', () => read('edge/ingress.yaml') !== before);
  assert.equal(read('edge/ingress.yaml'), before.replace('    secretName: aws-load-balancer-tls\n', ''));
  await count_findings('', 7);
}

async function suppresses_with_reason() {
  await go_to(1, 14);
  await act('Allow metadata-api-version-removed');
  const input = page.locator('.quick-input-widget input[type=text]').first();
  await input.waitFor({state: 'visible'});
  await input.fill('an old cluster');
  await input.press('Enter');
  await page.locator('.tab.active.dirty').waitFor();
  await page.keyboard.press('Control+S');
  await until('the comment', () => read('edge/ingress.yaml').includes('# hoplint: allow metadata-api-version-removed -- an old cluster'));
}

async function fixes_all() {
  await open('edge/ingress.yaml');
  await run_command('hoplint: Fix everything in this file');
  await page.locator('.tab.active.dirty').waitFor();
  await page.keyboard.press('Control+S');
  await until('the file on disk', () => read('edge/ingress.yaml').includes('    alb.ingress.kubernetes.io/healthcheck-path: /healthz/ready\n'));
  await count_findings('', 5);
}

/** Views are frames in frames. */
async function trace_frame() {
  for (const frame of page.frames()) {
    if ((await frame.locator('#diagram').count().catch(() => 0)) > 0) return frame;
  }
  return undefined;
}

async function draws(...words) {
  await until(`a diagram with ${words.join(', ')}`, async () => {
    const frame = await trace_frame();
    const drawn = frame && (await frame.locator('#diagram svg').textContent({timeout: 1000}).catch(() => ''));
    return drawn && words.every(word => drawn.includes(word));
  });
  assert.equal(await (await trace_frame()).locator('#trouble').isVisible(), false);
}

async function shows_trace() {
  await open('netbox/virtual_services.yaml');
  await run_command('hoplint: Show the trace of a host');
  const input = page.locator('.quick-input-widget input[type=text]').first();
  await page.locator('.quick-input-widget', {hasText: 'Host, as a client would ask for it'}).waitFor();
  await input.fill(host);
  await input.press('Enter');
  await draws('istio-ingress', 'default-gateway', 'no VirtualService on the Gateway has the host');
  assert.ok((await (await trace_frame()).locator('#text').textContent()).includes('the request is lost'));
}

/** One that may change what happens in production is shown first. */
async function previews_unsafe_fix() {
  await open('netbox/virtual_services.yaml');
  await go_to(8, 10);
  await act(`Change it to \`${host}\``);
  const edit = page.locator('.panel .monaco-list-row', {hasText: `netbox.cluster.tinfoil.internal${host}`});
  await edit.waitFor();
  await shoot('preview');
  await edit.locator('input[type=checkbox]').check();
  await page.getByRole('button', {name: 'Apply', exact: true}).click();
  await page.locator('.tab.active.dirty').waitFor();
  await page.keyboard.press('Control+S');
  await until('the file on disk', () => read('netbox/virtual_services.yaml').includes(`  - "${host}"`));
}

async function trace_follows() {
  await draws('istio-ingress', 'default-gateway', 'VirtualService netbox/netbox', 'Deployment');
  await page.keyboard.press('Control+J');
  await page.locator('.part.panel').waitFor({state: 'hidden'});
  await page.waitForTimeout(500);
  await shoot('trace');
}

/** Settings of the workspace, for as long as `work` takes. */
async function with_settings(settings, work) {
  mkdirSync(join(estate, '.vscode'), {recursive: true});
  const write = values => writeFileSync(join(estate, '.vscode/settings.json'), JSON.stringify(values));
  write(settings);
  await work();
  write({});
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
}

async function follows_settings() {
  await page.locator('.monaco-editor .squiggly-error').first().waitFor();
  await with_settings({'hoplint.ignore': ['virtualservice']}, () =>
    page.locator('.monaco-editor .squiggly-error').first().waitFor({state: 'hidden'}));
}

async function says_that_it_does_not_run() {
  await with_settings({'hoplint.path': '/nowhere/hoplint'}, async () => {
    await page.locator('.notification-toast', {hasText: '`/nowhere/hoplint lsp` does not run'}).waitFor();
    await page.locator('.monaco-editor .squiggly-error').first().waitFor({state: 'hidden'});
  });
}

const steps = [
  starts, sees_diagnostics, goes_to_definition, shows_lenses, applies_quick_fix, suppresses_with_reason, fixes_all, shows_trace, previews_unsafe_fix, trace_follows,
  follows_settings, says_that_it_does_not_run
];
let done = 0;
try {
  for (const step of steps) {
    const begin = Date.now();
    await step();
    console.log(`${step.name}: ${Date.now() - begin} ms`);
    ++done;
  }
} catch (failure) {
  console.error(`${steps[done].name}: ${failure.stack}`);
  await shoot('failure').catch(() => undefined);
  process.exitCode = 1;
} finally {
  await browser.close();
}
console.log(`${done} passed, ${steps.length - done} failed`);
