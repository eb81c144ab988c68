package io.patchbay.executor.frame;

import org.jspecify.annotations.Nullable;

/** The types of docs/explanation/frame-protocol.md, with the cap of each one's payload in bytes. */
public enum FrameType {
  CALL(0x01, 10 << 20, false),
  CHECK(0x02, 6 << 20, false),
  ORDER(0x03, 33, false),
  LOAD(0x04, 8 << 20, false),
  GO(0x05, 0, false),
  LOADED(0x10, 0, true),
  LOG(0x11, 264 << 10, true),
  STDOUT(0x12, 64 << 10, true),
  STDERR(0x13, 64 << 10, true),
  RAW(0x14, (64 << 10) + 9, true),
  PROCESS(0x15, 4, true),
  RESULT(0x16, (2 << 20) + (64 << 10), true),
  ERROR(0x17, 128 << 10, true),
  ENDED(0x18, 19, true),
  BYTECODE(0x19, 1 << 20, true),
  MEASURE(0x1a, 16, true),
  HELD(0x1b, 0, true);

  private final int code;
  private final int cap;
  private final boolean fromBox;

  FrameType(int code, int cap, boolean fromBox) {
    this.code = code;
    this.cap = cap;
    this.fromBox = fromBox;
  }

  public int code() {
    return code;
  }

  /** Bytes of payload. */
  public int cap() {
    return cap;
  }

  /** The type that the box may send under this code; null if there is none. */
  static @Nullable FrameType fromBox(int code) {
    for (FrameType type : values()) {
      if (type.fromBox && type.code == code) {
        return type;
      }
    }
    return null;
  }

  /** Whether it counts among the frames that a process may send in any number. */
  boolean isChatter() {
    return this != RESULT && this != ERROR && this != BYTECODE;
  }
}
