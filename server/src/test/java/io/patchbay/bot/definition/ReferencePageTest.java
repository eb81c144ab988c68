package io.patchbay.bot.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bot.Bot;
import io.patchbay.bot.Condition.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference page says what the reader does. */
class ReferencePageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "bot-definition.md");

  @Test
  void the_example_of_the_page_is_a_bot_without_warnings() throws IOException {
    String yaml = example();
    assertThat(Documents.problems(yaml)).isEmpty();
    assertThat(Documents.warnings(yaml)).isEmpty();
    assertThat(BotSchemaTest.errors(BotYaml.read(yaml))).isEmpty();
    Bot bot = Documents.bot(yaml);
    assertThat(Documents.texts(BotReview.warnings(bot))).isEmpty();
    assertThat(bot.nodes().keySet())
        .containsExactly("FIND_PARCEL", "ON_ITS_WAY", "LATE", "CALL_BACK", "BYE");
  }

  @Test
  void the_page_names_every_operator_entity_type_and_later_feature() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(Arrays.stream(Operator.values()).map(Operator::wire))
        .allSatisfy(operator -> assertThat(page).contains("`" + operator + "`"));
    assertThat(Later.ENTITY_TYPES).allSatisfy(type -> assertThat(page).contains("`" + type + "`"));
  }

  @Test
  void the_limits_of_the_page_are_those_of_the_reader() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page)
        .contains("8 388 608 characters")
        .contains("1 048 576 characters; 20 480 characters, 200 lines");
    assertThat(BotYaml.LONGEST).isEqualTo(8_388_608);
    assertThat(FilesReader.LONGEST_CODE).isEqualTo(1_048_576);
    assertThat(Requirements.LONGEST).isEqualTo(20_480);
  }

  private static String example() throws IOException {
    Matcher fence = Pattern.compile("(?s)```yaml\\n(.*?)```").matcher(Files.readString(PAGE));
    assertThat(fence.find()).isTrue();
    return fence.group(1);
  }
}
