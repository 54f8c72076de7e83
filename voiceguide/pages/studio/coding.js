// The text of a draft in an editor: YAML in its colours, and under what `check` finds a mark that says it. What is undone
// is the page's: one way back for the form and the text.

import { between } from "./history.js";
import { make } from "./make.js";
import { words } from "./words.js";

const PADDING = 12;

// A place as `check` tells it: lines and columns from 1, columns in whole signs.
function offset(doc, line, column) {
  const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
  return found.from + [...found.text].slice(0, column - 1).join("").length;
}

// From where to where something is wrong: what its mend would change, else the rest of its line.
function spanOf(doc, { line, column, mend }) {
  const from = offset(doc, line, column);
  const to = mend && mend.end_line === line ? offset(doc, line, mend.end_column) : doc.lineAt(from).to;
  return { from, to: Math.max(from, to) };
}

// What would be typed over: as the browser has it, where it tells, for it knows of a selection before the editor does.
function spanTyped(view) {
  const marked = view.root.getSelection?.();
  if (!marked || marked.isCollapsed || !view.contentDOM.contains(marked.anchorNode)) return view.state.selection.main;
  const [from, to] = [view.posAtDOM(marked.anchorNode, marked.anchorOffset), view.posAtDOM(marked.focusNode, marked.focusOffset)].sort((one, other) => one - other);
  return { from, to };
}

function themeOf({ EditorView, HighlightStyle, syntaxHighlighting, tags }) {
  const look = EditorView.theme({
    "&": { height: "100%", background: "var(--ground)", color: "inherit" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { font: "16px/1.5 ui-monospace, monospace" },
    ".cm-content": { padding: `${PADDING}px 0`, caretColor: "currentcolor" },
    ".cm-gutters": { background: "var(--raised)", color: "var(--quiet)", border: "0" },
    ".cm-activeLine, .cm-activeLineGutter": { background: "color-mix(in srgb, var(--accent) 12%, transparent)" },
    ".cm-panels, .cm-tooltip": { background: "var(--raised)", color: "inherit", border: "1px solid var(--line)" },
    ".cm-tooltip": { maxWidth: "min(60ch, 90vw)", font: "16px/1.4 system-ui, sans-serif" },
    ".cm-finding": { display: "flex", alignItems: "center", gap: "10px", padding: "8px 12px" },
    ".cm-finding input": { flex: "1", minWidth: "0", minHeight: "44px", padding: "0 12px", border: "2px solid var(--line)", borderRadius: "14px", background: "var(--ground)", color: "inherit", font: "inherit" },
  });
  const colours = HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
    { tag: [tags.comment, tags.lineComment], color: "var(--quiet)", fontStyle: "italic" },
    { tag: tags.punctuation, color: "var(--quiet)" },
  ]);
  return [look, syntaxHighlighting(colours)];
}

// A field to find words by: Enter goes on, Shift+Enter back, Escape ends it.
function finding({ SearchQuery, setSearchQuery, findNext, findPrevious, closeSearchPanel }) {
  return (view) => {
    const field = make("input", {
      "aria-label": words.find_in_text, placeholder: words.find_in_text, "main-field": "true",
      oninput: () => view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: field.value, literal: true })) }),
      onkeydown: (event) => {
        const does = { Enter: event.shiftKey ? findPrevious : findNext, Escape: closeSearchPanel }[event.key];
        if (!does) return;
        event.preventDefault();
        does(view);
      },
    });
    return { dom: make("div", { class: "cm-finding" }, field), top: true, mount: () => field.select() };
  };
}

// Resolves to the editor of a draft. Fails where this browser cannot run it.
export async function coded(edited) {
  const code = await import("./codemirror.js");
  const { Annotation, EditorState, EditorView, keymap } = code;
  const given = Annotation.define(); // what the page puts there, and nobody typed
  const element = make("div", { class: "source" });
  const root = element.attachShadow({ mode: "open" }); // in which its styles may be made by script
  if (!root.adoptedStyleSheets) throw new Error("this browser cannot style an editor by script");

  const typed = EditorView.updateListener.of((update) => {
    if (!update.docChanged || update.transactions.every((each) => each.annotation(given))) return;
    const end = edited.text.match(/\r\n?/)?.[0] || "\n";
    edited.write(update.state.doc.toString().replaceAll("\n", end), "text");
  });
  const events = EditorView.domEventHandlers({
    blur: () => edited.part(),
    beforeinput: (event, at) => {
      const isTyped = event.inputType === "insertText" && event.data && !at.composing;
      const { from, to } = isTyped ? spanTyped(at) : {};
      if (event.inputType.startsWith("history")) { // from a browser's own menu, or a phone that is shaken
        edited.step(event.inputType === "historyUndo" ? "undo" : "redo");
      } else if (from < to) {
        // In place of what is selected a browser would put elements with a style of their own.
        at.dispatch({ changes: { from, to, insert: event.data }, selection: { anchor: from + event.data.length }, userEvent: "input.type", scrollIntoView: true });
      } else {
        return false;
      }
      event.preventDefault();
      return true;
    },
  });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: edited.text,
      extensions: [
        code.lineNumbers(), code.lintGutter(), code.highlightActiveLine(), EditorView.lineWrapping, code.yaml(), themeOf(code),
        code.search({ top: true, createPanel: finding(code) }), code.indentUnit.of("  "), typed, events,
        EditorView.contentAttributes.of({ id: "draft-text", tabindex: "0", "aria-label": words.tab_text, spellcheck: "false", autocapitalize: "off" }),
        EditorState.phrases.of({ "current match": words.found_in_text, "on line": words.on_line }),
        keymap.of([
          { key: "Mod-f", run: code.openSearchPanel, scope: "editor search-panel" },
          { key: "F8", run: code.nextDiagnostic },
          ...code.defaultKeymap.filter(({ key }) => key !== "Mod-Enter"), // plays, as everywhere on the page
        ]),
      ],
    }),
  });

  // The least change that makes another text of the one that is there, so that the place in it stays.
  function show() {
    const old = view.state.doc.toString();
    const now = edited.text.replace(/\r\n?/g, "\n");
    if (old === now) return;
    const { start, before, after } = between(old, now);
    view.dispatch({ changes: { from: start, to: start + before.length, insert: after }, annotations: given.of(true) });
  }

  return {
    element,
    show,
    // Goes to a line, from 1.
    goTo(number) {
      const line = view.state.doc.line(number);
      view.dispatch({ selection: { anchor: line.from, head: line.to }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    },
    mark(findings) {
      const marks = findings.map((each) => ({ ...spanOf(view.state.doc, each), severity: each.level === "warning" ? "warning" : "error", message: each.message }));
      view.dispatch(code.setDiagnostics(view.state, marks.sort((one, other) => one.from - other.from)));
    },
  };
}
