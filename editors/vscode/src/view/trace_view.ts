// Runs inside the view: draws the diagram that the page carries.

import mermaid, {MermaidConfig} from 'mermaid';

const diagram = document.getElementById('diagram')!;
const trouble = document.getElementById('trouble')!;

/** As the editor looks, and as dense as its text. */
function look(): MermaidConfig {
  const isDark = ['vscode-dark', 'vscode-high-contrast'].some(name => document.body.classList.contains(name));
  const font = getComputedStyle(document.body);
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: isDark ? 'dark' : 'neutral',
    fontFamily: font.fontFamily,
    themeVariables: {fontSize: font.fontSize, fontFamily: font.fontFamily},
    flowchart: {useMaxWidth: false, nodeSpacing: 25, rankSpacing: 30, padding: 10, wrappingWidth: 180}
  };
}

/** In its own size, so that it can be read. */
async function drawAs(text: string) {
  diagram.innerHTML = (await mermaid.render('trace', text)).svg;
}

async function draw() {
  const text = diagram.dataset.mermaid;
  if (!text) return;
  mermaid.initialize(look());
  try {
    await drawAs(text);
    // What is too wide for the view is drawn from top to bottom instead.
    if (diagram.scrollWidth > diagram.clientWidth) await drawAs(text.replace(/^flowchart LR/, 'flowchart TB'));
  } catch (why) {
    trouble.textContent = `The diagram cannot be drawn: ${why instanceof Error ? why.message : why}`;
    trouble.hidden = false;
  }
}

// The editor marks a change of theme on the body.
new MutationObserver(() => void draw()).observe(document.body, {attributeFilter: ['class']});
void draw();
