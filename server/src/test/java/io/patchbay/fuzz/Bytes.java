package io.patchbay.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Changes bytes: cut off, doubled, flipped, or with something odd in between. */
final class Bytes {
  /** Longest piece that is taken out or doubled. */
  private static final int PIECE = 200;

  private static final List<byte[]> NO_UTF8 =
      List.of(
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xc0, (byte) 0x80},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80});

  private Bytes() {}

  static byte[] changed(byte[] bytes, List<String> tokens, Dice dice) {
    int from = dice.below(bytes.length + 1);
    int to = Math.min(bytes.length, from + dice.below(PIECE));
    byte[] piece = Arrays.copyOfRange(bytes, from, to);
    return switch (dice.below(7)) {
      case 0 -> Arrays.copyOf(bytes, from);
      case 1 -> joined(bytes, from, to, new byte[0]);
      case 2 -> joined(bytes, to, to, piece);
      case 3 -> joined(bytes, from, from, dice.of(NO_UTF8));
      case 4 -> flipped(bytes, from, dice);
      default -> joined(bytes, from, from, dice.of(tokens).getBytes(StandardCharsets.UTF_8));
    };
  }

  private static byte[] joined(byte[] bytes, int end, int again, byte[] between) {
    var joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, end);
    joined.writeBytes(between);
    joined.write(bytes, again, bytes.length - again);
    return joined.toByteArray();
  }

  private static byte[] flipped(byte[] bytes, int at, Dice dice) {
    byte[] copy = bytes.clone();
    if (at < copy.length) {
      copy[at] ^= (byte) (1 << dice.below(8));
    }
    return copy;
  }
}
