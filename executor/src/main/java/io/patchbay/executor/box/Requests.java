package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Limits;
import io.patchbay.executor.box.BoxConnection.Request;
import io.patchbay.executor.frame.FrameType;
import io.patchbay.executor.frame.FrameWriter;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns calls into the frame that carries them, and refuses those that no frame can carry. */
final class Requests {
  /** Below it the interpreter itself does not fit. */
  private static final long LEAST_MEMORY = 16L << 20;

  private final long maxMemory;

  Requests(long maxMemory) {
    this.maxMemory = maxMemory;
  }

  /** Why this call cannot even be sent; empty if it can. */
  static Optional<Failed> problem(CodeCall call) {
    Optional<String> source = sourceProblem(call.source());
    if (source.isPresent()) {
      return Optional.of(new Failed(Reason.SYNTAX_ERROR, source.get()));
    }
    List<String> texts = List.of(call.invocationId(), call.functionName(), call.event());
    for (String text : texts) {
      if (!isUnicode(text)) {
        return Optional.of(new Failed(Reason.EXCEPTION, "The event is not valid Unicode text"));
      }
    }
    long length = FrameWriter.payloadLength(fields(call, Duration.ZERO, 0));
    return length + 64 > FrameType.CALL.cap()
        ? Optional.of(new Failed(Reason.EXCEPTION, "The event of the call is too large"))
        : Optional.empty();
  }

  /** What is wrong with a source before Python has seen it; empty if nothing is. */
  static Optional<String> sourceProblem(String source) {
    if (!isUnicode(source)) {
      return Optional.of("The source holds half of a surrogate pair, so it is not valid Unicode");
    }
    int bytes = source.getBytes(UTF_8).length;
    return bytes > Limits.MAX_SOURCE
        ? Optional.of("The source has " + bytes + " bytes; " + Limits.MAX_SOURCE + " are allowed")
        : Optional.empty();
  }

  Request call(CodeCall call, Duration remaining) {
    long memory = Math.clamp(call.memory(), LEAST_MEMORY, maxMemory);
    return new Request(FrameType.CALL, fields(call, remaining, memory));
  }

  static Request check(String source) {
    return new Request(FrameType.CHECK, List.of(source.getBytes(UTF_8)));
  }

  private static List<byte[]> fields(CodeCall call, Duration remaining, long memory) {
    return List.of(
        call.invocationId().getBytes(UTF_8),
        call.functionName().getBytes(UTF_8),
        Long.toString(remaining.toMillis()).getBytes(UTF_8),
        Long.toString(memory).getBytes(UTF_8),
        call.source().getBytes(UTF_8),
        call.event().getBytes(UTF_8));
  }

  private static boolean isUnicode(String text) {
    try {
      UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException loneSurrogate) {
      return false;
    }
  }
}
