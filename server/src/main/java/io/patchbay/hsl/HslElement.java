package io.patchbay.hsl;

import io.patchbay.base.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One bubble. An element is a view of the object it was read from and prints exactly that: unknown
 * keys, odd values and missing parts included. The object must not be changed afterwards.
 */
public sealed interface HslElement {
  /** As it goes over the wire. */
  ObjectNode json();

  /** The words of the bubble; empty where it has none. */
  default String text() {
    return Parts.text(json(), "text").orElse("");
  }

  /** Such as {@code TEXT}; empty where it has none. */
  default String type() {
    return Parts.text(json(), "type").orElse("");
  }

  /** All that can be tapped, in order. */
  List<Actionable> actionables();

  /** Words, with quick replies that go once one is tapped (contract H2). */
  record Text(ObjectNode json) implements HslElement {
    @Override
    public List<Actionable> actionables() {
      return Parts.actionables(json.path("data").path("quick_replies"));
    }
  }

  /** Words with buttons that stay (contract H3). */
  record Button(ObjectNode json) implements HslElement {
    @Override
    public List<Actionable> actionables() {
      return Parts.actionables(json.path("data").path("items"));
    }
  }

  /** Cards side by side (contract H4); a picture is a carousel of one item (H5). */
  record Carousel(ObjectNode json) implements HslElement {
    public List<CarouselItem> items() {
      return Parts.objects(json.path("data").path("items")).map(CarouselItem::new).toList();
    }

    @Override
    public List<Actionable> actionables() {
      return items().stream().flatMap(item -> item.actionables().stream()).toList();
    }
  }

  /** Anything else: a type that is passed on as it is, or no type at all. */
  record Other(ObjectNode json) implements HslElement {
    @Override
    public List<Actionable> actionables() {
      return List.of();
    }
  }

  /** What can be tapped: a quick reply, or a button (contract H6). */
  record Actionable(JsonNode json) {
    public String text() {
      return Parts.text(json, "actionable_text").orElse("");
    }

    public String type() {
      return Parts.text(json, "type").orElse("");
    }

    public String uri() {
      return Parts.text(json, "uri").orElse("");
    }

    /** Where a link goes. */
    public Optional<String> link() {
      return Parts.text(json.path("payload"), "link")
          .or(() -> Parts.text(json.path("payload"), "url"));
    }

    /** What the bot receives when it is tapped (contract H7). */
    public String sends() {
      return Parts.text(json.path("payload"), "gogo_message")
          .or(() -> Parts.text(json.path("payload"), "message"))
          .orElseGet(this::text);
    }
  }

  /** One card of a carousel (contract H4). */
  record CarouselItem(JsonNode json) {
    public String title() {
      return Parts.text(json, "title").orElse("");
    }

    public String subTitle() {
      return Parts.text(json, "sub_title").orElse("");
    }

    public String description() {
      return Parts.text(json, "description").orElse("");
    }

    /** URL of its picture or film. */
    public Optional<String> image() {
      return Parts.text(json.path("thumbnail"), "image");
    }

    public List<Actionable> actionables() {
      return Parts.actionables(json.path("actionables"));
    }
  }

  /** A bubble that is nothing but words. */
  static HslElement text(String words) {
    ObjectNode json = Json.object().put("text", words).put("type", "TEXT");
    json.putObject("data").putArray("quick_replies");
    return new Text(json);
  }

  /** The element that an object is; any object is one. */
  static HslElement of(ObjectNode json) {
    return switch (Parts.text(json, "type").orElse("")) {
      case "TEXT" -> new Text(json);
      case "BUTTON" -> new Button(json);
      case "CAROUSEL" -> new Carousel(json);
      default -> new Other(json);
    };
  }
}
