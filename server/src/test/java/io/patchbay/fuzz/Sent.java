package io.patchbay.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request.
 *
 * @param method as it goes onto the wire, as do target and headers
 * @param body empty for none; its length is told in a header of its own
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
record Sent(String method, String target, List<Header> headers, byte[] body) {
  private static final int SHOWN = 1500;

  Sent with(Header header) {
    List<Header> more = new ArrayList<>(headers);
    more.add(header);
    return new Sent(method, target, List.copyOf(more), body);
  }

  Sent without(String name) {
    List<Header> fewer = headers.stream().filter(h -> !h.name().equalsIgnoreCase(name)).toList();
    return new Sent(method, target, fewer, body);
  }

  Sent withBody(byte[] other) {
    return new Sent(method, target, headers, other);
  }

  byte[] wire() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nConnection: close\r\n");
    headers.forEach(h -> head.append(h.name()).append(": ").append(h.value()).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    var wire = new ByteArrayOutputStream();
    wire.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    wire.writeBytes(body);
    return wire.toByteArray();
  }

  /** For people who look for what went wrong: the beginning, without odd characters. */
  static String shown(byte[] wire) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(wire.length, SHOWN); i++) {
      int b = wire[i] & 0xff;
      boolean plain = (b >= ' ' && b < 127) || b == '\n';
      shown.append(plain ? Character.toString(b) : b == '\r' ? "" : "\\x%02x".formatted(b));
    }
    return wire.length > SHOWN ? shown + " ... " + wire.length + " bytes" : shown.toString();
  }
}
