import { useMemo, useState } from 'react';
import { bytes, pretty, SHOWN_CHARACTERS } from './format';

/** A value as JSON; of a very long one the beginning, until all is asked for. */
export function Value({ value, label }: { value: unknown; label: string }) {
  const [whole, setWhole] = useState(false);
  const text = useMemo(() => pretty(value), [value]);
  const cut = !whole && text.length > SHOWN_CHARACTERS;
  return (
    <>
      <pre className="json" tabIndex={0} aria-label={label} dir="ltr">{cut ? text.slice(0, SHOWN_CHARACTERS) : text}</pre>
      {cut && <p className="note">The first {bytes(SHOWN_CHARACTERS)} of {bytes(text.length)}. <button type="button" onClick={() => setWhole(true)}>Show all</button></p>}
    </>
  );
}
