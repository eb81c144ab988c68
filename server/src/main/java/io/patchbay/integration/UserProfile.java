package io.patchbay.integration;

/**
 * The user as a payload shows it (contract C1). No part is null; unknown texts are empty.
 *
 * @param userId opaque and stable for one auth id
 * @param userName opaque
 * @param fullName {@code Guest User} by default
 * @param devicePlatform contract C2; 13, the bot API, by default
 * @param languageCode ISO 639-1
 */
public record UserProfile(
    String userId,
    String userName,
    String fullName,
    int devicePlatform,
    String languageCode,
    String authId,
    String authCode,
    String email,
    String mobileNo) {
  /** Full name of a user who told none (contract C1). */
  public static final String GUEST = "Guest User";

  /** {@code device_platform} of the bot API (contract C2). */
  public static final int BOT_API = 13;
}
