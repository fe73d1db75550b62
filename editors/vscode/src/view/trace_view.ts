// Runs inside the view: draws the diagram that the page carries.

import mermaid from 'mermaid';

const diagram = document.getElementById('diagram')!;
const trouble = document.getElementById('trouble')!;

/** In its own size, so that it can be read. */
async function draw_as(text: string) {
  diagram.innerHTML = (await mermaid.render('trace', text)).svg;
}

async function draw() {
  const text = diagram.dataset.mermaid;
  if (!text) return;
  const dark = document.body.classList.contains('vscode-dark') || document.body.classList.contains('vscode-high-contrast');
  mermaid.initialize({
    startOnLoad: false, securityLevel: 'strict', theme: dark ? 'dark' : 'default', suppressErrorRendering: true,
    flowchart: {useMaxWidth: false}
  });
  try {
    await draw_as(text);
    // What is too wide for the view is drawn from top to bottom instead.
    if (diagram.scrollWidth > diagram.clientWidth) await draw_as(text.replace(/^flowchart LR/, 'flowchart TB'));
  } catch (why) {
    trouble.textContent = `The diagram cannot be drawn: ${why instanceof Error ? why.message : why}`;
    trouble.hidden = false;
  }
}

// The editor marks a change of theme on the body.
new MutationObserver(() => void draw()).observe(document.body, {attributeFilter: ['class']});
void draw();
