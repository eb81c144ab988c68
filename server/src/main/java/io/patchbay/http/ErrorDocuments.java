package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What is refused before it can be routed (broken HTTP) gets a problem document too. */
final class ErrorDocuments extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Reply reply =
        isTheirs(response.getStatus())
            ? Problems.of(ErrorCode.INVALID_REQUEST, "The request is not valid HTTP/1.1.")
            : Problems.of(ErrorCode.INTERNAL, "The server cannot answer this.");
    Answers.send(reply, response, callback);
    return true;
  }

  /** An encoding or a version of HTTP that is not spoken here is the client's mistake too. */
  private static boolean isTheirs(int status) {
    return status < 500
        || status == HttpStatus.NOT_IMPLEMENTED_501
        || status == HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
  }
}
