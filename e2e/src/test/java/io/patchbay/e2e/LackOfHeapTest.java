package io.patchbay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LackOfHeapTest {
  @Test
  void a_program_whose_heap_is_too_small_ends_and_says_why(@TempDir Path data) throws Exception {
    Program.Starting program =
        Program.launch(List.of("env", "PATCHBAY_JAVA_OPTIONS=-Xmx14m"), data);
    try {
      assertThat(program.process().waitFor(8, TimeUnit.MINUTES)).isTrue();
      assertThat(program.process().exitValue()).isEqualTo(3);
      assertThat(program.address())
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("OutOfMemoryError");
    } finally {
      program.process().destroyForcibly();
    }
  }
}
