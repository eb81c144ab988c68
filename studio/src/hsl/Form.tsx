import { useId, useState } from 'react';
import { Words, type Drawn } from './Bubble';
import { listOf, numberOf, objectsOf, words, type Fields } from './model';

const INPUTS: Record<string, string> = { date: 'date', dob: 'date', startdate: 'date', enddate: 'date', time: 'time', number: 'number', email: 'email' };

/** A form; what is filled in goes to the bot by the fields' keys. */
export function Form({ element, data, onChoose, past }: Drawn) {
  const id = useId();
  const [values, setValues] = useState<Record<string, string>>({});
  const valueOf = (key: string) => (Object.hasOwn(values, key) ? values[key] : '');
  const fields = objectsOf(data['fields']).sort((a, b) => (numberOf(a['order']) || 0) - (numberOf(b['order']) || 0));
  const keyOf = (field: Fields, index: number) => words(field['key']) || `field_${index + 1}`;
  const send = () => {
    const shown = fields.map((field, index) => `${words(field['hint']) || keyOf(field, index)}: ${valueOf(keyOf(field, index))}`).join('\n');
    onChoose?.({ shown, message: { text: shown, payload: { ...values } } });
  };
  return (
    <form className="hsl-form" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Words text={element['title'] ?? element['text']} />
      {element['subtitle'] ? <p className="muted">{words(element['subtitle'])}</p> : null}
      {fields.map((field, index) => {
        const key = keyOf(field, index);
        const type = words(field['type']);
        const change = (value: string) => setValues({ ...values, [key]: value });
        const options = listOf(field['options']).map((option) => (typeof option === 'object' && option !== null ? words((option as Fields)['title'] ?? (option as Fields)['value']) : words(option)));
        return (
          <p key={key + index}>
            <label htmlFor={id + index}>{words(field['hint']) || key}</label>
            {options.length ? (
              <select id={id + index} disabled={!onChoose || past} value={valueOf(key)} onChange={(e) => change(e.target.value)}>
                <option value="">Choose …</option>
                {options.map((option) => <option key={option}>{option}</option>)}
              </select>
            ) : (
              <input id={id + index} disabled={!onChoose || past} type={INPUTS[type] ?? INPUTS[words(field['keyboard_type'])] ?? 'text'} value={valueOf(key)} onChange={(e) => change(e.target.value)} />
            )}
          </p>
        );
      })}
      <button type="submit" disabled={!onChoose || past}>Send</button>
    </form>
  );
}
