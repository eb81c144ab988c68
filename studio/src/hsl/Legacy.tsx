import { Words, type Drawn } from './Bubble';
import { Taps } from './Taps';
import { isObject, objectsOf, words } from './model';

/** Items under headings, each to be chosen by a tap. */
export function TabList({ element, data, onChoose }: Drawn) {
  return (
    <>
      <Words text={element['text']} />
      {objectsOf(data['tabs']).map((tab, index) => (
        <section key={index} className="tab-list">
          <h4 dir="auto">{words(tab['title'])}</h4>
          <ul>
            {objectsOf(tab['tab_items']).map((item, at) => {
              const title = words(item['title']);
              const shown = words(item['message']) || title;
              return (
                <li key={at}>
                  <button type="button" disabled={!onChoose} onClick={() => onChoose?.({ shown, message: { text: shown } })}>
                    {words(item['emoji'])} {title} <span className="muted">{words(item['price'])} {words(item['caption'])}</span>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
      <Taps actionables={data['actionables'] ?? data['items']} kind="buttons" onChoose={onChoose} />
    </>
  );
}

/** Pairs of names and values. What else it has is shown as it came. */
export function Receipt({ element, data, onChoose }: Drawn) {
  const rows = Object.entries(data).filter(([, value]) => ['string', 'number'].includes(typeof value));
  const all = objectsOf(data['items']);
  const items = all.filter((item) => !('actionable_text' in item));
  const taps = all.filter((item) => 'actionable_text' in item);
  return (
    <>
      <Words text={element['text']} />
      <dl className="receipt">
        {rows.map(([name, value]) => <div key={name}><dt>{name.replace(/_/g, ' ')}</dt><dd>{words(value)}</dd></div>)}
        {items.map((item, index) => (
          <div key={`item${index}`}><dt>{words(item['title'] ?? item['name'] ?? item['key'])}</dt><dd>{words(item['price'] ?? item['value'] ?? item['sub_title'])}</dd></div>
        ))}
      </dl>
      <Taps actionables={isObject(data['payload']) ? data['payload']['actionables'] : data['actionables'] ?? taps} kind="buttons" onChoose={onChoose} />
    </>
  );
}
