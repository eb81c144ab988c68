// Two texts and what differs, in one column; the second is what there is now.

import { python } from '@codemirror/lang-python';
import { json } from '@codemirror/lang-json';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { looks } from './theme';

export interface DifferencesProps {
  before: string;
  after: string;
  label: string;
  language?: 'python' | 'json';
}

export default function Differences({ before, after, label, language = 'python' }: DifferencesProps) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const root = host.current!.shadowRoot ?? host.current!.attachShadow({ mode: 'open' });
    const box = document.createElement('div');
    root.replaceChildren(box);
    const view = new EditorView({
      root,
      parent: box,
      state: EditorState.create({
        doc: after,
        extensions: [
          lineNumbers(), language === 'python' ? python() : json(), looks, EditorState.readOnly.of(true),
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', 'aria-readonly': 'true' }),
          unifiedMergeView({ original: before, mergeControls: false, gutter: true, collapseUnchanged: { margin: 3, minSize: 6 } }),
        ],
      }),
    });
    return () => view.destroy();
  }, [before, after, label, language]);
  return <div className="differences" ref={host} />;
}
