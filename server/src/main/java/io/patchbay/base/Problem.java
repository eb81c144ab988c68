package io.patchbay.base;

/**
 * One thing that is wrong with what somebody authored.
 *
 * @param pointer its place, such as {@code nodes.TRACK_ORDER.connections[1].to}; empty for the
 *     whole document
 * @param message what is wrong and what would be right
 */
public record Problem(String pointer, String message) {
  @Override
  public String toString() {
    return pointer.isEmpty() ? message : pointer + ": " + message;
  }
}
