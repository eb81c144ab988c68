import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './CodeEditor';
import type { DifferencesProps } from './Differences';

const LazyEditor = lazy(() => import('./CodeEditor'));
const LazyDifferences = lazy(() => import('./Differences'));

/** Plain text meanwhile, so that reading can begin. */
export function Editor(props: CodeEditorProps) {
  return <Suspense fallback={<pre className="editor-coming">{props.text.slice(0, 5000)}</pre>}><LazyEditor {...props} /></Suspense>;
}

export function Diff(props: DifferencesProps) {
  return <Suspense fallback={<p role="status">Loading the differences …</p>}><LazyDifferences {...props} /></Suspense>;
}
