package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private static final int OTHERS = 20;

  @Test
  void what_comes_first_is_served_between_any_two_others() throws IOException {
    try (Arena arena = Arena.ofShared()) {
      Kernel kernel = new Kernel(arena);
      EventLoop loop = new EventLoop(kernel, arena);
      List<String> served = new ArrayList<>();
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < OTHERS; i++) {
        int readable = readable(kernel, arena, open);
        assertThat(loop.watch(readable, EventLoop.READABLE, _ -> served.add("other"))).isPositive();
      }
      int first = readable(kernel, arena, open);
      assertThat(loop.watchFirst(first, EventLoop.READABLE, _ -> served.add("first"))).isTrue();
      var _ = loop.in(Duration.ZERO, loop::end);
      loop.run();
      loop.close();
      open.forEach(kernel::close);
      assertThat(served).startsWith("first").contains("other");
      for (int i = 1; i < served.size(); i++) {
        assertThat(served.get(i).equals("other") && served.get(i - 1).equals("other")).isFalse();
      }
    }
  }

  /** A descriptor that always has something to be read. */
  private static int readable(Kernel kernel, Arena arena, List<Integer> open) {
    MemorySegment pair = arena.allocate(8, 8);
    assertThat(kernel.socketPair(Linux.STREAM | Linux.CLOEXEC, pair)).isZero();
    open.add(pair.get(JAVA_INT, 0));
    open.add(pair.get(JAVA_INT, 4));
    assertThat(kernel.write(pair.get(JAVA_INT, 4), arena.allocate(1))).isEqualTo(1);
    return pair.get(JAVA_INT, 0);
  }
}
