import { useState } from 'react';

/** Puts a text into the clipboard, and says whether it is there; some browsers allow it on https only. */
export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [said, setSaid] = useState('');
  const copy = () => {
    const done = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('not allowed'));
    done.then(() => setSaid('Copied'), () => setSaid('Mark it and copy it by key'));
  };
  return <span className="row"><button type="button" onClick={copy}>{label}</button><span role="status">{said}</span></span>;
}
