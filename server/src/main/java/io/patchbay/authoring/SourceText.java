package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Source as it arrives: any UTF-8 text, whether or not it is Python. */
final class SourceText {
  /** Bytes; the executor takes no more. */
  static final int MAX_BYTES = 5 * 1024 * 1024;

  private SourceText() {}

  static String decode(byte[] source) {
    if (source.length > MAX_BYTES) {
      throw new Refusal(
          ErrorCode.TOO_LARGE, "The code has more than " + MAX_BYTES + " bytes; split off data");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString();
      int nul = text.indexOf('\0');
      if (nul >= 0) {
        throw notText("it has a NUL byte at position " + nul);
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw notText("it is not UTF-8");
    }
  }

  private static Refusal notText(String why) {
    return new Refusal(ErrorCode.INVALID_CONTENT, "The code is not text: " + why);
  }
}
