package io.patchbay.authoring;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Source as it arrives: any UTF-8 text, whether or not it is Python. */
final class SourceText {
  /** Characters, as in a definition that carries its code. */
  static final int MAX_CHARACTERS = 1024 * 1024;

  private SourceText() {}

  static String decode(byte[] source) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString();
      if (text.length() > MAX_CHARACTERS) {
        throw new Refusal(
            ErrorCode.TOO_LARGE,
            "The code has %d characters, the limit is %d; keep data elsewhere"
                .formatted(text.length(), MAX_CHARACTERS));
      }
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
