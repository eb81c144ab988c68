package io.patchbay.http;

import java.time.Duration;

/** How long a connection may take for what it sends and reads, and how many there may be. */
public record Limits(Times times, Room room) {
  public static final Limits STANDARD =
      new Limits(
          new Times(
              Duration.ofSeconds(20),
              Duration.ofSeconds(30),
              Duration.ofSeconds(5),
              Duration.ofSeconds(30),
              16 * 1024),
          new Room(4096, 1024, 64));

  /**
   * What the client has. What the server takes for an answer is not in it.
   *
   * @param head from a request's first byte, or from the connection's begin, to the head's end
   * @param body from there to the body's end
   * @param reserved as {@code head}, on a connection of the reserve
   * @param answer for reading an answer, beside what {@code bytesPerSecond} allows
   * @param bytesPerSecond at least, of an answer that takes longer
   */
  public record Times(
      Duration head, Duration body, Duration reserved, Duration answer, int bytesPerSecond) {}

  /**
   * How many connections there may be at once.
   *
   * @param connections of everybody
   * @param perAddress of these, from one address; of IPv6 from one network (its first 64 bits)
   * @param reserve beyond either; they serve health and who may look after the server
   */
  public record Room(int connections, int perAddress, int reserve) {}
}
