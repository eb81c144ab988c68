package io.patchbay.executor.box;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.executor.Code;
import io.patchbay.executor.CodeCall;
import io.patchbay.executor.Execution.Outcome.Failed;
import io.patchbay.executor.Execution.Reason;
import io.patchbay.executor.Isolation;
import io.patchbay.executor.Limits;
import io.patchbay.executor.box.KnownCode.Preload;
import io.patchbay.executor.box.Launcher.Up;
import io.patchbay.executor.frame.FrameType;
import io.patchbay.executor.frame.Outgoing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns calls into the frames that carry them, and refuses those that no frame can carry. */
final class Requests {
  /** Below it the interpreter itself does not fit. */
  private static final long LEAST_MEMORY = 16L << 20;

  /** Beside the event: the invocation's id and the numbers. */
  private static final int ROOM = 4096;

  // What becomes of a process after a call.
  private static final int END = 0;
  private static final int KEEP = 1;
  private static final int RESTORE = 2;

  private final long maxMemory;

  /** The last launcher whose preloaded modules may not be those that a call would import. */
  private volatile int stale;

  private final KnownCodes codes = new KnownCodes();

  Requests(long maxMemory) {
    this.maxMemory = maxMemory;
  }

  /** Why this call cannot even be sent; empty if it can. */
  static Optional<Failed> problem(CodeCall call) {
    Optional<String> source = sourceProblem(call.code().source());
    if (source.isPresent()) {
      return Optional.of(new Failed(Reason.SYNTAX_ERROR, source.get()));
    }
    List<String> texts = List.of(call.invocationId(), call.code().functionName(), call.event());
    if (!texts.stream().allMatch(Requests::isUnicode)) {
      return Optional.of(new Failed(Reason.EXCEPTION, "The event is not valid Unicode text"));
    }
    long most = FrameType.CALL.cap() - (long) ROOM;
    boolean fits =
        call.event().length() * 3L <= most || call.event().getBytes(UTF_8).length <= most;
    return fits && call.invocationId().length() + call.code().functionName().length() < ROOM / 8
        ? Optional.empty()
        : Optional.of(new Failed(Reason.EXCEPTION, "The event of the call is too large"));
  }

  /** What is wrong with a source before Python has seen it; empty if nothing is. */
  static Optional<String> sourceProblem(String source) {
    if (!isUnicode(source)) {
      return Optional.of("The source holds half of a surrogate pair, so it is not valid Unicode");
    }
    boolean small = source.length() * 3L <= Limits.MAX_SOURCE;
    int bytes = small ? 0 : source.getBytes(UTF_8).length;
    return bytes > Limits.MAX_SOURCE
        ? Optional.of("The source has " + bytes + " bytes; " + Limits.MAX_SOURCE + " are allowed")
        : Optional.empty();
  }

  /** What every call can import is another than when this launcher began. */
  void importsChanged(Up up) {
    stale = up.generation();
  }

  /** A process that loads the code, says so, and waits for its call. */
  List<Outgoing> loaded(Code code, Up up) {
    return List.of(order(code, up), load(code, up, true, afterOf(code)));
  }

  /** A process that loads the code and runs this call. */
  List<Outgoing> fresh(CodeCall call, Up up, Duration remaining) {
    return List.of(
        order(call.code(), up),
        load(call.code(), up, false, afterOf(call.code())),
        call(call, remaining));
  }

  /** A process that lets itself be held, and waits before it loads the code. */
  List<Outgoing> held(Code code, Up up) {
    return List.of(order(code, up), load(code, up, true, RESTORE));
  }

  static Outgoing go() {
    return Outgoing.of(FrameType.GO);
  }

  static Outgoing call(CodeCall call, Duration remaining) {
    return Outgoing.of(
        FrameType.CALL,
        Outgoing.text(call.invocationId()),
        Outgoing.number(remaining.toMillis()),
        Outgoing.text(call.event()));
  }

  static List<Outgoing> check(String source) {
    List<Outgoing> frames = new ArrayList<>();
    frames.add(Outgoing.order(Preload.BARE.number(), Optional.empty()));
    frames.add(Outgoing.of(FrameType.CHECK, Outgoing.text(source)));
    return frames;
  }

  /** What this source was compiled to, if the process said it; the next one need not compile it. */
  void compiled(Code code, Up up, byte[] bytecode) {
    if (bytecode.length > 0) {
      codes.of(code.source()).compiledTo(up.generation(), bytecode);
    }
  }

  /** Of code that is restored only where the process was held. */
  private static int afterOf(Code code) {
    return code.isolation() == Isolation.KEPT ? KEEP : END;
  }

  /** What was imported before comes from the machine, and would hide the packages of the set. */
  private Outgoing order(Code code, Up up) {
    boolean hides = code.packages().isPresent() || up.generation() <= stale;
    Preload preload = hides ? Preload.BARE : codes.of(code.source()).preload();
    return Outgoing.order(preload.number(), code.packages());
  }

  private Outgoing load(Code code, Up up, boolean tell, int after) {
    KnownCode known = codes.of(code.source());
    long memory = Math.clamp(code.memory(), LEAST_MEMORY, maxMemory);
    return Outgoing.of(
        FrameType.LOAD,
        Outgoing.text(code.functionName()),
        Outgoing.number(memory),
        Outgoing.number(after),
        Outgoing.number(tell ? 1 : 0),
        known.source(),
        known.bytecode(up.generation()));
  }

  /** Whether every surrogate has its other half. */
  private static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
