package io.patchbay.integration;

/** Looks for secrets in one text after the other. Used by one thread. */
final class SecretScan {
  private final boolean findsNothing;
  private final Automaton.Reader plain;
  private final WrappedReader encoded;
  private final Spots spots = new Spots();

  SecretScan(Automaton plain, Automaton encoded) {
    this.findsNothing = plain.isEmpty();
    this.plain = new Automaton.Reader(plain);
    this.encoded = new WrappedReader(encoded);
  }

  /**
   * @param cut whether the text may end within a secret
   * @return the same where there is none
   */
  String mask(String text, boolean cut) {
    if (findsNothing || text.length() < SecretMask.SHORTEST) {
      return text;
    }
    findPlain(text, cut);
    Spots all = spots.with(encoded.find(text, cut));
    return all.isEmpty() ? text : all.replaced(text, SecretMask.SHOWN);
  }

  private void findPlain(String text, boolean cut) {
    spots.clear();
    plain.restart();
    for (int i = 0; i < text.length(); i++) {
      int length = plain.read(Folding.plain(text.charAt(i)));
      if (length > 0) {
        spots.add(i + 1 - length, i + 1);
      }
    }
    if (cut && plain.begun() >= SecretMask.SHORTEST) {
      spots.add(text.length() - plain.begun(), text.length());
    }
  }

  /** What it did beside two steps a character. */
  long falls() {
    return plain.falls() + encoded.falls();
  }
}
