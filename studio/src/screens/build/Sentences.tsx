import { textOf, type Text } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { removed, replaced } from './lists';
import { AddLine, Typing } from './Typing';

interface Props {
  place: string;
  says: Text[];
  /** Takes the list as it is on the server then, and gives the one that is wanted. */
  onChange: (change: (says: Text[]) => Text[]) => Promise<boolean>;
  /** What else has this sentence, in words. */
  warn?: (sentence: string) => string | undefined;
  placeholder: string;
  /** A list that must not become empty. */
  least?: number;
}

/** Sentences of users: add one, paste many, change and remove them. */
export function Sentences({ place, says, onChange, warn, placeholder, least = 0 }: Props) {
  const { definition: { language = 'en' } } = useBot();
  const put = (one: Text, words: string): Text => (typeof one === 'string' ? words : { ...one, [one[language] === undefined ? Object.keys(one)[0]! : language]: words });
  return (
    <div className="stack">
      <AddLine label="Add a sentence, or paste a list" placeholder={placeholder}
        onAdd={(lines) => void onChange((now) => [...now, ...lines.filter((line, at) => lines.indexOf(line) === at && !now.some((one) => textOf(one, language) === line))])} />
      <ul className="lines" aria-label="Sentences">
        {says.map((one, index) => {
          const words = textOf(one, language);
          const warning = warn?.(words);
          return (
            <li key={index}>
              <Typing label={`Sentence ${index + 1}`} hideLabel value={words} place={`${place} ${words}`} hint={warning}
                wrong={(text) => (text.trim() ? undefined : 'Write a sentence, or remove it.')}
                onSave={(text) => onChange((now) => replaced(now, index, one, put(one, text.trim())))} />
              <button type="button" className="quiet icon" aria-label={`Remove “${words}”`} disabled={says.length <= least} onClick={() => void onChange((now) => removed(now, index, one))}>×</button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
