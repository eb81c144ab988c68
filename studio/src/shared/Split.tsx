import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';

const LEAST = 25;
const STEP = 4;

/** Two parts side by side; the border between them moves by pointer and by arrow keys. `start`: percent of the first. */
export function Split({ children, start = 56 }: { children: [ReactNode, ReactNode]; start?: number }) {
  const [share, setShare] = useState(start);
  const box = useRef<HTMLDivElement>(null);
  const set = (percent: number) => setShare(Math.min(100 - LEAST, Math.max(LEAST, Math.round(percent))));
  const drag = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const around = box.current!.getBoundingClientRect();
    set(((event.clientX - around.left) / around.width) * 100);
  };
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    set(share + by);
  };
  return (
    <div className="desk-parts" ref={box} style={{ ['--split' as string]: `${share}fr`, ['--rest' as string]: `${100 - share}fr` }}>
      <section className="desk-part" aria-label="Code">{children[0]}</section>
      <div className="splitter" role="separator" aria-orientation="vertical" aria-label="Width of the editor" aria-valuenow={share} aria-valuemin={LEAST} aria-valuemax={100 - LEAST}
        tabIndex={0} onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={drag} onKeyDown={move} />
      <section className="desk-part" aria-label="Input and output">{children[1]}</section>
    </div>
  );
}
