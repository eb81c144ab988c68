package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends replies that are made before a request comes to the {@link Desk}. */
final class Answers {
  private Answers() {}

  static void send(Reply reply, Response response, Callback callback) {
    response.setStatus(reply.status());
    Desk.HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    Reply.Body body = reply.body().orElseThrow();
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, body.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.bytes().length);
    response.write(true, ByteBuffer.wrap(body.bytes()), callback);
  }

  /** All bytes of the answer to a request whose head did not come in time. */
  static byte[] lateHead() {
    Reply reply = Problems.of(ErrorCode.REQUEST_TIMEOUT, "The request's head took too long.");
    byte[] body = reply.body().orElseThrow().bytes();
    var head = new StringBuilder("HTTP/1.1 408 Request Timeout\r\n");
    Desk.HEADERS.forEach((name, value) -> line(head, name, value));
    line(head, "Content-Type", Problems.TYPE);
    line(head, "Content-Length", Integer.toString(body.length));
    line(head, "Connection", "close");
    head.append("\r\n");
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
