package io.patchbay.integration;

import io.patchbay.base.Secret;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replaces secret values by {@value #SHOWN}, in any case: as they are, in base 64 (also inside of a
 * longer text, and across line breaks) and hexadecimal, escaped for URLs, host names, HTML and JSON
 * and as Python prints them; line by line, and the texts inside a secret that is JSON. Occurrences
 * that overlap become one {@value #SHOWN}. Values of fewer than {@value #SHORTEST} characters are
 * left alone, since masking them would garble ordinary text and hide nothing that could not be
 * guessed.
 *
 * <p>To make one takes time and memory in the length of all values, some 20 times as much as they
 * have characters; to mask takes time in the length of the text alone, however many they are. Safe
 * for use by many threads.
 */
public final class SecretMask {
  public static final String SHOWN = "***";
  public static final int SHORTEST = 4;

  /** Knows no secret. */
  public static final SecretMask NOTHING = new SecretMask(List.of());

  private final Automaton plain;
  private final Automaton encoded;
  private final int shortestNumber;

  public SecretMask(Collection<Secret> secrets) {
    var forms = new SecretForms();
    secrets.stream().map(Secret::reveal).forEach(forms::addSecret);
    this.plain = forms.plain();
    this.encoded = forms.encoded();
    this.shortestNumber = forms.shortestNumber();
  }

  /** How many states it has: about the characters of all spellings of its secrets. */
  int states() {
    return plain.states() + encoded.states();
  }

  /** The same where it holds no secret. */
  public String mask(String text) {
    return mask(text, false);
  }

  /**
   * @param cut whether the text may end within a secret; what a secret begins with is then masked
   *     at the end, from {@value #SHORTEST} characters on
   */
  public String mask(String text, boolean cut) {
    return plain.isEmpty() ? text : scan().mask(text, cut);
  }

  /** With every text and every key masked: a copy, or the same where there is no secret. */
  public JsonNode mask(JsonNode node) {
    return plain.isEmpty() ? node : new MaskedJson(scan(), shortestNumber).mask(node);
  }

  /** As {@link #mask(JsonNode)}. */
  public ObjectNode mask(ObjectNode object) {
    return plain.isEmpty() ? object : new MaskedJson(scan(), shortestNumber).mask(object);
  }

  SecretScan scan() {
    return new SecretScan(plain, encoded);
  }
}
