import { useEffect, useRef, useState } from 'react';
import { get } from '../../api/client';
import { useBot } from '../../bot/useBot';
import { short, time } from '../../shared/format';
import { useLoaded } from '../../shared/useAsync';
import { countOf, ENVIRONMENTS, isFiltered, localOf, LONGEST_TEXT, mayHaveReason, ORIGINS, OUTCOMES, REASONS, textOf, TIMES, utc, type Filters } from './filters';

const PAUSE_MILLIS = 400;

interface Props {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

/** Which invocations are shown. Narrow screens fold all but the text away. */
export function FilterRow({ filters, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const count = countOf(filters);
  return (
    <search className="stack" aria-label="Filters">
      <div className="row end">
        <SearchText text={filters.text} onChange={(text) => onChange({ ...filters, text })} />
        <button type="button" className="fold" aria-expanded={open} aria-controls="filters" onClick={() => setOpen(!open)}>Filters{count > 0 && ` (${count})`}</button>
        {isFiltered(filters) && <button type="button" onClick={() => onChange({})}>Clear filters</button>}
      </div>
      <div id="filters" className={`row filters${open ? ' open' : ''}`}><Fields filters={filters} onChange={onChange} /></div>
    </search>
  );
}

function Fields({ filters, onChange }: Props) {
  const { bot, definition, revision } = useBot();
  const versions = useLoaded(async () => (await get('/api/v1/bots/{bot}/versions', { path: { bot }, query: { limit: 50 } })).data!.versions, `versions ${bot} ${revision}`);
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  const nodes = Object.entries(definition.nodes ?? {}).filter(([, node]) => node.integration).map(([name]) => name);
  const named = (versions.data ?? []).map(({ version, created_at }): Option => [version, `${short(version)} of ${time(created_at)}`]);
  return (
    <>
      <Pick label="Node" value={filters.node} options={nodes.map((node) => [node, node])} onPick={(node) => set({ node })} />
      <Pick label="Outcome" value={filters.outcome} options={plain(OUTCOMES)} onPick={(outcome) => set({ outcome })} />
      <Pick label="Reason" value={filters.reason} options={plain(REASONS)} disabled={!mayHaveReason(filters)} onPick={(reason) => set({ reason })} />
      <Pick label="Environment" value={filters.environment} options={plain(ENVIRONMENTS)} onPick={(environment) => set({ environment })} />
      <Pick label="From" value={filters.origin} options={ORIGINS.map((origin) => [origin, origin === 'TEST' ? 'the studio' : 'chat'])} onPick={(origin) => set({ origin })} />
      <Pick label="Version" value={filters.version} options={[['draft', 'draft'], ...named]} onPick={(version) => set({ version })} />
      <Pick label="Time" all="any time" value={filters.time} options={TIMES} onPick={(span) => set({ time: span, since: undefined, until: undefined })} />
      {filters.time === 'range' && (
        <>
          <Moment label="Since" value={filters.since} onSet={(since) => set({ since })} />
          <Moment label="Until" value={filters.until} onSet={(until) => set({ until })} />
        </>
      )}
    </>
  );
}

type Option<T extends string = string> = [value: T, words: string];

const plain = <T extends string>(values: T[]): Option<T>[] => values.map((value) => [value, value.replace(/_/g, ' ')]);

interface PickProps<T extends string> {
  label: string;
  value?: T;
  options: Option<T>[];
  all?: string;
  disabled?: boolean;
  onPick: (value?: T) => void;
}

/** What a link names is offered even where the bot no longer has it. */
function Pick<T extends string>({ label, value, options, all = 'all', disabled, onPick }: PickProps<T>) {
  const known = value === undefined || options.some(([one]) => one === value);
  return (
    <label className="field">{label}
      <select value={value ?? ''} disabled={disabled} onChange={(event) => onPick((event.target.value || undefined) as T | undefined)}>
        <option value="">{all}</option>
        {!known && <option value={value}>{short(value)}</option>}
        {options.map(([one, words]) => <option key={one} value={one}>{words}</option>)}
      </select>
    </label>
  );
}

/** Taken over when it is whole and the field is left, or on Enter: typing a year passes many others. */
function Moment({ label, value, onSet }: { label: string; value?: string; onSet: (iso?: string) => void }) {
  const [typed, setTyped] = useState(localOf(value));
  useEffect(() => setTyped(localOf(value)), [value]);
  const apply = (local: string) => {
    const iso = utc(local);
    if (iso !== value) onSet(iso);
  };
  return (
    <label className="field">{label}
      <input type="datetime-local" max="9998-12-31T23:59" value={typed} onChange={(event) => setTyped(event.target.value)} onBlur={(event) => apply(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && apply(event.currentTarget.value)} />
    </label>
  );
}

function SearchText({ text, onChange }: { text?: string; onChange: (text?: string) => void }) {
  const [typed, setTyped] = useState(text ?? '');
  const latest = useRef({ text, onChange });
  latest.current = { text, onChange };
  // The address has the last word, as after Back, unless it only lacks spaces that are typed.
  useEffect(() => setTyped((was) => (textOf(was) === text ? was : text ?? '')), [text]);
  const apply = (value: string) => {
    if (textOf(value) !== latest.current.text) latest.current.onChange(textOf(value));
  };
  useEffect(() => {
    const timer = setTimeout(() => apply(typed), PAUSE_MILLIS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="field">Text
      <input type="search" value={typed} maxLength={LONGEST_TEXT} placeholder="In id, user, failure, input, output, logs" onChange={(event) => setTyped(event.target.value)} onKeyDown={(event) => event.key === 'Enter' && apply(event.currentTarget.value)} />
    </label>
  );
}
