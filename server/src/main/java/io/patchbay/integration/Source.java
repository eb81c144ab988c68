package io.patchbay.integration;

/**
 * The code of a node.
 *
 * @param text Python
 * @param lock exactly which packages it can import; empty where none of its own
 */
public record Source(String text, String lock) {
  /** With the packages of the machine only. */
  public static Source of(String text) {
    return new Source(text, "");
  }
}
