package io.patchbay.executor.box;

/** The kinds of processor whose system calls the filters know. */
final class Processor {
  private static final String PROVEN = "x86_64";
  private static final String UNPROVEN = "aarch64";

  private Processor() {}

  static boolean isKnown() {
    return name().equals(PROVEN) || name().equals(UNPROVEN);
  }

  static boolean isProven() {
    return name().equals(PROVEN);
  }

  /** For people. */
  static String description() {
    return isProven() || !isKnown() ? name() : name() + ", on which the filters are unproven";
  }

  /** As the kernel calls it. */
  private static String name() {
    String java = System.getProperty("os.arch");
    return java.equals("amd64") ? PROVEN : java;
  }
}
