package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes the route table as an OpenAPI 3.1 document. */
final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");

  private OpenApi() {}

  /** The route that serves the document, which describes it and the others. */
  static Route route(List<Route> others) {
    var all = new ArrayList<>(others);
    all.add(self(_ -> Reply.empty()));
    Reply document = Reply.json(of(all)).header("Cache-Control", "no-cache");
    return self(_ -> document);
  }

  private static Route self(Handler handler) {
    return Route.of("GET", "/openapi.json", Access.PUBLIC, handler)
        .described("getOpenApi", "This document")
        .answersJson("JsonSchema", "OpenAPI 3.1");
  }

  static ObjectNode of(List<Route> routes) {
    ObjectNode document = Json.object().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Patchbay")
        .put("version", "1")
        .put(
            "description",
            "Chat with bots, build them, and look at what their integrations did."
                + " Every list is newest first and ends where `next_cursor` is null.");
    ObjectNode paths = document.putObject("paths");
    for (Route route : routes) {
      if (!route.doc().id().isEmpty()) {
        ObjectNode path = paths.withObjectProperty(route.path());
        path.set(route.method().toLowerCase(Locale.ROOT), operation(route));
      }
    }
    document.set("components", components());
    return document;
  }

  private static ObjectNode operation(Route route) {
    Route.Doc doc = route.doc();
    ObjectNode operation = Json.object().put("operationId", doc.id()).put("summary", doc.summary());
    security(operation.putArray("security"), route);
    parameters(operation.putArray("parameters"), route);
    doc.body().ifPresent(body -> operation.set("requestBody", body(body)));
    ObjectNode responses = operation.putObject("responses");
    for (Route.Answer answer : doc.answers()) {
      ObjectNode response = responses.putObject(Integer.toString(answer.status()));
      response.put("description", answer.description());
      content(response, answer.media());
    }
    refusals(responses, route);
    return operation;
  }

  private static void security(ArrayNode security, Route route) {
    switch (route.access()) {
      case PUBLIC -> {}
      case SIGNED_IN -> {
        security.addObject().putArray("token");
        ObjectNode session = security.addObject();
        session.putArray("session");
        if (!route.method().equals("GET")) {
          session.putArray("csrf");
        }
      }
    }
  }

  private static void parameters(ArrayNode parameters, Route route) {
    PARAMETER
        .matcher(route.path())
        .results()
        .forEach(found -> {
          String name = found.group(1);
          ObjectNode parameter = parameter(parameters, name, "path", schemaOf(name));
          parameter.put("required", true);
        });
    for (Route.Parameter query : route.doc().query()) {
      parameter(parameters, query.name(), "query", query.schema())
          .put("description", query.description());
    }
    if (route.doc().refusals().contains(ErrorCode.STALE)) {
      parameter(parameters, "If-Match", "header", "Revision")
          .put("description", "writes only where this is still the ETag");
    }
  }

  private static String schemaOf(String pathParameter) {
    return switch (pathParameter) {
      case "bot" -> "BotName";
      case "node" -> "NodeName";
      case "auth_id" -> "AuthId";
      default -> "Name";
    };
  }

  private static ObjectNode parameter(ArrayNode parameters, String name, String in, String schema) {
    ObjectNode parameter = parameters.addObject().put("name", name).put("in", in);
    reference(parameter.putObject("schema"), schema);
    return parameter;
  }

  private static ObjectNode body(Route.Body body) {
    ObjectNode request = Json.object().put("required", body.required());
    request.put("description", body.cap() + " bytes at most");
    content(request, body.media());
    return request;
  }

  private static void content(ObjectNode holder, List<Route.Media> media) {
    for (Route.Media one : media) {
      ObjectNode schema =
          holder.withObjectProperty("content").putObject(one.type()).putObject("schema");
      reference(schema, one.schema());
    }
  }

  private static void refusals(ObjectNode responses, Route route) {
    var codes = new ArrayList<>(route.doc().refusals());
    if (route.doc().body().isPresent()) {
      codes.addAll(List.of(ErrorCode.MALFORMED_JSON, ErrorCode.REQUEST_TIMEOUT));
    }
    if (route.access() == Access.SIGNED_IN) {
      codes.addAll(
          List.of(
              ErrorCode.UNAUTHENTICATED,
              ErrorCode.FORBIDDEN,
              ErrorCode.TOO_MANY_REQUESTS,
              ErrorCode.UNAVAILABLE));
      if (!route.method().equals("GET")) {
        codes.add(ErrorCode.STORAGE_FULL);
      }
    }
    for (int status : new TreeSet<>(codes.stream().map(ErrorCode::status).toList())) {
      List<String> names =
          codes.stream()
              .filter(c -> c.status() == status)
              .map(c -> c.title() + " (`" + c.wire() + "`)")
              .toList();
      ObjectNode response = responses.putObject(Integer.toString(status));
      response.put("description", String.join("; ", names));
      content(response, List.of(new Route.Media(Problems.TYPE, "Problem")));
    }
  }

  private static void reference(ObjectNode schema, String component) {
    schema.put("$ref", "#/components/schemas/" + component);
  }

  private static ObjectNode components() {
    try (InputStream in = OpenApi.class.getResourceAsStream("components.json")) {
      if (in == null) {
        throw new IllegalStateException("components.json is missing from the class path");
      }
      return (ObjectNode) Json.parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
