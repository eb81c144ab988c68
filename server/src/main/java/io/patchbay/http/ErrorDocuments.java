package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is refused before it can be routed (broken HTTP) gets a problem document too. */
final class ErrorDocuments extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Reply reply =
        Problems.of(
            status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL,
            status < 500 ? "The request is not valid HTTP." : "The server cannot answer this.");
    response.setStatus(reply.status());
    Desk.HEADERS.forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.TYPE);
    response.write(true, ByteBuffer.wrap(reply.body().orElseThrow().bytes()), callback);
    return true;
  }
}
