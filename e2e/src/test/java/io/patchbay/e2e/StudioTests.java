package io.patchbay.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One server for all tests of a class, each with a browser of its own. */
abstract class StudioTests {
  @TempDir static Path data;

  static Program program;

  @BeforeAll
  static void startProgram() {
    program = Program.start(data);
  }

  @AfterAll
  static void endProgram() {
    program.close();
  }
}
