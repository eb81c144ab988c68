package io.patchbay.store;

import io.patchbay.base.ErrorCode;
import io.patchbay.base.Unavailable;

/**
 * The store cannot do what was asked, for a reason outside the request. What failed left nothing
 * behind, except for {@link Kind#UNKNOWN}. The message is one for the operator and holds no secret.
 */
public final class StoreFailure extends Unavailable {
  private static final long serialVersionUID = 1L;

  /** What is wrong, and so who must act. */
  public enum Kind {
    /** The data folder cannot be made, read or written. */
    FOLDER,
    /** Another server has the data folder. */
    IN_USE,
    /** The key of the variables is missing, wrong or readable by others. */
    KEY,
    /** The database file is not one, or is damaged. */
    DAMAGED,
    /** The data cannot be brought to the form that this release needs. */
    MIGRATION,
    /** The disk is full; a later write works again once there is room. */
    FULL,
    /** The disk failed to read or write. */
    IO,
    /** Too many reads or writes are waiting; nothing of this one was done. */
    BUSY,
    /** The write was still running when its caller had waited long enough; it may be kept. */
    UNKNOWN,
    /** The store is closed. */
    CLOSED,
    /** Longer than the database takes; a bug, since it should not have got that far. */
    TOO_LARGE,
    /** A statement was refused: a bug. */
    STATEMENT
  }

  private final Kind kind;

  public StoreFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public StoreFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public ErrorCode code() {
    return switch (kind) {
      case FULL -> ErrorCode.STORAGE_FULL;
      case TOO_LARGE -> ErrorCode.TOO_LARGE;
      case IO, DAMAGED, BUSY, UNKNOWN, CLOSED -> ErrorCode.UNAVAILABLE;
      case FOLDER, IN_USE, KEY, MIGRATION, STATEMENT -> ErrorCode.INTERNAL;
    };
  }

  @Override
  public String advice() {
    return switch (kind) {
      case FULL ->
          "The disk that holds the data is full. Nothing of this was kept; once there is room, send"
              + " it again, a message under the same id.";
      case IO, DAMAGED -> "The data cannot be read or written.";
      case BUSY ->
          "The store is busy. Nothing of this was kept; send it again, a message under the"
              + " same id.";
      case UNKNOWN ->
          "Whether this was kept is not known; a message can be sent again under the same id.";
      case TOO_LARGE -> "It is larger than what can be kept. Nothing of this was kept.";
      case CLOSED -> "The server is ending. Nothing of this was kept.";
      case FOLDER, IN_USE, KEY, MIGRATION, STATEMENT -> "Something failed on our side.";
    };
  }
}
