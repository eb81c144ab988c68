import { useEffect, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useBot } from '../../bot/useBot';
import { dropDraft, keepDraft, readDraft } from '../../shared/drafts';
import { useSave } from './useSave';

interface Props {
  label: string;
  value: string;
  /** Saves the text; false where it was not taken, and stays typed. */
  onSave: (text: string) => Promise<boolean>;
  /** Tells what is typed from what is typed elsewhere, to keep it in the browser until it is saved. */
  place: string;
  lines?: number;
  hint?: string;
  placeholder?: string;
  hideLabel?: boolean;
  list?: string;
  /** What prevents saving this text, in words. */
  wrong?: (text: string) => string | undefined;
  /** Saved only when one leaves the field or presses Enter: for what other things follow. */
  atEnd?: boolean;
  mono?: boolean;
  first?: boolean;
}

const PAUSE_MILLIS = 900;

/** A field that saves itself: after a pause, on leaving it, and on Enter where it has one line. */
export function Typing({ label, value, onSave, place, lines = 1, hint, placeholder, hideLabel, list, wrong, atEnd, mono, first }: Props) {
  const { bot } = useBot();
  const key = `${bot} ${place}`;
  const [text, setText] = useState(() => readDraft(key)?.text ?? value);
  const [failed, setFailed] = useState(text !== value);
  const timer = useRef<number>(undefined);
  const latest = useRef(text);
  const seen = useRef(value);
  const saving = useRef(false);
  /** What was typed when it was saved, which may be saved in another form. */
  const settled = useRef<string>(undefined);
  /** What is on its way to the server, or was not taken: it stays typed, whatever is shown meanwhile. */
  const held = useRef<string>(undefined);
  const [saves, setSaves] = useState(0);
  const id = useId();
  const { typed } = useSave();
  const dirty = text !== value;
  useEffect(() => {
    typed(id, dirty);
    return () => typed(id, false);
  }, [typed, id, dirty]);
  const problem = text === value ? undefined : wrong?.(text);

  const commit = useRef(async () => {});
  commit.current = async () => {
    clearTimeout(timer.current);
    if (saving.current) return;
    const typed = latest.current;
    if (typed === value) dropDraft(key);
    if (typed === value || wrong?.(typed)) return;
    saving.current = true;
    held.current = typed;
    const taken = await onSave(typed);
    saving.current = false;
    if (latest.current !== typed) return void commit.current();
    setFailed(!taken);
    if (!taken) return;
    dropDraft(key);
    held.current = undefined;
    settled.current = typed;
    setSaves((count) => count + 1);
  };
  // What others saved comes in, unless something is typed here.
  useEffect(() => {
    if (latest.current !== held.current && (latest.current === seen.current || latest.current === settled.current)) {
      latest.current = value;
      setText(value);
    }
    settled.current = undefined;
    seen.current = value;
  }, [value, saves]);
  useEffect(() => () => void commit.current(), []);

  const type = (typed: string) => {
    latest.current = typed;
    held.current = undefined;
    setText(typed);
    setFailed(false);
    if (!keepDraft(key, { text: typed, base: value, at: Date.now() })) void commit.current();
    clearTimeout(timer.current);
    if (!atEnd) timer.current = window.setTimeout(() => void commit.current(), PAUSE_MILLIS);
  };
  const shared = {
    id, value: text, placeholder, spellCheck: !mono, dir: 'auto' as const, 'aria-describedby': `${id}-note`, 'aria-invalid': Boolean(problem) || undefined,
    className: mono ? 'mono' : undefined, 'data-first': first || undefined, onBlur: () => void commit.current(),
  };
  return (
    <div className="field typing">
      <label htmlFor={id} className={hideLabel ? 'unseen' : undefined}>{label}</label>
      {lines > 1
        ? <textarea {...shared} rows={Math.min(16, Math.max(lines, text.split('\n').length))} onChange={(event) => type(event.target.value)} />
        : <input {...shared} list={list} onChange={(event) => type(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && void commit.current()} />}
      <small id={`${id}-note`}>
        {problem ? <span className="wrong">{problem}</span> : failed ? <span className="wrong">Not saved; kept in this browser. <button type="button" className="link" onClick={() => type(value)}>Take what is saved</button></span> : hint}
      </small>
    </div>
  );
}

/** A line to add with: Enter adds it, and several lines that are pasted are added each. */
export function AddLine({ label, placeholder, onAdd }: { label: string; placeholder: string; onAdd: (lines: string[]) => void }) {
  const [text, setText] = useState('');
  const add = (lines: string[]) => {
    const given = lines.map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim()).filter(Boolean);
    if (given.length) onAdd(given);
    setText('');
  };
  const paste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData('text/plain').split(/\r?\n/);
    if (lines.filter((line) => line.trim()).length < 2) return;
    event.preventDefault();
    add(lines);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add([text]);
  };
  return (
    <div className="row end">
      <label className="field">{label}<input value={text} dir="auto" placeholder={placeholder} maxLength={500} onChange={(event) => setText(event.target.value)} onPaste={paste} onKeyDown={key} /></label>
      <button type="button" disabled={!text.trim()} onClick={() => add([text])}>Add</button>
    </div>
  );
}
