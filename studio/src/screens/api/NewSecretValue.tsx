import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { Schemas } from '../../api/client';
import { namedBy } from '../../bot/definition';
import { useBot } from '../../bot/useBot';
import { Sheet } from '../../shared/Sheet';
import { Trouble } from '../../shared/Trouble';
import { namesOf, replacedIn, type Where } from './newSecret';

interface Asked {
  name: string;
  variable?: Schemas['Variable'];
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onChoose: (where: Where) => void;
}

const LABELS: Record<Where, string> = { staging: 'Staging', production: 'Production', both: 'Both' };

/** Asks where a secret gets a new value, and says what that replaces. */
export function NewSecretValue({ name, variable, busy, error, onClose, onChoose }: Asked) {
  const { definition } = useBot();
  const [where, setWhere] = useState<Where>('staging');
  const replaced = replacedIn(where, variable);
  const { nodes } = namedBy(definition, name);
  // Outside of the form around the button, which Enter in here would save.
  return createPortal(
    <Sheet title={`A new value for ${name}`} onClose={onClose}>
      <fieldset className="field">
        <legend>Where</legend>
        <div className="segments">
          {(Object.keys(LABELS) as Where[]).map((one) => (
            <label key={one}><input type="radio" name="where" checked={where === one} disabled={busy} onChange={() => setWhere(one)} />{LABELS[one]}</label>
          ))}
        </div>
      </fieldset>
      {replaced.length > 0 ? (
        <div className="note odd stack">
          <p>The value in {replaced.join(' and ')} is replaced and cannot be brought back.</p>
          <p>The next call there is signed with the new one, also of versions that are live. Until your API has it too, it will refuse what we send.</p>
        </div>
      ) : <p>There is no value in {namesOf(where)} yet, so nothing is replaced.</p>}
      {nodes.length > 0 && <p className="hint">Named by {nodes.map((node, index) => <span key={node}>{index > 0 && ', '}<code>{node}</code></span>)}.</p>}
      {error !== undefined && <Trouble error={error} />}
      <div className="row">
        <button type="button" className={replaced.length ? 'danger' : 'strong'} disabled={busy} onClick={() => onChoose(where)}>{replaced.length ? 'Replace it' : 'Set it'} in {namesOf(where)}</button>
        <button type="button" className="quiet" data-first disabled={busy} onClick={onClose}>Cancel</button>
      </div>
    </Sheet>,
    document.body,
  );
}
