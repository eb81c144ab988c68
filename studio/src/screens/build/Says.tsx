import { useState } from 'react';
import { listOf, textOf, type Definition, type Text } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { Bubble } from '../../hsl/Bubble';
import type { Json } from '../../hsl/model';
import { pretty } from '../../shared/format';
import { ElementFields } from './ElementFields';
import { moved, removed, replaced } from './lists';
import { BEGINNINGS, bubbleOf, quickReply, shapeOf, type QuickReply, type Shape } from './says';
import { AddLine, Typing } from './Typing';
import { useSave } from './useSave';

interface Props {
  place: string;
  label: string;
  read: (definition: Definition) => unknown;
  write: (definition: Definition, says: unknown[] | undefined) => Definition;
  /** What can be put into a text: entities and output variables. */
  inserts?: { label: string; text: string }[];
  empty: string;
}

/** What the bot says: bubbles in their order, each as fields or as JSON. */
export function Says({ place, label, read, write, inserts = [], empty }: Props) {
  const { definition } = useBot();
  const { save } = useSave();
  const bubbles = listOf(read(definition));
  const change = (now: (bubbles: unknown[]) => unknown[]) => save((d) => {
    const says = now(listOf(read(d)));
    return write(d, says.length ? says : undefined);
  });
  return (
    <div className="stack" role="group" aria-label={label}>
      {bubbles.length === 0 && <p className="hint">{empty}</p>}
      <ol className="bubbles" aria-label={`${label}: bubbles`}>
        {bubbles.map((bubble, index) => (
          <li key={index} className="bubble-edit">
            <BubbleFields place={`${place} ${index}`} number={index + 1} bubble={bubble} inserts={inserts} onSave={(now) => change((all) => replaced(all, index, bubble, now))} />
            <div className="row tools">
              <button type="button" className="quiet icon" aria-label={`Bubble ${index + 1} up`} disabled={index === 0} onClick={() => void change((all) => moved(all, index, bubble, -1))}>↑</button>
              <button type="button" className="quiet icon" aria-label={`Bubble ${index + 1} down`} disabled={index === bubbles.length - 1} onClick={() => void change((all) => moved(all, index, bubble, 1))}>↓</button>
              <button type="button" className="quiet danger" aria-label={`Remove bubble ${index + 1}`} onClick={() => void change((all) => removed(all, index, bubble))}>Remove</button>
            </div>
          </li>
        ))}
      </ol>
      <div className="row adds">
        {BEGINNINGS.map(({ label: kind, bubble }, index) => (
          <button key={kind} type="button" className={index ? 'quiet' : undefined} aria-label={`Add ${kind.toLowerCase()} to ${label.toLowerCase()}`} onClick={() => void change((all) => [...all, bubble])}>+ {kind}</button>
        ))}
      </div>
    </div>
  );
}

interface FieldsProps {
  place: string;
  number: number;
  bubble: unknown;
  inserts: { label: string; text: string }[];
  onSave: (bubble: unknown) => Promise<boolean>;
}

function BubbleFields({ place, number, bubble, inserts, onSave }: FieldsProps) {
  const shape = shapeOf(bubble);
  switch (shape.kind) {
    case 'text':
      return <TextBubble {...{ place, number, inserts, onSave, shape }} />;
    case 'variants':
      return <Variants {...{ place, number, onSave }} variants={shape.variants} />;
    case 'items':
      return (
        <div className="stack">
          <ElementFields {...{ place, number, shape, onSave }} />
          <div className="drawing" role="group" aria-label={`Bubble ${number} as users see it`}><Bubble element={bubble as Json} /></div>
          <details className="more"><summary>As JSON</summary><Raw {...{ place, number, onSave }} value={bubble} plain /></details>
        </div>
      );
    case 'raw':
      return <Raw {...{ place, number, onSave }} value={bubble} />;
  }
}

function TextBubble({ place, number, inserts, onSave, shape }: Omit<FieldsProps, 'bubble'> & { shape: Extract<Shape, { kind: 'text' }> }) {
  const { definition: { language = 'en' } } = useBot();
  const put = (text: Text) => onSave(bubbleOf({ ...shape, text }));
  const own = textOf(shape.text, language);
  const withText = (words: string): Text => (typeof shape.text === 'string' ? words : { ...shape.text, [language]: words });
  const replies = (now: QuickReply[]) => void onSave(bubbleOf({ ...shape, replies: now }));
  return (
    <>
      <Languages place={place} label={`Bubble ${number}`} text={shape.text} onSave={put} />
      {inserts.length > 0 && (
        <label className="insert"><span className="unseen">Insert into bubble {number}</span>
          <select value="" onChange={(event) => void put(withText(`${own.trimEnd()} ${event.target.value}`))}>
            <option value="">Insert …</option>
            {inserts.map((one) => <option key={one.text} value={one.text}>{one.label}</option>)}
          </select>
        </label>
      )}
      {shape.replies.length > 0 && (
        <ul className="chips" aria-label={`Quick replies of bubble ${number}`}>
          {shape.replies.map((reply, index) => (
            <li key={index} className="chip"><span dir="auto">{reply.actionable_text}</span>
              <button type="button" className="quiet icon" aria-label={`Remove the quick reply ${reply.actionable_text}`} onClick={() => replies(shape.replies.filter((_, at) => at !== index))}>×</button></li>
          ))}
        </ul>
      )}
      <details className="more"><summary>Quick replies</summary>
        <AddLine label={`Quick reply of bubble ${number}`} placeholder="Yes" onAdd={(lines) => replies([...shape.replies, ...lines.map(quickReply)])} /></details>
    </>
  );
}

/** A text in the bot's language, or in each of those that it has. */
export function Languages({ place, label, text, onSave }: { place: string; label: string; text: Text; onSave: (text: Text) => Promise<boolean> }) {
  const { definition: { language = 'en' } } = useBot();
  const [other, setOther] = useState('');
  const wrong = (words: string) => (words.trim() ? undefined : 'Write something, or remove it.');
  const texts: Record<string, string> = typeof text === 'string' ? { [language]: text } : text;
  const several = typeof text !== 'string';
  return (
    <>
      {Object.entries(texts).map(([code, words]) => (
        <Typing key={code} label={several ? `${label}, ${code}` : label} hideLabel={!several} lines={2} place={`${place} ${code}`} value={words} wrong={wrong}
          onSave={(now) => onSave(several ? { ...texts, [code]: now } : now)} />
      ))}
      <details className="more"><summary>Languages</summary>
        <div className="row end">
          <label className="field">Another language<input value={other} maxLength={2} placeholder="de" onChange={(event) => setOther(event.target.value.toLowerCase())} /></label>
          <button type="button" disabled={!/^[a-z]{2}$/.test(other) || texts[other] !== undefined}
            onClick={() => void onSave({ ...texts, [other]: texts[language] ?? Object.values(texts)[0] ?? '…' }).then((taken) => taken && setOther(''))}>Add the language</button>
          {several && Object.keys(texts).filter((code) => code !== language).map((code) => (
            <button key={code} type="button" className="quiet danger" onClick={() => {
              const { [code]: _, ...rest } = texts;
              void onSave(Object.keys(rest).length === 1 && rest[language] !== undefined ? rest[language] : rest);
            }}>Remove {code}</button>
          ))}
        </div></details>
    </>
  );
}

function Variants({ place, number, variants, onSave }: { place: string; number: number; variants: unknown[]; onSave: FieldsProps['onSave'] }) {
  if (!variants.every((one) => shapeOf(one).kind === 'text' && !(shapeOf(one) as { element?: unknown }).element)) return <Raw place={place} number={number} value={{ variants }} onSave={onSave} />;
  return (
    <div className="stack">
      <p className="hint">One of these, by chance:</p>
      {variants.map((one, index) => (
        <div key={index} className="row">
          <div className="grow stack"><Languages place={`${place} ${index}`} label={`Bubble ${number}, variant ${index + 1}`} text={one as Text} onSave={(now) => onSave({ variants: variants.map((other, at) => (at === index ? now : other)) })} /></div>
          <button type="button" className="quiet icon" aria-label={`Remove variant ${index + 1} of bubble ${number}`} disabled={variants.length < 2} onClick={() => void onSave({ variants: variants.filter((_, at) => at !== index) })}>×</button>
        </div>
      ))}
      <AddLine label={`Another variant of bubble ${number}`} placeholder="Good day." onAdd={(lines) => void onSave({ variants: [...variants, ...lines] })} />
    </div>
  );
}

/** An element as JSON, with a drawing of it as users see it. */
function Raw({ place, number, value, onSave, plain = false }: { place: string; number: number; value: unknown; onSave: FieldsProps['onSave']; plain?: boolean }) {
  const parsed = (text: string): { element?: unknown; wrong?: string } => {
    try {
      return { element: JSON.parse(text) as unknown };
    } catch (error) {
      return { wrong: `This is no JSON yet: ${(error as Error).message}` };
    }
  };
  return (
    <div className="stack">
      <Typing label={`Bubble ${number} as JSON`} lines={6} mono place={place} value={pretty(value)} wrong={(text) => parsed(text).wrong} onSave={(text) => onSave(parsed(text).element)} />
      {!plain && <div className="drawing" aria-label={`Bubble ${number} as users see it`} role="group"><Bubble element={value as Json} /></div>}
    </div>
  );
}
