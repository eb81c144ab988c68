// The editor, which is loaded only where it is needed. It lives in a shadow of its own, where its
// styles need no exception from the page's content security policy.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { python, pythonLanguage } from '@codemirror/lang-python';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, showPanel } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { completionsOf, type Names } from './completions';
import { faults, setFaults, type Fault } from './faults';
import { looks } from './theme';

export interface CodeEditorProps {
  /** What it begins with, and what replaces the text whenever the epoch changes. Typing does not come back. */
  text: string;
  epoch?: number;
  language: 'python' | 'json';
  label: string;
  onChange(text: string): void;
  faults?: Fault[];
  names?: Names;
  onSave?(): void;
  onRun?(): void;
}

export default function CodeEditor(props: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const box = document.createElement('div');
    box.style.height = '100%';
    root.replaceChildren(box);
    const made = new EditorView({ root, parent: box, state: EditorState.create({ doc: latest.current.text, extensions: extensions(latest) }) });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current!;
    const now = editor.state.doc.toString();
    const wanted = latest.current.text;
    if (now !== wanted) editor.dispatch({ changes: { from: 0, to: now.length, insert: wanted } });
  }, [props.epoch]);

  useEffect(() => {
    const all = props.faults ?? [];
    const editor = view.current!;
    const first = all.find((fault) => fault.line >= 1 && fault.line <= editor.state.doc.lines);
    editor.dispatch({
      effects: [setFaults.of(all), ...(first ? [EditorView.scrollIntoView(editor.state.doc.line(first.line).from, { y: 'center' })] : [])],
    });
  }, [props.faults]);

  return <div className="code-editor" ref={host} data-editor={props.language} />;
}

const WAY_OUT = 'way-out';

/** Tab indents, so that the keyboard needs another way out; it stands in the same shadow as what it describes. */
function wayOut(): HTMLElement {
  const words = document.createElement('div');
  words.id = WAY_OUT;
  words.className = 'cm-way-out';
  words.textContent = 'Esc, then Tab leaves the editor';
  return words;
}

function extensions(latest: { current: CodeEditorProps }): Extension[] {
  const { language, label } = latest.current;
  const run = () => (latest.current.onRun?.(), true);
  const save = () => (latest.current.onSave?.(), true);
  const names = () => latest.current.names ?? { entities: [], variables: [] };
  return [
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run }, { key: 'Mod-s', run: save, preventDefault: true }])),
    lineNumbers(), foldGutter(), highlightActiveLineGutter(), highlightActiveLine(), drawSelection(), history(), indentOnInput(),
    bracketMatching(), closeBrackets(), highlightSelectionMatches(), autocompletion(), indentUnit.of(language === 'python' ? '    ' : '  '),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, indentWithTab]),
    language === 'python' ? [python(), pythonLanguage.data.of({ autocomplete: completionsOf(names) })] : json(),
    showPanel.of(() => ({ dom: wayOut() })),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': WAY_OUT, tabindex: '0', spellcheck: 'false', autocapitalize: 'off' }),
    EditorView.perLineTextDirection.of(true),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    }),
    faults, looks,
  ];
}
