package io.patchbay.http;

import io.patchbay.authoring.Authoring;
import io.patchbay.base.ErrorCode;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What belongs to the integration of one node: its code, its sample inputs, its test. */
final class NodeRoutes {
  private static final String BOT = "/api/v1/bots/{bot}";
  private static final String CODE = BOT + "/code/{node}";
  private static final String SAMPLE = BOT + "/samples/{node}";
  private static final String NAMED_SAMPLE = SAMPLE + "/{name}";
  private static final String DEFAULT_SAMPLE = "default";

  private final BuilderRoom room;

  NodeRoutes(BuilderRoom room) {
    this.room = room;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", CODE, Access.SIGNED_IN, this::code)
            .described("getCode", "The saved Python source of a node; has an ETag")
            .answers(200, "The source", new Route.Media(Reply.PYTHON, "Source"))
            .refuses(ErrorCode.UNKNOWN_BOT, ErrorCode.UNKNOWN_NODE, ErrorCode.INVALID_CONTENT),
        Route.of("PUT", CODE, Access.SIGNED_IN, this::putCode)
            .described("putCode", "Saves the Python source of a node, even if it does not compile")
            .takes(true, Route.LARGE, new Route.Media(Reply.PYTHON, "Source"))
            .answersJson("SavedCode", "Saved; what the compiler says of it")
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.UNKNOWN_NODE,
                ErrorCode.STALE,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        sample("GET", SAMPLE, this::sample)
            .described("getSample", "The default sample input; has an ETag"),
        sample("PUT", SAMPLE, this::putSample).described("putSample", "Saves the default sample"),
        sample("GET", NAMED_SAMPLE, this::sample)
            .described("getNamedSample", "A sample input; has an ETag"),
        sample("PUT", NAMED_SAMPLE, this::putSample)
            .described("putNamedSample", "Saves a sample input"),
        Route.of("DELETE", NAMED_SAMPLE, Access.SIGNED_IN, this::deleteSample)
            .described("deleteNamedSample", "Removes a sample input")
            .answers(204, "Removed")
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.UNKNOWN_NODE,
                ErrorCode.UNKNOWN_SAMPLE,
                ErrorCode.INVALID_CONTENT),
        Route.of("POST", BOT + "/integrations/{node}/test", Access.SIGNED_IN, this::test)
            .described(
                "testIntegration",
                "Runs the saved draft with the given input; stores nothing but the invocation")
            .takes(false, Route.SMALL, new Route.Media(Reply.JSON, "TestInput"))
            .answersJson("TestResult", "How it went; a failure is an answer too")
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.UNKNOWN_NODE,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT));
  }

  private static Route sample(String method, String path, Handler handler) {
    Route route = Route.of(method, path, Access.SIGNED_IN, handler);
    return method.equals("GET")
        ? route
            .answersJson("Payload", "The payload")
            .refuses(
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.UNKNOWN_NODE,
                ErrorCode.UNKNOWN_SAMPLE,
                ErrorCode.INVALID_CONTENT)
        : route
            .takesJson("Payload", Route.SMALL)
            .answers(204, "Saved")
            .refuses(
                ErrorCode.INVALID_REQUEST,
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.UNKNOWN_NODE,
                ErrorCode.STALE,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT);
  }

  /** The revision is read first: a write in between makes it stale, never too new. */
  private Reply code(Request request) {
    String revision = room.definition(request.bot()).revision();
    String source = room.code(request.bot(), request.node());
    return Reply.of(200, Reply.PYTHON + "; charset=utf-8", source).etag(revision);
  }

  private Reply putCode(Request request) {
    String bot = request.bot();
    String node = request.node();
    byte[] source = request.body().text();
    Optional<String> ifRevision = Revisions.ifMatch(request, () -> room.definition(bot).revision());
    Authoring.SavedCode saved = room.putCode(bot, node, source, ifRevision);
    return Reply.json(Views.savedCode(saved)).etag(saved.revision());
  }

  private Reply sample(Request request) {
    String revision = room.definition(request.bot()).revision();
    JsonNode payload = room.sample(request.bot(), request.node(), sampleName(request));
    return Reply.json(payload).etag(revision);
  }

  private Reply putSample(Request request) {
    String bot = request.bot();
    String node = request.node();
    String name = sampleName(request);
    JsonNode payload = request.body().requiredJson();
    Optional<String> ifRevision = Revisions.ifMatch(request, () -> room.definition(bot).revision());
    return Reply.empty().etag(room.putSample(bot, node, name, payload, ifRevision));
  }

  private Reply deleteSample(Request request) {
    room.deleteSample(request.bot(), request.node(), request.path("name"));
    return Reply.empty();
  }

  /** The name becomes part of a file's name where a bot is pulled into a folder. */
  private static String sampleName(Request request) {
    boolean named = request.route().path().equals(NAMED_SAMPLE);
    String name = named ? request.path("name") : DEFAULT_SAMPLE;
    if (name.matches("[A-Za-z0-9_-]{1,64}")) {
      return name;
    }
    throw request.isSafe()
        ? new Refusal(ErrorCode.UNKNOWN_SAMPLE, "There is no sample " + Request.quoted(name) + ".")
        : Request.invalid("name", "must match [A-Za-z0-9_-]{1,64}");
  }

  private Reply test(Request request) {
    String bot = request.bot();
    String node = request.node();
    Optional<JsonNode> body = request.body().json();
    Optional<JsonNode> input = Optional.empty();
    if (body.isPresent()) {
      var problems = new ArrayList<Problem>();
      Fields fields = Fields.strict(body.get(), problems);
      input = fields.any("input");
      fields.finish();
    }
    return Reply.json(room.test(bot, node, input));
  }
}
