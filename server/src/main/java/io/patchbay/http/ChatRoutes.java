package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Problem;
import io.patchbay.base.Refusal;
import io.patchbay.bot.Environment;
import io.patchbay.conversation.ConversationStore;
import io.patchbay.conversation.TurnAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A user's side of a bot: messages in, replies out, and the conversation as it stands. */
public final class ChatRoutes {
  private static final String MESSAGES = "/api/v1/bots/{bot}/messages";
  private static final String CONVERSATION = "/api/v1/bots/{bot}/users/{auth_id}/conversation";

  private final ChatRoom room;

  public ChatRoutes(ChatRoom room) {
    this.room = room;
  }

  List<Route> routes() {
    return List.of(
        route("POST", MESSAGES, this::message)
            .described("sendMessage", "A user says something; the bot answers")
            .query("debug", "Flag", "adds the message log")
            .takesJson("ChatMessage", Route.SMALL)
            .answersJson("Turn", "The bot's reply; a failed integration is a reply too")
            .refuses(
                ErrorCode.UNKNOWN_ENVIRONMENT,
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.NOT_DEPLOYED,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT),
        route("GET", CONVERSATION, request -> Reply.json(room.read(key(request))))
            .described("getConversation", "State, collected entities, details and transcript")
            .answersJson("Conversation", "The conversation as it stands")
            .refuses(ErrorCode.UNKNOWN_ENVIRONMENT, ErrorCode.UNKNOWN_BOT),
        route("DELETE", CONVERSATION, this::restart)
            .described("restartConversation", "Ends the conversation; the next message begins anew")
            .answers(204, "Restarted")
            .refuses(ErrorCode.UNKNOWN_ENVIRONMENT, ErrorCode.UNKNOWN_BOT),
        route("PATCH", CONVERSATION, this::patch)
            .described("patchConversation", "Sets details from outside; each replaces the whole")
            .takesJson("ConversationPatch", Route.SMALL)
            .answersJson("Conversation", "The conversation with its new details")
            .refuses(
                ErrorCode.UNKNOWN_ENVIRONMENT,
                ErrorCode.UNKNOWN_BOT,
                ErrorCode.TOO_LARGE,
                ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                ErrorCode.INVALID_CONTENT));
  }

  private static Route route(String method, String path, Handler handler) {
    return Route.of(method, path, Access.SIGNED_IN, handler)
        .query("environment", "Environment", "`production` where it is not given");
  }

  private Reply message(Request request) {
    String bot = request.bot();
    Environment environment = environment(request);
    boolean debug = request.flag("debug");
    TurnAnswer answer = room.handle(ChatBody.read(bot, environment, request.body().requiredJson()));
    if (!debug) {
      return Reply.json(answer.response());
    }
    ObjectNode withLog = Json.object();
    withLog.setAll(answer.response());
    withLog.set("log", answer.log());
    return Reply.json(withLog);
  }

  private Reply restart(Request request) {
    room.restart(key(request));
    return Reply.empty();
  }

  private Reply patch(Request request) {
    ConversationStore.Key key = key(request);
    var problems = new ArrayList<Problem>();
    var fields = Fields.strict(request.body().requiredJson(), problems);
    Optional<ObjectNode> conversationDetails = fields.object("conversation_details");
    Optional<ObjectNode> userDetails = fields.object("user_details");
    fields.finish();
    return Reply.json(room.patch(key, conversationDetails, userDetails));
  }

  private static ConversationStore.Key key(Request request) {
    return new ConversationStore.Key(request.bot(), environment(request), request.authId());
  }

  private static Environment environment(Request request) {
    return request.query("environment").map(ChatRoutes::environment).orElse(Environment.PRODUCTION);
  }

  static Environment environment(String wire) {
    return Environment.of(wire)
        .orElseThrow(() ->
            new Refusal(
                ErrorCode.UNKNOWN_ENVIRONMENT,
                "The parameter \"environment\" must be staging or production, not "
                    + Request.quoted(wire)
                    + "."));
  }
}
