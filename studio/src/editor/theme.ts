// How code looks, from the page's own colours, which reach into the editor's shadow.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const looks = [
  EditorView.theme({
    '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '13.5px' },
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflow: 'auto' },
    '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
    '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection': { backgroundColor: 'var(--selection)' },
    '.cm-gutters': { backgroundColor: 'var(--sunk)', color: 'var(--muted)', borderRight: '1px solid var(--line)' },
    '.cm-activeLine': { backgroundColor: 'var(--line-here)' },
    '.cm-activeLineGutter': { backgroundColor: 'var(--line-here)', color: 'var(--ink)' },
    '.cm-tooltip': { backgroundColor: 'var(--surface)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '6px' },
    '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
    '.cm-completionDetail': { color: 'inherit', opacity: '1', fontStyle: 'normal', marginInlineStart: '1em' },
    '.cm-panels': { backgroundColor: 'var(--sunk)', color: 'var(--ink)' },
    '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--line)' },
    '.cm-way-out': { color: 'var(--muted)', fontFamily: 'system-ui, sans-serif', fontSize: '12px', padding: '1px 10px', textAlign: 'end' },
    '.cm-textfield, .cm-button': { color: 'var(--ink)', background: 'var(--surface)', border: '1px solid var(--edge)' },
    '.cm-searchMatch': { backgroundColor: 'var(--odd-soft)', outline: '1px solid var(--odd)' },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
    '.cm-fault': { backgroundColor: 'var(--bad-soft)' },
    '.cm-fault-mark': { textDecoration: 'underline wavy var(--bad)' },
    '.cm-fault-words': { color: 'var(--bad)', backgroundColor: 'var(--bad-soft)', borderLeft: '3px solid var(--bad)', padding: '2px 10px', fontFamily: 'system-ui, sans-serif', whiteSpace: 'pre-wrap' },
    '.cm-changedLine': { backgroundColor: 'var(--accent-soft) !important' },
    '.cm-deletedChunk': { backgroundColor: 'var(--bad-soft)' },
    '.cm-changedText': { background: 'none !important', textDecoration: 'underline 2px var(--accent)' },
    '.cm-deletedChunk .cm-deletedText, .cm-deletedText': { background: 'none', textDecoration: 'line-through' },
    '.cm-collapsedLines': { color: 'var(--muted)', background: 'var(--sunk)' },
  }),
  syntaxHighlighting(HighlightStyle.define([
    { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword, tags.moduleKeyword, tags.operatorKeyword], color: 'var(--code-keyword)' },
    { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
    { tag: [tags.number, tags.bool, tags.null, tags.self], color: 'var(--code-number)' },
    { tag: [tags.comment, tags.lineComment], color: 'var(--muted)', fontStyle: 'italic' },
    { tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: 'var(--code-name)' },
    { tag: tags.propertyName, color: 'var(--code-name)' },
    { tag: tags.invalid, color: 'var(--bad)' },
  ])),
];
