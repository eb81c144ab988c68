// Marks the lines where code is wrong, with the words right below them.

import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';

export interface Fault {
  /** 1-based; 0 where there is none, which marks nothing. */
  line: number;
  /** 1-based; 0 for the whole line. */
  column?: number;
  message: string;
}

export const setFaults = StateEffect.define<Fault[]>();

class WordsBelow extends WidgetType {
  constructor(readonly message: string) {
    super();
  }

  override eq(other: WordsBelow): boolean {
    return other.message === this.message;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'cm-fault-words';
    element.textContent = this.message;
    return element;
  }
}

export const faults = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setFaults)) return drawn(transaction.state, effect.value);
    }
    return transaction.docChanged ? marks.map(transaction.changes) : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function drawn(state: EditorState, all: Fault[]): DecorationSet {
  const marks = all
    .filter((fault) => fault.line >= 1 && fault.line <= state.doc.lines)
    .flatMap((fault) => {
      const line = state.doc.line(fault.line);
      const from = line.from + Math.min(Math.max((fault.column ?? 0) - 1, 0), line.length);
      return [
        Decoration.line({ class: 'cm-fault' }).range(line.from),
        ...(from < line.to ? [Decoration.mark({ class: 'cm-fault-mark' }).range(from, line.to)] : []),
        Decoration.widget({ widget: new WordsBelow(fault.message), block: true, side: 1 }).range(line.to),
      ];
    });
  return Decoration.set(marks, true);
}
