package io.patchbay.integration.code;

import io.patchbay.base.Json;
import io.patchbay.base.Surrogates;
import io.patchbay.executor.Limits;
import io.patchbay.integration.Failure;
import io.patchbay.integration.FailureReason;
import io.patchbay.integration.Invoker.Result;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads what {@code main} returned: {@code {"statusCode": 200, "body": "<JSON text of an object>"}}
 * (contract A4, A6, K3).
 */
final class ReturnValue {
  private ReturnValue() {}

  static Result read(String value) {
    JsonNode returned;
    try {
      returned = Json.parse(value);
    } catch (Json.MalformedJson e) {
      return bad("main returned something that is not JSON: " + e.getMessage());
    }
    if (returned.isNull()) {
      return failed(
          FailureReason.NO_RESULT, "main returned nothing; return a dict with statusCode and body");
    }
    if (!(returned instanceof ObjectNode object)) {
      return bad("main must return a dict with statusCode and body, not " + kind(returned));
    }
    JsonNode status = object.get("statusCode");
    if (status == null) {
      return bad("main returned a dict without statusCode; add \"statusCode\": 200");
    }
    if (!status.isIntegralNumber()) {
      return bad("statusCode must be the whole number 200, not " + Json.write(status));
    }
    return status.asString().equals("200")
        ? body(object.get("body"))
        : failed(
            FailureReason.BAD_STATUS,
            "main returned statusCode " + status.asString() + "; only 200 is a success");
  }

  private static Result body(@Nullable JsonNode body) {
    if (body == null) {
      return bad("main returned a dict without body; add \"body\": json.dumps(reply)");
    }
    if (!body.isString()) {
      return bad("body must be a JSON text, not " + kind(body) + "; wrap it in json.dumps(...)");
    }
    String text = body.asString();
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.MAX_RESULT) {
      return failed(
          FailureReason.RESULT_TOO_LARGE, "body has more than " + Limits.MAX_RESULT + " bytes");
    }
    try {
      JsonNode output = Json.parse(text);
      if (!(output instanceof ObjectNode object)) {
        return bad("body must hold a JSON object, not " + kind(output));
      }
      return Surrogates.find(output).stream()
          .findFirst()
          .map(p -> bad("body is not valid text: " + p))
          .orElseGet(() -> new Result.Succeeded(object));
    } catch (Json.MalformedJson e) {
      return bad("body is not well-formed JSON: " + e.getMessage());
    }
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL, MISSING -> "nothing";
      case BINARY, POJO -> "this";
    };
  }

  private static Result bad(String message) {
    return failed(FailureReason.BAD_RESULT, message);
  }

  private static Result failed(FailureReason reason, String message) {
    return new Result.Failed(new Failure(reason, message));
  }
}
