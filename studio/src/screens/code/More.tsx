import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { Sheet } from '../../shared/Sheet';
import { Egress } from '../setup/Egress';
import { Limits } from '../setup/Limits';
import { Packages } from '../setup/Packages';
import { Variables } from '../setup/Variables';
import { Versions } from '../setup/Versions';
import type { Code } from './useCode';

const PARTS = ['Variables', 'Packages', 'Limits', 'Egress', 'Versions'] as const;

/** What belongs to the code but is needed less often. */
export function More({ node, code }: { node: string; code?: Code }) {
  const [open, setOpen] = useState(false);
  const [part, setPart] = useState<(typeof PARTS)[number]>();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!menu.current?.contains(event.target as Element)) setOpen(false);
    };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [open]);
  const key = (event: KeyboardEvent) => {
    const lines = [...menu.current!.querySelectorAll<HTMLElement>('.menu-list button')];
    const at = lines.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') setOpen(false);
    if (to === undefined || !lines.length) return;
    event.preventDefault();
    lines.at(to % lines.length)!.focus();
  };
  return (
    <div className="menu" ref={menu} onKeyDown={key}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>More</button>
      {open && (
        <div className="menu-list">
          {PARTS.map((name) => <button key={name} type="button" onClick={() => { setPart(name); setOpen(false); }}>{name}</button>)}
        </div>
      )}
      {part && (
        <Sheet title={part} wide={part === 'Versions'} onClose={() => setPart(undefined)}>
          {part === 'Variables' && <Variables />}
          {part === 'Packages' && <Packages />}
          {part === 'Limits' && <Limits node={node} />}
          {part === 'Egress' && <Egress />}
          {part === 'Versions' && <Versions node={node} onRestore={code && ((text) => { void code.replace(text); setPart(undefined); })} />}
        </Sheet>
      )}
    </div>
  );
}
