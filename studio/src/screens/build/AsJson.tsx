import { pretty } from '../../shared/format';
import { Typing } from './Typing';

interface Props {
  label: string;
  place: string;
  value: object;
  hint: string;
  onSave: (value: object) => Promise<boolean>;
}

/** A part of the definition as it is written, for what has no fields of its own. */
export function AsJson({ label, place, value, hint, onSave }: Props) {
  const read = (text: string): { value?: object; wrong?: string } => {
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? { value } : { wrong: 'Write an object, in braces.' };
    } catch (error) {
      return { wrong: `This is no JSON yet: ${(error as Error).message}` };
    }
  };
  return (
    <details className="more"><summary>{label}</summary>
      <Typing label={label} hideLabel lines={8} mono atEnd place={place} value={pretty(value)} hint={hint} wrong={(text) => read(text).wrong} onSave={(text) => onSave(read(text).value!)} />
    </details>
  );
}
