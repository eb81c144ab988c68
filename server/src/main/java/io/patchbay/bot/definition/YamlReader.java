package io.patchbay.bot.definition;

import io.patchbay.base.Json;
import io.patchbay.base.Refusal;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a tree from the events of one YAML document. Events are pulled one by one, so that depth
 * is bounded before the parser goes deeper; memory grows with the text only, since there are no
 * aliases.
 */
final class YamlReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final Parser parser;

  YamlReader(String text) {
    this.text = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    // One buffer for the whole text: the reader loses characters beyond the BMP at the end of a
    // smaller one, and copies what is left of it at every refill.
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("")
            .setBufferSize(this.text.length() + 2)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    this.parser = new ParserImpl(settings, new StreamReader(settings, this.text));
  }

  JsonNode read() {
    try {
      return document();
    } catch (MarkedYamlEngineException e) {
      throw syntax(e);
    } catch (YamlVersionException e) {
      throw BotYaml.malformed("only YAML 1.2 is read, and %YAML names another version");
    } catch (ReaderException e) {
      throw unprintable(e);
    } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw BotYaml.malformed("is no YAML: " + Quote.text(String.valueOf(e.getMessage())));
    }
  }

  private JsonNode document() {
    parser.next();
    if (!parser.checkEvent(Event.ID.DocumentStart)) {
      throw BotYaml.malformed("the text is empty");
    }
    parser.next();
    JsonNode tree = value(parser.next(), 1);
    parser.next();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw refuse(parser.peekEvent(), "a second document begins here; only one is read");
    }
    return tree;
  }

  private JsonNode value(Event event, int depth) {
    plain(event);
    if (depth > Json.MAX_DEPTH) {
      throw refuse(event, "is nested deeper than " + Json.MAX_DEPTH + " levels");
    }
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case SequenceStart -> sequence(depth);
      case MappingStart -> mapping(depth);
      case Alias,
          Comment,
          DocumentEnd,
          DocumentStart,
          MappingEnd,
          SequenceEnd,
          StreamEnd,
          StreamStart ->
          throw refuse(event, "a value is missing here");
    };
  }

  /** Refuses what JSON has no word for. */
  private static void plain(Event event) {
    if (event instanceof AliasEvent) {
      throw refuse(event, "aliases (*name) are not supported; write the value out");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refuse(event, "anchors (&name) are not supported; write the value where it is needed");
    }
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent collection -> collection.getTag();
          default -> Optional.empty();
        };
    if (tag.isPresent()) {
      throw refuse(event, "tags (!name) are not supported; to make a text of a value, quote it");
    }
  }

  private static JsonNode scalar(ScalarEvent event) {
    if (!event.isPlain()) {
      return Json.MAPPER.getNodeFactory().stringNode(event.getValue());
    }
    try {
      return YamlScalar.resolve(event.getValue());
    } catch (IllegalArgumentException e) {
      throw refuse(event, String.valueOf(e.getMessage()));
    }
  }

  private ArrayNode sequence(int depth) {
    ArrayNode items = Json.array();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(value(parser.next(), depth + 1));
    }
    parser.next();
    return items;
  }

  private ObjectNode mapping(int depth) {
    ObjectNode entries = Json.object();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Event at = parser.next();
      plain(at);
      if (!(at instanceof ScalarEvent key)) {
        throw refuse(at, "a key must be a text");
      }
      if (entries.has(key.getValue())) {
        throw refuse(at, "key " + Quote.name(key.getValue()) + " is there twice");
      }
      entries.set(key.getValue(), value(parser.next(), depth + 1));
    }
    parser.next();
    return entries;
  }

  private static Refusal refuse(Event event, String message) {
    Optional<Mark> mark = event.getStartMark();
    return mark.isPresent() ? at(mark.get(), message) : BotYaml.malformed(message);
  }

  private static Refusal at(Mark mark, String message) {
    return BotYaml.malformed(mark.getLine() + 1, mark.getColumn() + 1, message);
  }

  private static Refusal syntax(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ", ";
    String problem = context + e.getProblem();
    String hint = problem.contains("TAB") ? "; indent with spaces" : "";
    return e.getProblemMark()
        .map(mark -> at(mark, problem + hint))
        .orElseGet(() -> BotYaml.malformed(problem + hint));
  }

  private Refusal unprintable(ReaderException e) {
    long line = 1 + text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
    return BotYaml.malformed(
        "line "
            + line
            + ": character "
            + String.format("U+%04X", e.getCodePoint())
            + " is not allowed; write it as an escape in double quotes");
  }
}
