package io.patchbay.conversation;

import io.patchbay.entity.EntityValue;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the tags of a bot say stand for in one turn (contract F9). */
final class Tags {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMMM d", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("h:mm a", Locale.ENGLISH);

  private Tags() {}

  static Map<String, String> of(Turn turn, ZoneId zone) {
    LocalDateTime now = LocalDateTime.ofInstant(turn.now, zone);
    Map<String, String> tags = new HashMap<>();
    tags.put("full_name", turn.profile.fullName());
    tags.put("name", turn.profile.fullName().strip().split("\\s+", 2)[0]);
    tags.put("email", turn.profile.email());
    tags.put("mobile_no", turn.profile.mobileNo());
    tags.put("city", "");
    tags.put("date", DATE.format(now));
    tags.put("time", TIME.format(now).toLowerCase(Locale.ROOT));
    tags.put("timeofday", timeOfDay(now.getHour()));
    turn.live.bot().entities().keySet().forEach(name -> tags.put("entitytag_" + name, ""));
    turn.entities.forEach((name, values) -> tags.put("entitytag_" + name, first(values)));
    return tags;
  }

  private static String first(List<EntityValue> values) {
    return values.isEmpty() ? "" : values.getFirst().plain();
  }

  private static String timeOfDay(int hour) {
    if (hour >= 4 && hour < 12) {
      return "morning";
    }
    return hour >= 12 && hour < 17 ? "afternoon" : "evening";
  }
}
