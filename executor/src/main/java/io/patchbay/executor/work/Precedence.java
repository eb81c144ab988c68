package io.patchbay.executor.work;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Which threads the kernel prefers when there are more than processors. */
final class Precedence {
  private static final MethodHandle NICE =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("nice"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private Precedence() {}

  /**
   * Makes the calling thread give way to others of this process from now on. Of Linux, where it
   * holds for the thread alone and where Java's own priorities do nothing.
   *
   * @param steps each is some 20 % less of a contended processor
   */
  static void giveWay(int steps) {
    try {
      int _ = (int) NICE.invokeExact(steps);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
