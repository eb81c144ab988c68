import { actionable, targetOf, withTarget, type Actionable, type Item, type Shape } from './says';
import { Typing } from './Typing';

interface Props {
  place: string;
  number: number;
  shape: Extract<Shape, { kind: 'items' }>;
  onSave: (element: unknown) => Promise<boolean>;
}

const TITLES: [key: 'title' | 'sub_title' | 'description', label: string][] = [['title', 'Title'], ['sub_title', 'Below the title'], ['description', 'Description']];

/** Buttons, a carousel or an image, by their fields; what has none stays as it is. */
export function ElementFields({ place, number, shape: { element, items }, onSave }: Props) {
  const { type } = element;
  const put = (now: Item[]) => onSave({ ...element, data: { ...element.data, items: now } });
  const replace = (at: number, item: Item) => put(items.map((one, index) => (index === at ? item : one)));
  const text = (
    <Typing label={`Text of bubble ${number}`} lines={2} place={`${place} text`} value={typeof element.text === 'string' ? element.text : ''} onSave={(now) => onSave({ ...element, text: now })} />
  );
  if (type === 'BUTTON') {
    return <>{text}<Actionables place={place} of={`bubble ${number}`} all={items as Actionable[]} onSave={(now) => put(now)} /></>;
  }
  return (
    <>
      {type === 'CAROUSEL' && text}
      {items.map((item, index) => {
        const card = type === 'IMAGE' ? `bubble ${number}` : `card ${index + 1}`;
        return (
          <fieldset key={index} className="stack rule">
            <legend>{type === 'IMAGE' ? 'Image' : `Card ${index + 1}`}</legend>
            <Typing label={`Picture of ${card}`} place={`${place} ${index} picture`} value={item.thumbnail?.image ?? ''} hint="Its address, https://…" onSave={(image) => replace(index, { ...item, thumbnail: { ...item.thumbnail, image: image.trim() } })} />
            {type === 'CAROUSEL' && TITLES.map(([key, label]) => (
              <Typing key={key} label={`${label} of ${card}`} place={`${place} ${index} ${key}`} value={item[key] ?? ''} onSave={(now) => replace(index, { ...item, [key]: now })} />
            ))}
            {type === 'CAROUSEL' && <Actionables place={`${place} ${index}`} of={card} all={item.actionables ?? []} onSave={(actionables) => replace(index, { ...item, actionables })} />}
            {type === 'CAROUSEL' && <div><button type="button" className="quiet danger" disabled={items.length < 2} onClick={() => void put(items.filter((_, at) => at !== index))}>Remove card {index + 1}</button></div>}
          </fieldset>
        );
      })}
      {type === 'CAROUSEL' && <div><button type="button" onClick={() => void put([...items, { title: 'Next', sub_title: '', description: '', thumbnail: { image: '' }, actionables: [] }])}>+ Card</button></div>}
    </>
  );
}

/** What can be pressed: each opens an address, or answers for the user. */
function Actionables({ place, of, all, onSave }: { place: string; of: string; all: Actionable[]; onSave: (all: Actionable[]) => Promise<boolean> }) {
  const replace = (at: number, now: Actionable) => onSave(all.map((one, index) => (index === at ? now : one)));
  return (
    <div className="stack" role="group" aria-label={`Buttons of ${of}`}>
      {all.map((one, index) => {
        const target = targetOf(one);
        return (
          <div key={index} className="row">
            <Typing label={`Button ${index + 1} of ${of}`} place={`${place} button ${index}`} value={one.actionable_text ?? ''} wrong={(text) => (text.trim() ? undefined : 'Name it.')} onSave={(actionable_text) => replace(index, { ...one, actionable_text })} />
            {target.kind !== 'other' && (
              <>
                <label className="field">It<select aria-label={`What button ${index + 1} of ${of} does`} value={target.kind} onChange={(event) => void replace(index, withTarget(one, event.target.value as 'link', event.target.value === 'link' ? 'https://' : one.actionable_text))}>
                  <option value="link">opens an address</option><option value="answer">answers for the user</option></select></label>
                <Typing label={`${target.kind === 'link' ? 'Address' : 'Answer'} of button ${index + 1} of ${of}`} place={`${place} target ${index}`} value={target.to} onSave={(to) => replace(index, withTarget(one, target.kind as 'link', to))} />
              </>
            )}
            <button type="button" className="quiet icon" aria-label={`Remove button ${index + 1} of ${of}`} onClick={() => void onSave(all.filter((_, at) => at !== index))}>×</button>
          </div>
        );
      })}
      <div><button type="button" onClick={() => void onSave([...all, actionable('Open', 'https://example.com')])}>+ Button<span className="unseen"> on {of}</span></button></div>
    </div>
  );
}
