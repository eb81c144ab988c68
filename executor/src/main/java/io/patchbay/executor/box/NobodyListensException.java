package io.patchbay.executor.box;

import java.io.Serial;

/** No launcher took the connection, so nothing has run. */
final class NobodyListensException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  NobodyListensException(String message) {
    super(message);
  }
}
