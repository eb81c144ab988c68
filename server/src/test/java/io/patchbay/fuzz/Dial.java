package io.patchbay.fuzz;

/** What is turned up or down in a {@link Genes}: a size or a kind, from 0 to {@link #MOST}. */
enum Dial {
  INTEGRATION,
  SAY_KIND,
  SAY_TIMES,
  SAY_LENGTH,
  BUBBLES,
  OUTPUT_KIND,
  OUTPUT_SIZE,
  RESPONSE,
  DETAILS,
  SECRET_KIND,
  SECRETS,
  SECRET_LENGTH,
  ENTITY_KIND,
  ENTITIES,
  COUNT,
  WORDS,
  WORD_PARTS,
  MESSAGE_KIND,
  MESSAGE_SIZE,
  TURNS,
  RULES,
  RULE_KIND,
  SENTENCES,
  SENTENCE_PARTS;

  static final int MOST = 99;
}
