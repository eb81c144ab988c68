// Draws what a bot says: one HSL element becomes one bubble. Text only ever becomes text.

import { Fragment, type ReactNode } from 'react';
import { Cards } from './Cards';
import { Form } from './Form';
import { Receipt, TabList } from './Legacy';
import { Taps } from './Taps';
import { isObject, words, type Choice, type Fields, type Json } from './model';

export interface Drawn {
  element: Fields;
  data: Fields;
  /** Absent where nothing can be answered, as in the output of a test. */
  onChoose?: (choice: Choice) => void;
  /** Quick replies vanish once the user has gone on. */
  past?: boolean;
}

const DRAWINGS: Record<string, (drawn: Drawn) => ReactNode> = {
  TEXT: (d) => <><Words text={d.element['text']} />{!d.past && <Taps actionables={d.data['quick_replies']} kind="quick" onChoose={d.onChoose} />}</>,
  BUTTON: (d) => <><Words text={d.element['text']} /><Taps actionables={d.data['items']} kind="buttons" onChoose={d.onChoose} /></>,
  CAROUSEL: (d) => <Cards {...d} />,
  IMAGE: (d) => <Cards {...d} />,
  FORM: (d) => <Form {...d} />,
  TAB_LIST: (d) => <TabList {...d} />,
  RECEIPT: (d) => <Receipt {...d} />,
  SILENT: () => <Aside>A silent action: the user sees nothing.</Aside>,
  SYSTEM: (d) => <Aside>System event: {words(d.data['event_name']) || 'without a name'}</Aside>,
  NATIVE_ACTION: (d) => <Aside>Asks the app to do: {words(d.data['method']) || 'nothing'}</Aside>,
};

export function Bubble({ element, onChoose, past }: { element: Json; onChoose?: (choice: Choice) => void; past?: boolean }) {
  if (typeof element === 'string') return <div className="bubble from-bot"><Words text={element} /></div>;
  const fields = isObject(element) ? element : {};
  const type = typeof fields['type'] === 'string' ? fields['type'] : '';
  const data = fields['data'] ?? {};
  const draw = Object.hasOwn(DRAWINGS, type) && isObject(data) ? DRAWINGS[type] : undefined;
  return (
    <div className={`bubble from-bot kind-${draw ? type.toLowerCase() : 'other'}`}>
      {draw && isObject(data) ? draw({ element: fields, data, onChoose, past }) : <Unknown element={element} type={type} />}
    </div>
  );
}

/** What has no drawing, or is not as its type should be: shown as it came. */
function Unknown({ element, type }: { element: Json; type: string }) {
  return (
    <>
      {isObject(element) && <Words text={element['text']} />}
      <details>
        <summary>{type || 'Element of unknown type'}</summary>
        <pre tabIndex={0}>{JSON.stringify(element, null, 2)}</pre>
      </details>
    </>
  );
}

const MARKS: [RegExp, 'strong' | 's' | 'em' | 'u'][] = [
  [/\*([^*\n]+)\*/, 'strong'],
  [/~([^~\n]+)~/, 's'],
  [/(?<![\p{L}\p{N}_])_([^_\n]+)_(?![\p{L}\p{N}_])/u, 'em'],
  [/`([^`\n]+)`/, 'u'],
];

/** Words with the marks that bots may use: *bold*, ~strike~, _italic_ and `underline`. */
export function Words({ text }: { text: Json }) {
  const plain = words(text);
  if (!plain) return null;
  const cut = plain.length > SHOWN;
  return <p className="words" dir="auto">{cut ? `${plain.slice(0, SHOWN)} … and ${plain.length - SHOWN} more characters` : marked(plain)}</p>;
}

/** Characters of one bubble: a browser takes seconds to lay out a megabyte. */
const SHOWN = 20_000;

function marked(text: string, from = 0): ReactNode {
  for (let i = from; i < MARKS.length; i++) {
    const [pattern, Tag] = MARKS[i]!;
    const parts = text.split(new RegExp(pattern, `${pattern.flags}g`));
    if (parts.length > 1) {
      return parts.map((part, index) => index % 2
        ? <Tag key={index}>{part}</Tag>
        : <Fragment key={index}>{marked(part, i + 1)}</Fragment>);
    }
  }
  return text;
}

function Aside({ children }: { children: ReactNode }) {
  return <p className="aside">{children}</p>;
}
