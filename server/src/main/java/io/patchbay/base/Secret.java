package io.patchbay.base;

/**
 * A value that prints as {@code ***}; call {@link #reveal} only where it leaves for its purpose.
 */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
