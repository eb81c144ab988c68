package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import io.patchbay.base.Secret;
import io.patchbay.conversation.ChatMessage;
import io.patchbay.conversation.TurnAnswer;
import io.patchbay.executor.work.Work;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Shows the page with a bot that says every kind of thing: run {@code main}, follow the link. */
final class PageDemo extends FakeRooms {
  private static final String CARDS =
      """
      {"text":"Three offers for you.","type":"CAROUSEL","data":{"width":"MEDIUM","image_aspect_ratio":1.7,
      "items":[{"thumbnail":{"image":"https://127.0.0.1:1/a.png"},"title":"Speaker","sub_title":"Rs. 1599",
      "description":"Loud and small.","actionables":[{"actionable_text":"Buy it","type":"TEXT_ONLY","uri":"",
      "payload":{"message":"Buy the speaker","gogo_message":"buy{item:1}"}}]},
      {"thumbnail":{"image":"https://www.youtube.com/embed/x"},"title":"Power bank","sub_title":"Rs. 1799",
      "actionables":[{"actionable_text":"Call us","uri":"LINK","type":"APP_ACTION","payload":{"url":"tel:+123"}}]},
      {"title":"<img src=x onerror=alert(1)>","actionables":[{"actionable_text":"Bad link","uri":"LINK",
      "payload":{"url":"javascript:alert(1)"}}]}]}}\
      """;
  private static final String BUTTONS =
      """
      {"text":"Your order abc123 is late. What now?","type":"BUTTON","data":{"items":[
      {"actionable_text":"Complain","type":"TEXT_ONLY","uri":"","payload":{"message":"complain"}},
      {"actionable_text":"Track it on the web","uri":"LINK","type":"APP_ACTION",
      "payload":{"url":"https://acme.example/track"}},
      {"actionable_text":"Send my place","uri":"SEND_LOCATION","type":"APP_ACTION","payload":{}}]}}\
      """;
  private static final String QUICK =
      """
      {"text":"It is late. Shall I complain?\\nIt takes a minute. <b>not bold</b>","type":"TEXT",
      "data":{"quick_replies":[{"actionable_text":"Yes, please","type":"TEXT_ONLY","is_default":0,
      "payload":{"message":"yes"}},{"actionable_text":"No","type":"TEXT_ONLY","is_default":0,
      "payload":{"message":"no"}}]}}\
      """;

  PageDemo() {
    document =
        (ObjectNode)
            Json.parse(
                """
                {"bot":"acme","name":"Acme support","language":"en","nodes":{
                "TRACK":{"label":"Track an order","start":true,"user_says":["track my order"]},
                "OFFERS":{"label":"See offers","start":true,"user_says":["show me offers"]},
                "FORM":{"label":"Something unknown","start":true,"user_says":["fill a form"]},
                "LATE":{"bot_says":["x"]}}}\
                """);
  }

  @Override
  public TurnAnswer handle(ChatMessage message) {
    String text = message.text().orElse("").toLowerCase(Locale.ROOT);
    if (text.contains("fail")) {
      throw new Refusal(ErrorCode.NOT_DEPLOYED, "acme has no version in this environment.");
    }
    ObjectNode response =
        Json.object().put("turn_id", "turn_1").put("conversation_no", 1).put("node", "TRACK");
    var messages = response.put("state", "bot").putArray("messages");
    ObjectNode log = Json.object().put("node", "TRACK").put("method", "exact");
    if (text.contains("offers")) {
      messages.add(Json.parse(CARDS));
    } else if (text.contains("form")) {
      messages.add(
          Json.parse("{\"type\":\"FORM\",\"title\":\"Sign up\",\"data\":{\"fields\":[]}}"));
    } else {
      messages.add(Json.parse(text.contains("order") ? BUTTONS : QUICK));
      log.putArray("invocations").add("inv_1");
    }
    return new TurnAnswer(response, log);
  }

  public static void main(String[] arguments) throws Exception {
    var rooms = new PageDemo();
    HttpServer server =
        HttpServer.start(
            new HttpServer.Settings(
                "127.0.0.1",
                Integer.parseInt(arguments[0]),
                Set.of(),
                Duration.ofSeconds(2),
                Limits.STANDARD),
            new HttpServer.Entry(
                new Secret(TestServer.TOKEN), Clock.systemUTC(), new SecureRandom()),
            new HttpServer.Doors(
                new ChatRoutes(rooms),
                new BuilderRoutes(
                    rooms, new FakeLog(), new Yaml(Json::parse, node -> Json.write(node))),
                new OperatorRoutes(
                    () -> new OperatorRoutes.Readiness(true, Map.of()),
                    () -> FakeRooms.SYSTEM,
                    new OperatorRoutes.Metrics(() -> "", false)),
                RequestObserver.NONE,
                Work.start(Work.Settings.standard(), _ -> {})));
    System.out.println(server.signInLink());
    System.in.read();
    server.close();
  }
}
